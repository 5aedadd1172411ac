"""Numerals to exact decimals: 13.9亿, 1.58万亿, 1,100万, 25万6千, 两千三百, 一点五亿, 三万五, 壹佰贰拾万, 三四千, 十几亿.

Only integer and decimal arithmetic, in a context that never rounds what `MAX_DIGITS` lets in.
"""

import re
from decimal import Context, Decimal, Inexact
from functools import lru_cache

MAX_DIGITS = 24
"""Digits that a numeral may have; a longer run of digits is an identifier, no quantity."""

_exact = Context(prec=120, traps=[Inexact])
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_PLAIN = str.maketrans({**dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟萬億", "一二三四五六七八九十百千万亿", strict=True)), ",": "", "，": "", " ": "", "个": "", "廿": "二十", "卅": "三十"})  # fmt: skip
_JOINING_ZERO = re.compile(r"(?<=[万亿])零(?=\d)")  # 4亿零500万
_ARABIC = re.compile(r"\d+(?:\.\d+)?[万亿]?", re.ASCII)
_VAGUE = str.maketrans("", "", "余多来几数")
_SPREAD = re.compile(
    r"(?<![零〇一二两三四五六七八九点])([一二两三四五六七八])([二三四五六七八九])(?![零〇一二两三四五六七八九点])"
)


class Reading:
    """What a numeral says: a value, or the lower and the higher of two (三四千).

    vague: whether a word such as 余, 多 or 几 stands inside: 二十余万, 十几亿, 数百万.
    """

    def __init__(self, value: Decimal, high: Decimal | None, vague: bool):
        self.value, self.high, self.vague = value, high, vague


@lru_cache(maxsize=4096)
def read(numeral: str) -> Reading | None:
    """A numeral with the words of vagueness inside it; None if it is none or too long."""
    if len(numeral) > MAX_DIGITS and sum(map(str.isdigit, numeral)) > MAX_DIGITS:
        return None
    if _ARABIC.fullmatch(numeral):  # most numerals: 194, 43.8, 13.9亿
        scale_word = numeral[-1]
        if scale_word in _LARGE:
            return Reading(_exact.multiply(Decimal(numeral[:-1]), _LARGE[scale_word]), None, False)
        return Reading(Decimal(numeral), None, False)
    first, times, rest = numeral.replace("x", "×").replace("*", "×").partition("×")
    if times:  # 2×34万
        factor, reading = parse(first), read(rest)
        if factor is None or reading is None:
            return None
        return Reading(_exact.multiply(factor, reading.value), None, reading.vague)
    sharp = numeral.translate(_VAGUE)
    if pair := _SPREAD.search(sharp):
        low, high = _DIGITS[pair[1]], _DIGITS[pair[2]]
        if high - low == 1 or (low, high) == (3, 5):
            lower = parse(sharp[: pair.start(2)] + sharp[pair.end(2) :])
            higher = parse(sharp[: pair.start(1)] + sharp[pair.end(1) :])
            if lower is not None and higher is not None:
                return Reading(lower, higher, False)
    value = parse(sharp)
    return None if value is None else Reading(value, None, len(sharp) < len(numeral))


def parse(numeral: str) -> Decimal | None:
    """The value of a numeral of Arabic digits, Chinese digits and multipliers; None if it is none.

    A multiplier without a number counts as one of it (万 in 上万人).
    """
    numeral = _JOINING_ZERO.sub("", numeral.translate(_PLAIN))
    total, section = Decimal(0), Decimal(0)
    current: Decimal | None = None
    last_multiplier = 0
    i, seen_zero = 0, False
    while i < len(numeral):
        character = numeral[i]
        if character.isascii():
            j = i
            while j < len(numeral) and (numeral[j].isdigit() or numeral[j] == "."):
                j += 1
            if j == i or current is not None or numeral[i] == "." or numeral.count(".", i, j) > 1:
                return None
            current = Decimal(numeral[i:j])
            last_multiplier, i = 0, j
            continue
        if character in _DIGITS or character == "点":
            j = i
            while j < len(numeral) and (numeral[j] in _DIGITS or numeral[j] == "点"):
                j += 1
            if current is not None:
                return None
            digits, _, fraction = numeral[i:j].partition("点")
            if "点" in fraction or (not digits and not section and not total):
                return None
            digits = digits or "零"  # 三十|点五
            seen_zero = len(digits) > 1 and digits[0] in "零〇"
            current = Decimal(
                "".join(str(_DIGITS[d]) for d in digits)
                + ("." + "".join(str(_DIGITS[d]) for d in fraction) if fraction else "")
            )
            if j < len(numeral) or len(digits) > 1 or fraction:
                last_multiplier = 0
            i = j
            continue
        if character in _SMALL:
            multiplier = _SMALL[character]
            section = _exact.add(section, _exact.multiply(Decimal(1) if current is None else current, multiplier))
        elif character in _LARGE:
            multiplier = _LARGE[character]
            if current is not None:
                section = _exact.add(section, current)
            if section == 0 and total == 0:
                section = Decimal(1)
            if multiplier == 10**8 or section == 0:  # 1.58万|亿, 三亿…: all so far is multiplied
                total = _exact.multiply(_exact.add(total, section), multiplier)
            else:
                total = _exact.add(total, _exact.multiply(section, multiplier))
            section = Decimal(0)
        else:
            return None
        current, last_multiplier, seen_zero = None, multiplier, False
        i += 1
    if current is not None:
        if last_multiplier >= 100 and not seen_zero:  # 三万五, 两百三: the digit counts tenths of the multiplier
            current = _exact.multiply(current, last_multiplier // 10)
        section = _exact.add(section, current)
    return _exact.add(total, section) if numeral else None


def plain(value: Decimal) -> Decimal:
    """The same number without exponent and trailing zeros, so that it prints as its digits: 1.390E+9 → 1390000000."""
    if str(value).isdigit():  # it is as wanted
        return value
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def has_digit(numeral: str) -> bool:
    """Whether there is an Arabic digit in it."""
    return numeral[0].isdigit() or any(map(str.isdigit, numeral))


def scale(value: Decimal, power: int) -> Decimal:
    """value × 10^power, exact."""
    return _exact.scaleb(value, power) if power else value


def share(part: Decimal, of: Decimal) -> Decimal | None:
    """A fraction in per cent: exact where that ends within four decimals (3/8 = 37.5 %), else to two (1/3 = 33.33 %)."""
    if not of:
        return None
    percent = _exact.multiply(part, 100)
    exact = _rounding.divide(percent, of).quantize(_FOUR, context=_rounding)
    if _exact.multiply(exact, of) == percent:
        return exact
    return _rounding.divide(percent, of).quantize(_TWO, context=_rounding)


_rounding = Context(prec=80)
_FOUR, _TWO = Decimal("0.0001"), Decimal("0.01")
