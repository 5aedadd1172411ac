"""Attachment: which metric and subject a quantity goes with.

The text around a quantity is read in clauses. Candidates are looked for in a fixed order, nearest first; the first that
fits is taken, and the fact says which (`by`). What a clause leaves unsaid is taken over from the fact before it in the
sentence: “签约一批”项目16个，总投资64.8亿元，预计年产值53.7亿元.
"""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

import ahocorasick_rs
import regex

from ..lexicon import table
from ..quantity.grammar import DIMENSIONS
from ..records import Entity, Quantity

_METRICS = {row["word"]: row["id"] for row in table("metrics")}
_METRIC_WORDS = sorted(_METRICS)
_METRIC_SCAN = ahocorasick_rs.AhoCorasick(
    _METRIC_WORDS, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
)
_BREAK = regex.compile(r"[，。；：！？\n（）()]")
_SENTENCE_END = regex.compile(r"[。！？；\n]")
_NOUN = regex.compile(
    r"(?:以上|以下|以内|左右|余)?的?([\p{Han}A-Za-z0-9“”·]{2,}?)"
    r"(?=的|在|将|已|分(?!布|公司)|正|陆续|等|及|和|与|为|是|占|被|从|于|到|由|均|都|也|共|一起|集中|今年|去年|作为|达|投入|参|预计|签约(?!项目)|涵盖|分处|开工|投产|竣工|建成|奠基|落地|$|[^\p{Han}A-Za-z0-9“”·])"
)
_LEAD = regex.compile(
    r"^(?:以上|以下|以内|及以上|其中|此外|同时|另外|目前|当前|据悉|据介绍|据了解|据统计|截至目前|并|且|而|及|和|与|有|共有|共|仅|也|还|可|则|后|全部|实现|完成|预计|计划|拟|将|力争|可实现|，|、|的)+"
)
_TAIL = regex.compile(
    r"(?:超过|突破|不低于|不少于|达到|共计|合计|累计|总计|总数|分别|预计|近|约|超|逾|达|为|是|有|共|至|到|了|的|数|数量|规模|均|各|已|可|就|仅|上|由|从|的约)+$"
)
_SPLIT = regex.compile(r"共有|共计|累计|现有|拥有|新增|共|有|已|实现|完成|达成")
_OF = regex.compile(r"的([^，。；、：\n]{2,30}?)(?=等(?:\d|项目|一批)|[，。；、：\n]|项目(?!的))")
_SCOPE = regex.compile(
    r"(?<![与同占居在])(?:全(?:省|市|县|区|州|国|球|盟|旗|镇|乡|自治区)(?:各?开发区)?|我[省市县区国州])"
)
_CHANGE = regex.compile(
    r"(?:同比|环比|[比较](?:上年|去年|前年|上月|上季度|年初|一季度|全国|全市|全省)(?:同期|同月|末)?(?:平均水平)?(?:分别|多|实际)?)?(?:分别|实际)?(?:增长|下降|上升|提高|提升|回落|减少|增加|降低|下滑|上涨|下跌|增幅|降幅|增速|涨幅|高于|低于|占比|比重|占)"
)
_RATIOS = ("%", "permille", "pp", "基点", "倍")
MAX_CLAUSE = 120
MAX_SENTENCE = 600
"""Characters looked back over at most, so that text without punctuation costs linear time."""
_SUBJECTS = ("ZONE", "COMPANY", "PLACE", "ORG")


class Attached(NamedTuple):
    metric: str | None
    metric_id: str | None
    subject: str | None
    subject_entity: str | None
    scope: str | None
    scope_entity: str | None
    by: str


