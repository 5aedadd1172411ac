"""Where a body's name opens: at the last place or known body before its last word, or one that belongs to the same chain."""

from typing import Final

from .hits import Hit, first_from, merged
from .spans import Mention
from .words import name_start, parts, word_class

LEVELS = frozenset("省市县区州盟旗")
_HOME: Final = ("台湾", "香港", "澳门")
"""Beside foreign countries, what news sets before the name of a firm from there."""


class Openings:
    """The places and known bodies of one text that can open a name."""

    def __init__(self, text: str, hits: dict[str, list[Hit]], companies: list[Hit]):
        self._text = text
        self._places = hits["place"]
        self._place_at = {place.start: place for place in hits["place"]}
        self._named = merged(hits["place"], companies)
        self._all = merged(self._named, hits["organ"])
        self._companies = {company.start for company in companies}

    def before(self, hard_edge: int, soft_edge: int, end: int, company: bool) -> int | None:
        """Where a name whose last word begins at `end` opens: not before `hard_edge`, and in a chain not before `soft_edge`.
        A place may share its level word with the last word (阳新县|县委). An organ opens no company's name."""
        text = self._text
        openers = self._named if company else self._all
        i = first_from(openers, end) - 1
        opening: int | None = None
        while i >= 0 and openers[i].start >= hard_edge:
            opener = openers[i]
            i -= 1
            if opener.end > end + (opening is None) or _bracketed(text, opener) or opens_bracket(text, opener.end, end):
                continue
            if opening is not None and text[opener.start : opener.end] in ("中国", "我国"):
                continue  # 中国|扬州市政府
            if opening is None or opener.end >= opening or (opener.start >= soft_edge and opening - opener.end <= 8):
                opening = opener.start
            else:
                break
        return opening

    def sender(self, hosts: dict[int, Mention], end: int) -> int:
        """Where a body begins that is posted (驻) elsewhere: 黄石市|驻汉|办事处, 省政府|驻天津|办事处, 某国|驻某市|总领馆."""
        if host := hosts.get(end):
            return host.start
        i = first_from(self._places, end) - 1
        if i >= 0 and self._places[i].end == end:
            return self._places[i].start
        return end - 1 if end and self._text[end - 1] in LEVELS else end + 1

    def less_country(self, opening: int, end: int) -> int:
        """A foreign country before a name of its own is a place beside it: 英国|凯度公司, but 美国银行."""
        place = self._place_at.get(opening)
        if place is None or not (place.kind == "country" or place.row["name"].startswith(_HOME)):
            return opening
        if opening in self._companies:  # 沙特阿美|公司
            return opening
        if self._text.startswith("中国", opening) or self._text.startswith("驻", place.end):
            return opening
        start = name_start(self._text[place.end : end])
        return opening if start is None else place.end + start

    def is_region(self, opening: int, end: int) -> bool:
        """Whether nothing but the name of a region stands before `end`: 西南|…"""
        place = self._place_at.get(opening)
        return place is not None and place.end == end and place.kind in ("region", "direction")

    def of_zone(self, opening: int, end: int) -> int:
        """A zone's own name begins behind the province of a chain (湖南|长沙县经开区), and behind a county before a name that
        has a word of its own (江州县|白石梁工业园)."""
        place = self._place_at.get(opening)
        while place and (inner := self._place_at.get(place.end)) and inner.end <= end:
            if place.row.get("level") != "province" and self._text[place.end - 1] != "市":
                break
            place = inner
        opening, place_end = (place.start, place.end) if place else (opening, end)
        own = any(part.word_class != "k" for part in parts(self._text[place_end:end]))
        return place_end if own and self._text[place_end - 1] in "县区旗" and place_end - opening > 2 else opening


def level_start(text: str, edge: int, end: int) -> int | None:
    """Where a level word opens the name (省商务厅, 自治区发改委), also behind a verb that is no stop (叮嘱|市商务局)."""
    if text.startswith(("自治区", "自治州"), edge):
        return edge
    verbs = (
        start
        for start in range(edge + 2, end)
        if text[start] in LEVELS and word_class(text[start - 2 : start]) in ("v", "d")
    )
    start = next(verbs, edge)
    return start if start < end and text[start] in LEVELS and text[start + 1] not in "级域" else None


def opens_bracket(text: str, start: int, end: int) -> bool:
    """Whether a bracket that opens between `start` and `end` is closed only behind: LME（伦敦金属|交易所."""
    stretch = text[start:end]
    return stretch.count("（") + stretch.count("(") > stretch.count("）") + stretch.count(")")


def _bracketed(text: str, place: Hit) -> bool:
    """Whether the place stands in a bracket inside the name: 某某电气（苏州）有限公司."""
    return place.start > 0 and text[place.start - 1] in "（(" and text[place.end : place.end + 1] in ("）", ")")


def balanced(text: str, start: int, end: int) -> int:
    """Move `start` past a closing bracket whose opening one lies before it."""
    stretch = text[start:end]
    if "）" not in stretch and ")" not in stretch and "（" not in stretch and "(" not in stretch:
        return start
    depth = 0
    for i in range(end - 1, start - 1, -1):
        if text[i] in "）)":
            depth += 1
        elif text[i] in "（(":
            depth -= 1
            if depth < 0:
                return i + 1
    if depth > 0:
        return max(text.rfind("）", start, end), text.rfind(")", start, end)) + 1
    return start
