"""Short names of companies: 比亚迪, 恒岚电气, 伊泰.

A short name has no last word that gives it away, so it takes evidence: it is a known name; it is an unusual word with the
name of a trade (恒岚|电气); it stands in a list that is summed up as companies (伊泰、汇能、亿利三家民企); or it has a
company's post, verb or neighbour (由…投资建设, …董事长). Known names that are also words (小米) need such evidence, too.
"""

import re
from typing import Final

import regex

from ..lexicon import column
from .hits import Hit, last_ending
from .known import Known
from .posts import title_start
from .spans import Mention, SpanSet, disjoint
from .words import LETTERS, Part, WordsAt, WordsBefore, is_han, is_word, name_start, parts, run_start

_MAX_SHORT: Final = 10
"""Characters of a short name."""
_NAME_CHARACTERS: Final = LETTERS | frozenset("·〇々")
"""Beside Chinese characters."""
_after: Final = WordsAt(column("company_contexts", "word", where="after"))
_before: Final = WordsBefore(column("company_contexts", "word", where="before"))
_DIGIT = "两三四五六七八九十"
_HEADS = "|".join(sorted(column("company_contexts", "word", where="head"), key=len, reverse=True))
_HEAD: Final = re.compile(
    rf"[等{_DIGIT}](?:(?<=等)|(?<!等)(?<![{_DIGIT}]{{2}})[{_DIGIT}]{{0,2}}+[家户])[^，。；、：！？\n]{{0,12}}?(?:{_HEADS})"
)
_SEPARATOR: Final = frozenset("、和与及")
_ITEM: Final = regex.compile(r"[\p{Han}A-Za-zＡ-Ｚａ-ｚ0-9·（）()]{2,14}?(?=[、，。；等]|[和与及以]|$)")
_generic_after: Final = WordsAt(column("trade_phrases", "word"))
_FUNCTION: Final = frozenset("以用则的了在和与及等于为从到对把被让使这那其各每该将也都还又就称")
_EXPERTS: Final = frozenset("师员授士家")
"""Last characters of posts that institutions have as well: 工程师, 研究员, 教授, 院士."""
_THINGS: Final = (
    "项目",
    "工程",
    "中心",
    "基地",
    "产品",
    "业务",
    "品牌",
    "平台",
    "系统",
    "生产线",
    "园区",
    "大厦",
    "广场",
)
_PLAN_AFTER: Final = regex.compile(r"(?:\p{Han}{0,4})(?:项目|工程|产品|之都|之乡|基地)")
"""Behind a place and a trade: what is planned or made there, no company (喀什钢铁|项目)."""


def find_companies(
    text: str, hits: dict[str, list[Hit]], stops: list[Hit], readings: list[Mention], known: Known
) -> list[Mention]:
    """Readings of short names; `readings` are the names already found by their last words."""
    page = _Page(text, hits, stops, readings, known)
    found = [Mention(hit.start, hit.end, "COMPANY", "lexicon:companies") for hit in known.certain]
    found.extend(page.doubtful())
    found.extend(page.by_trade())
    found.extend(page.by_post(hits["post"]))
    found.extend(page.by_context(hits["context"]))
    found.extend(page.headed_lists())
    found.extend(page.neighbours([*found, *[reading for reading in readings if reading.label == "COMPANY"]]))
    return found


