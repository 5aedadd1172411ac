"""Candidates for what a quantity measures.

Each candidate is a stretch of the text (or what the fact before it said), the way it was found (`kind`) and properties of
its place. `scores.py` weighs them; nothing is decided here.
"""

from typing import Final

from ..quantity.units import DIMENSIONS
from .around import BEHIND, RANKS, REACH, core, crossed, first_class, last_class
from .clauses import Mark, Phrase, Reading
from .decision import NOTHING, Candidate, Decision

_NOUN_UNITS: Final = frozenset("省市县区乡镇村国地")
_RATIOS: Final = frozenset(("%", "permille", "pp", "基点", "倍", "番"))


def unit_class(unit: str) -> str:
    """count, money, ratio, points or measure: what the features of a quantity speak of."""
    base = unit.partition("/")[0]
    if base in _RATIOS:
        return "points" if base in ("pp", "基点") else "ratio"
    dimension = DIMENSIONS.get(base, "count")
    return dimension if dimension in ("count", "money") else "measure"


def metric_candidates(reading: Reading, this: Decision, before: list[Decision]) -> list[Candidate]:
    """What a quantity may measure, nearest first. before: what was decided so far in the sentence."""
    text, items, place = reading.text, reading.items, this.place
    found: list[Candidate] = []
    clause = max(items[place].clause, place - REACH)
    near, rank, j = "adj", 0, place - 1
    while j >= clause and rank < 3:
        item = items[j]
        if isinstance(item, Phrase):
            _from_phrase(text, item, near, RANKS[rank], found)
            rank += 1
        elif item.kind == "s" and near != "q":
            end = items[j + 1].end if j + 1 < place and isinstance(items[j + 1], Phrase) else item.end
            found.append(Candidate(text[item.start : end], item.start, end, ("share", near)))
        elif item.kind in "vc" and near in ("adj", "link"):
            found.append(Candidate(reading.said(item), item.start, item.end, ("verb", item.kind, near)))
        near = crossed(reading, near, item)
        j -= 1
    if not rank and clause > items[place].sentence:
        item = items[clause - 2]
        if isinstance(item, Phrase):
            _from_phrase(text, item, "clause", RANKS[0], found)
    _listed_before(reading, place, clause, found)
    _after(reading, place, found)
    quantity = reading.quantities[items[place].number]
    unit: str = quantity.unit
    if this.unit == "count" and (unit in _NOUN_UNITS or len(unit) > 1) and unit > "一":
        found.append(Candidate(unit, quantity.end - len(unit), quantity.end, ("unit",)))
    if before:
        last = before[-1]
        said = last.metric.text
        if said:
            same = "same" if last.unit == this.unit else "other"
            found.append(Candidate(said, -1, -1, ("carried", this.gap, same, last.metric.kind)))
        for i in range(len(before) - 2, -1, -1):
            other = before[i].metric.text
            if other and other != said and before[i].unit == this.unit:
                found.append(Candidate(other, -1, -1, ("carried-same", this.gap)))
                break
    found.append(NOTHING)
    return found


def _from_phrase(text: str, phrase: Phrase, near: str, rank: str, found: list[Candidate]) -> None:
    """The metric word of a phrase, the words up to it, and the phrase as a whole."""
    start, end = core(text, phrase)
    if start >= end:
        return
    metric: Mark | None = None
    stop = start
    for mark in phrase.marks:
        if mark.kind == "m" and mark.start >= start:
            metric = mark
        elif mark.kind == "d" and start < mark.start and mark.end < end:
            stop = mark.end
    if metric is not None:
        at = "end" if metric.end == end else "mid"
        size = "1" if metric.end - metric.start == 1 else "n"
        found.append(
            Candidate(text[metric.start : metric.end], metric.start, metric.end, ("word", near, rank, at, size))
        )
        if start < metric.start:
            verbal = first_class(text, start, metric.start)
            found.append(Candidate(text[start : metric.end], start, metric.end, ("phrase", near, rank, at, verbal)))
    if metric is None or metric.end < end:
        bearer = bool(phrase.marks) and phrase.marks[-1].kind in "eg" and phrase.marks[-1].end == end
        if end - start >= 2 and not text[start].isdigit() and not bearer:
            tail = text[end - 1] if text[end - 1] in "率量额值数价费金积度力比例" else last_class(text, start, end)
            found.append(
                Candidate(text[start:end], start, end, ("noun", near, rank, tail, first_class(text, start, end)))
            )
        if stop > start and end - stop >= 2:
            found.append(Candidate(text[stop:end], stop, end, ("noun-of", near, rank, last_class(text, stop, end))))


