"""The quantity grammar: one expression that finds number, range and unit, read into exact values.

The expression is compiled once from `units.tsv`; every repetition in it is bounded and possessive, so that time is
linear in the text.
"""

import re
from decimal import Decimal

from ..lexicon import column, table
from ..records import Bound
from ..script import HAN
from .bounds import INSIDE, bound_of
from .exclusions import Surroundings, is_bare
from .numerals import has_digit, parse, plain, read, scale, share
from .units import DIMENSIONS, HALF_WIDTH, PER, UNIT, UNITS, Unit, alternatives, denominator, fits, half_width

_SIGNS = {row["sign"].translate(HALF_WIDTH): row["unit"] for row in table("currency_signs")}
_FIXED = {row["word"]: row for row in table("fixed_quantities")}
_BEHIND_CODE = "|".join(f"(?<={sign})" for sign in _SIGNS if sign.isalpha() and sign.isascii())
_FORMAL = r"[壹贰叁肆伍陆柒捌玖拾佰仟萬億万亿零]{2,24}+"

_ARABIC = r"(?:\d{1,3}(?:,\d{3})++|\d{1,3}(?:，\d{3}){2,}+|\d{1,3}，\d{3}(?=\.\d)|\d{1,3}(?:[ ]\d{3})++(?!\d)|\d{1,24}+)(?:\.\d{1,12}+)?"
_SCALE = r"(?:[十万亿]|百(?!分[点之])|千(?![瓦克米伏卡焦帕升]))"  # the 千 of 千瓦 is part of the unit
_CHINESE = rf"(?:[几数](?=[十百千万亿]))?(?:[零〇一二两三四五六七八九廿卅几]|{_SCALE}){{1,24}}+(?:点[零〇一二三四五六七八九]{{1,8}}+)?"
_NUMBER = rf"(?:(?:\d{{1,4}}[×xX*])?{_ARABIC}(?:[ ](?=[万亿]))?[{INSIDE}]?{_SCALE}{{0,3}}+(?:零?\d{{1,4}}{_SCALE}{{1,2}})?|{_FORMAL}|{_CHINESE})[{INSIDE}]?(?:(?:个(?=亿))?[万亿]{{1,2}}+)?[{INSIDE}]?"
_IN_NUMBER = rf"[\d.,， ×xX*个点{INSIDE}十百千零〇一二两三四五六七八九廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億万亿]"
"""Any character that a number can hold."""
_DIGIT = r"[\d零一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
_TO = r"(?:[-－—–~～∼〜]{1,2}|至|到)"
_QUANTITY = re.compile(
    rf"""(?=[\d零〇一二两三四五六七八九廿卅十百千万亿几数壹贰叁肆伍陆柒捌玖拾佰仟半对翻俩仨])
    (?:(?<![A-Za-z\d.第零〇一二两三四五六七八九十百千万亿])|{_BEHIND_CODE}|(?<=[A-Za-z])(?=\d{{1,4}}(?:\.\d{{1,2}})?[万亿]))
    (?:(?={_IN_NUMBER}{{1,80}}+分之)(?P<base>[百千万]|{_NUMBER})分之(?P<part>{_NUMBER})(?:{_TO}(?:(?P=base)分之)?(?P<last_part>{_NUMBER}))?
      |(?:(?P<signed>(?<=[¥￥$€£])|(?<=[¥￥$€£][ ]))|)(?P<number>{_NUMBER})
        (?:{_TO}(?P<sign>零下|负|[-−－])?(?P<last>{_NUMBER})[ ]?(?P<last_unit>{UNIT})(?P<last_per>{PER})?
          |[ ]?(?P<unit>{UNIT})
            (?:(?<=[元圆块])(?:(?P<jiao>{_DIGIT})(?:[角毛](?:(?P<jiao_fen>{_DIGIT})分)?钱?|(?<=块.)(?![\d{INSIDE}十百千万亿块个]))|零?(?P<fen>{_DIGIT})分钱?)
              |(?P<per>{PER})?(?:{_TO}(?P<to_sign>零下|负|[-−－])?(?P<to>{_NUMBER})[ ]?(?P<to_unit>{UNIT})(?P<to_per>{PER})?)?)
          |(?P<bare>(?<=[万亿])|(?<=[万亿][{INSIDE}])|(?<=[万千百][一二三四五六七八九])(?![{HAN}])|(?(signed)(?<=[\d.,])|(?!))))
      |(?P<slash>\d{{1,2}}/\d{{1,3}})(?![\d/A-Za-z年月日号]|决赛|财年|榨季|年度)
      |(?P<fixed>{alternatives(_FIXED)})
      |(?P<pair>[俩仨]人|[俩仨](?=[{HAN}]))
    )""",
    re.VERBOSE,
)
_NUMERAL_ALONE = re.compile(rf"(?=.*[十百千万亿点.,])[-−负]?{_NUMBER}")
_SIGNED = re.compile(rf"(?:{alternatives(_SIGNS)})[ ]?$")
_SIGN_ENDS = frozenset((" ", *(sign[-1] for sign in _SIGNS)))
_MONEY_NEAR = re.compile(alternatives(column("money_contexts", "word", side="near")))
_MONEY_BEHIND = re.compile(alternatives(column("money_contexts", "word", side="behind")))
_SPEED = re.compile(r"时速(?:可?[为达约近超]|高达|达到|超过)?$")
_MINUS = re.compile(rf"(?:零下|负|(?<![\d%℃{HAN}A-Za-z)）\]])[-−－]|(?<=[为增是降至])[-−－])$")
_DASH = re.compile("[-−－]$")
_LARGE_END = re.compile(r"[万亿]+$")
_HALVES = ("成", "倍")
_HALF = re.compile("[一二三四五六七八九](?![十百千万亿个])|半")
_TENTHS = {character: Decimal(digit) for digit, character in enumerate("零一二三四五六七八九")} | {"半": Decimal(5)}
_ZERO = Decimal(0)
_NO_UNIT = Unit("", "count", 0)
_MONEY = UNITS["元"]
_RANGE = {"last": ("sign", "last", "last_unit", "last_per"), "to": ("to_sign", "to", "to_unit", "to_per")}
"""Groups of a range whose first number has no unit of its own, and of one whose first has."""
_PER_CENT = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}


