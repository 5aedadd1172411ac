"""Dates and periods: 2月23日, 去年, 今年前三季度, 上半年, 截至6月底 — as written, and as first and last day.

Days are resolved against the article's date; without one, only expressions that carry their own year are.
"""

from calendar import monthrange
from datetime import date, timedelta

import regex

from ..records import Time

_YEAR = r"(?P<year>(?:19|20)\d{2}年|今年|去年|前年|明年|本年|上年|当年)"
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_TIME = regex.compile(
    rf"""(?=[\d今去前明本上下当第一二三四“十近日昨目截])  # most characters begin no time
    (?:{_YEAR}?(?:度|初|以来)?
    (?:(?P<month>\d{{1,2}})月(?:份|底|末|初|上旬|中旬|下旬)?
        (?:(?P<day>\d{{1,2}})日)?(?:(?:上午|下午|晚)|[至到—－-](?:(?P<month2>\d{{1,2}})月)?(?P<day2>\d{{1,2}})日)?
      |(?P<months>1[-—－至到](?P<until>\d{{1,2}})月)(?:份)?
      |(?P<half>上半年|下半年)
      |(?:前(?P<first>[一二三四1234])个?季度|第?(?P<quarter>[一二三四1234])季度)
      |(?P<whole>(?<=年)|(?<=年度)|(?<=年初)|(?<=年以来)))
    (?:以来|底|末|前)?
    |(?P<relative>“?十[一二三四五]五”?(?:期间|时期|末)?|近日|日前|昨天|今天|当天|目前|截至目前))""",
    regex.VERBOSE,
)


def find_times(text: str, published: str | None, written: str) -> list[tuple[int, int, Time]]:
    """Every time expression: (start, end, time). `published` is the article's date, ISO 8601; `written` the same text as
    it is quoted, if that is in another script."""
    today = _iso(published)
    found = []
    for match in _TIME.finditer(text):
        compared = text[match.start() - 1 : match.start()] in ("比", "较") or text.startswith("同期", match.end())
        if match.end() > match.start() and not compared:
            first, last = _days(match, today)
            found.append(
                (
                    match.start(),
                    match.end(),
                    Time(
                        written[match.start() : match.end()],
                        first.isoformat() if first else None,
                        last.isoformat() if last else None,
                    ),
                )
            )
    return found


def _iso(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written[:10]) if written else None
    except ValueError:
        return None


def _days(match: regex.Match[str], today: date | None) -> tuple[date | None, date | None]:
    year = _year(match["year"], today)
    try:
        if match["relative"]:
            return _relative(match["relative"], today)
        if year is None:
            return None, None
        if match["months"]:
            return date(year, 1, 1), _month_end(year, int(match["until"]))
        if match["month"]:
            month = int(match["month"])
            if not match["day"]:
                return date(year, month, 1), _month_end(year, month)
            first = date(year, month, int(match["day"]))
            last = date(year, int(match["month2"] or month), int(match["day2"])) if match["day2"] else first
            return first, last
        if match["half"]:
            return (
                (date(year, 1, 1), date(year, 6, 30))
                if match["half"] == "上半年"
                else (date(year, 7, 1), date(year, 12, 31))
            )
        if match["first"]:
            return date(year, 1, 1), _month_end(year, 3 * _QUARTERS[match["first"]])
        if match["quarter"]:
            last_month = 3 * _QUARTERS[match["quarter"]]
            return date(year, last_month - 2, 1), _month_end(year, last_month)
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, OverflowError):  # 2月30日, the year 0
        return None, None


def _year(word: str | None, today: date | None) -> int | None:
    if word and word[0].isdigit():
        return int(word[:4])
    if today is None:
        return None
    return today.year + {"去": -1, "上": -1, "前": -2, "明": 1}.get((word or "今")[0], 0)


def _relative(word: str, today: date | None) -> tuple[date | None, date | None]:
    if "五" in word:
        start = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026}[word.strip("“”")[1]]
        return date(start, 1, 1), date(start + 4, 12, 31)
    if today is None or word in ("近日", "日前"):
        return None, None
    day = today - timedelta(days=1) if word == "昨天" else today
    return day, day


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