class Attacher:
    """Reads one text. `attach` is called for its quantities in order and remembers what the clauses before said."""

    def __init__(self, text: str, quantities: list[Quantity], entities: list[Entity]):
        self.text = text
        self._metrics = [(start, end, _METRIC_WORDS[i]) for i, start, end in _METRIC_SCAN.find_matches_as_indexes(text)]
        self._metric_starts = [start for start, _, _ in self._metrics]
        self._bearers = [entity for entity in entities if entity.label in _SUBJECTS and not entity.nominal]
        self._bearer_starts = [entity.start for entity in self._bearers]
        self._breaks = [found.start() for found in _BREAK.finditer(text)]
        self._sentence_ends = [found.start() for found in _SENTENCE_END.finditer(text)]
        self._starts = [quantity.start for quantity in quantities]
        self._ends = [quantity.end for quantity in quantities]
        self._last: tuple[Quantity, Attached] | None = None
        first = next((entity for entity in self._bearers if entity.label in ("PLACE", "ZONE")), None)
        self._scope: tuple[str | None, Entity | None] = (first.text, first) if first else (None, None)

    def clause_start(self, position: int) -> int:
        i = bisect_left(self._breaks, position) - 1
        return max(self._breaks[i] + 1 if i >= 0 else 0, position - MAX_CLAUSE)

    def sentence_start(self, position: int) -> int:
        i = bisect_left(self._sentence_ends, position) - 1
        return max(self._sentence_ends[i] + 1 if i >= 0 else 0, position - MAX_SENTENCE)

    def line_start(self, position: int) -> int:
        first = max(0, position - 4 * MAX_SENTENCE)
        return max(self.text.rfind("\n", first, position) + 1, first)

    def attach(self, quantity: Quantity, number: int) -> Attached:
        """The metric and subject of the `number`-th quantity."""
        clause = self.clause_start(quantity.start)
        before = self._ends[number - 1] if number else 0
        left = max(clause, before)
        following = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.text)
        metric_span, metric, by = self._metric(quantity, left, following)
        metric_id = _METRICS.get(metric or "") or self._metric_id(metric_span)
        subject, entity = self._subject(quantity, clause, metric_span[0] if metric_span else quantity.start, before)
        scope = self._bearer(self.sentence_start(quantity.start), quantity.start, ("ZONE", "PLACE"))
        attached = Attached(
            metric=metric,
            metric_id=metric_id,
            subject=subject,
            subject_entity=entity.id if entity else None,
            scope=scope.text if scope else None,
            scope_entity=scope.id if scope else None,
            by=by,
        )
        self._last = (quantity, attached)
        return attached

    def _metric(self, quantity: Quantity, left: int, following: int) -> tuple[tuple[int, int] | None, str | None, str]:
        counted = DIMENSIONS.get(quantity.unit) in (None, "count")
        end, following = self._compound_end(quantity, following)
        noun = self._noun_after(end, following)
        named = self._metric_in(left, quantity.start)
        if counted and noun:
            return None, noun, "rule:noun-after"
        if quantity.unit in _RATIOS:
            return self._ratio_metric(quantity, left, named)
        if named:
            return named, self.text[named[0] : named[1]], "rule:metric-before"
        if counted and (phrase := self._noun_before(left, quantity.start)):
            return phrase, self.text[phrase[0] : phrase[1]], "rule:noun-before"
        if (after := self._metric_in(quantity.end, min(following, quantity.end + 12))) and not counted:
            return None, self.text[after[0] : after[1]], "rule:metric-after"
        if noun:
            return None, noun, "rule:noun-after"
        if phrase := self._noun_before(left, quantity.start):
            return phrase, self.text[phrase[0] : phrase[1]], "rule:noun-before"
        if self._last and self._same_sentence(quantity):
            return None, self._last[1].metric, "rule:metric-carried"
        return None, None, "rule:none"

    def _compound_end(self, quantity: Quantity, following: int) -> tuple[int, int]:
        """400MW/800MWh独立储能: both quantities modify the noun behind the second."""
        if following == quantity.end + 1 and self.text[quantity.end] == "/":
            i = bisect_left(self._starts, following)
            return self._ends[i], self._starts[i + 1] if i + 1 < len(self._starts) else len(self.text)
        return quantity.end, following

    def _ratio_metric(
        self, quantity: Quantity, left: int, named: tuple[int, int] | None
    ) -> tuple[tuple[int, int] | None, str | None, str]:
        """For a share or growth rate: what grows or has the share, not the word 增长 itself."""
        change = _CHANGE.search(self.text, left, quantity.start)
        if named and (change is None or named[1] <= change.start() or not _is_change(self.text[slice(*named)])):
            return named, self.text[slice(*named)], "rule:metric-before"
        if change and (phrase := self._noun_before(left, change.start())):
            return phrase, self.text[phrase[0] : phrase[1]], "rule:noun-before-change"
        if change and change[0] in ("占", "占比", "比重"):
            return change.span(), change[0], "rule:share"
        if self._last and self._same_sentence(quantity):
            return None, self._last[1].metric, "rule:metric-carried"
        if phrase := self._noun_before(left, quantity.start):
            return phrase, self.text[phrase[0] : phrase[1]], "rule:noun-before"
        return None, None, "rule:none"

    def _metric_in(self, start: int, end: int) -> tuple[int, int] | None:
        """The last metric word inside a stretch; a word of change (增长) only if there is no other."""
        i = bisect_left(self._metric_starts, end) - 1
        growth: tuple[int, int] | None = None
        while i >= 0 and self._metrics[i][0] >= start:
            metric_start, metric_end, word = self._metrics[i]
            if metric_end <= end:
                if _METRICS[word] not in ("growth", "share"):
                    return metric_start, metric_end
                growth = growth or (metric_start, metric_end)
            i -= 1
        return growth

    def _metric_id(self, span: tuple[int, int] | None) -> str | None:
        inner = self._metric_in(*span) if span else None
        return _METRICS[self.text[inner[0] : inner[1]]] if inner else None

    def _noun_after(self, end: int, following: int) -> str | None:
        found = _NOUN.match(self.text, end, min(following, end + 24))
        noun = found[1].strip("“”、") if found else ""
        return noun if len(noun) >= 2 else None

    def _noun_before(self, start: int, end: int) -> tuple[int, int] | None:
        """The phrase that ends at `end` after connecting words are taken off both ends; None if it is too short."""
        phrase = self.text[start:end]
        if tail := _TAIL.search(phrase):
            phrase = phrase[: tail.start()]
        offset = 0
        for split in _SPLIT.finditer(phrase):
            if split.end() < len(phrase):
                offset = split.end()
        if lead := _LEAD.match(phrase[offset:]):
            offset += lead.end()
        begin, stop = start + offset, start + len(phrase)
        # 江阳高新区|入驻企业, 全市|签约项目: the bearer is no part of it
        while entity := self._bearer(begin, stop - 2):
            begin = entity.end
        if scope := _SCOPE.match(self.text, begin, stop):
            begin = scope.end()
        if lead := _LEAD.match(self.text[begin:stop]):
            begin += lead.end()
        return (begin, stop) if stop - begin >= 2 else None

    def _subject(self, quantity: Quantity, clause: int, end: int, before: int) -> tuple[str | None, Entity | None]:
        """What bears the metric: named in the clause, behind it, carried from the fact before, or the last place named."""
        left = max(clause, before)
        money = DIMENSIONS.get(quantity.unit) not in (None, "count")
        if money and (bearer := _OF.match(self.text, quantity.end)):  # 总投资3亿元的某某项目
            return bearer[1], None
        if self._named_between(left, end):
            return self._scope
        if self._last and self._same_sentence(quantity):
            previous, attached = self._last
            if money and previous.unit not in _RATIOS and DIMENSIONS.get(previous.unit) in (None, "count"):
                return attached.metric or attached.subject, None
            if money or DIMENSIONS.get(previous.unit) in (None, "count"):
                return attached.subject, None
        if money and (phrase := self._noun_before(left, end)):
            return self.text[phrase[0] : phrase[1]], None
        if not self._named_between(self.sentence_start(quantity.start), end):
            self._named_between(self.line_start(quantity.start), end)
        return self._scope

    def _named_between(self, start: int, end: int) -> bool:
        """Make the scope word (全市) or the entity that a stretch names the current bearer, if it names one."""
        if scope := _last_match(_SCOPE, self.text, start, end):
            self._scope = (scope, None)
        elif entity := self._bearer(start, end):
            self._scope = (entity.text, entity)
        else:
            return False
        return True

    def _bearer(self, start: int, end: int, labels: tuple[str, ...] = _SUBJECTS) -> Entity | None:
        """The last entity of these labels in a stretch; an organisation, which mostly reports, only if there is no other."""
        i = bisect_right(self._bearer_starts, end - 1) - 1
        reporter: Entity | None = None
        while i >= 0 and self._bearers[i].start >= start:
            entity = self._bearers[i]
            if entity.label in labels and entity.end <= end:
                if entity.label != "ORG":
                    return entity
                reporter = reporter or entity
            i -= 1
        return reporter

    def _same_sentence(self, quantity: Quantity) -> bool:
        return self._last is not None and self._last[0].start >= self.sentence_start(quantity.start)


def _is_change(word: str) -> bool:
    return _METRICS[word] in ("growth", "share")


def _last_match(pattern: regex.Pattern[str], text: str, start: int, end: int) -> str | None:
    matches = pattern.findall(text, start, end)
    return matches[-1] if matches else None
