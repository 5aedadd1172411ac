"""Numerals to exact decimals: 13.9亿, 1.58万亿, 1,100万, 25万6千, 两千三百, 一点五亿, 三万五.

Only integer and decimal arithmetic, in a context that never rounds what `MAX_DIGITS` lets in.
"""

from decimal import Context, Decimal, Inexact

MAX_DIGITS = 24
"""Digits that a numeral may have; a longer run of digits is an identifier, no quantity."""

_exact = Context(prec=120, traps=[Inexact])
_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_ONES = {"廿": "二十", "卅": "三十"}


def parse(numeral: str) -> Decimal | None:
    """The value of a numeral of Arabic digits, Chinese digits and multipliers; None if it is none.

    A multiplier without a number counts as one of it (万 in 上万人).
    """
    for short, long in _ONES.items():
        numeral = numeral.replace(short, long)
    total, section = Decimal(0), Decimal(0)
    current: Decimal | None = None
    last_multiplier = 0
    i, seen_zero = 0, False
    while i < len(numeral):
        character = numeral[i]
        if character.isascii():
            j = i
            while j < len(numeral) and (numeral[j].isdigit() or numeral[j] in ".,"):
                j += 1
            if j == i or current is not None or numeral.count(".", i, j) > 1:
                return None
            current = Decimal(numeral[i:j].replace(",", ""))
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
    return _exact.add(total, section)


def plain(value: Decimal) -> Decimal:
    """The same number without exponent and trailing zeros, so that it prints as its digits: 1.390E+9 → 1390000000."""
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def scale(value: Decimal, power: int) -> Decimal:
    """value × 10^power, exact."""
    return _exact.scaleb(value, power) if power else value


def multiply(a: Decimal, b: Decimal) -> Decimal:
    return _exact.multiply(a, b)
