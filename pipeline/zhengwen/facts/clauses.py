"""Clauses: a text read into phrases and the marks between them, once, for all its quantities.

Words of `clause_words.tsv`, metrics, cues, times, entities and quantities are found in one scan each and merged into a
sequence of marks; what stands between two boundaries is a phrase, with the metric words and the bearers inside it.
"""

from bisect import bisect_right
from functools import cache
from typing import Final

import ahocorasick_rs

from ..lexicon import pairs, table
from ..records import Entity, Quantity
from .times import Found as FoundTime

OPENING = 3
"""Items from the start of a sentence in which a bearer opens it."""
BEARERS: Final = ("ZONE", "COMPANY", "PLACE", "ORG")
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
_FRAME: Final = tuple(row["word"] for row in table("clause_words") if row["class"] == "k")
_FRAME_ENDS: Final = {word[-1] for word in _FRAME}
_INSIDE: Final = frozenset("medgaw")
"""Kinds of mark that stand inside a phrase: metric, entity, 的, scope (全市), anaphor (该项目), a plain word."""


class Item:
    """A mark or a phrase, at [start, end); and the places of the first items of its clause, sentence and line."""

    __slots__ = ("clause", "end", "kind", "line", "number", "sentence", "start")

    def __init__(self, start: int, end: int, kind: str, number: int = -1):
        self.start, self.end, self.kind, self.number = start, end, kind, number
        self.clause = self.sentence = self.line = 0


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


def marks_of(text: str, entities: list[Entity], quantities: list[Quantity], times: list[FoundTime]) -> list[Mark]:
    """All marks of a text in order, without overlap: quantities first, then times, entities, words."""
    known = _known(entities, quantities, times)
    automaton, kinds, _ = _words()
    merged: list[Mark] = []
    end, at, last = 0, 0, len(known)
    found: list[tuple[int, int, int]] = automaton.find_matches_as_indexes(text)
    for i, start, stop in found:
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


def _known(entities: list[Entity], quantities: list[Quantity], times: list[FoundTime]) -> list[Mark]:
    """What the stages before have found, in order; of times and entities what no quantity overlaps."""
    starts: list[int] = [quantity.start for quantity in quantities]
    ends: list[int] = [quantity.end for quantity in quantities]
    known = [(start, ends[i], "q", i) for i, start in enumerate(starts)]
    others = [(time.start, time.end, "t", i) for i, time in enumerate(times)]
    others += [
        (entity.start, entity.end, "e" if entity.label in BEARERS else "n", i) for i, entity in enumerate(entities)
    ]
    for one in others:
        i = bisect_right(ends, one[0])
        if i == len(starts) or starts[i] >= one[1]:
            known.append(one)
    known.sort()
    return [Mark(start, end, kind, number) for start, end, kind, number in known]


def items_of(text: str, marks: list[Mark]) -> list[Item]:
    """Boundaries and the phrases between them, in order."""
    items: list[Item] = []
    inside: list[Mark] = []
    begin = 0  # of the phrase that is being read
    for mark in marks:
        if mark.kind in _INSIDE:
            inside.append(mark)
            continue
        if begin < mark.start:
            if (phrase := _phrase(text, begin, mark.start, inside)) is not None:
                items.append(_framed(text, phrase) if mark.kind in ",(" else phrase)
            inside = []
        items.append(mark)
        begin = mark.end
    if begin < len(text) and (phrase := _phrase(text, begin, len(text), inside)) is not None:
        items.append(phrase)
    return items


def _framed(text: str, phrase: Phrase) -> Item:
    """A mark of a phrase before a comma that only frames what follows: 从项目规模来看，在数量型政策方面，签约仪式后，"""
    start, end = phrase.start, phrase.end
    if text[end - 1] not in _FRAME_ENDS or not text.endswith(_FRAME, start, end):
        return phrase
    return phrase if any(mark.kind == "m" for mark in phrase.marks) else Mark(start, end, "x")


def _phrase(text: str, start: int, end: int, inside: list[Mark]) -> Phrase | None:
    first, last = start, end
    while start < end:
        character = ord(text[start])
        if character in (ord("“"), ord("‘")):
            if text.find("”" if character == ord("“") else "’", start, end) > 0:
                break
        elif character not in (ord(" "), ord("　"), ord("的")):
            break
        start += 1
    while start < end:
        character = ord(text[end - 1])
        if character not in (ord(" "), ord("　"), ord("的")):
            break
        end -= 1
    if end <= start:
        return None
    if first < start or end < last:
        inside = [mark for mark in inside if mark.start >= start and mark.end <= end]
    return Phrase(start, end, inside)


_AND: Final = frozenset(("和", "与", "及", "以及", "暨", "、"))


class Reading:
    """One text as items, with the places of its quantities, clauses and sentences among them."""

    def __init__(self, text: str, entities: list[Entity], quantities: list[Quantity], times: list[FoundTime]):
        self.text, self.entities, self.quantities, self.times = text, entities, quantities, times
        self.items = items_of(text, marks_of(text, entities, quantities, times))
        self.at: dict[int, int] = {}
        """Quantity number → its place among the items."""
        self.openings: list[int] = []
        """The places of phrases with a mark inside that open a sentence."""
        self.places: dict[str, list[int]] = {kind: [] for kind in "tp.|"}
        """The places of times, words of planning, full stops and line breaks."""
        self._count()
        self._title_end = self.places["|"][0] if self.places["|"] else 0
        if self.places["."] and self.places["."][0] < self._title_end:
            self._title_end = 0

    def _count(self) -> None:
        clause = sentence = line = 0
        for place, item in enumerate(self.items):
            item.clause, item.sentence, item.line = clause, sentence, line
            if isinstance(item, Phrase):
                if place - sentence <= OPENING and item.marks:
                    self.openings.append(place)
                continue
            kind = item.kind
            if (places := self.places.get(kind)) is not None:
                places.append(place)
            if kind == "q":
                self.at[item.number] = place
            elif kind in ",()":
                clause = place + 1
            elif kind == ".":
                clause = sentence = place + 1
            elif kind == "|":
                clause = sentence = line = place + 1

    def in_title(self, place: int) -> bool:
        """Whether an item stands in a first line that has no full stop and is not the whole text."""
        return place < self._title_end

    def place(self, position: int) -> int:
        """The place of the first item that starts at a position or behind it."""
        items = self.items
        first, last = 0, len(items)
        while first < last:
            middle = (first + last) >> 1
            if items[middle].start < position:
                first = middle + 1
            else:
                last = middle
        return first

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
