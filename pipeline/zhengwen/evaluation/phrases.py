"""When two wordings say the same: the lenient match of metrics, subjects, organisations, times and names of projects."""

import regex

_NOISE = regex.compile(r"[\s“”\"'‘’「」『』《》()（）,，、.。:：的]+")
SHARED = 0.7
"""The share of characters, in order, that makes two wordings one."""


def plain(phrase: str | None) -> str:
    """A wording without quotes, brackets, commas, white space and 的."""
    return _NOISE.sub("", phrase or "")


def alike(gold: str | None, found: str | None) -> bool:
    """Equal; or one holds the other and is not much longer; or most characters are shared, in order."""
    a, b = plain(gold), plain(found)
    if not a or not b:
        return a == b
    if (a in b and len(b) <= 3 * len(a) + 4) or (b in a and len(a) <= 3 * len(b) + 4):
        return True
    return 2 * _common(a, b) >= SHARED * (len(a) + len(b))


def any_alike(readings: list[str | None], found: str | None) -> bool:
    return any(alike(one, found) for one in readings)


def _common(a: str, b: str) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for x in a:
        corner = 0
        for j, y in enumerate(b, 1):
            above = row[j]
            row[j] = corner + 1 if x == y else max(above, row[j - 1])
            corner = above
    return row[-1]
