"""Zones, companies and organisations: from the last word of a name back to where it begins.

A name is read leftwards from its last word (开发区, 有限公司, 商务局) to a boundary: punctuation, or a word of `stops`.
If a place stands in that stretch the name opens with it. Words of kind alone (高新技术产业, 科技) make no name. How each
last word is read says the column `open` of `bodies.tsv`.
"""

from typing import Final

import regex

from ..lexicon import column
from .hits import Hit, last_ending
from .openings import LEVELS, Openings, balanced, level_start, opens_bracket
from .organs import (
    goes_on,
    known_organs,
    meeting_follows,
    presidia,
    presidium_end,
    session_follows,
    titles,
    with_prefix,
)
from .spans import EVENT, Mention
from .words import LETTERS, WordsAt, is_word, name_start, parts, run_start

MAX_NAME: Final = 32
"""Characters before the last word; the longest registered company names have some thirty in all."""
_MAX_PLACE: Final = 8
"""Characters between the beginning of a place and a last word directly behind it."""
_MAX_GAP: Final = 14
"""Characters between the place that opens an organisation's name and its last word."""
_MAX_UNIT: Final = 12
"""Characters between a body and the last word of its unit, branch or part."""

_NAME_CHARACTERS: Final = LETTERS | frozenset("0123456789·（）()-&〇々")
"""Beside Chinese characters."""
_kinds: Final = WordsAt(column("kinds", "word"))
_BRACKETS: Final = regex.compile(r"[（(][^（）()]*[）)]")
_PART: Final = regex.compile(
    r"(?:[（(][A-Z一二三四五六七八九十东西南北中]{1,2}(?:区|片区|园|期)[）)]|[（(](?![以下简统]{1,2}[下简]?称)\p{Han}{2,8}(?:产业区|工业区|产业园|工业园|园区|片区)[）)]|[A-Z](?:区|片区|园)(?!域))"
)
_COUNT: Final = regex.compile(
    r"[第\d一二三四五六七八九十百千两几数多\-~—至]+[余多]?(?:个|家|笔|批|座|片|处|条|项|名|位|类|种|大)"
)
_MEDIA_AFTER: Final = regex.compile(r"讯|消息|记者|报道|通讯员|[—-]")
_SOFT: Final = frozenset(["soft", "class"])
_CLASSES: Final = frozenset(["class", "generic"])
_RELATIVE: Final = frozenset("子母该本贵")
_ZONE_ENDS: Final = ("区", "园", "港")
_LEVEL_RULES: Final = frozenset(["rule:level-organ", "rule:joint-organ", "rule:bare-organ"])
_UNIT_OF: Final = {"unit": ("ORG",), "branch": ("COMPANY",), "part": ("ZONE",), "shop": ("COMPANY",)}
_GOES_ON_FROM: dict[tuple[str, str], tuple[tuple[str, ...], int]] = {
    ("ORG", "anchored"): (("ORG",), _MAX_GAP),
    ("ORG", "yes"): (("ORG",), _MAX_UNIT),
    ("ZONE", "yes"): (("ZONE", "ORG"), 8),
    ("ZONE", "anchored"): (("ZONE", "ORG"), 8),
}
"""Bodies whose name may go on from another's, by label and `open`: of which labels, and how many characters between."""


class _Reach:
    """How far left a name may reach: to a hard boundary if a place opens it, else to any. classed: a class word (全省,
    各) stands at that boundary."""

    def __init__(self, hard: int, soft: int, classed: bool):
        self.hard = hard
        self.soft = soft
        self.classed = classed


def find_bodies(text: str, hits: dict[str, list[Hit]], stops: list[Hit], companies: list[Hit]) -> list[Mention]:
    """All readings, overlapping ones too; the caller settles them.

    stops: see `boundaries`. companies: known ones, which open names as places do.
    """
    found = [Mention(hit.start, hit.end, "ZONE", "lexicon:zones") for hit in hits["zone"]]
    found.extend(known_organs(text, hits))
    found.extend(titles(text))
    found.extend(presidia(text, hits))
    page = _Page(text, stops, Openings(text, hits, companies))
    for mention in found:
        page.hosts[mention.end] = mention
    for company in companies:
        page.hosts[company.end] = Mention(company.start, company.end, "COMPANY", "")
    before: Hit | None = None
    for body in hits["body"]:
        if page.is_whole(body) and (reading := page.read(body, before)):
            page.hosts[reading.end] = reading
            found.append(reading)
        before = body
    return found


