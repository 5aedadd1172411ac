"""Clauses: a text read into phrases and the marks between them, once, for all its quantities.

Words of `clause_words.tsv`, metrics, cues, times, entities and quantities are found in one scan each and merged into a
sequence of marks; what stands between two boundaries is a phrase, with the metric words and the bearers inside it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache

import ahocorasick_rs

from ..lexicon import pairs, table
from ..records import Entity, Quantity
from .times import Found as FoundTime

OPENING = 3
"""Items from the start of a sentence in which a bearer opens it."""
BEARERS = ("ZONE", "COMPANY", "PLACE", "ORG")
_PUNCTUATION = {
    **dict.fromkeys("。！？；!?;", "."),
    **dict.fromkeys("，：,:…", ","),
    "、": "/",
    "/": "/",
    "\n": "|",
    **dict.fromkeys("（(【[", "("),
    **dict.fromkeys("）)】]", ")"),
    "的": "d",
    "—": ",",
}
_FRAME = tuple(row["word"] for row in table("clause_words") if row["class"] == "k")
_INSIDE = frozenset("medgaw")
"""Kinds of mark that stand inside a phrase: metric, entity, 的, scope (全市), anaphor (该项目), a plain word."""


class Item:
    """A mark or a phrase, at [start, end)."""

    __slots__ = ("end", "kind", "number", "start")

    def __init__(self, start: int, end: int, kind: str, number: int = -1):
        self.start, self.end, self.kind, self.number = start, end, kind, number


class Mark(Item):
    """Something known. `number` counts entities, quantities and times in their lists.

    kind: m metric, c change, s share, p planned, q quantity, e entity, n person, t time, d 的, a anaphor, g scope, w a plain
    word, the classes x v y l f t b o of clause_words.tsv (t there is u here), and punctuation . , / ( ) and line break.
    """

    __slots__ = ()


class Phrase(Item):
    """Words between two boundaries, with the marks inside; its kind is P."""

    __slots__ = ("marks",)

    def __init__(self, start: int, end: int, marks: list[Mark]):
        super().__init__(start, end, "P")
        self.marks = marks

    def named(self) -> Mark | None:
        """The first entity or scope (全市) in it."""
        for mark in self.marks:
            if mark.kind in "eg":
                return mark
        return None


@cache
def _words() -> tuple[ahocorasick_rs.AhoCorasick, list[str], list[str]]:
    """The automaton, and the kind and word of each of its patterns.

    Everyday words that hold a boundary word of one character (签约, 有限, 达标) are there too, as plain words.
    """
    kinds: dict[str, str] = {}
    boundaries = {row["word"]: row["class"] for row in table("clause_words") if row["class"] != "k"}
    metrics = [row["word"] for row in table("metrics") if row["id"] not in ("growth", "share")]
    changes = [row["word"] for row in table("fact_words") if row["kind"] == "change"]
    single = {word for word in (*boundaries, *metrics, *changes, "的") if len(word) == 1}
    longer = ahocorasick_rs.AhoCorasick([word for word in boundaries if len(word) > 1])
    for word, _ in pairs("words"):
        if not single.isdisjoint(word):
            if not all(character in single for character in word):
                kinds[word] = "w"
        elif len(word) > 2 and longer.find_matches_as_indexes(word):
            kinds[word] = "w"
    kinds |= {word: "u" if kind == "t" else kind for word, kind in boundaries.items()}
    for row in table("fact_words"):
        kind = {"planned": "p", "change": "c", "share": "s", "yoy": "c", "qoq": "c"}.get(row["kind"])
        if kind:
            kinds[row["word"]] = kind
    kinds |= dict.fromkeys(metrics, "m")
    kinds |= _PUNCTUATION
    words = sorted(kinds)
    automaton = ahocorasick_rs.AhoCorasick(
        words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
    )
    return automaton, [kinds[word] for word in words], words


def marks_of(
    text: str, entities: Iterable[Entity], quantities: Iterable[Quantity], times: Iterable[FoundTime]
) -> list[Mark]:
    """All marks of a text in order, without overlap: quantities first, then times, entities, words."""
    known = [Mark(quantity.start, quantity.end, "q", i) for i, quantity in enumerate(quantities)]
    others = [Mark(time.start, time.end, "t", i) for i, time in enumerate(times)]
    others += [
        Mark(entity.start, entity.end, "e" if entity.label in BEARERS else "n", i) for i, entity in enumerate(entities)
    ]
    starts, ends = [mark.start for mark in known], [mark.end for mark in known]
    for mark in others:
        i = bisect_right(ends, mark.start)
        if i == len(starts) or starts[i] >= mark.end:
            known.append(mark)
    known.sort(key=lambda mark: (mark.start, mark.end, mark.kind, mark.number))
    automaton, kinds, _ = _words()
    merged: list[Mark] = []
    end, at, last = 0, 0, len(known)
    for i, start, stop in automaton.find_matches_as_indexes(text):
        while at < last and known[at].start < stop:
            mark = known[at]
            at += 1
            if mark.start >= end:
                merged.append(mark)
                end = mark.end
        if start >= end:
            merged.append(Mark(start, stop, kinds[i]))
            end = stop
    for mark in known[at:]:
        if mark.start >= end:
            merged.append(mark)
            end = mark.end
    return merged


def items_of(text: str, marks: list[Mark]) -> list[Item]:
    """Boundaries and the phrases between them, in order."""
    items: list[Item] = []
    inside: list[Mark] = []
    begin = 0  # of the phrase that is being read
    for mark in [*marks, Mark(len(text), len(text), ".")]:
        if mark.kind in _INSIDE:
            inside.append(mark)
            continue
        if begin < mark.start and (phrase := _phrase(text, begin, mark.start, inside)):
            items.append(phrase)
            if mark.kind in ",(" and _frames(text, phrase):
                items[-1] = Mark(phrase.start, phrase.end, "x")
        items.append(mark)
        inside, begin = [], mark.end
    items.pop()
    return items


def _frames(text: str, phrase: Phrase) -> bool:
    """Whether a phrase before a comma only frames what follows: 从项目规模来看，在数量型政策方面，签约仪式后，"""
    return text.endswith(_FRAME, phrase.start, phrase.end) and not any(mark.kind == "m" for mark in phrase.marks)


def _phrase(text: str, start: int, end: int, inside: list[Mark]) -> Phrase | None:
    while start < end and text[start] in " 　的“‘":
        if text[start] in "“‘" and text.find("”" if text[start] == "“" else "’", start, end) > 0:
            break
        start += 1
    while start < end and text[end - 1] in " 　的":
        end -= 1
    if end <= start:
        return None
    return Phrase(start, end, [mark for mark in inside if mark.start >= start and mark.end <= end])


_AND = frozenset(("和", "与", "及", "以及", "暨", "、"))


class Reading:
    """One text as items, with the places of its quantities, clauses and sentences among them."""

    def __init__(self, text: str, entities: list[Entity], quantities: list[Quantity], times: list[FoundTime]):
        self.text, self.entities, self.quantities, self.times = text, entities, quantities, times
        self.items = items_of(text, marks_of(text, entities, quantities, times))
        self.at: dict[int, int] = {}
        """Quantity number → its place among the items."""
        self.clause: list[int] = []
        self.sentence: list[int] = []
        self.line: list[int] = []
        """For each item, the place of the first item of its clause, sentence and line."""
        self.openings: list[int] = []
        """The places of phrases with a bearer that open a sentence."""
        self.places: dict[str, list[int]] = {kind: [] for kind in "tpq.|"}
        """The places of times, words of planning, quantities, full stops and line breaks."""
        clause = sentence = line = 0
        for place, item in enumerate(self.items):
            kind = item.kind
            if kind in self.places:
                self.places[kind].append(place)
            self.clause.append(clause)
            self.sentence.append(sentence)
            self.line.append(line)
            if kind == "P":
                if place - sentence <= OPENING and isinstance(item, Phrase) and item.marks:
                    self.openings.append(place)
            elif kind == "q":
                self.at[item.number] = place
            elif kind in ",()":
                clause = place + 1
            elif kind == ".":
                clause = sentence = place + 1
            elif kind == "|":
                clause = sentence = line = place + 1
        self._starts = [item.start for item in self.items]
        self._title_end = self.places["|"][0] if self.places["|"] else 0
        if self.places["."] and self.places["."][0] < self._title_end:
            self._title_end = 0

    def in_title(self, place: int) -> bool:
        """Whether an item stands in a first line that has no full stop and is not the whole text."""
        return place < self._title_end

    def place(self, position: int) -> int:
        """The place of the first item that starts at a position or behind it."""
        return bisect_left(self._starts, position)

    def said(self, item: Item) -> str:
        return self.text[item.start : item.end]

    def stretch(self, place: int) -> tuple[int, int]:
        """The words around a place that no boundary parts, quantities among them: 整县|50MW|屋顶分布式光伏."""
        items, first, last = self.items, place, place
        while first and place - first < 5 and items[first - 1].end == items[first].start and self._within(first - 1):
            first -= 1
        while (
            last + 1 < len(items)
            and last - place < 5
            and items[last + 1].start == items[last].end
            and self._within(last + 1)
        ):
            last += 1
        return items[first].start, items[last].end

    def _within(self, place: int) -> bool:
        item = self.items[place]
        return item.kind in "Pq" or (item.kind == "/" and self.text[item.start] == "/")

    def listed(self, place: int, step: int) -> list[Phrase]:
        """The phrases of a list (A、B和C) that a place belongs to, going left (-1) or right (+1), in the order of the text."""
        items, j = self.items, place
        found: list[Phrase] = []
        while 0 <= j < len(items) and len(found) < 12:
            item = items[j]
            if not isinstance(item, Phrase):
                break
            found.append(item)
            j += step
            if not 0 <= j < len(items) or items[j].kind not in "/x" or self.said(items[j]) not in _AND:
                break
            j += step
        return found[::step]
