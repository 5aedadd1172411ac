"""Page text made uniform, character for character, so that every offset stays.

Full-width digits, letters, percent signs and the points and strokes between digits become half-width; a half-width comma,
colon, semicolon, question or exclamation mark between two Chinese characters becomes full-width.
"""

import re
from typing import Final

import regex

_NARROW: Final = {
    chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_TABLE = str.maketrans(_NARROW | {"％": "%"})
_WIDE: Final = re.compile("[０-９Ａ-Ｚａ-ｚ％]")
_BETWEEN_DIGITS: Final = regex.compile(r"(?<=\d)[．／](?=\d)")
_BETWEEN_HAN: Final = regex.compile(r"(?<=[\p{Han}”）》])[,:;?!](?=[\p{Han}“（《])")
_NARROWED: Final = {"．": ".", "／": "/"}
_WIDENED: Final = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}

STRAY = regex.compile(
    r"(?<=\d)[ 　]+(?=[年月日时亿万千个家户人吨亩元])|(?<=[年月约达超近共为第])[ 　]+(?=\d)"
    r"|(?<=\p{Han})[ 　]+(?=[，。；：、！？）”》])|(?<=[（“《，。；：、])[ 　]+(?=\p{Han})"
)
"""White space that no writer set: 2024 年 2 月, 开工 。"""


def normal(text: str) -> str:
    """The text with its characters made uniform; always of the same length."""
    if _WIDE.search(text):
        text = text.translate(_TABLE)
    text = _BETWEEN_DIGITS.sub(lambda match: _NARROWED[match[0]], text)
    return str(_BETWEEN_HAN.sub(lambda match: _WIDENED[match[0]], text))
