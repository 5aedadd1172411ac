"""Candidates for what a quantity measures.

Each candidate is a stretch of the text (or what the fact before it said), the way it was found (`kind`) and properties of
its place. `scores.py` weighs them; nothing is decided here.
"""

from functools import cache

from ..lexicon import pairs
from ..quantity.units import DIMENSIONS
from .clauses import Item, Mark, Phrase, Reading
from .scores import Choice

REACH = 14
"""Items looked at on each side of a quantity inside its clause."""
EARLIER = 40
"""Items looked back over beyond the clause, so that a text without full stops costs linear time."""
_NOUN_UNITS = frozenset("省市县区乡镇村国地")
_RATIOS = frozenset(("%", "permille", "pp", "基点", "倍", "番"))


class Candidate(Choice):
    """`text` is None for the candidate that says nothing; `start` is -1 where it is taken over from another fact."""

    __slots__ = ("end", "start", "text")

    def __init__(self, text: str | None, start: int, end: int, kind: str, props: tuple[str, ...]):
        super().__init__(kind, props)
        self.text, self.start, self.end = text, start, end


class Stated:
    """What was decided for a quantity: its place among the items, class, metric and subject.

    inside: whether it is a part, behind 其中 or in brackets.
    """

    def __init__(self, place: int, unit_class: str, metric: Candidate, subject: Candidate, inside: bool):
        self.place, self.unit_class, self.inside = place, unit_class, inside
        self.metric, self.metric_kind = metric.text, metric.kind
        self.subject, self.subject_kind = subject.text, subject.kind


NOTHING = Candidate(None, -1, -1, "none", ())


def unit_class(unit: str) -> str:
    """count, money, ratio, points or measure: what the features of a quantity speak of."""
    base = unit.partition("/")[0]
    if base in _RATIOS:
        return "points" if base in ("pp", "基点") else "ratio"
    dimension = DIMENSIONS.get(base, "count")
    return dimension if dimension in ("count", "money") else "measure"


@cache
def _classes() -> dict[str, str]:
    return dict(pairs("words"))


def first_class(text: str, start: int, end: int) -> str:
    """The class of the everyday word that a stretch begins with (n, v, a, d, x), '' if it begins with none."""
    return _classes().get(text[start : min(end, start + 2)], "")


def last_class(text: str, start: int, end: int) -> str:
    return _classes().get(text[max(start, end - 2) : end], "")


def core(text: str, phrase: Phrase) -> tuple[int, int]:
    """A phrase less the bearers it names, if words are left behind them: 全省|签约项目, 鄂尔多斯市|援建项目."""
    start = phrase.start
    for mark in phrase.marks:
        if mark.kind in "ega" and mark.end <= phrase.end - 2:
            start = mark.end
    while start < phrase.end and text[start] in "的”各 ":
        start += 1
    return start, phrase.end


def led_by(reading: Reading, place: int) -> str:
    """What stands directly before an item: "start" of the clause, a word such as 在 or 对 itself, of other marks the kind."""
    if not place:
        return "start"
    item = reading.items[place - 1]
    if item.kind in ".,|)t":
        return "start"
    return reading.said(item) if item.kind in "xf" and item.end - item.start == 1 else item.kind


def followed_by(reading: Reading, place: int) -> str:
    """What follows an item: words of saying (said), a predicate (a verb, link, adverb or cue), or what kind of mark else."""
    behind = [item.kind for item in reading.items[place + 1 : place + 4]]
    if "y" in behind and "," not in behind[: behind.index("y")]:
        return "said"
    return "." if not behind else "predicate" if behind[0] in "xvplcu" else behind[0]


