"""Names of organs in full, and bare ones with their place: 太原市发改委 → 太原市发展和改革委员会, 省政府 → 山西省人民政府."""

import regex

from ..lexicon import table
from .divisions import Division, city, province

_FULL = {row["short"]: row["full"] for row in table("organ_forms")}
_SHORT = regex.compile(r"(?r)(?<!人民)\L<forms>$", forms=list(_FULL))
_LEVEL = regex.compile(r"自治区|[省市州县区]")


def canonical(name: str, context: set[Division]) -> str | None:
    """The organ's full name; None if it is bare (市委) and the article does not tell of which place."""
    name = _spelled(name.removeprefix("中共"))
    level = _LEVEL.match(name)
    if not level:
        return name
    found: set[Division | None]
    if level[0] in ("省", "自治区"):
        found = {province(division.code) for division in context}
    elif level[0] in ("市", "州"):
        found = {city(division.code) for division in context}
    else:
        found = {division for division in context if division.level == "county"}
    fits = {division.name for division in found if division and division.name.endswith(level[0])}
    return fits.pop() + name[level.end() :] if len(fits) == 1 else None


def _spelled(name: str) -> str:
    short = _SHORT.search(name)
    return name[: short.start()] + _FULL[short[0]] if short else name