class Found:
    """A quantity in a text. `value` is null for a range, `low` and `high` for anything else."""

    def __init__(
        self,
        start: int,
        end: int,
        value: Decimal | None,
        low: Decimal | None,
        high: Decimal | None,
        unit: str,
        bound: Bound,
        dimension: str,
    ):
        self.start, self.end, self.value, self.low, self.high = start, end, value, low, high
        self.unit, self.bound, self.dimension = unit, bound, dimension


def find(text: str) -> list[Found]:
    """All quantities of a text, in order. A text that is one numeral and nothing else, such as the cell of a table, is
    a quantity too, without unit."""
    half = half_width(text)
    if half is not text:
        half = re.sub(r"(?<=\d)，(?=\d{3}(?!\d))", ",", half) if re.search(r"[０-９]，[０-９]{3}", text) else half
    around = Surroundings(half)
    if len(half) < 48 and (alone := _alone(half, around)):
        return [alone]
    position = 0
    quantities: list[Found] = []
    shared: Found | None = None
    while match := _QUANTITY.search(half, position):
        found = _read(half, match, around)
        if found is not None:
            if shared and found.bound == "exact" and half[shared.end : found.start] in ("、", "和"):
                found.bound = shared.bound  # 分别超过10亿元、40亿元
                shared = found
            else:
                bounded = found.bound not in ("exact", "range")
                shared = found if bounded and "分别" in half[max(0, found.start - 8) : found.start] else None
            quantities.append(found)
            position = found.end
        elif match["last"] or match["to"]:  # no range after all: 9月2日至6日, 2019年的3家到
            position = match.end("number")
        else:
            position = match.end()
    return quantities