def metric_candidates(reading: Reading, place: int, before: list[Stated]) -> list[Candidate]:
    """What the quantity at a place may measure, nearest first. before: what was decided so far in the sentence."""
    text, items = reading.text, reading.items
    quantity = reading.quantities[items[place].number]
    found: list[Candidate] = []
    clause = max(reading.clause[place], place - REACH)
    near, rank, j = "adj", 0, place - 1
    while j >= clause and rank < 3:
        item = items[j]
        if isinstance(item, Phrase):
            _from_phrase(text, item, near, f"n{rank}", found)
            rank += 1
        elif item.kind == "s" and near != "q":
            end = items[j + 1].end if j + 1 < place and isinstance(items[j + 1], Phrase) else item.end
            found.append(Candidate(text[item.start : end], item.start, end, "share", (near,)))
        elif item.kind in "vc" and near in ("adj", "link"):
            found.append(Candidate(reading.said(item), item.start, item.end, "verb", (item.kind, near)))
        near = crossed(reading, near, item)
        j -= 1
    if not rank and clause > reading.sentence[place] and isinstance(items[clause - 2], Phrase):
        _from_phrase(text, items[clause - 2], "clause", "n0", found)  # type: ignore[arg-type]
    _listed_before(reading, place, clause, found)
    _after(reading, place, found)
    wanted = unit_class(quantity.unit)
    if wanted == "count" and (quantity.unit in _NOUN_UNITS or len(quantity.unit) > 1) and quantity.unit > "一":
        found.append(Candidate(quantity.unit, quantity.end - len(quantity.unit), quantity.end, "unit", ()))
    if before:
        last = before[-1]
        part = between(items, last.place, place)
        same = "same" if last.unit_class == wanted else "other"
        if last.metric:
            found.append(Candidate(last.metric, -1, -1, "carried", (part, same, last.metric_kind)))
        for stated in reversed(before[:-1]):
            if stated.unit_class == wanted and stated.metric and stated.metric != last.metric:
                found.append(Candidate(stated.metric, -1, -1, "carried-same", (part,)))
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
            Candidate(text[metric.start : metric.end], metric.start, metric.end, "word", (near, rank, at, size))
        )
        if start < metric.start:
            verbal = first_class(text, start, metric.start)
            found.append(Candidate(text[start : metric.end], start, metric.end, "phrase", (near, rank, at, verbal)))
    if metric is None or metric.end < end:
        bearer = bool(phrase.marks) and phrase.marks[-1].kind in "eg" and phrase.marks[-1].end == end
        if end - start >= 2 and not text[start].isdigit() and not bearer:
            tail = text[end - 1] if text[end - 1] in "率量额值数价费金积度力比例" else last_class(text, start, end)
            found.append(
                Candidate(text[start:end], start, end, "noun", (near, rank, tail, first_class(text, start, end)))
            )
        if stop > start and end - stop >= 2:
            found.append(Candidate(text[stop:end], stop, end, "noun-of", (near, rank, last_class(text, stop, end))))


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
        found.append(Candidate(text[start:end], start, end, "aligned", ("分别" if each else "plain", shared)))
    start, end = core(text, members[0])[0], members[-1].end
    found.append(
        Candidate(text[start:end], start, end, "list", ("分别" if each else "plain", "row" if row > 1 else "one"))
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
    of = [mark for mark in item.marks if mark.kind == "d"]
    end = next((mark.start for mark in of if mark.start - item.start >= 2), item.end)
    metric = next((mark for mark in item.marks if mark.kind == "m" and mark.end <= end), None)
    where = f"r{rank}"
    if metric is not None and (metric.start > item.start or metric.end < end):
        found.append(Candidate(text[metric.start : metric.end], metric.start, metric.end, "word-after", (link, where)))
    if end - item.start >= 2 or metric:
        kind = "metric-after" if metric and metric.end == end else "after"
        found.append(
            Candidate(
                text[item.start : end],
                item.start,
                end,
                kind,
                (link, where, first_class(text, item.start, end), "long" if end - item.start > 8 else "short"),
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
                    "after-list",
                    (link, "short" if end - item.start < 2 else "long"),
                )
            )


_WEIGHT = {"adj": 0, "link": 1, "change": 2, "to": 3, "x": 4, "verb": 5, "time": 6, "list": 7, "etc": 8, "q": 9}
_CROSSED = {"l": "link", "p": "link", "b": "link", "c": "change", "s": "change", "u": "to", "f": "to", "y": "verb", "v": "verb", "t": "time", "/": "list", "q": "q"}  # fmt: skip


def crossed(reading: Reading, near: str, item: Item) -> str:
    """The strongest kind of mark between a phrase and the quantity, once `item` is passed too."""
    if item.kind == "P":
        kind = "verb" if near == "adj" else near
    elif item.kind == "x":
        kind = "etc" if reading.text[item.start] == "等" else "x"
    else:
        kind = _CROSSED.get(item.kind, "x")
    return kind if _WEIGHT[kind] > _WEIGHT[near] else near


def between(items: list[Item], first: int, last: int) -> str:
    """What parts two quantities: a list, a turn to parts, brackets, a clause, or other words."""
    kinds = {item.kind for item in items[first + 1 : min(last, first + 31)]}
    if "o" in kinds:
        return "其中"
    if "(" in kinds:
        return "out" if ")" in kinds else "bracket"
    if kinds <= {"/"}:
        return "list" if kinds else "adjacent"
    if "," in kinds:
        return "clause-P" if "P" in kinds else "clause"
    return "words-P" if "P" in kinds else "words"