class _Page:
    """One text; `hosts` are the bodies found so far, by their ends, from which later names may go on."""

    def __init__(self, text: str, stops: list[Hit], openings: Openings):
        self.text = text
        self.openings = openings
        self.hosts: dict[int, Mention] = {}
        self._stops = stops

    def is_whole(self, body: Hit) -> bool:
        """Whether the last word stands by itself: not 局|势, 布|局, 子|公司."""
        text, start, end = self.text, body.start, body.end
        if goes_on(text, end):
            return False
        if end - start == 1 and is_word(text[start - 1 : end]) and not is_word(text[start - 2 : start]):
            return False  # but 财政|局, though 政局 is a word
        return body.row["word"] != "公司" or text[start - 1 : start] not in _RELATIVE

    def read(self, body: Hit, before: Hit | None) -> Mention | None:
        """The name that ends with `body`, if there is one. `before`: the last word before it."""
        how, label = body.row["open"], body.row["label"]
        if how == "media":
            return self._medium(body)
        if how in _UNIT_OF:
            host = self._host(body, _UNIT_OF[how], self._soft_end(body), _MAX_UNIT)
            if host and (how != "unit" or body.start - host.end > 1):
                return Mention(host.start, body.end, label, f"rule:{label.lower()}-{how}")
            if how != "branch":
                return None
            how = "anchored"
        reach = self._reach(body, before)
        opening = self.openings.before(reach.hard, reach.soft, body.start, company=label == "COMPANY")
        if opening is not None and self.text[opening - 1 : opening] == "驻":
            opening = self.openings.sender(self.hosts, opening - 1)
        if how == "anchored" and (joint := self._joint(body, opening)):
            return joint
        if (going_on := _GOES_ON_FROM.get((label, how))) and (
            host := self._host(body, going_on[0], reach.hard, going_on[1], nominal=label == "ZONE")
        ):
            apart = how == "yes" and opening is not None and opening >= host.end  # another name begins between
            if not apart and self.text[host.end] not in LEVELS:  # 市住建委|建筑材料办公室, 某开发区|智能产业园
                return Mention(
                    host.start if opening is None else min(opening, host.start), body.end, label, "rule:unit"
                )
        if label == EVENT:
            return self._event(body, how, opening, reach)
        if opening is not None:
            return self._opened(body, how, opening)
        if how == "anchored":
            start = level_start(self.text, reach.hard, body.start)
            if start is not None and body.start - start <= _MAX_GAP:
                return Mention(start, body.end, label, "rule:level-organ")  # 省商务厅, 市发改委
        return self._unopened(body, how, reach)

    def _soft_end(self, body: Hit) -> int:
        i = last_ending(self._stops, body.start)
        return self._stops[i].end if i >= 0 else 0

    def _reach(self, body: Hit, before: Hit | None) -> _Reach:
        stops = self._stops
        i = last = last_ending(stops, body.start)
        hard = max(0, body.start - MAX_NAME)
        while i >= 0 and stops[i].end > hard:
            if stops[i].kind not in _SOFT:
                hard = stops[i].end
                break
            i -= 1
        edge = run_start(self.text, hard, body.start, _NAME_CHARACTERS)
        soft = max(edge, stops[last].end) if last >= 0 else edge
        classed = last >= 0 and stops[last].end == soft and stops[last].kind in _CLASSES
        if before and before.end == body.start and body.row["bare"] == before.row["bare"] == "alone":
            return _Reach(body.start, body.start, classed)  # 市委|市政府
        return _Reach(edge, soft, classed)

    def _host(self, body: Hit, labels: tuple[str, ...], edge: int, gap: int, nominal: bool = False) -> Mention | None:
        """The body whose name goes on up to `body`: the last one before it that nothing separates from it."""
        for end in range(body.start, max(edge, body.start - gap) - 1, -1):
            host = self.hosts.get(end)
            if host and (nominal or not host.nominal) and host.label in labels:
                between = run_start(self.text, end, body.start, _NAME_CHARACTERS) == end
                return host if between and not opens_bracket(self.text, end, body.start) else None
        return None

    def _joint(self, body: Hit, opening: int | None) -> Mention | None:
        """An organ in a list whose first one has the level word: 市发改委、|经信委、|环保局."""
        comma = self.text.rfind("、", max(0, body.start - 6), body.start)
        host = self.hosts.get(comma)
        if comma < 0 or host is None or host.label != "ORG" or host.by not in _LEVEL_RULES:
            return None
        if comma + 1 < body.start and (
            opening is not None or run_start(self.text, comma + 1, body.start, _NAME_CHARACTERS) > comma + 1
        ):
            return None
        return Mention(comma + 1, body.end, body.row["label"], "rule:joint-organ")

    def _medium(self, body: Hit) -> Mention | None:
        """粮油市场报|记者, 每日甘肃网|讯: back to a boundary."""
        if not _MEDIA_AFTER.match(self.text, body.end):
            return None
        start = run_start(self.text, max(0, body.start - 8), body.start, _NAME_CHARACTERS)
        start = max(start, self._soft_end(body))
        named = start < body.start and self.text[start - 1 : start] != "本"
        return Mention(start, body.end, "ORG", "rule:media") if named else None

    def _event(self, body: Hit, how: str, opening: int | None, reach: _Reach) -> Mention | None:
        if how == "yes":
            return Mention(reach.hard, body.end, EVENT, "rule:event")
        if opening is not None and body.start - opening <= _MAX_PLACE:
            return Mention(opening, body.end, EVENT, "rule:event")  # 北京|马拉松
        return None

    def _opened(self, body: Hit, how: str, opening: int) -> Mention | None:
        """The name that opens with a place or a known body."""
        text, label, start, end = self.text, body.row["label"], body.start, body.end
        if _COUNT.search(text, opening + 1, start):  # 吉林建设10个产业园区
            return None
        if label == "ZONE" and any(part.word_class == "v" for part in parts(text[opening:start])):
            return None  # 德州优化|开发区
        if label != "ORG" and "项目" in text[opening:start]:
            return None
        if (how != "yes" and start - opening > _MAX_GAP) or (how == "place" and start - opening > _MAX_PLACE):
            return None
        by = f"rule:{label.lower()}-name"
        if label == "ZONE":
            if how == "anchored" and self.openings.is_region(opening, start):
                return None  # 西南|产业基地
            return Mention(self.openings.of_zone(opening, start), self._part_end(end), label, by)
        opening = self.openings.less_country(opening, start)
        if label == "COMPANY":
            return Mention(opening, end, label, by)
        opening = with_prefix(text, opening)
        if body.row["bare"] == "alone" and meeting_follows(text, end):  # 某市委|十三届六次全会
            return None if text[opening:start].endswith(_ZONE_ENDS) else Mention(opening, end, EVENT, "rule:session")
        if session_follows(text, end):
            return Mention(opening, end, EVENT, "rule:session")
        return Mention(opening, presidium_end(text, end), label, by)

    def _unopened(self, body: Hit, how: str, reach: _Reach) -> Mention | None:
        """The name that no place opens: back to the nearest boundary; or the last word alone."""
        text, label, end, classed = self.text, body.row["label"], body.end, reach.classed
        start = balanced(text, reach.soft, body.start)
        if body.start - start > 1 and (count := _COUNT.match(text, start, body.start)):  # 26个|园区: a class
            start, classed = count.end(), classed or count.end() == body.start
        stretch = text[start : body.start]
        modifier = stretch if stretch.isalnum() else _BRACKETS.sub("", stretch)
        if not modifier:
            bare = body.row["bare"]
            if bare == "alone" and not classed and not meeting_follows(text, end):
                return Mention(body.start, end, label, "rule:bare-organ")
            if bare == "nominal" and not classed:
                return Mention(body.start, end, label, "rule:bare-zone", nominal=True)
            return None
        if how != "yes" or len(modifier) < 2:
            return None
        if label == "COMPANY" and modifier[0] in "省市县" and len(modifier) > 2:
            return Mention(start, end, label, "rule:level-company")  # 省电力公司
        if classed or _kinds.covers(modifier):
            return None
        proper = _proper(stretch, label, body.row["word"])
        if proper is None:
            return None
        return Mention(
            start + proper, self._part_end(end) if label == "ZONE" else end, label, f"rule:{label.lower()}-name"
        )

    def _part_end(self, end: int) -> int:
        """Take in the part of a zone: 某产业园|（A区）, 综合保税区|B区."""
        part = _PART.match(self.text, end)
        return part.end() if part else end


def _proper(stretch: str, label: str, last: str) -> int | None:
    """Where in a stretch the name itself begins: behind the verbs and adverbs that lead to it (事实上|雀巢), if anything
    but everyday words is left there. None if the stretch is a phrase: 小厂请进|园区."""
    cut = parts(stretch)
    if (last == "公司" or label == "ORG") and len(cut) == 1 and cut[0].word_class in ("n", "v", "a"):
        return None  # 投标|公司, 孩子|大学
    leading = [part.end for part in cut if part.word_class in ("v", "d", "x")]
    if not leading:
        return 0
    for end in reversed(leading):
        if name_start(stretch[end:]) is not None:
            return end
    return 0 if name_start(stretch) is not None or "有限" in last else None