def _alone(half: str, around: Surroundings) -> Found | None:
    stripped = half.strip()
    if not _NUMERAL_ALONE.fullmatch(stripped) or is_bare(stripped):
        return None
    reading, start = read(stripped.lstrip("-−负")), half.index(stripped)
    if reading is None or around.excluded(start, start + len(stripped), stripped, "", _NO_UNIT, False):
        return None
    value = reading.value if stripped[0] not in "-−负" else -reading.value
    return _made(
        start, start + len(stripped), value, reading.high, _NO_UNIT, "", "approx" if reading.vague else "exact"
    )


def _read(half: str, match: re.Match[str], around: Surroundings) -> Found | None:
    start, end = match.span()
    number, last, to, part, slash, fixed, pair = match.group("number", "last", "to", "part", "slash", "fixed", "pair")
    if part:
        return _fraction(half, match)
    if last or to:
        return _range(half, match, around)
    if number:
        return _counted(half, match, number, around)
    if slash:
        some, _, of = slash.partition("/")
        if not 0 < int(some) < int(of):
            return None
        return _ratio(half, start, end, share(Decimal(some), Decimal(of)))
    if fixed:
        row = _FIXED[fixed]
        unit = UNITS[row["unit"]]
        return _made(start, end, Decimal(row["value"]), None, unit, "", bound_of(half, start, end, False))
    people = UNITS["人" if pair.endswith("人") else "个"]
    return _made(start, end, Decimal(2 if pair[0] == "俩" else 3), None, people, "", "exact")


def _counted(half: str, match: re.Match[str], number: str, around: Surroundings) -> Found | None:
    """A number with its unit, or with what stands for one."""
    start, end = match.span()
    written, jiao, jiao_fen, fen, rate = match.group("unit", "jiao", "jiao_fen", "fen", "per")
    fen = fen or jiao_fen
    word: str = written or ""
    reading = read(number)
    chinese = not has_digit(number)
    unit = UNITS[word] if word else _without_unit(half, start, end, chinese)
    if reading is None or unit is None:
        return None
    if word and not fits(unit, half, start, match.end("unit"), chinese, "万" in number or "亿" in number):
        return None
    value, high = scale(reading.value, unit.power), reading.high and scale(reading.high, unit.power)
    if jiao or fen:
        value += scale(parse(jiao or "零") or _ZERO, -1) + scale(parse(fen or "零") or _ZERO, -2)
        unit = _MONEY
    elif word in _HALVES and (half_of := _HALF.match(half, end)):  # 六成五, 两倍半
        value, end = value + scale(_TENTHS[half_of[0]], unit.power - 1), end + 1
    bare = chinese and is_bare(number)
    bound = bound_of(half, start, end, bare)
    if reading.vague and bound == "exact":
        bound = "approx"
    alone = bound == "exact" and high is None and word != ""
    if around.excluded(start, end, number, word, unit, alone):
        return None
    per = denominator(rate)
    if not per and unit.dimension == "length" and _SPEED.search(half, max(0, start - 6), start):
        per = "/h"
    start, value, unit = _what_stands_before(half, start, value, unit)
    return _made(start, end, value, high, unit, per, bound)


def _without_unit(half: str, start: int, end: int, chinese: bool) -> Unit | None:
    """投资120亿, 每年70亿的销售额: the currency is left unsaid; 突破300万: so is the unit. None if it is no quantity."""
    if chinese:  # 百亿级, 千亿产业, 产值突破千亿
        before = _MONEY_NEAR.search(half, max(0, start - 8), start)
        if is_bare(half[start:end]):
            return _MONEY if half[end - 1] == "亿" and (before or _MONEY_BEHIND.match(half, end)) else None
        return _MONEY if before else None  # 收入三万五
    if _sign_before(half, start):
        return _MONEY
    if _MONEY_NEAR.search(half, max(0, start - 8), start) or _MONEY_NEAR.search(half, end, end + 6):
        return _MONEY
    return _NO_UNIT


