"""What speaks for and against a candidate: what it finds in the examples, in examples it was not learnt from, and in
unlabelled text."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Self

from ..entities.words import parts
from .candidates import Key, Marked, Span, edges_of, key_of, propose
from .edges import Surroundings
from .matcher import Match, Matcher
from .read import Line
from .records import Rule

FOLDS = 10
Place = tuple[int, Span]
"""The number of a document and a span of it."""


class Hits(NamedTuple):
    right: set[Place]
    wrong: set[Place]


class Find(NamedTuple):
    """A name that a rule finds in unlabelled text, and how familiar its beginning is, from 0 to 1."""

    name: str
    familiar: float


class Evidence(NamedTuple):
    rule: Rule
    names: dict[Place, str]
    """What it finds in the documents, and rightly."""
    wrong: set[Place]
    held: Hits
    """What it finds in documents that it was not learnt from."""
    peers: tuple[int, int]
    """What all rules of its sort find there, right and wrong."""
    finds: dict[Place, Find]
    """In unlabelled text; in the documents, if there is none."""
    longer: float | None
    """How many times as long as the documents the unlabelled text is; None if there is none."""
    unmarked: float
    """Which part of the documents has no name marked: where somebody marked only sentences with names, wrong finds are rare."""

    def beyond(self, places: set[Place], finds: set[Place]) -> Self:
        """The same without what other rules find, in the documents and in unlabelled text."""
        if places.isdisjoint(self.names) and places.isdisjoint(self.wrong) and finds.isdisjoint(self.finds):
            return self
        return self._replace(
            names={place: name for place, name in self.names.items() if place not in places},
            wrong=self.wrong - places,
            held=Hits(self.held.right - places, self.held.wrong - places),
            finds={place: find for place, find in self.finds.items() if place not in finds},
        )


def run(rules: Sequence[Rule], documents: Sequence[Marked], base: Sequence[Rule] = ()) -> list[Hits]:
    """What each rule finds by itself; `base` are rules that help others. A span that is right either way counts as neither."""
    matcher = _matcher(rules, base)
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


def evidence(
    documents: Sequence[Marked], label: str, edges: Rule | None, texts: Sequence[str], fixed: bool = False
) -> list[Evidence]:
    """Of every rule that the documents speak for and that is right in them at least once.

    edges: see `edges_of`; fixed: each fold of the cross-validation takes them as they are, else it learns its own. texts:
    unlabelled.
    """
    base = [edges] if edges else []
    proposed = propose(documents, label, edges)
    pairs = [(rule, hits) for rule, hits in zip(proposed, run(proposed, documents, base), strict=True) if hits.right]
    held, peers = _held_out(documents, label, edges if fixed else None)
    read = texts or [one.text for one in documents]
    longer = sum(map(len, texts)) / sum(len(one.text) for one in documents) if texts else None
    found = _finds([rule for rule, _ in pairs], base, read, documents)
    unmarked = sum(not one.names for one in documents) / len(documents)
    return [
        Evidence(
            rule,
            {(number, (start, end)): documents[number].text[start:end] for number, (start, end) in hits.right},
            hits.wrong,
            held[_exactly(rule)],
            (peers[_sort(rule), True], peers[_sort(rule), False]),
            finds,
            longer,
            unmarked,
        )
        for (rule, hits), finds in zip(pairs, found, strict=True)
    ]


def places_of(rules: Sequence[Rule], texts: Iterable[str]) -> set[Place]:
    """What rules find in texts."""
    matcher = _matcher(rules, ())
    return {(number, (one.start, one.end)) for number, text in enumerate(texts) for one in matcher(text)}


def _matcher(rules: Sequence[Rule], base: Sequence[Rule]) -> Matcher:
    return Matcher([Line(rule, str(number)) for number, rule in enumerate([*rules, *base])])


def _exactly(rule: Rule) -> tuple[Key, bool]:
    return key_of(rule), rule.alone


def _sort(rule: Rule) -> tuple[object, ...]:
    said = [getattr(rule, kind) is not None for kind in ("gazetteer", "shape", "prefix", "suffix", "context")]
    return (*said, rule.start, rule.rest)


def _held_out(
    documents: Sequence[Marked], label: str, edges: Rule | None
) -> tuple[Mapping[tuple[Key, bool], Hits], Counter[tuple[tuple[object, ...], bool]]]:
    """By cross-validation over documents: what each candidate finds, and how often all of a sort are right and wrong."""
    by_rule: dict[tuple[Key, bool], Hits] = defaultdict(lambda: Hits(set(), set()))
    by_sort: Counter[tuple[tuple[object, ...], bool]] = Counter()
    folds = min(FOLDS, len(documents))
    for fold in range(folds if folds > 1 else 0):
        rest = [one for i, one in enumerate(documents) if i % folds != fold]
        own = edges or edges_of(rest, label)
        rules = propose(rest, label, own)
        for rule, hits in zip(rules, run(rules, documents[fold::folds], [own] if own else []), strict=True):
            of_rule = by_rule[_exactly(rule)]
            for places, found in zip(of_rule, hits, strict=True):
                places.update((fold + number * folds, span) for number, span in found)
            by_sort[_sort(rule), True] += len(hits.right)
            by_sort[_sort(rule), False] += len(hits.wrong)
    return by_rule, by_sort


def _finds(
    rules: Sequence[Rule], base: Sequence[Rule], texts: Iterable[str], documents: Sequence[Marked]
) -> list[dict[Place, Find]]:
    """What each rule finds in texts. A beginning is half familiar if one marked name has its like, more if more have."""
    known = Counter(
        _beginning(one.text, *span, around)
        for one in documents
        for around in [Surroundings(one.text)]
        for span in one.names
    )
    matcher = _matcher(rules, base)
    found: list[dict[Place, Find]] = [{} for _ in rules]
    for number, text in enumerate(texts):
        for match, beginning in _begun(text, matcher(text)):
            alike = known[beginning]
            name = text[match.start : match.end]
            found[match.rule][number, (match.start, match.end)] = Find(name, alike / (alike + 1))
    return found


def _begun(text: str, matches: Iterable[Match]) -> Iterator[tuple[Match, str]]:
    around = Surroundings(text)
    for match in matches:
        yield match, _beginning(text, match.start, match.end, around)


def _beginning(text: str, start: int, end: int, around: Surroundings) -> str:
    """The class of the word that a name begins with."""
    if any(place == start for place, _ in around.clause(start, end).places):
        return "place"
    return parts(text[start:end])[0].word_class
