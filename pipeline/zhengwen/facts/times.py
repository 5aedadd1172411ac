"""Dates and periods: 2月23日, 去年, 今年前三季度, 上半年, “十四五”期间, 截至6月底, as written, and as first and last day.

Days are resolved against the article's date; without one, only expressions that carry their own year are. 截至6月底 is
the day that a stock is counted, so both its days are the last of June; 年初以来 ends with the article's date.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from ..quantity.units import half_width
from ..records import Time

_DASHES = r"\-—－–~～至到"
_DASH = f"[{_DASHES}]{{1,2}}"
_CN = {character: value for value, character in enumerate("零一二三四五六七八九十")} | {"两": 2, "〇": 0}
_N = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_YEAR = r"(?:(?P<year>(?:19|20)\d{2}|[一二][九〇零][〇零一二三四五六七八九]{2})年|(?P<which>今|去|前|明|后|本|上)年)度?"
_PART = rf"""(?:
    (?P<months>(?:1|一)(?:月份?)?{_DASH}(?P<until>1[0-2]|[2-9]|十[一二]?|[二三四五六七八九])月)份?
  | (?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月
        (?:(?P<day>{_DAY})日|(?P<third>[上中下])旬|(?P<edge>底|末|初)|份)?
        (?:{_DASH}(?:(?P<month2>1[0-2]|0?[1-9])月)?(?:(?P<day2>{_DAY})日|(?<=月)份?))?
  | (?P<half>[上下])半年
  | 前(?P<first>{_N})个?(?P<unit>季度|月)
  | 第?(?P<quarter>[一二三四1-4])季度
  | (?P<yearedge>年?[底末初])(?<=年[底末初])
)"""
_AGAIN = re.sub(r"\(\?P<(\w+)>", r"(?P<\1_>", _PART)  # the same without a year; the names of groups are unique
_DIGITS = r"\d一二三四五六七八九十两"
_OPENS = rf"""(?=
    [{_DIGITS}][{_DIGITS}〇零]{{0,3}}[年月日季余{_DASHES}]
  | 十[一二三四五]五
  | [今去前明后本上下当同第“近日昨目截迄未过最每年现眼如到不以长全暑入]
    [{_DIGITS}年季月周日天半个晚初末底内前后下来至止期今去近目在世夏冬春秋久的几若数]
)"""  # a cheap test, which most positions fail
_TIME: Final = re.compile(
    rf"""{_OPENS}
    (?:
      (?P<years>(?:19|20)\d{{2}}年?{_DASH}(?:19|20)\d{{2}}年)
    | {_YEAR}(?:[，,]?{_PART}|(?!\d{{1,2}}月))(?P<since>以来)?
    | (?<![\d.个])(?:{_AGAIN})(?P<since_>以来)?
    | (?<![\d月.第])(?P<onlyday>3[01]|[12]\d|[1-9])日(?:{_DASH}(?P<onlyday2>3[01]|[12]\d|[1-9])日)?
    | (?P<plan>“?十[一二三四五]五”?)(?:规划)?(?:期间|时期|末|以来|初)?
    | (?P<near>昨天|昨日|今天|今日|当天|当日|明天|前天)
    | (?P<now>截至目前|截至现在|截止目前|到目前为止|截至发稿|目前|当前|现在|眼下|如今|迄今)
    | (?P<span>(?:未来|今后|过去|最近|近)(?:的)?(?:{_N}|几|数|若干)(?:个)?(?:年|月|天|周)(?:内|来|间|中|里)?|(?<![\d.第]){_N}余?年(?:来|内|间))
    | (?P<period>今后|未来|以前|过去|当晚|今晚|长期以来|全年|暑期|本世纪末|上周|本周|上个?月|本?月底|本月|下个?月|上季度|本季度|同期|近期|近日|日前|近年来|近来|最近|不久前|年内|年初以来|年初|年底前|年底|年末|岁末|今年来|今年以来|入夏以来|入冬以来|每年|每天|每月|每日|今夏|今冬|今春|今秋)
    )
    (?P<tail>以来|起|底|末|之?前|内|上午|下午|晚上|晚|凌晨)?""",
    re.VERBOSE,
)
_GROUPS: Final = [name.rstrip("_") for name in _TIME.groupindex]
MONTHS_AHEAD = 6
"""A month without year that lies further ahead of the article's date than this is the last year's: 12月 in an article of March."""


Said = dict[str, str]
"""The parts of a time expression that are there."""


class Found:
    """A time expression at [start, end); `grain` is its kind: day, month, quarter, half, year, plan, now, span, vague."""

    def __init__(self, start: int, end: int, time: Time, grain: str):
        self.start, self.end, self.time, self.grain = start, end, time, grain


def find_times(text: str, published: str | None, written: str, near: list[int] | None = None) -> list[Found]:
    """Every time expression; with `near`, those in the lines of these positions, which come in order.

    `published` is the article's date, ISO 8601; `written` the same text as it is quoted, if that is in another script.
    What a change is measured against (比上年, 同期) is no time.
    """
    today = _iso(published)
    half = half_width(text)
    found: list[Found] = []
    for line, stop in [(0, len(half))] if near is None else _lines(half, near):
        for match in _TIME.finditer(half, line, stop):
            start, end = match.span()
            said: Said = {}
            for i, value in enumerate(match.groups()):
                if value:
                    said[_GROUPS[i]] = value
            if _compares(half, start, end, said):
                continue
            first, last = _days(said, today)
            time = Time(written[start:end], first.isoformat() if first else None, last.isoformat() if last else None)
            found.append(Found(start, end, time, _grain(said)))
    return found


def _lines(text: str, near: list[int]) -> list[tuple[int, int]]:
    """The lines of these positions, each once."""
    lines: list[tuple[int, int]] = []
    end = -1
    for position in near:
        if position >= end:
            start = text.rfind("\n", max(end, 0), position) + 1 or max(end, 0)
            end = text.find("\n", position)
            end = len(text) if end < 0 else end
            lines.append((start, end))
    return lines


def _compares(text: str, start: int, end: int, said: Said) -> bool:
    """Whether it is what a change is measured against, or only looks like a time: 比去年, 同期, 5年期."""
    if text[start - 1 : start] in ("比", "较", "与", "是", "超") and said.get("which") in ("去", "上", "前", "同"):
        return True
    if said.get("period") == "同期" or text.startswith(("同期", "同月", "龄", "均"), end):
        return True
    return text[end - 1] == "年" and text.startswith("期", end)


def _grain(said: Said) -> str:
    if "day" in said or "onlyday" in said or "near" in said:
        return "day"
    if "months" in said or "month" in said:
        return "month"
    if "quarter" in said or "first" in said:
        return "quarter"
    if "half" in said:
        return "half"
    if "years" in said or "year" in said or "which" in said:
        return "year"
    if "plan" in said:
        return "plan"
    if "now" in said:
        return "now"
    return "span" if "span" in said else "vague"


def _iso(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written[:10]) if written else None
    except ValueError:
        return None


def _days(said: Said, today: date | None) -> tuple[date | None, date | None]:
    try:
        first, last = _period(said, today)
    except (ValueError, OverflowError):  # 2月30日, the year 0
        return None, None
    tail = said.get("tail", "")
    if "since" in said or tail in ("以来", "起"):
        return first, today if today and first and today > first else None
    if tail in ("前", "之前"):
        return None, last
    if tail in ("底", "末"):
        return last, last
    return first, last


def _period(said: Said, today: date | None) -> tuple[date | None, date | None]:
    if "years" in said:
        years = re.findall(r"\d{4}", said["years"])
        return date(int(years[0]), 1, 1), date(int(years[1]), 12, 31)
    if "plan" in said:
        start = 2006 + 5 * "一二三四五".index(said["plan"].strip("“”")[1])
        return date(start, 1, 1), date(start + 4, 12, 31)
    if "near" in said or "onlyday" in said or "span" in said or "period" in said or "now" in said:
        return _relative(said, today)
    year = _year(said, today)
    if year is None:
        return None, None
    if "months" in said:
        return date(year, 1, 1), _month_end(year, _number(said["until"]))
    if "month" in said:
        return _in_month(said, year)
    if "half" in said:
        return (date(year, 1, 1), date(year, 6, 30)) if said["half"] == "上" else (date(year, 7, 1), date(year, 12, 31))
    if "first" in said:
        count = _number(said["first"])
        return date(year, 1, 1), _month_end(year, 3 * count if said["unit"] == "季度" else count)
    if "quarter" in said:
        last_month = 3 * _number(said["quarter"])
        return date(year, last_month - 2, 1), _month_end(year, last_month)
    if "yearedge" in said:
        day = date(year, 1, 1) if said["yearedge"].endswith("初") else date(year, 12, 31)
        return day, day
    return date(year, 1, 1), date(year, 12, 31)


def _in_month(said: Said, year: int) -> tuple[date, date]:
    month = _number(said["month"])
    if "day" in said:
        first = date(year, month, _number(said["day"]))
    elif "third" in said:
        starts = {"上": 1, "中": 11, "下": 21}[said["third"]]
        first = date(year, month, starts)
        return first, first + timedelta(days=9) if starts < 21 else _month_end(year, month)
    elif "edge" in said:
        first = date(year, month, 1) if said["edge"] == "初" else _month_end(year, month)
        return first, first
    else:
        first = date(year, month, 1)
    end_month = int(said.get("month2", month))
    if "day2" in said:
        return first, date(year, end_month, _number(said["day2"]))
    return (first, first) if "day" in said else (first, _month_end(year, end_month))


def _year(said: Said, today: date | None) -> int | None:
    if "year" in said:
        return int(said["year"]) if said["year"].isascii() else int("".join(str(_CN[digit]) for digit in said["year"]))
    if today is None:
        return None
    if "which" in said:
        return today.year + {"去": -1, "上": -1, "前": -2, "明": 1, "后": 2}.get(said["which"], 0)
    month = _number(said["month"]) if "month" in said else today.month
    return today.year - 1 if month - today.month > MONTHS_AHEAD else today.year


def _relative(said: Said, today: date | None) -> tuple[date | None, date | None]:
    if today is None:
        return None, None
    if "onlyday" in said:
        first = today.replace(day=int(said["onlyday"]))
        if first > today and int(said["onlyday"]) - today.day > 15:  # the 28th, in an article of the 2nd
            first = (today.replace(day=1) - timedelta(days=1)).replace(day=int(said["onlyday"]))
        return first, first.replace(day=int(said["onlyday2"])) if "onlyday2" in said else first
    if "now" in said:
        return today, today
    word = said.get("near") or said.get("span") or said["period"]
    if "near" in said:
        day = today + timedelta(days={"昨": -1, "明": 1, "前": -2}.get(word[0], 0))
        return day, day
    if "span" in said:
        count = re.search(_N, word)
        if not count or "年" not in word:
            return None, None
        years = _number(count[0])
        if word[0] in "未今":
            return today, date(today.year + years, 12, 31)
        return date(today.year - years, 1, 1), today
    if word in ("上月", "上个月"):
        last = today.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    if word in ("月底", "本月底"):
        return _month_end(today.year, today.month), _month_end(today.year, today.month)
    if word == "本月":
        return today.replace(day=1), _month_end(today.year, today.month)
    if word in ("今年来", "今年以来", "年初以来"):
        return date(today.year, 1, 1), today
    if word in ("年底", "年末", "岁末"):
        return date(today.year, 12, 31), date(today.year, 12, 31)
    if word == "年底前":
        return None, date(today.year, 12, 31)
    if word == "年初":
        return date(today.year, 1, 1), date(today.year, 1, 1)
    if word in ("年内", "全年", "当年"):
        return date(today.year, 1, 1), date(today.year, 12, 31)
    return None, None


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    return (_CN[tens] if tens else 1) * 10 + (_CN[ones] if ones else 0) if ten else _CN[written]


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
