"""Induces rules from marked examples: few, each with what speaks for it.

Every rule that examples speak for is a candidate. How often it is right is estimated from documents it was not learnt from
(`scores.py`), and less where it fires far more often in unlabelled text than its support lets expect. Of those that are right
often enough the one that finds most new names is taken, then the next: the greedy cover that RIPPER and its kin end with.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec
import regex

from ..errors import ConfigError, GoldError
from ..gold.documents import GoldDocument
from .candidates import Key, Marked, edges_of, key_of, marked, propose
from .examples import mark
from .matcher import Matcher
from .read import Line
from .records import Context, Examples, Rule
from .scores import Hits, Place, estimates, run

FLOOR = 0.85
"""How often a rule must be right to be taken, by its estimate."""
_LABEL = regex.compile("[A-Z][A-Z0-9_]*")
_SUREST = 0.99
_SHOWN = 3
"""Examples written beside a rule."""
_BROAD = 3
"""How many times as often as its support lets expect a rule may fire in unlabelled text."""


class Learnt(NamedTuple):
    """The rules of a file, old ones first; how many names are marked, how many the rules find, and how many more they
    find that are none, all in the examples; the old rules that are right less often than `FLOOR` now."""

    rules: list[Rule]
    names: int
    right: int
    wrong: int
    doubtful: list[str]


class _Candidate(NamedTuple):
    rule: Rule
    precision: float
    hits: Hits


def learn(
    documents: Sequence[GoldDocument],
    label: str,
    unlabelled: Iterable[str] = (),
    keep: Sequence[Rule] = (),
    floor: float = FLOOR,
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
    proposed = propose(read, label, edges)
    base = [edges] if edges else []
    hits = run(proposed, read, base)
    sure = estimates(read, label, [*zip(proposed, hits, strict=True)], edges if keep else None)
    candidates = [
        _Candidate(rule, precision, found) for rule, precision, found in zip(proposed, sure, hits, strict=True)
    ]
    candidates = [one for one in candidates if one.hits.right and one.precision >= floor]
    texts = list(unlabelled)
    counts = _fired([one.rule for one in candidates], base, texts)
    times = sum(map(len, texts)) / sum(len(one.text) for one in read)
    candidates = [one for one in _less_broad(candidates, counts, times) if one.precision >= floor]
    old = [one for one in keep if one.label == label and not one.off]
    covered: set[Place] = set().union(*(found.right for found in run(old, read))) if old else set()
    struck = {key for one in keep if one.off for key in _keys(one)}
    chosen = list(_cover([one for one in candidates if struck.isdisjoint(_keys(one.rule))], covered))
    if base and run([one.rule for one in chosen], read) == run([one.rule for one in chosen], read, base):
        base = []  # the rules that were chosen do not need it
    new = [_written(one, read, counts[key_of(one.rule)]) for one in _joined(chosen)]
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


def _fired(rules: Sequence[Rule], base: Sequence[Rule], texts: Iterable[str]) -> Counter[Key]:
    """How often each rule fires in texts."""
    matcher = Matcher([Line(rule, str(number)) for number, rule in enumerate([*rules, *base])])
    return Counter(key_of(matcher.lines[match.rule].rule) for text in texts for match in matcher(text))


def _less_broad(candidates: list[_Candidate], counts: Counter[Key], times: float) -> list[_Candidate]:
    """The candidates, less sure where they fire much more often in unlabelled text, which is so many times as long as the
    examples, than their support lets expect."""
    kept = []
    for one in candidates:
        fired, most = counts[key_of(one.rule)], _BROAD * times * (len(one.hits.right) + 2)
        kept.append(one._replace(precision=one.precision * most / fired) if fired > most else one)
    return kept


def _cover(candidates: list[_Candidate], covered: set[Place]) -> Iterator[_Candidate]:
    """The candidate worth most, again and again, until none finds a name not found yet. None that would take the place of a
    name found already."""
    rest = list(candidates)
    while rest:
        best = max(rest, key=lambda one: _worth(one, covered))
        rest.remove(best)
        if best.hits.right <= covered:
            rest = [one for one in rest if not one.hits.right <= covered]
            continue
        if not any(_hides(wrong, right) for wrong in best.hits.wrong for right in covered):
            covered |= best.hits.right
            yield best


def _worth(one: _Candidate, covered: set[Place]) -> tuple[object, ...]:
    """What is right in all examples comes first, then what finds most new names, then what is strictest."""
    return not one.hits.wrong, len(one.hits.right - covered), _strictness(one.rule), one.precision


def _hides(wrong: Place, right: Place) -> bool:
    (document, (start, end)), (other, (first, last)) = wrong, right
    return document == other and start < last and first < end and end - start >= last - first


def _strictness(rule: Rule) -> tuple[bool, bool, bool, int]:
    words = sum(len(part[0]) for part in (rule.prefix, rule.suffix) if part)
    return rule.kind == "suffix", rule.rest != "any", rule.start == "place", words


def _keys(rule: Rule) -> set[Key]:
    """The keys of a rule; a gazetteer has one for each of its names."""
    if isinstance(rule.gazetteer, list):
        return {key_of(msgspec.structs.replace(rule, gazetteer=[name])) for name in rule.gazetteer}
    return {key_of(rule)}


def _joined(chosen: list[_Candidate]) -> Iterator[_Candidate]:
    """The rules as they are written: the names that were chosen one by one as one gazetteer."""
    names = [one for one in chosen if one.rule.kind == "gazetteer"]
    if names:
        listed = sorted({name for one in names for name in one.rule.gazetteer or ()})
        hits = Hits(*(set().union(*(getattr(one.hits, kind) for one in names)) for kind in ("right", "wrong")))
        precision = sum(one.precision for one in names) / len(names)
        yield _Candidate(msgspec.structs.replace(names[0].rule, gazetteer=listed), precision, hits)
    yield from (one for one in chosen if one.rule.kind != "gazetteer")


def _written(one: _Candidate, read: Sequence[Marked], fired: int) -> Rule:
    """The rule with its scores and examples; what stands beside all of its false hits and no right one is excluded."""
    rule, avoided = one.rule, []
    right = [(read[document].text, *span) for document, span in sorted(one.hits.right)]
    wrong = [(read[document].text, *span) for document, span in sorted(one.hits.wrong)]
    behind = {text[end : end + 1] for text, _, end in right}
    barred: list[str] = []
    for text, start, end in wrong:
        if (follower := text[end : end + 1]).isalnum() and follower not in behind:
            barred.append(follower)
            avoided.append(mark(text, start, end))
    if barred:
        context = rule.context or Context()
        rule = msgspec.structs.replace(rule, context=msgspec.structs.replace(context, not_behind=sorted(set(barred))))
    remarks = [f"{fired} hits in the unlabelled text"] if fired else []
    if len(avoided) < len(wrong):
        remarks.append(f"{len(wrong) - len(avoided)} false hits among the examples")
    shown = [mark(*place) for place in right if "【" not in place[0]]
    return msgspec.structs.replace(
        rule,
        support=len(one.hits.right),
        precision=min(_SUREST, round(one.precision, 2)),
        examples=Examples(match=list(dict.fromkeys(shown))[:_SHOWN], no_match=avoided[:_SHOWN]),
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
        if len(hits.right) < FLOOR * (len(hits.right) + len(hits.wrong))
    ]
    return Learnt(rules, sum(len(one.names) for one in read), right, wrong, doubtful)
