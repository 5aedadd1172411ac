"""The quantity grammar: one expression that finds number, range and unit, then bounds around it and what it is not.

The expression is compiled once from `units.tsv`; every repetition in it is bounded and possessive, so that time is
linear in the text.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import regex

from ..lexicon import Row, column, table
from ..records import Bound
from .numerals import MAX_DIGITS, multiply, parse, plain, scale

_HALF = str.maketrans({chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), 0xFF0E, 0xFF05, 0xFF0F)})
"""Full-width digits, point, per cent and stroke, one character each, so that offsets stay."""

_UNITS: dict[str, Row] = {row["word"].translate(_HALF): row for row in table("units")}
DIMENSIONS: dict[str, str] = {row["unit"]: row["dimension"] for row in table("units")}
"""Unit → dimension (money, power, …, count); rates are not in it."""
_RATES = {row["word"]: row["per"] for row in table("rates")}
_INSIDE = "".join(column("bounds", "word", side="inside"))


def _any(words: object) -> str:
    return "|".join(sorted(map(regex.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


_ARABIC = r"(?:\d{1,3}(?:,\d{3})++(?:\.\d{1,12})?|\d{1,24}+(?:\.\d{1,12}+)?)"
_SCALE = r"(?:[十万亿]|百(?!分[点之])|千(?![瓦克米伏]))"  # the 千 of 千瓦 is part of the unit
_CHINESE = rf"(?:(?:[零〇一二两三四五六七八九廿卅]|{_SCALE}){{1,16}}+(?:点[零〇一二三四五六七八九]{{1,8}}+)?)"
_NUMBER = rf"(?:(?:\d{{1,3}}×)?{_ARABIC}[{_INSIDE}]?{_SCALE}{{0,3}}+(?:\d{{1,4}}{_SCALE})?|{_CHINESE})[{_INSIDE}]?[万亿]{{0,2}}+"
_LATIN_END = r"(?![A-Za-z])"
_UNIT = rf"(?:{_any(word for word in _UNITS if word[-1].isascii() and word[-1].isalpha())}){_LATIN_END}|(?:{_any(word for word in _UNITS if not (word[-1].isascii() and word[-1].isalpha()))})"
_PER = rf"(?:[/每](?:{_any(_RATES)})(?![A-Za-z\d]))?+"
_QUANTITY = regex.compile(
    rf"""(?<![A-Za-z\d.第零〇一二两三四五六七八九十百千万亿])
    (?:(?P<percent>百分之)(?P<share>{_ARABIC}|{_CHINESE})
      |(?P<first>{_NUMBER})(?P<first_unit>{_UNIT})?+(?P<to>[-－—~～至到])(?P<last>{_NUMBER})[ ]?(?P<range_unit>{_UNIT})(?P<range_per>{_PER})
      |(?P<number>{_NUMBER})[ ]?(?P<unit>{_UNIT})(?P<per>{_PER})
      |(?P<money>{_ARABIC}万?亿)(?![万亿])
    )""",
    regex.VERBOSE,
)
_MONEY_NEAR = regex.compile(r"投资|产值|销售|收入|资金|贷款|利润|税收|出口|合同|授信|融资|额")
_GUARDS = regex.compile(_any(column("numeral_guards", "word")))


def _bounds(side: str) -> dict[str, Bound]:
    return {row["word"]: row["bound"] for row in table("bounds") if row["side"] == side}  # type: ignore[misc]


_BEFORE, _AFTER = _bounds("before"), _bounds("after")
_BEFORE_FINDER = regex.compile(
    rf"(?r)(?<![签合协契预节违履邀制条通经不最附邻靠临])(?:{_any(_BEFORE)})(?=了?(?:达|为)?$)|(?r)(?:{_any(word for word in _BEFORE if len(word) > 1)})(?=了?(?:达|为)?$)"
)
_AFTER_FINDER = regex.compile(rf"(?:{_any(_AFTER)})")
_CHINESE_ONLY = regex.compile(r"[^\d]+")
_NOT_BEFORE = ("第", "“", "几", "数", "两", "每")
_LARGE_END = regex.compile(r"[万亿]+$")
_SPEED = regex.compile(r"时速[为达约近超]?$")
_DURATION = regex.compile(r"个[多半]?(?:月|小时|星期|工作日|交易日|季度|年头)")
_QUOTE = regex.compile(r"“[^“”\n]{0,12}$")
_BARE_SCALE = regex.compile(r"[十百千万亿]+")


class Found(NamedTuple):
    """A quantity in a text. `value` is null for a range, `low` and `high` for anything else."""

    start: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    bound: Bound
    dimension: str


def find(text: str) -> Iterator[Found]:
    """All quantities of a text, in order."""
    half = text.translate(_HALF)
    guards = {guard.start(): guard.end() for guard in _GUARDS.finditer(half)}
    position = 0
    while match := _QUANTITY.search(half, position):
        found = _read(half, match)
        if found is None and match["to"]:
            # No range after all (9月2日至6日, 2019年的3家到): read the first number alone, go on behind it.
            position = match.end("first")
            continue
        if found is None or _excluded(half, found, match, guards):
            position = match.end() if found is None else max(found.end, match.start() + 1)
            continue
        yield found
        position = found.end


def _read(half: str, match: regex.Match[str]) -> Found | None:
    if match["percent"]:
        value = parse(match["share"])
        return None if value is None else _bounded(half, match.start(), match.end(), value, "%", "ratio", "exact")
    if match["to"]:
        return _range(half, match)
    if match["money"]:  # 投资120亿, 每年70亿的销售额: the currency is left unsaid
        near = half[max(0, match.start() - 8) : match.start()] + " " + half[match.end() : match.end() + 6]
        value = parse(match["money"]) if _MONEY_NEAR.search(near) else None
        return None if value is None else _bounded(half, match.start(), match.end(), value, "CNY", "money", "exact")
    row = _UNITS[match["unit"]]
    number, inside = _strip_inside(match["number"])
    value = _value(number)
    if value is None:
        return None
    value = scale(value, int(row["power"]))
    unit = row["unit"] + (
        _per(match["per"]) or ("/h" if _SPEED.search(half, max(0, match.start() - 5), match.start()) else "")
    )
    return _bounded(half, match.start(), match.end(), value, unit, row["dimension"], "approx" if inside else "exact")


def _range(half: str, match: regex.Match[str]) -> Found | None:
    row = _UNITS[match["range_unit"]]
    first_row = _UNITS[match["first_unit"]] if match["first_unit"] else row
    if first_row["unit"] != row["unit"]:
        return None
    (first, _), (last, _) = _strip_inside(match["first"]), _strip_inside(match["last"])
    if not match["first_unit"] and not _LARGE_END.search(first) and (tail := _LARGE_END.search(last)):
        first += tail[0]  # 6-8亿元: the scale word serves both
    low, high = _value(first), _value(last)
    if low is None or high is None or low >= high:
        return None
    power = int(row["power"])
    unit = row["unit"] + _per(match["range_per"])
    return Found(
        match.start(),
        match.end(),
        None,
        plain(scale(low, power)),
        plain(scale(high, power)),
        unit,
        "range",
        row["dimension"],
    )


def _strip_inside(number: str) -> tuple[str, bool]:
    stripped = "".join(character for character in number if character not in _INSIDE)
    return stripped, len(stripped) < len(number)


def _value(number: str) -> Decimal | None:
    if sum(map(str.isdigit, number)) > MAX_DIGITS:
        return None
    factor, times, rest = number.partition("×")
    if not times:
        return parse(number)
    value = parse(rest)
    return None if value is None else multiply(Decimal(factor), value)


def _per(rate: str | None) -> str:
    return "/" + _RATES[rate[1:]] if rate else ""


def _bounded(half: str, start: int, end: int, value: Decimal, unit: str, dimension: str, bound: Bound) -> Found:
    if before := _BEFORE_FINDER.search(half, max(0, start - 8), start):
        bound = _BEFORE[before[0]]
    elif (after := _AFTER_FINDER.match(half, end)) and not half.startswith("以来", end):
        bound = _AFTER[after[0]]
    return Found(start, end, plain(value), None, None, unit, bound, dimension)


def _excluded(half: str, found: Found, match: regex.Match[str], guards: dict[int, int]) -> bool:
    """Numerals that count nothing: 一个, names in quotes (“三个一批”), fixed words, bare scale words without a bound."""
    start = found.start
    for back in range(4):
        if guards.get(start - back, 0) >= found.end:
            return True
    number = match["number"]
    if number is None:
        return False
    if found.dimension == "count" and (_quoted(half, start) or _DURATION.match(half, found.end - 1)):
        return True
    row = _UNITS[match["unit"]]
    if row["needs"] == "电":
        if not half.startswith("电", found.end):
            return True
    elif row["needs"] and not half.endswith(tuple(row["needs"].split("|")), 0, start):
        return True
    if not _CHINESE_ONLY.fullmatch(number):
        return False
    before = half[max(0, start - 1) : start]
    bare = bool(_BARE_SCALE.fullmatch(number)) and number != "十"
    if row["form"] == "arabic" or before in _NOT_BEFORE or (before == "上" and not bare):
        return True
    if number == "一":
        return row["dimension"] == "count"
    return bare and found.bound == "exact" and not half.startswith("级", found.end)


def _quoted(half: str, start: int) -> bool:
    """Inside a short quotation: the name of a campaign or a slogan, “奋斗两个五年”."""
    opened = _QUOTE.search(half, max(0, start - 14), start)
    return bool(opened) and half.find("”", start, start + 20) > 0
