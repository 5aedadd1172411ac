"""One scan for all lexicons: every word of the rule data, wherever it stands in a text.

Which entry hits where is all that the text is searched for; every rule works on these hits. Hits of one class do not
overlap (leftmost, then longest); hits of different classes may.
"""

from collections.abc import Iterable
from functools import cache
from typing import Final

from ..lexicon import Row, table
from .hits import Hit
from .words import is_word

CLASSES = (
    "guard",
    "place",
    "weak",
    "abbreviation",
    "zone",
    "company",
    "organ",
    "body",
    "trade",
    "context",
    "geography",
    "post",
    "stop",
    "protected",
    "speech",
    "byline",
    "credit",
)


def _entries() -> Iterable[tuple[str, str, Row]]:
    """(class, word, row) of every lexicon."""
    for row in table("divisions", "corpus/gazetteers"):
        yield "weak" if is_word(row["name"]) else "place", row["name"], row
        if row["short"]:
            yield "place", row["short"], row
        elif len(row["name"]) > 2 and not row["name"].endswith(("自治县", "自治州")) and not is_word(row["name"][:-1]):
            yield "weak", row["name"][:-1], row
    for row in table("abbreviations", "corpus/gazetteers"):
        yield "abbreviation", row["phrase"], row
    for row in table("places", "corpus/gazetteers"):
        yield "place", row["name"], row
    for row in table("guards", "corpus/gazetteers"):
        yield "guard", row["string"], row
    for row in table("zones", "corpus/gazetteers"):
        yield "zone", row["name"], row
        if row["short"]:
            yield "zone", row["short"], row
    for row in table("soe", "corpus/gazetteers"):
        yield "company", row["name"], row
        if row["short"]:
            yield "company", row["short"], row
    for row in table("companies", "corpus/gazetteers"):
        yield "company", row["name"], row
    for row in table("organs"):
        yield "organ", row["name"], row
    for row in table("bodies"):
        yield "body", row["word"], row
    for row in table("posts"):
        yield "post", row["post"], row
    for row in table("trades"):
        yield "trade", row["word"], row
    for row in table("company_contexts"):
        yield "context", row["word"], row
    for row in table("geography"):
        yield "geography", row["word"], row
    for row in table("stops"):
        yield "stop", row["word"], row
    for row in table("protected"):
        yield "protected", row["word"], row
    for row in table("names"):
        if row["kind"] == "speech":
            yield "speech", row["word"], row
    for row in table("bylines"):
        yield row["kind"], row["word"], row


_GUARD: Final = CLASSES.index("guard")
_GUARDED: Final = frozenset([CLASSES.index("place"), CLASSES.index("company")])
_FIRST: Final = 0x110000
"""Numbers of beginnings follow all codes."""
_PLACES: Final = 1 << 17
"""In a scanner's table: a power of two, twice as many as there are beginnings of words."""
_MASK: Final = _PLACES - 1
_FACTOR: Final = 4093
"""Spreads the beginnings over the table."""
_ANY: Final = 255
"""Marks a place of several beginnings."""


class _Entry:
    """A word in one class, by its number, with its lexicon row. `other` is the same word in another class."""

    def __init__(self, number: int, row: Row):
        self.number = number
        self.row = row
        self.kind = row.get("kind", "")
        self.other: _Entry | None = None


class _Beginning:
    """What words begin with: a shorter beginning and one more character, both by number. The number of a character is its
    code; a word of one character has nothing, 0, before it. `other` has the same place in the table."""

    def __init__(self, shorter: int, last: int, number: int, other: "_Beginning | None"):
        self.shorter = shorter
        self.last = last
        self.number = number
        self.other = other
        self.goes_on = False
        self.entry: _Entry | None = None  # of the word that it is


