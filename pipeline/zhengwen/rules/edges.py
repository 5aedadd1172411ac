"""Where a name may begin: what stands around a word in its clause.

The rule data of the entity stage says which words end before a name (function words, verbs), and which are places. Only
clauses in which a rule's word stands are looked at.
"""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

import regex

from ..entities.hits import boundaries
from ..entities.scan import scanner
from ..entities.words import name_start, parts
from .records import Rest

BACK, AHEAD = 48, 24
"""How far a clause is looked at on either side of a word: a text without punctuation stays linear."""
_BEFORE = regex.compile(r"(?r)[\p{Han}\p{Latin}\d·（）()&.-]*+")
_BEHIND = regex.compile(r"[\p{Han}\p{Latin}\d·（）()&.-]*+")
_SOFT, _CLASSES = "soft", ("class", "generic")
_LEADING = ("v", "d", "x")
_NAME_GOES_ON = 6
"""Characters between a name and the last word of the longer one that it opens."""


class Stop(NamedTuple):
    """A word that ends before a name; hard: also where the name of a place stands before it."""

    start: int
    end: int
    hard: bool
    word: str
    classed: bool
    """Whether it makes a class of what follows, 各 in 各银行."""


class Clause(NamedTuple):
    """A stretch without punctuation, or the part of it around a word. Spans are offsets of the text."""

    start: int
    end: int
    stops: list[Stop]
    places: list[tuple[int, int]]
    bodies: list[int]
    """Where the last words of organisations, zones and companies begin."""

    def edge(self, position: int, inside: frozenset[str] = frozenset(), hard: bool = False) -> int:
        """The nearest place at or before `position` where a name can begin."""
        found = self.start
        for stop in self.stops:
            if stop.end > position:
                break
            if (stop.hard or not hard) and stop.word not in inside:
                found = max(found, stop.end)
        return found

    def is_class(self, edge: int) -> bool:
        """Whether a word that makes a class of what follows ends at an edge."""
        return any(stop.end == edge and stop.classed for stop in self.stops)

    def place(self, position: int, edge: int) -> int | None:
        """Where the places begin that stand before `position` and not before `edge`: the first of the last chain of them."""
        i = bisect_right(self.places, position, key=lambda place: place[1]) - 1
        if i < 0 or self.places[i][0] < edge:
            return None
        while i and self.places[i - 1][1] == self.places[i][0] and self.places[i - 1][0] >= edge:
            i -= 1
        return self.places[i][0]

    def goes_on(self, end: int) -> bool:
        """Whether the name that ends here opens a longer one: the last word of a body stands close behind."""
        i = bisect_left(self.bodies, end)
        if i == len(self.bodies) or self.bodies[i] > end + _NAME_GOES_ON:
            return False
        return not any(end <= stop.start < self.bodies[i] for stop in self.stops)


class Surroundings:
    """The clauses of one text, each looked at once."""

    def __init__(self, text: str):
        self._text = text
        self._clauses: dict[tuple[int, int], Clause] = {}

    def clause(self, start: int, end: int) -> Clause:
        """The clause of the word at [start, end)."""
        text = self._text
        first = _BEFORE.match(text, max(0, start - BACK), start).start()  # type: ignore[union-attr]
        last = _BEHIND.match(text, end, end + AHEAD).end()  # type: ignore[union-attr]
        if (found := self._clauses.get((first, last))) is None:
            found = self._clauses[first, last] = _read(text, first, last)
        return found


def _read(text: str, first: int, last: int) -> Clause:
    stretch = text[first:last]
    hits = scanner()(stretch)
    stops = [
        Stop(
            stop.start + first,
            stop.end + first,
            stop.row.get("kind") != _SOFT,
            stretch[stop.start : stop.end],
            stop.row.get("kind") in _CLASSES,
        )
        for stop in boundaries(stretch, hits)
        if "post" not in stop.row
    ]
    places = [(place.start + first, place.end + first) for place in hits["place"]]
    return Clause(first, last, stops, places, [body.start + first for body in hits["body"]])


def kind_of(stretch: str) -> Rest:
    """Whether a stretch holds a name (a place, or a run of characters that no everyday word is), or is made of everyday
    words; `any` if verbs, adverbs or function words are in it."""
    if any(part.word_class in _LEADING for part in parts(stretch)):
        return "any"
    return "words" if name_start(stretch) is None and not scanner()(stretch)["place"] else "name"


def runs_on(text: str, start: int, end: int) -> bool:
    """Whether the word at [start, end) is the beginning of a longer everyday word: 银行 in 银行业, but not in 银行业务."""
    return _crosses(text[start : end + 3], end - start)


def cuts_word(text: str, start: int, end: int) -> bool:
    """Whether an edge of the name at [start, end) lies inside an everyday word: 国航 in 中国航空."""
    first = max(0, start - 3)
    stretch = text[first : end + 3]
    return _crosses(stretch, start - first) or _crosses(stretch, end - first)


def _crosses(stretch: str, position: int) -> bool:
    """Whether one of the everyday words that a stretch is made of begins before a position and ends behind it."""
    at = 0
    for part in parts(stretch):
        size = part.end - part.start
        if at < position < at + size and part.word_class:
            return True
        at += size
    return False