def _listed_before(reading: Reading, place: int, clause: int, found: list[Candidate]) -> None:
    """A、B分别为3家、5家: the one that stands at the same place in its list; A、B各3家: the list as a whole."""
    text, items = reading.text, reading.items
    number, j = 0, place - 1  # which of the quantities in a row this is
    while j > clause and items[j].kind in "/x" and items[j - 1].kind == "q" and reading.said(items[j]) in "、和与及":
        number, j = number + 1, j - 2
    while j >= clause and items[j].kind in "lcxpusb":
        j -= 1
    if j < clause or not isinstance(items[j], Phrase):
        return
    members = reading.listed(j, -1)
    if len(members) < 2:
        return
    each = any(reading.said(item).startswith("分别") for item in items[j:place] if item.kind == "l")
    row = 1 + number
    after = place + 1
    while (
        after + 1 < len(items)
        and items[after].kind in "/x"
        and items[after + 1].kind == "q"
        and reading.said(items[after]) in "、和与及"
    ):
        row, after = row + 1, after + 2
    if number < len(members) and row == len(members):
        start, end = core(text, members[number])
        tail = members[-1].marks[-1] if members[-1].marks and members[-1].marks[-1].kind == "m" else None
        own = any(mark.kind == "m" for mark in members[number].marks)
        shared = "own" if own or tail is None else "shared"
        found.append(Candidate(text[start:end], start, end, ("aligned", "分别" if each else "plain", shared)))
    start, end = core(text, members[0])[0], members[-1].end
    found.append(
        Candidate(text[start:end], start, end, ("list", "分别" if each else "plain", "row" if row > 1 else "one"))
    )


def _after(reading: Reading, place: int, found: list[Candidate]) -> None:
    """The noun behind the quantity: 17个|项目, 400MW/800MWh|独立储能, 50亿美元|大单, 10亿元以上|项目."""
    text, items = reading.text, reading.items
    if text[items[place].end : items[place].end + 1] in (" ", "　"):
        return
    link, rank = "adj", 0
    for j in range(place + 1, min(len(items), place + 8)):
        item = items[j]
        if isinstance(item, Phrase):
            if text[item.start - 1] == "的":
                link += "-of"
            _noun_after(reading, j, item, link, rank, found)
            rank += 1
            if rank == 2:
                return
            link = "far"
        elif item.kind == "b":
            link = "bound"
        elif item.kind == "q":
            link = "q"
        elif item.kind in "xl" and text[item.start] in "有近约为进等与和":
            link = "far" if rank else link + "-x"
        elif item.kind != "/" and (item.kind not in "vc" or not rank):
            return


def _noun_after(reading: Reading, place: int, item: Phrase, link: str, rank: int, found: list[Candidate]) -> None:
    text = reading.text
    end = item.end
    metric: Mark | None = None
    for mark in item.marks:
        if mark.kind == "d" and mark.start - item.start >= 2:
            end = mark.start
            break
        if mark.kind == "m" and metric is None:
            metric = mark
    where = BEHIND[rank]
    if metric is not None and (metric.start > item.start or metric.end < end):
        found.append(Candidate(text[metric.start : metric.end], metric.start, metric.end, ("word-after", link, where)))
    if end - item.start >= 2 or metric:
        kind = "metric-after" if metric and metric.end == end else "after"
        found.append(
            Candidate(
                text[item.start : end],
                item.start,
                end,
                (kind, link, where, first_class(text, item.start, end), "long" if end - item.start > 8 else "short"),
            )
        )
    if not rank:
        members = reading.listed(place, 1)
        if len(members) > 1:
            found.append(
                Candidate(
                    text[item.start : members[-1].end],
                    item.start,
                    members[-1].end,
                    ("after-list", link, "short" if end - item.start < 2 else "long"),
                )
            )
