"""What the shape of a line tells: heading, caption, furniture, or body text that goes on in the next line."""

from typing import Final

import regex

from ..lexicon import column

HEADING_MARK = regex.compile(r"^(#{1,6})\s+")
MAX_HEADING = 40
"""Characters; newspaper headlines stay under two lines of some twenty characters."""
MAX_LABEL = 20
"""Characters of a line without punctuation that may be a label or a heading between paragraphs, not half a sentence."""
MAX_MARKED_LABEL = 6
"""The same on a page whose headings are marked."""

JUMP = regex.compile("|".join(column("layout", "pattern", kind="jump")))
CONTINUED = regex.compile("|".join(column("layout", "pattern", kind="continued")))
_CAPTION: Final = regex.compile(
    "(?r)" + "|".join(column("layout", "pattern", kind="caption"))
)  # its end is what gives it away
_FURNITURE: Final = regex.compile("|".join(column("layout", "pattern", kind="furniture")))
_DATELINE: Final = regex.compile("|".join(column("layout", "pattern", kind="dateline")))
_PROSE: Final = regex.compile(r"[，。；、]")
_OPENING: Final = regex.compile(r".{0,20}(?:讯|电|记者|通讯员|消息)[ 　（(:：]")
SUBTITLE = regex.compile(r"^(?:——|--)|(?:出席|讲话|主持|致辞|强调|参加|批示|宣布|见证|指出)")
_ITEM: Final = regex.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}(?:[）)、]|[.．](?!\d))|[●■◆▲★☆·—-])")
_PART: Final = regex.compile(r"[（(][一二三四五六七八九十上中下\d]{1,3}[）)]$")
_ENUMERATED: Final = regex.compile(r"[第其]?[一二三四五六七八九十](?:是|要|、|，)")
_INSIDE_WORD: Final = regex.compile(r"[\d.][\d.%年月日亿万千个元]|[A-Za-z][A-Za-z]")
_PAIRS: Final = ("“”", "（）", "《》")
_STOPS = "。！？!?…：:"
_CLOSING = "”’」』）)】》"
# Characters after or before which no sentence ends or begins.
_LEADS_ON: Final = frozenset("，、的在和与及为将从向对把被由是了以于或")
_FOLLOWS: Final = frozenset("，。；、：！？”）》的了们和与及等化性型率额者")


def is_caption(line: str) -> bool:
    return bool(_CAPTION.match(line))


def is_furniture(line: str) -> bool:
    return bool(_FURNITURE.match(line))


def is_heading(line: str) -> bool:
    """Short, no sentence and no beginning of one: fit to stand over an article."""
    line = _PART.sub("", line)
    short = 2 <= len(line) <= MAX_HEADING and line[-1] not in "。；;，、：:）)" and "。" not in line
    short = short and ("，" not in line or " " in line or line[-1] in "！？")  # headlines part their halves by a space
    return short and not _DATELINE.match(line) and line[-1] not in _LEADS_ON


def opens_article(line: str) -> bool:
    """Whether a body line opens as articles do: 本报讯, 新华社…电, a reporter's name."""
    return bool(_OPENING.match(line))


def is_complete(line: str) -> bool:
    """Whether a line ends with the end of a sentence, or with the bracket that closes an article (…。（王媛）)."""
    if any(line.count(pair[0]) > line.count(pair[1]) for pair in _PAIRS):
        return False
    if line[-1] in "）)":
        opening = max(line.rfind("（"), line.rfind("("))
        return opening <= 0 or line[opening - 1] in _STOPS + _CLOSING
    return line.rstrip(_CLOSING)[-1:] in tuple(_STOPS)


def runs_into(line: str, following: str) -> bool:
    """Whether the break between two lines is plainly none: inside a number, before a comma, after a 的."""
    return line[-1] in _LEADS_ON or following[:1] in _FOLLOWS or bool(_INSIDE_WORD.fullmatch(line[-1] + following[:1]))


def goes_on(line: str, following: str, max_label: int = MAX_LABEL) -> bool:
    """Whether `line` was cut in mid-sentence and `following` is its other half.

    max_label: up to this length a line without punctuation is taken for a label.
    """
    if not line or is_complete(line):
        return False
    if runs_into(line, following):
        return True
    if any(line.count(pair[0]) > line.count(pair[1]) for pair in _PAIRS):
        return True
    if _ITEM.match(following):
        return False
    if line[-1] in "；;":  # a list has its items alike: 任命…；⏎任命…
        return not _ENUMERATED.match(following) and following[:2] != line[:2]
    return len(line) > max_label or bool(_PROSE.search(line)) or bool(_DATELINE.match(line))