class _Page:
    """One text with what is known of it."""

    def __init__(self, text: str, hits: dict[str, list[Hit]], stops: list[Hit], readings: list[Mention], known: Known):
        self.text = text
        self.known = known
        self.trades = hits["trade"]
        self.stops = stops
        self.post_ends = {post.end for post in hits["post"]}
        self.place_at = {place.end: place for place in hits["place"]}
        self.certain_at = {name.end: name for name in known.certain}
        self.name_at = self.certain_at | {name.end: name for name in known.doubtful}
        self.starts_at = {name.start: name.end for name in known.doubtful}
        self.taken = SpanSet(disjoint([(reading.start, reading.end) for reading in readings if not reading.nominal]))

    def doubtful(self) -> list[Mention]:
        """Names in a company's context, and where they stand again: one of two characters may be another word there."""
        found: list[Mention] = []
        sure = {
            self.text[name.start : name.end]
            for name in self.known.doubtful
            if name.end - name.start > 2 and self._in_context(name.start, name.end)
        }
        for name in self.known.doubtful:
            if self.text[name.start : name.end] in sure or self._in_context(name.start, name.end):
                found.append(Mention(name.start, name.end, "COMPANY", "lexicon:companies-context"))
        return found

    def by_trade(self) -> list[Mention]:
        """Names that end with a trade: behind an unusual word, a known name, or, for some trades, a place."""
        found: list[Mention] = []
        text = self.text
        for trade in self.trades:
            end = trade.end
            name, place = self.name_at.get(trade.start), self.place_at.get(trade.start)
            if not name and not place and is_word(text[max(0, trade.start - 2) : trade.start]):
                continue
            if _generic_after(text, end) or self._in_word(trade):
                continue
            certain = trade.row["certain"]
            if name:
                plain = is_word(text[name.start : name.end])
                doubtful = (trade.start not in self.certain_at and (plain or certain == "no")) or (
                    certain == "no" and name.end - name.start > 3
                )
                ends_here = certain != "no" or not is_han(text[end : end + 1])  # 京东物流、 but 英特尔|软件团队
                if (not doubtful and ends_here) or self._in_context(name.start, end):
                    found.append(Mention(name.start, end, "COMPANY", "rule:company-trade"))
                continue
            if place:
                if (
                    place.kind != "country"
                    and not _PLAN_AFTER.match(text, end)
                    and (certain == "place" or self._in_context(place.start, end))
                ):
                    found.append(Mention(place.start, end, "COMPANY", "rule:company-place-trade"))
                continue
            start = self._start(trade.start)
            if start is not None and (certain != "no" or self._in_context(start, end)):
                found.append(Mention(start, end, "COMPANY", "rule:company-trade"))
        return found

    def _in_word(self, trade: Hit) -> bool:
        """Whether the trade is the beginning of an everyday word, or its last character is: 电子|商务, 科技|馆."""
        for end in (trade.end + 1, trade.end + 2):
            if end <= len(self.text) and (
                is_word(self.text[trade.start : end]) or is_word(self.text[trade.end - 1 : end])
            ):
                return True
        return False

    def by_post(self, posts: list[Hit]) -> list[Mention]:
        found: list[Mention] = []
        for post in posts:
            if post.row["sphere"] == "company" and post.row["post"][-1] not in _EXPERTS:
                end = title_start(self.text, post)
                if self.name_at and any(position in self.name_at for position in range(end + 1, post.start + 1)):
                    continue  # 宁德时代|董事长, not 宁德时|代董事长
                start = self._start(end, item=True)
                if start is not None:
                    found.append(Mention(start, end, "COMPANY", "rule:company-post"))
        return found

    def by_context(self, contexts: list[Hit]) -> list[Mention]:
        """Unusual words before what only companies have or do: 恒岚|研发中心, 某某|投资建设."""
        found: list[Mention] = []
        for context in contexts:
            if context.row["where"] == "after" and not self.text.startswith("公司", context.start):
                start = self._start(context.start)
                if start is not None and context.start - start <= 6:
                    found.append(Mention(start, context.start, "COMPANY", "rule:company-context"))
        return found

    def headed_lists(self) -> list[Mention]:
        """The items of lists that are summed up: A、B和C等企业, A、B、C三家民企."""
        found: list[Mention] = []
        done = 0
        for head in _HEAD.finditer(self.text):
            end = head.start()
            first = True
            while end > done:
                start = self._start(end, item=True)
                if start is None:
                    if first:
                        break
                    start = run_start(self.text, max(0, end - _MAX_SHORT), end, _NAME_CHARACTERS)
                else:
                    found.append(Mention(start, end, "COMPANY", "rule:company-list"))
                first = False
                if start == 0 or self.text[start - 1] not in _SEPARATOR:
                    break
                end = start - 1
            done = head.end()
        return found

    def neighbours(self, companies: list[Mention]) -> list[Mention]:
        """Unusual words beside companies in a list: 先后考察|长虹、九洲集团."""
        named: list[Mention] = []
        ends = {company.end for company in companies}
        queue = [(company.start, company.end) for company in companies]
        seen = set(queue)
        while queue:
            start, end = queue.pop()
            found: list[tuple[int, int]] = []
            if start > 0 and self.text[start - 1] == "、":
                before = self._start(start - 1, item=True)
                if before is not None and start - 1 not in ends:
                    found.append((before, start - 1))
            if self.text[end : end + 1] in _SEPARATOR and (name := self.starts_at.get(end + 1)) and name not in ends:
                found.append((end + 1, name))
            if start > 0 and self.text[start - 1] in _SEPARATOR and (name_before := self.name_at.get(start - 1)):
                found.append((name_before.start, name_before.end))
            item = _ITEM.match(self.text, end + 1) if self.text.startswith("、", end) else None
            if item and self._start(item.end(), item=True) == item.start() and item.end() not in ends:
                found.append(item.span())
            for span in found:
                if span not in seen:
                    seen.add(span)
                    ends.add(span[1])
                    queue.append(span)
                    named.append(Mention(span[0], span[1], "COMPANY", "rule:company-list"))
        return named

    def _start(self, end: int, item: bool = False) -> int | None:
        """Where a short name that ends at `end` begins: behind a boundary and what leads to it. It has an unusual word.

        item: of a list, where a known name that is also a word will do."""
        if name := self.name_at.get(end):
            return name.start if item else None
        i = last_ending(self.stops, end - item)  # an item may end with what is elsewhere a stop: 恒岚友|达
        edge = run_start(self.text, max(0, end - _MAX_SHORT), end, _NAME_CHARACTERS)
        edge = max(edge, self.stops[i].end) if i >= 0 else edge
        for i in range(end - 1, edge - 1, -1):
            if self.text[i] in _FUNCTION:
                edge = i + 1
                break
        if item and (self.text[edge - 1 : edge].isdigit() or end in self.post_ends):
            return None  # 15万吨高碳铬铁, 某集团副总裁
        if end - edge < 2 or self.taken.overlaps(end - 1, end) or end in self.place_at or self._thing(end):
            return None
        if item and any(name_end in self.certain_at for name_end in range(edge + 2, end)):
            return None  # 某期货公司|油脂油料
        first = self._first(self.text[edge:end], item, self.text[edge - 1 : edge] in ("、", "，"))
        if first is None:
            return None
        start = edge + first
        for place_end in range(start + 1, end):  # 德国|舍弗勒
            place = self.place_at.get(place_end)
            if place and place.start <= start < place_end and place.kind == "country":
                start = place_end
        return start if end - start > 1 and name_start(self.text[start:end]) is not None else None

    @staticmethod
    def _first(stretch: str, item: bool, bounded: bool) -> int | None:
        """Where in a stretch the name begins: its unusual run, with a place or words of kind before it."""
        cut = parts(stretch)
        run = next((i for i, part in enumerate(cut) if _unusual(part)), None)
        if run is None or any(part.word_class in ("v", "d", "a", "x") for part in cut[run + 1 :]):
            return None
        if item and run > 0 and cut[run - 1].word_class not in ("v", "d", "x"):
            return 0 if bounded and len(stretch) <= 6 else None  # 宏图|岚达
        return cut[run].start

    def _in_context(self, start: int, end: int) -> bool:
        """Whether a company's verb, noun or foreign country stands beside the name: 日本|电装."""
        place = self.place_at.get(start)
        if place and place.kind == "country" and not self.text.startswith("中国", place.start):
            return True
        return _after(self.text, end) or _before.start(self.text, start) < start

    def _thing(self, end: int) -> bool:
        """Whether what ends here is a company's thing, not a company: …项目, …研发中心."""
        return self.text.endswith(_THINGS, 0, end)


def _unusual(part: Part) -> bool:
    return not part.word_class and part.end - part.start > 1
