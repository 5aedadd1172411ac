"""Names of organs in full, and bare ones with their place: 太原市发改委 → 太原市发展和改革委员会, 省政府 → 山西省人民政府."""

from functools import lru_cache
from typing import Final

import regex

from ..lexicon import table
from .divisions import Division, city, province

_FULL: Final = {row["short"]: row["full"] for row in table("organ_forms")}
_SHORT: Final = regex.compile(r"(?r)(?<!人民)\L<forms>", forms=list(_FULL))
_LEVELS: Final = {"省": "province", "自治区": "province", "市": "city", "州": "city", "县": "county", "区": "county"}


def heads(context: set[Division]) -> dict[str, str]:
    """The one division of each level that an article names or lies in, by level word: {"省": "山西省", "市": "太原市"}."""
    found: dict[str, set[Division | None]] = {
        "province": {province(division.code) for division in context},
        "city": {city(division.code) for division in context},
        "county": {division for division in context if division.level == "county"},
    }
    heads: dict[str, str] = {}
    for word, level in _LEVELS.items():
        fits = {division.name for division in found[level] if division and division.name.endswith(word)}
        if len(fits) == 1:
            heads[word] = fits.pop()
    return heads


def canonical(name: str, heads: dict[str, str]) -> str | None:
    """The organ's full name; None if it is bare (市委) and the article does not tell of which place."""
    name = _spelled(name.removeprefix("中共"))
    level = "自治区" if name.startswith("自治区") else name[:1]
    if level not in _LEVELS:
        return name
    head = heads.get(level)
    return head + name[len(level) :] if head else None


@lru_cache(maxsize=4096)
def _spelled(name: str) -> str:
    short = _SHORT.match(name, 0, len(name))
    return name[: short.start()] + _FULL[short[0]] if short else name
