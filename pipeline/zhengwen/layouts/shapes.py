"""What the shape of a line tells: heading, caption, furniture, or body text that goes on in the next line."""

import regex

from ..lexicon import column

HEADING_MARK = regex.compile(r"^(#{1,6})\s+")
MAX_HEADING = 40
"""Characters; newspaper headlines stay under two lines of some twenty characters."""

JUMP = regex.compile("|".join(column("layout", "pattern", kind="jump")))
_CAPTION = regex.compile("|".join(column("layout", "pattern", kind="caption")))
_FURNITURE = regex.compile("|".join(column("layout", "pattern", kind="furniture")))
_STOPS = "。！？!?；;…”’）)】》："
_PROSE = regex.compile(r"[，。；、]")
_ITEM = regex.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[●■◆▲★☆·—-])")
_PAIRS = ("“”", "（）", "《》")


def is_caption(line: str) -> bool:
    return bool(_CAPTION.match(line))


def is_furniture(line: str) -> bool:
    return bool(_FURNITURE.match(line))


def is_heading(line: str) -> bool:
    """Short, no sentence: fit to stand over an article."""
    return 2 <= len(line) <= MAX_HEADING and line[-1] not in "。；;，、：:）)" and "。" not in line


def goes_on(line: str, following: str) -> bool:
    """Whether `line` was cut in mid-sentence and `following` is its other half.

    A line of prose that ends without a stop, or inside a quotation or bracket, goes on; a heading, a list item or a
    label is no half of a sentence.
    """
    if not line or _ITEM.match(following):
        return False
    if any(line.count(pair[0]) > line.count(pair[1]) for pair in _PAIRS):
        return True
    if line[-1] in _STOPS:
        return False
    return line[-1] in "，、" or (len(line) >= 20 and bool(_PROSE.search(line)))
