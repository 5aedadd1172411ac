"""The counts of one document, and its errors: what every measure writes into."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import regex

from ..records import Span

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
    """One error. `cause` is missed, spurious, boundary, label, or the field that differs.

    `start`, `gold_span` and `found_span` are offsets in the document, `sentence_start` too: where its sentence begins.
    """

    task: str
    cause: str
    label: str
    document: str
    start: int
    gold: str
    found: str
    sentence: str
    by: str = ""
    sentence_start: int = 0
    gold_span: Span | None = None
    found_span: Span | None = None

    @property
    def anchor(self) -> str:
        """The same in every run, so that an error can be linked to."""
        return regex.sub(r"[^\w.-]+", "_", f"{self.task}-{self.cause}-{self.document}-{self.start}-{self.label}")

    def pieces(self) -> Iterator[tuple[str, str]]:
        """The sentence cut at the ends of both spans: each piece, and `gold`, `found`, `gold found` or nothing."""
        spans = {"gold": self.gold_span, "found": self.found_span}
        size = len(self.sentence)
        inside = {
            name: (min(max(span[0] - self.sentence_start, 0), size), min(max(span[1] - self.sentence_start, 0), size))
            for name, span in spans.items()
            if span
        }
        for a, b in pairwise(sorted({0, size, *(edge for span in inside.values() for edge in span)})):
            yield self.sentence[a:b], " ".join(name for name, (start, end) in inside.items() if start <= a and b <= end)


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

    def miss(
        self,
        task: str,
        cause: str,
        gold: str,
        found: str,
        gold_span: Span | None = None,
        found_span: Span | None = None,
        label: str = "",
        by: str = "",
    ) -> None:
        """An error, with both readings, and where each stands in the text; one without a place has no sentence."""
        place = gold_span or found_span
        start = place[0] if place else 0
        begin, end = self.sentence(start) if place else (0, 0)
        self.misses.append(
            Miss(task, cause, label, self.document, start, gold, found, self.text[begin:end], by, begin, gold_span, found_span)
        )  # fmt: skip

    def sentence(self, start: int) -> Span:
        """The span of the sentence at a place of the text, or at its nearest end, cut where it is long."""
        start = min(max(start, 0), len(self.text))
        begin = max((m.end() for m in _SENTENCE_END.finditer(self.text, max(0, start - LONGEST), start)), default=0)
        begin = max(begin, start - LONGEST // 2)
        found = _SENTENCE_END.search(self.text, start, start + LONGEST)
        written = self.text[begin : found.end() if found else start + LONGEST]
        begin += len(written) - len(written.lstrip())
        return begin, begin + len(written.strip())

    def find(self, text: str) -> Span | None:
        """Where a name first stands in the text."""
        start = self.text.find(text)
        return None if start < 0 else (start, start + len(text))
