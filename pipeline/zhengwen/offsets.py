"""The offset map: where each character of an article stands in its source.

An article's text is built from pieces of the source, in any order, and a few characters that stand for none (line
breaks between blocks). The map lists the pieces as `(article_start, source_start, length)`, sorted by article start.
"""

from bisect import bisect_right
from collections.abc import Sequence

from .records import Segment


class TextBuilder:
    """Builds an article's text from pieces of a source text, keeping the map."""

    def __init__(self, source: str):
        self.source = source
        self.length = 0
        self.segments: list[Segment] = []
        self._parts: list[str] = []

    def take(self, start: int, end: int) -> None:
        """Append `source[start:end]`."""
        if start < end:
            self.take_as(self.source[start:end], start)

    def take_as(self, text: str, position: int) -> None:
        """Append `text` for as many source characters from `position`: a character reference that stands for one."""
        last = self.segments[-1] if self.segments else None
        if last and last[0] + last[2] == self.length and last[1] + last[2] == position:
            self.segments[-1] = (last[0], last[1], last[2] + len(text))
        else:
            self.segments.append((self.length, position, len(text)))
        self._parts.append(text)
        self.length += len(text)

    def put(self, text: str) -> None:
        """Append characters that stand for none of the source."""
        self._parts.append(text)
        self.length += len(text)

    @property
    def text(self) -> str:
        return "".join(self._parts)


class OffsetMap:
    """Looks up source positions: `source_span(start, end)` in O(log segments)."""

    def __init__(self, segments: Sequence[Segment]):
        self._segments = segments
        self._starts = [segment[0] for segment in segments]

    def source(self, position: int) -> int:
        """The source position of the character at an article position, or of the nearest one before it."""
        i = max(bisect_right(self._starts, position) - 1, 0)
        article, source, length = self._segments[i]
        return source + min(max(position - article, 0), length - 1)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of a non-empty article span."""
        article, source, length = self._segments[max(bisect_right(self._starts, start) - 1, 0)]
        if article <= start and end <= article + length:  # as most are, in one piece
            return source + start - article, source + end - article
        return self.source(start), self.source(end - 1) + 1
