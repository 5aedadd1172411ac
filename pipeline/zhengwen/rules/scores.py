"""How often a rule is right: its evidence, weighed as it was in public data.

The weights (`lexicon/rule_weights.tsv`) are those of a logistic regression, fitted to rules learnt from small draws of
annotated text and counted on other text, for names of many kinds (`corpus/fit_rule_weights.py`).
"""

from functools import cache
from math import exp, log

from ..lexicon import table
from .evidence import Evidence
from .records import Rule

_FAR = 4.0
"""Of what the weights were fitted to, 98 in 100 fire no more and no less than e to this times what was expected."""


def precision(one: Evidence) -> float:
    """How often the rule is right, by its evidence."""
    weights = _weights()
    return 1 / (1 + exp(-sum(weights[name] * value for name, value in traits(one).items())))


def traits(one: Evidence) -> dict[str, float]:
    """What the evidence says, in numbers; counts as logarithms."""
    right, finds = len(one.names), len(one.finds)
    characters = _characters(one.rule)
    return {
        "always": 1.0,
        "characters": characters,
        "one character": float(characters == 1),
        "right": log((right + 0.5) / (len(one.wrong) + 0.5)),
        "names": log(max(1, len(set(one.names.values())))),
        "one document": float(len({number for number, _ in one.names}) == 1),
        "held out": log((len(one.held.right) + 1) / (len(one.held.wrong) + 1)),
        "peers": log((one.peers[0] + 2) / (one.peers[1] + 2)),
        "fires": _bounded(log((finds + 1) / ((right + 0.5) * one.longer + 1))) if one.longer else 0.0,
        "variety": _bounded(log(len({find.name for find in one.finds.values()}) / finds)) if finds else 0.0,
        "unmarked": log(one.unmarked + 0.05),
        "familiar": log(sum(find.familiar for find in one.finds.values()) / finds + 0.05) if finds else 0.0,
    }


def _bounded(value: float) -> float:
    """No further than it was often seen."""
    return max(-_FAR, min(_FAR, value))


def _characters(rule: Rule) -> int:
    """Of prefix and suffix, or of the name of a gazetteer: the longer, the less is found by chance."""
    if isinstance(rule.gazetteer, list):
        return min(4, len(rule.gazetteer[0]))
    return sum(min(3, len(words[0])) for words in (rule.prefix, rule.suffix) if words)


@cache
def _weights() -> dict[str, float]:
    return {row["trait"]: float(row["weight"]) for row in table("rule_weights")}
