"""Induces rules from marked examples: few, each with what speaks for it.

Every rule that examples speak for is a candidate. How often it is right is estimated from what it finds in them, in documents
it was not learnt from and in unlabelled text (`evidence.py`, `scores.py`). Of those that are right often enough few are taken
(`cover.py`).
"""

from collections.abc import Iterable, Iterator, Sequence
from statistics import mean
from typing import NamedTuple

import msgspec
import regex

from ..errors import ConfigError, GoldError
from ..gold.documents import GoldDocument
from .candidates import Key, Marked, edges_of, key_of, marked
from .cover import cover
from .evidence import Evidence, Place, evidence, places_of, run
from .examples import mark
from .matcher import Matcher
from .read import Line
from .records import Context, Examples, Rule
from .scores import precision

FLOOR = 0.75
"""How often a rule must be right to be taken, by its estimate; together those above it are right more often (`configs/rules.md`)."""
_LABEL = regex.compile("[A-Z][A-Z0-9_]*")
_GOOD = 0.85
"""How often an old rule must be right in the examples, not to be named."""
_SUREST = 0.99
_SHOWN = 3
"""Examples written beside a rule."""


class Learnt(NamedTuple):
    """The rules of a file, old ones first; how many names are marked, how many the rules find, and how many more they
    find that are none, all in the examples; the old rules that are wrong in many of these now."""

    rules: list[Rule]
    names: int
    right: int
    wrong: int
    doubtful: list[str]


def learn(
    documents: Sequence[GoldDocument],
    label: str,
    unlabelled: Iterable[str] = (),
    keep: Sequence[Rule] = (),
) -> Learnt:
    """Rules for a label from documents annotated for it.

    Every document with `entities` counts as read to its end: a name not marked in it is none. unlabelled: further texts.
    keep: rules that stay as they are, old ones or a person's; what an `off` one says is not proposed again, and nothing that
    they find right is lost. Raises ConfigError for a label that is none; GoldError if there is no example, if examples
    overlap, or if one text is annotated in two ways.
    """
    if not _LABEL.fullmatch(label):
        raise ConfigError(f"label {label!r}: expected capitals, digits and _, such as POLICY or SCENIC_AREA")
    read = _examples(documents, label)
    edges = edges_of(read, label) if not keep else next((one for one in keep if one.kind == "edges"), None)
    base = [edges] if edges else []
    texts = list(unlabelled)
    old = [one for one in keep if one.label == label and not one.off]
    struck = {key for one in keep if one.off for key in _keys(one)}
    candidates = evidence(read, label, edges, texts, fixed=bool(keep))
    found: set[Place] = set().union(*(hits.right for hits in run(old, read)))
    chosen = list(
        cover((one for one in candidates if struck.isdisjoint(_keys(one.rule))), found, places_of(old, texts), FLOOR)
    )
    if base and run([one.rule for one in chosen], read) == run([one.rule for one in chosen], read, base):
        base = []  # the rules that were chosen do not need it
    new = _written(chosen, read)
    rules = [*keep, *_numbered([*(base if not keep else []), *new], label, {one.id for one in keep})]
    return _summed_up(rules, [one for one in rules if one.label == label and not one.off], old, read)


def _examples(documents: Sequence[GoldDocument], label: str) -> list[Marked]:
    read = marked(documents, label)
    if not any(one.names for one in read):
        labels = sorted({one.label for document in documents for one in document.entities or ()})
        raise GoldError(f"no example of {label}; the documents have {', '.join(labels) or 'no entities'}")
    seen: dict[str, Marked] = {}
    for one in read:
        for (start, end), (later, _) in zip(one.names, one.names[1:], strict=False):
            if later < end:
                raise GoldError(
                    f"document {one.id!r}: {one.text[start:end]} at [{start}, {end}) overlaps another {label}; "
                    "mark one of them, or make one optional"
                )
        first = seen.setdefault(one.text, one)
        if first.names != one.names:
            raise GoldError(f"documents {first.id!r} and {one.id!r}: the same text, but {label} is marked in two ways")
    return list(seen.values())


def _keys(rule: Rule) -> set[Key]:
    """The keys of a rule; a gazetteer has one for each of its names."""
    if isinstance(rule.gazetteer, list):
        return {key_of(msgspec.structs.replace(rule, gazetteer=[name])) for name in rule.gazetteer}
    return {key_of(rule)}


def _written(chosen: Sequence[Evidence], read: Sequence[Marked]) -> Iterator[Rule]:
    """The rules with their scores and examples; the names that were chosen one by one are one gazetteer."""
    listed = [one for one in chosen if one.rule.kind == "gazetteer"]
    if listed:
        names = sorted({name for one in listed for name in one.rule.gazetteer or ()})
        yield _scored(msgspec.structs.replace(listed[0].rule, gazetteer=names), listed, read)
    yield from (_scored(one.rule, [one], read) for one in chosen if one.rule.kind != "gazetteer")


def _scored(rule: Rule, parts: Sequence[Evidence], read: Sequence[Marked]) -> Rule:
    """What stands beside false hits and no right one is excluded."""
    right = [(read[number].text, *span) for number, span in sorted({place for one in parts for place in one.names})]
    wrong = [(read[number].text, *span) for number, span in sorted({place for one in parts for place in one.wrong})]
    behind = {text[end : end + 1] for text, _, end in right}
    avoided = [one for one in wrong if (follower := one[0][one[2] : one[2] + 1]).isalnum() and follower not in behind]
    if avoided:
        context = rule.context or Context()
        barred = sorted({text[end] for text, _, end in avoided})
        rule = msgspec.structs.replace(rule, context=msgspec.structs.replace(context, not_behind=barred))
    fired = sum(len(one.finds) for one in parts if one.longer)
    remarks = [f"{fired} hits in the unlabelled text"] if fired else []
    if len(avoided) < len(wrong):
        remarks.append(f"{len(wrong) - len(avoided)} false hits among the examples")
    shown = [mark(*place) for place in right if "【" not in place[0]]
    return msgspec.structs.replace(
        rule,
        support=len(right),
        precision=min(_SUREST, round(mean(map(precision, parts)), 2)),
        examples=Examples(
            match=list(dict.fromkeys(shown))[:_SHOWN], no_match=[mark(*place) for place in avoided][:_SHOWN]
        ),
        note="; ".join(remarks),
    )


def _numbered(rules: Iterable[Rule], label: str, taken: set[str]) -> Iterator[Rule]:
    free = (name for number in range(1, 10**6) if (name := f"{label.lower()}-{number}") not in taken)
    for rule in rules:
        yield msgspec.structs.replace(rule, id=next(free))


def _summed_up(rules: list[Rule], active: Sequence[Rule], old: Sequence[Rule], read: Sequence[Marked]) -> Learnt:
    matcher = Matcher([Line(rule, rule.id) for rule in active])
    right = wrong = 0
    for one in read:
        found = {(match.start, match.end) for match in matcher.settle(matcher(one.text))} - one.free
        right += len(found & set(one.names))
        wrong += len(found - set(one.names))
    doubtful = [
        f"{rule.id} is right in {len(hits.right)} of {len(hits.right) + len(hits.wrong)} finds; look at it, or switch it off"
        for rule, hits in zip(old, run(old, read), strict=True)
        if len(hits.right) < _GOOD * (len(hits.right) + len(hits.wrong))
    ]
    return Learnt(rules, sum(len(one.names) for one in read), right, wrong, doubtful)
