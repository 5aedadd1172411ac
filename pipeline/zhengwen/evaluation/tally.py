"""The counts of one document, and its errors: what every measure writes into."""

from collections import defaultdict
from typing import NamedTuple

import regex

_SENTENCE_END = regex.compile(r"[。！？；\n][”’」』）]*+")
LONGEST = 160
"""Characters of a sentence shown, around the place."""


class Measure(NamedTuple):
    """What is measured: ("entities", "strict", "ZONE"), ("facts", "subject", "")."""

    task: str
    name: str
    label: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in self if part)


class Miss(NamedTuple):
    """One error. `cause` is missed, spurious, boundary, label, or the field that differs."""

    task: str
    cause: str
    label: str
    document: str
    start: int
    gold: str
    found: str
    sentence: str
    by: str = ""

    @property
    def anchor(self) -> str:
        """The same in every run, so that an error can be linked to."""
        return regex.sub(r"[^\w.-]+", "_", f"{self.task}-{self.cause}-{self.document}-{self.start}-{self.label}")


class Tally:
    """The counts of one document.

    For each measure four numbers: right ones among those found, found, right ones among gold, gold. Precision is the
    first over the second, recall the third over the fourth; an accuracy has both alike. `rules` counts, for each rule,
    what it found: right and all.
    """

    def __init__(self, document: str, text: str):
        self.document, self.text = document, text
        self.counts: defaultdict[Measure, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
        self.rules: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        self.misses: list[Miss] = []

    def add(self, measure: Measure, right: float, found: float, hit: float, gold: float) -> None:
        counts = self.counts[measure]
        counts[0] += right
        counts[1] += found
        counts[2] += hit
        counts[3] += gold

    def sets(self, measure: Measure, both: int, found: int, gold: int) -> None:
        """`both` of the found ones are gold."""
        self.add(measure, both, found, both, gold)

    def answer(self, measure: Measure, right: bool) -> None:
        """One question, answered right or wrong."""
        self.add(measure, right, 1, right, 1)

    def rule(self, task: str, by: str, right: bool) -> None:
        if by:
            counts = self.rules[task, by]
            counts[0] += right
            counts[1] += 1

    def miss(self, task: str, cause: str, label: str, start: int, gold: str, found: str, by: str = "") -> None:
        self.misses.append(Miss(task, cause, label, self.document, start, gold, found, self.sentence(start), by))

    def sentence(self, start: int) -> str:
        """The sentence at a place of the text, or at its nearest end, cut where it is long."""
        start = min(max(start, 0), len(self.text))
        begin = max((m.end() for m in _SENTENCE_END.finditer(self.text, max(0, start - LONGEST), start)), default=0)
        begin = max(begin, start - LONGEST // 2)
        end = _SENTENCE_END.search(self.text, start, start + LONGEST)
        return self.text[begin : end.end() if end else start + LONGEST].strip()
