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
_METRIC_SCAN = ahocorasick_rs.AhoCorasick(_METRIC_WORDS, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False)
_BREAK = regex.compile(r"[，。；：！？\n（）()]")
_SENTENCE_END = regex.compile(r"[。！？；\n]")
_NOUN = regex.compile(
    r"(?:以上|以下|以内|左右|余)?的?([\p{Han}A-Za-z0-9“”、·]*?)"
    r"(?=的|在|将|已|分(?!布|公司)|正|陆续|等|及|和|与|为|是|占|被|从|于|到|由|均|都|也|共|一起|集中|今年|去年|作为|达|投入|参|预计|签约(?!项目)|$|[^\p{Han}A-Za-z0-9“”、·])"
)
_LEAD = regex.compile(
    r"^(?:其中|此外|同时|另外|目前|当前|据悉|据介绍|据了解|据统计|截至目前|并|且|而|及|和|与|有|共有|共|仅|也|还|可|则|后|全部|实现|完成|预计|计划|拟|将|力争|可实现|，|、|的)+"
)
_TAIL = regex.compile(
    r"(?:超过|突破|不低于|不少于|达到|共计|合计|累计|总计|总数|分别|预计|近|约|超|逾|达|为|是|有|共|至|到|了|的|数|数量|规模|均|各|已|可|就|仅|上|由|从|的约)+$"
)
_SPLIT = regex.compile(r"共有|共计|累计|现有|拥有|新增|共|有|已|实现|完成|达成")
_SCOPE = regex.compile(r"全(?:省|市|县|区|州|国|球|年|盟|旗|镇|乡|自治区)(?:\p{Han}{0,4}?开发区)?|我[省市县区国州]")
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
        self._bearers = [entity for entity in entities if entity.label in _SUBJECTS]
        self._bearer_starts = [entity.start for entity in self._bearers]
        self._breaks = [found.start() for found in _BREAK.finditer(text)]
        self._sentence_ends = [found.start() for found in _SENTENCE_END.finditer(text)]
        self._starts = [quantity.start for quantity in quantities]
        self._ends = [quantity.end for quantity in quantities]
        self._last: tuple[Quantity, Attached] | None = None

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
            metric, metric_id, subject, entity and entity.id, scope and scope.text, scope and scope.id, by
        )
        self._last = (quantity, attached)
        return attached

    def _metric(self, quantity: Quantity, left: int, following: int) -> tuple[tuple[int, int] | None, str | None, str]:
        counted = DIMENSIONS.get(quantity.unit) in (None, "count")
        noun = self._noun_after(quantity.end, following)
        named = self._metric_in(left, quantity.start)
        if counted and noun:
            return None, noun, "rule:noun-after"
        if named:
            return named, self.text[named[0] : named[1]], "rule:metric-before"
        if counted and (phrase := self._noun_before(left, quantity.start)):
            return phrase, self.text[phrase[0] : phrase[1]], "rule:noun-before"
        if (after := self._metric_in(quantity.end, min(following, quantity.end + 12))) and not counted:
            return None, self.text[after[0] : after[1]], "rule:metric-after"
        if quantity.unit in ("%", "pp", "permille", "基点") and self._last and self._same_sentence(quantity):
            return None, self._last[1].metric, "rule:metric-carried"
        if noun:
            return None, noun, "rule:noun-after"
        if phrase := self._noun_before(left, quantity.start):
            return phrase, self.text[phrase[0] : phrase[1]], "rule:noun-before"
        if self._last and self._same_sentence(quantity):
            return None, self._last[1].metric, "rule:metric-carried"
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
        return (begin, stop) if stop - begin >= 2 else None

    def _subject(self, quantity: Quantity, clause: int, end: int, before: int) -> tuple[str | None, Entity | None]:
        """What bears the metric: named in the clause, or carried from the fact before, or the last body or place."""
        sentence = self.sentence_start(quantity.start)
        if scope := _last_match(_SCOPE, self.text, max(clause, before), end):
            return scope, None
        if entity := self._bearer(max(clause, before), end, _SUBJECTS):
            return entity.text, entity
        if self._last and self._same_sentence(quantity):
            previous, attached = self._last
            if DIMENSIONS.get(previous.unit) in (None, "count") and DIMENSIONS.get(quantity.unit) == "money":
                return attached.metric or attached.subject, None
            return attached.subject, None
        if scope := _last_match(_SCOPE, self.text, sentence, end):
            return scope, None
        if entity := self._bearer(sentence, end, _SUBJECTS):
            return entity.text, entity
        if entity := self._bearer(self.line_start(quantity.start), end, _SUBJECTS):
            return entity.text, entity
        return None, None

    def _bearer(self, start: int, end: int, labels: tuple[str, ...]) -> Entity | None:
        i = bisect_right(self._bearer_starts, end - 1) - 1
        while i >= 0 and self._bearers[i].start >= start:
            if self._bearers[i].label in labels and self._bearers[i].end <= end:
                return self._bearers[i]
            i -= 1
        return None

    def _same_sentence(self, quantity: Quantity) -> bool:
        return self._last is not None and self._last[0].start >= self.sentence_start(quantity.start)


def _last_match(pattern: regex.Pattern[str], text: str, start: int, end: int) -> str | None:
    found = None
    for found in pattern.finditer(text, start, end):
        pass
    return found[0] if found else None
