"""Shapes: classes of characters (H Chinese, 0 digit, a Latin, A capital) written as patterns: 《H{2,20}》, A+0+."""

from functools import cache

import regex

CLASSES = {"H": r"\p{Han}", "0": "[0-9０-９]", "a": r"\p{Latin}", "A": "[A-ZＡ-Ｚ]"}
_PIECE = regex.compile(r"(?P<one>\\.|[^+{}])(?P<times>\+|\{[0-9]+(?:,[0-9]+)?\})?", regex.S)
MAX_RUN = 60
"""The most characters that a + stands for: a name is no longer, and the search stays linear."""


def pattern_of(shape: str) -> str:
    """The shape as a regular expression. Raises ValueError for one that is none."""
    pattern, end = "", 0
    for piece in _PIECE.finditer(shape):
        if piece.start() != end:
            break
        end = piece.end()
        one, times = piece["one"], piece["times"] or ""
        pattern += CLASSES.get(one) or regex.escape(one.removeprefix("\\"), literal_spaces=True)
        pattern += f"{{1,{MAX_RUN}}}" if times == "+" else times
    if end != len(shape) or not shape:
        raise ValueError(
            f"no shape at {shape[end:]!r}; expected characters, H 0 a A for classes, + or {{2,9}} behind one"
        )
    return pattern


@cache
def of_classes(chars: str) -> regex.Pattern[str]:
    """Any characters of the classes, and those that join parts of names: `H0` for Chinese ones and digits."""
    pieces = (
        CLASSES[one].strip("[]") if one in CLASSES else regex.escape(one) for one in dict.fromkeys(chars + "·（）()")
    )
    return regex.compile(f"[{''.join(pieces)}]*+")


def shape_of(name: str) -> str:
    """The shape of a name, runs of one class as one: 《江州市条例》 → 《H+》, A380 → A+0+."""
    shape = ""
    for character in name:
        one = next((c for c in "HA0a" if regex.match(CLASSES[c], character)), None)
        piece = f"{one}+" if one else f"\\{character}" if character in "+{}\\" else character
        if not shape.endswith(piece) or not one:
            shape += piece
    return shape
