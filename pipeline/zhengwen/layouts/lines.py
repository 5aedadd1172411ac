"""The lines of a page: where each stands, how it is set apart, and whether the page is hard-wrapped."""

from collections import Counter
from typing import Final

import regex

MIN_WRAPPED = 6
"""Lines that must share a length before a page counts as wrapped."""
MAX_WIDTH = 80
"""Characters; longer lines of one length are chance."""
_INDENT: Final = regex.compile(r"[ 　\t]{2,}|　")


class Line:
    """A trimmed line that is not blank.

    width: characters of the line as it stands, the indent included. apart: a blank line, or the page's beginning, stands
    before it. level: 1–6 for a heading, 0 for body; plain headings are of level 1. caption: its shape is one's.
    """

    def __init__(self, start: int, end: int, text: str, width: int, indented: bool, apart: bool):
        self.start = start
        self.end = end
        self.text = text
        self.width = width
        self.indented = indented
        self.apart = apart
        self.level = 0
        self.caption = False


def split_lines(text: str) -> list[Line]:
    lines: list[Line] = []
    position, apart = 0, True
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            start = position + raw.index(stripped)
            width = len(raw.rstrip())
            lines.append(Line(start, start + len(stripped), stripped, width, bool(_INDENT.match(raw)), apart))
        apart = not stripped
        position += len(raw)
    return lines


def wrap_width(lines: list[Line]) -> int | None:
    """The length at which body lines were broken, None if the page is not wrapped.

    A wrapped page has many lines of one length (or one less, where a mark may not open a line) and hardly a longer one.
    """
    widths = Counter(line.width for line in lines if line.level == 0)
    total = widths.total()
    for width, count in sorted(widths.items(), reverse=True):
        full = count + widths[width - 1]
        longer = sum(n for other, n in widths.items() if other > width)
        if full >= MIN_WRAPPED and full >= 0.4 * total and longer <= 0.05 * total and 10 <= width <= MAX_WIDTH:
            return width
    return None