def _sign_before(half: str, start: int) -> re.Match[str] | None:
    """The sign of a currency directly before a position, or parted from it by a space."""
    return _SIGNED.search(half, max(0, start - 5), start) if half[start - 1 : start] in _SIGN_ENDS else None


def _what_stands_before(half: str, start: int, value: Decimal, unit: Unit) -> tuple[int, Decimal, Unit]:
    """A minus (-5.3%, 零下5℃) and, if the amount has no unit of its own, the sign of a currency belong to the span."""
    if start and half[start - 1] in "-−－负下":
        minus = _MINUS.search(half, max(0, start - 3), start)
        if minus is None and unit.dimension == "temperature":
            minus = _DASH.search(half, start - 1, start)  # 保持-18℃
        if minus:
            return minus.start(), -value, unit
    elif start and unit is _MONEY and (sign := _sign_before(half, start)):
        written = sign[0].strip()
        # $3.5亿: the sign is the unit; 人民币5000万: the word stands beside
        begin = start if "一" <= written[0] <= "龥" else sign.start()
        return begin, value, Unit(_SIGNS[written], unit.dimension, unit.power)
    return start, value, unit


def _fraction(half: str, match: re.Match[str]) -> Found | None:
    """百分之三点五, 千分之五, 三分之一, 百分之二十至三十."""
    base, part, last = match["base"], read(match["part"]), match["last_part"] and read(match["last_part"])
    of = _PER_CENT.get(base) or parse(base)
    if part is None or of is None:
        return None
    unit = UNITS["‰"] if base == "千" else UNITS["%"]
    value = part.value if base in ("百", "千") else share(part.value, of)
    if value is None:
        return None
    if last or part.high:
        high = last.value if last else part.high
        return _made(match.start(), match.end(), value, high, unit, "", "range")
    return _ratio(half, match.start(), match.end(), value, unit, part.vague)


def _ratio(
    half: str, start: int, end: int, value: Decimal | None, unit: Unit = UNITS["%"], vague: bool = False
) -> Found | None:
    if value is None:
        return None
    return _made(start, end, value, None, unit, "", "approx" if vague else bound_of(half, start, end, False))


def _range(half: str, match: re.Match[str], around: Surroundings) -> Found | None:
    first, unit_word = match.group("number", "unit")
    side = "to" if unit_word else "last"
    sign, last, last_word, rate = match.group(*_RANGE[side])
    unit = UNITS[last_word]
    if unit_word and UNITS[unit_word].unit != unit.unit:
        return None
    low, high = read(first), read(last)
    if low is None or high is None:
        return None
    lower, higher = low.value, high.high or high.value
    if not unit_word and not _LARGE_END.search(first) and (tail := _LARGE_END.search(last)):
        scaled = read(first + tail[0])  # 6-8亿元: the scale word serves both
        if scaled is not None and scaled.value < higher:
            lower = scaled.value
    chinese = not has_digit(last)
    start, end = match.span()
    if sign:
        if sign in "-−－" and half[start - 1 : start] not in "-−－下负":
            return None
        higher = -higher
    start, lower, unit = _what_stands_before(half, start, lower, unit)
    if lower >= higher or not fits(unit, half, start, match.end(f"{side}_unit"), chinese, "万" in last or "亿" in last):
        return None
    if around.excluded(start, end, last, last_word, unit, False):
        return None
    return _made(start, end, scale(lower, unit.power), scale(higher, unit.power), unit, denominator(rate), "range")


def _made(start: int, end: int, value: Decimal, high: Decimal | None, unit: Unit, per: str, bound: Bound) -> Found:
    if high is not None:
        return Found(start, end, None, plain(value), plain(high), unit.unit + per, "range", unit.dimension)
    return Found(start, end, plain(value), None, None, unit.unit + per, bound, unit.dimension)


__all__ = ["DIMENSIONS", "Found", "find"]