class Scanner:
    """`Scanner()(text)` gives the hits of each class, in order.

    A trie whose steps all lie in one table. Most positions begin no word, which a smaller table tells for any two characters.
    """

    def __init__(self) -> None:
        self._table: list[_Beginning | None] = [None] * _PLACES
        self._size = 0
        rows: dict[str, dict[str, Row]] = {}
        for name, word, row in _entries():
            rows.setdefault(word, {}).setdefault(name, row)
        opened = bytearray(_PLACES)
        for word, in_class in rows.items():
            codes = [ord(character) for character in word] if len(word) > 1 else [0, ord(word)]
            place, mark = _place(codes[0], codes[1]), _mark(codes[1])
            opened[place] = mark if opened[place] in (0, mark) else _ANY
            beginning = self._added(codes[0], codes[1])
            for code in codes[2:]:
                beginning.goes_on = True
                beginning = self._added(beginning.number, code)
            for name, row in in_class.items():
                entry = _Entry(CLASSES.index(name), row)
                entry.other, beginning.entry = beginning.entry, entry
        self._opened = bytes(opened)

    def _added(self, shorter: int, last: int) -> _Beginning:
        beginning = self._find(shorter, last)
        if beginning is None:
            place = _place(shorter, last)
            self._size += 1
            beginning = _Beginning(shorter, last, _FIRST + self._size, self._table[place])
            self._table[place] = beginning
        return beginning

    def _find(self, shorter: int, last: int) -> _Beginning | None:
        beginning = self._table[_place(shorter, last)]
        while beginning is not None and (beginning.last != last or beginning.shorter != shorter):
            beginning = beginning.other
        return beginning

    def __call__(self, text: str) -> dict[str, list[Hit]]:
        found = _Found()
        opened, length = self._opened, len(text)
        after = ord(text[0]) if text else 0
        for start in range(length):  # `_place` and `_mark` are written out: two calls for every character are many
            code = after
            if start + 1 < length:
                after = ord(text[start + 1])
                mark = opened[(code * _FACTOR + after) & _MASK]
                if mark and (mark == (after & 127) + 1 or mark == _ANY):
                    self._read(text, start, start + 1, code, found)
            mark = opened[code & _MASK]
            if mark and (mark == (code & 127) + 1 or mark == _ANY):
                self._read(text, start, start, 0, found)
        return dict(zip(CLASSES, found.hits, strict=True))

    def _read(self, text: str, start: int, end: int, shorter: int, found: "_Found") -> None:
        """Find the words that go on with the character at `end`, the longest first."""
        beginning = self._find(shorter, ord(text[end]))
        if beginning is not None:
            end += 1
            if beginning.goes_on and end < len(text):
                self._read(text, start, end, beginning.number, found)
            if beginning.entry is not None:
                found.add(beginning.entry, start, end)


def _place(shorter: int, last: int) -> int:
    """Where a beginning stands in both tables; a place may have several."""
    return (shorter * _FACTOR + last) & _MASK


def _mark(last: int) -> int:
    """What stands in the smaller table for a beginning, by its last character; `_ANY` where several have one place."""
    return (last & 127) + 1


class _Found:
    """The hits of each class so far, and the spans that a guard, a word that holds a place or a company, hides."""

    def __init__(self) -> None:
        self.hits: list[list[Hit]] = [[] for _ in CLASSES]
        self._hidden: set[tuple[int, int]] = set()

    def add(self, word: _Entry, start: int, end: int) -> None:
        entry: _Entry | None = word
        while entry is not None:
            number, row = entry.number, entry.row
            if number == _GUARD:
                at = start + row["string"].index(row["blocks"])
                self._hidden.add((at, at + len(row["blocks"])))
            elif not (self._hidden and number in _GUARDED and (start, end) in self._hidden):
                hits = self.hits[number]
                if not hits or hits[-1].end <= start:
                    hits.append(Hit(start, end, row, entry.kind))
            entry = entry.other


@cache
def scanner() -> Scanner:
    """The one scanner of this process; it is built once, from packaged data alone."""
    return Scanner()
