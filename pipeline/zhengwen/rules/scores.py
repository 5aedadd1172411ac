"""How often a candidate is right: counted on documents that it was not learnt from."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ..entities.words import is_word
from ..lexicon import table
from .candidates import Key, Marked, Span, edges_of, key_of, propose
from .matcher import Matcher
from .read import Line
from .records import Rule

FOLDS = 10
_OWN, _PEERS = 4, 10
"""As many finds as what is known of the class counts for a rule, and what is known in general counts for the class."""
Place = tuple[int, Span]
"""The number of a document and a span of it."""


class Hits(NamedTuple):
    right: set[Place]
    wrong: set[Place]


def run(rules: Sequence[Rule], documents: Sequence[Marked], base: Sequence[Rule] = ()) -> list[Hits]:
    """What each rule finds by itself; `base` are rules that help others. A span that is right either way counts as neither."""
    matcher = Matcher([Line(rule, str(number)) for number, rule in enumerate([*rules, *base])])
    found = [Hits(set(), set()) for _ in rules]
    for number, document in enumerate(documents):
        names = set(document.names)
        for match in matcher(document.text):
            span = (match.start, match.end)
            if span in names:
                found[match.rule].right.add((number, span))
            elif span not in document.free:
                found[match.rule].wrong.add((number, span))
    return found


class Count:
    """Right and wrong finds."""

    __slots__ = ("right", "wrong")

    def __init__(self) -> None:
        self.right = self.wrong = 0


def estimates(
    documents: Sequence[Marked], label: str, candidates: Sequence[tuple[Rule, Hits]], edges: Rule | None = None
) -> list[float]:
    """How often each candidate is right: its held-out finds, drawn towards those of its class, which are drawn towards those
    of the class in public data. A false hit in the documents counts, held out or not.

    candidates: with their hits in the documents. edges: fixed ones; else each fold learns its own.
    """
    by_rule, by_class = _held_out(documents, label, edges)
    found = []
    for rule, hits in candidates:
        kind, held = class_of(rule, _support(hits)), by_rule.get(key_of(rule), Count())
        peers = by_class.get(kind, Count())
        prior = (peers.right + _PEERS * _known().get(kind, 1 / 3)) / (peers.right + peers.wrong + _PEERS)
        wrong = max(held.wrong, len(hits.wrong))
        found.append((held.right + _OWN * prior) / (held.right + wrong + _OWN))
    return found


def _held_out(documents: Sequence[Marked], label: str, edges: Rule | None) -> tuple[dict[Key, Count], dict[Key, Count]]:
    """By cross-validation over documents: the counts of each candidate, and of each class of candidates (`class_of`)."""
    by_rule: dict[Key, Count] = defaultdict(Count)
    by_class: dict[Key, Count] = defaultdict(Count)
    folds = min(FOLDS, len(documents))
    for fold in range(folds if folds > 1 else 0):
        rest = [one for i, one in enumerate(documents) if i % folds != fold]
        own = edges or edges_of(rest, label)
        base = [own] if own else []
        rules = propose(rest, label, own)
        for rule, seen, hits in zip(
            rules, run(rules, rest, base), run(rules, documents[fold::folds], base), strict=True
        ):
            for count in (by_rule[key_of(rule)], by_class[class_of(rule, _support(seen))]):
                count.right += len(hits.right)
                count.wrong += len(hits.wrong)
    return by_rule, by_class


def _support(hits: Hits) -> int:
    """The number of documents in which a rule is right."""
    return len({document for document, _ in hits.right})


class Class(NamedTuple):
    """Rules that are right about as often as each other."""

    parts: str
    start: str
    rest: str
    alone: bool
    words: int
    """Characters of prefix, suffix or name, up to three of each word."""
    everyday: bool
    """Whether the name is an everyday word."""
    support: int
    """Documents in which it is right, up to four."""


def class_of(rule: Rule, support: int) -> Class:
    parts = [kind for kind in ("gazetteer", "shape", "prefix", "suffix", "context") if getattr(rule, kind) is not None]
    words, everyday = sum(min(3, len(part[0])) for part in (rule.prefix, rule.suffix) if part), False
    if isinstance(rule.gazetteer, list):
        words, everyday = min(4, len(rule.gazetteer[0])), is_word(rule.gazetteer[0])
    return Class("+".join(parts), rule.start, rule.rest, rule.alone, words, everyday, min(4, support))


@cache
def _known() -> dict[Class, float]:
    """Of each class, how often its rules were right in public data (`lexicon/rule_classes.tsv`)."""
    return {
        Class(
            row["parts"],
            row["start"],
            row["rest"],
            row["alone"] == "yes",
            int(row["words"]),
            row["everyday"] == "yes",
            int(row["support"]),
        ): (float(row["right"]) + 1) / (float(row["found"]) + 3)
        for row in table("rule_classes")
    }
