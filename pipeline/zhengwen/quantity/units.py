"""Units and measure words: what a unit as written becomes in the output, and when it is none.

The table is `corpus/lexicon/units.tsv`; denominators of rates are in `rates.tsv`.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from ..lexicon import table

HALF_WIDTH = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), 0xFF0E, 0xFF05, 0xFF0F, 0xFF04)}
)
"""Full-width digits, point, per cent, stroke and dollar, one character each, so that offsets stay."""
_FULL_WIDTH = re.compile(f"[{''.join(map(chr, HALF_WIDTH))}]")


@lru_cache(maxsize=4)
def half_width(text: str) -> str:
    """The text with HALF_WIDTH applied; most texts are so already."""
    return text.translate(HALF_WIDTH) if _FULL_WIDTH.search(text) else text


class Unit:
    """One row of the table; `before`, `after`, `unless` and `form` are its conditions."""

    def __init__(
        self,
        unit: str,
        dimension: str,
        power: int,
        before: tuple[str, ...] = (),
        after: tuple[str, ...] = (),
        unless: tuple[str, ...] = (),
        form: str = "",
    ):
        self.unit, self.dimension, self.power = unit, dimension, power
        self.before, self.after, self.unless, self.form = before, after, unless, form


def _words(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


UNITS: dict[str, Unit] = {
    row["word"].translate(HALF_WIDTH): Unit(
        row["unit"],
        row["dimension"],
        int(row["power"]),
        _words(row["before"]),
        _words(row["after"]),
        _words(row["unless"]),
        row["form"],
    )
    for row in table("units")
}
DIMENSIONS: dict[str, str] = {unit.unit: unit.dimension for unit in UNITS.values()}
"""Unit → dimension (money, power, …, count); rates are not in it."""
RATES: dict[str, str] = {row["word"]: row["per"] for row in table("rates")}


def alternatives(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_LATIN = [word for word in UNITS if word[-1].isascii() and word[-1].isalpha()]
UNIT = rf"(?:(?:{alternatives(_LATIN)})(?![A-Za-z])|(?:{alternatives(UNITS.keys() - set(_LATIN))}))"
"""Expression for a unit; one in Latin letters ends where the letters do."""
PER = rf"(?:(?:[/每]|(?<=[元角分])一)(?:{alternatives(RATES)})(?![A-Za-z\d]))"
"""Expression for the denominator of a rate: 421万元/亩, 35元每公斤."""


def denominator(written: str | None) -> str:
    """What the denominator as written adds to the unit: 每公斤 → /kg; nothing for none."""
    return "/" + RATES[written[1:]] if written else ""


def fits(unit: Unit, text: str, start: int, end: int, chinese: bool, scaled: bool) -> bool:
    """Whether what stands around a number with this unit, at [start, end), lets the word be a unit.

    chinese: the numeral has no Arabic digit; scaled: it has 万 or 亿.
    """
    if unit.unless and text.startswith(unit.unless, end):
        return False
    if unit.form and (
        (unit.form == "arabic" and chinese)
        or (unit.form == "chinese" and not chinese)
        or (unit.form == "scaled" and chinese and not scaled and not (unit.before or unit.after))
        or (unit.form == "decimal" and "." not in text[start:end])
    ):
        return False
    if unit.before or unit.after:
        if unit.form == "scaled" and scaled:  # 6.5亿度 is energy wherever it stands
            return True
        return text.endswith(unit.before or "\0", 0, start) or text.startswith(unit.after or "\0", end)
    return True
