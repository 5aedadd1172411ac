"""Candidates for the bearer of what is measured: named in the clause, behind the number, carried on, or the topic."""

from bisect import bisect_right
from collections import Counter

from .candidates import EARLIER, NOTHING, REACH, Candidate, Stated, between, core, crossed, first_class, followed_by, last_class, led_by
from .clauses import Mark, Phrase, Reading

_HEADS = ("项目", "工程", "生产线", "基地", "中心", "产业园", "大桥", "铁路", "高速公路", "公路", "电站", "工厂", "园区")
_BUILD = ("建设", "新建", "扩建", "改建", "兴建", "打造", "开发", "建立", "建", "用于", "扩大", "改造", "实施", "购买", "收购", "推广")
_GENERIC = frozenset(("项目", "工程", "公司", "企业", "园区", "基地"))
_COMPANY = ("公司", "企业", "集团", "该厂")
_ZONE = ("园区", "开发区", "高新区", "经开区", "该区", "示范区", "新区")


HEADING = 42
"""Characters of a line that heads a section, at most."""


def is_part(reading: Reading, place: int) -> bool:
    """Behind 其中 in its sentence, or in brackets."""
    for j in range(place - 1, max(reading.sentence[place], place - 30) - 1, -1):
        kind = reading.items[j].kind
        if kind == "o" or (kind == "(" and reading.text[reading.items[j].start] in "（("):
            return True
        if kind == ")":
            return False
    return False


def _sections(reading: Reading) -> list[int]:
    starts = [0]
    for place, item in enumerate(reading.items):
        if item.kind == "|" and place and reading.items[place - 1].kind not in ".|)":
            line = reading.line[place - 1]
            length = item.start - reading.items[line].start
            if length <= HEADING and line > starts[-1] and not any(one.kind == "." for one in reading.items[line:place]):
                starts.append(line)
    return starts


class Topics:
    """What the text has spoken of so far: antecedents of 该项目 and 公司, bearers that opened a line, the main bearer."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.heads: dict[str, str] = {}
        """Head noun (项目) or label (COMPANY) → the last full name."""
        self.opened: list[Mark] = []
        """Bearers that opened a sentence, in order."""
        self.sections = _sections(reading)
        """Where the items of each section begin: a short line without full stop heads one."""
        self._read_to = 0
        marks = [mark for item in reading.items if isinstance(item, Phrase) for mark in item.marks if mark.kind in "eg"]
        self._marks = [mark for mark in marks if mark.kind == "g" or not reading.entities[mark.number].nominal]
        self._main: dict[int, tuple[Mark | None, str | None]] = {}

    def label(self, mark: Mark) -> str:
        return self.reading.entities[mark.number].label if mark.kind == "e" else mark.kind

    def section(self, place: int) -> tuple[Mark | None, str | None, int]:
        """The first bearer of the section that a place is in, the most frequent, and where the section begins."""
        at = bisect_right(self.sections, place) - 1
        if at not in self._main:
            begin = self.reading.items[self.sections[at]].start
            end = self.reading.items[self.sections[at + 1]].start if at + 1 < len(self.sections) else len(self.reading.text)
            inside = [mark for mark in self._marks if begin <= mark.start < end]
            counted = Counter(self.reading.said(mark) for mark in inside if self.label(mark) != "ORG")
            self._main[at] = (inside[0] if inside else None, max(counted, key=lambda name: counted[name]) if counted else None)
        return (*self._main[at], self.reading.items[self.sections[at]].start)

    def read_to(self, place: int) -> None:
        """Remember what stands before a place: X项目 for a later 该项目, a company for 公司."""
        reading = self.reading
        text = reading.text
        for at in range(self._read_to, place):
            item = reading.items[at]
            if not isinstance(item, Phrase):
                continue
            for mark in item.marks:
                if mark.kind == "e" and not reading.entities[mark.number].nominal:
                    if mark.start == item.start and at - reading.sentence[at] <= 3:
                        self.heads[self.label(mark)] = reading.said(mark)
                    else:
                        self.heads.setdefault(self.label(mark), reading.said(mark))
            if at - reading.sentence[at] <= 3:
                opening = next((mark for mark in item.marks if mark.kind in "eg"), None)
                if opening is not None and self.label(opening) != "ORG":
                    self.opened.append(opening)
            if item.end - item.start >= 5:
                for head in _HEADS:
                    found = text.rfind(head, item.start, item.end)
                    if found > item.start + 2:
                        start = reading.stretch(at)[0] if text[item.start - 1 : item.start].isalnum() else item.start
                        self.heads[head] = text[start : found + len(head)]
        self._read_to = max(self._read_to, place)


def subject_candidates(
    reading: Reading,
    topics: Topics,
    place: int,
    metric: Candidate,
    before: list[Stated],
    earlier: Stated | None,
    parallel: Stated | None,
) -> list[Candidate]:
    """Who or what may bear the metric of the quantity at a place; never the metric itself.

    before: what was decided so far in the sentence; earlier: the last that was decided in the line before it; parallel:
    the last in the line of the same class of unit.
    """
    items = reading.items
    found: list[Candidate] = []
    clause = reading.clause[place]
    _left_of(reading, topics, max(clause, place - REACH), place, metric, found)
    _right_of(reading, place, metric, found)
    own = next((one.text for one in found if one.kind == "phrase" and one.props[0] == "own"), None)
    _carried(reading, place, before, earlier, "generic" if own in _GENERIC else "", found)
    if parallel is not None and parallel.subject:
        gap = between(items, parallel.place, place) if parallel.place >= reading.sentence[place] else "sentence"
        part = ("part" if parallel.inside else "whole") + ("-part" if is_part(reading, place) else "-whole")
        found.append(Candidate(parallel.subject, -1, -1, "parallel", (gap, part, parallel.subject_kind)))
    _earlier_clauses(reading, topics, clause, reading.sentence[place], found)
    _line(reading, topics, place, found)
    _antecedents(topics, found)
    votes = Counter(candidate.text for candidate in found)
    measured = metric.text or "\0"
    voted = [
        candidate._replace(props=(*candidate.props, f"v{min(votes[candidate.text], 4)}"))
        for candidate in found
        if candidate.text and not candidate.text.endswith(measured) and candidate.start != items[place].start
    ]
    voted.append(NOTHING)
    return voted


def _left_of(reading: Reading, topics: Topics, clause: int, place: int, metric: Candidate, found: list[Candidate]) -> None:
    """Bearers before the metric in its clause: in its own phrase, and in the phrases before that."""
    text, items = reading.text, reading.items
    at = metric.start if 0 <= metric.start < items[place].start else items[place].start
    rank, near = 0, "adj"
    for j in range(place - 1, clause - 1, -1):
        item = items[j]
        if not isinstance(item, Phrase):
            near = crossed(reading, near, item)
            continue
        own = "own" if item.start <= at <= item.end else f"n{min(rank, 2)}"
        end = min(item.end, _word_start(item, metric, at)) if own == "own" else item.end
        while end > item.start and text[end - 1] in "的 “":
            end -= 1
        if end <= item.start:
            near = "adj" if own == "own" else crossed(reading, near, item)
            continue
        begin, (inner, _) = item.start, core(text, item)
        of = "of" if text[end : end + 1] == "的" and end < place else ""
        if begin < inner <= end - 2:
            found.append(Candidate(text[inner:end], inner, end, "noun", (own, near, first_class(text, inner, end))))
        if end - begin >= 2 and not text[begin].isdigit():
            found.append(Candidate(text[begin:end], begin, end, "phrase", (own, near, shape(text, item, begin, end), led_by(reading, j), last_class(text, begin, end), of)))
            start, _ = reading.stretch(j)
            if start < begin:
                found.append(Candidate(text[start:end], start, end, "stretch", (own, near)))
        nearest = "last"
        for mark in reversed(item.marks):
            if mark.kind in "ega" and mark.end <= end:
                found.append(
                    Candidate(reading.said(mark), mark.start, mark.end, "named", (own, near, topics.label(mark), nearest, led_by(reading, j)))
                )
                nearest = "before"
        if rank == 0:
            members = reading.listed(j, -1)
            if len(members) > 1:
                begins = shape(text, members[0], members[0].start, members[0].end)
                found.append(Candidate(text[members[0].start : end], members[0].start, end, "list", (own, near, begins)))
        rank += 1
        if rank > 3:
            return
        near = "adj" if own == "own" else crossed(reading, near, item)


def _word_start(item: Phrase, metric: Candidate, at: int) -> int:
    """Where the metric word begins in the phrase, so that what stands before it can bear it."""
    for mark in reversed(item.marks):
        if mark.kind == "m" and mark.start > item.start and mark.end <= max(metric.end, at):
            return mark.start
    return at


def shape(text: str, item: Phrase, begin: int, end: int) -> str:
    """What a phrase is like: is an entity or begins or ends with one, begins with a verb, ends in a thing that is built."""
    opens = bool(item.marks) and item.marks[0].kind in "ega" and item.marks[0].start == begin
    if opens and item.marks[0].end >= end:
        return "anaphor" if item.marks[0].kind == "a" else "entity"
    if text[begin] == "“" or text[begin - 1 : begin] == "“":
        return "quoted"
    begins = first_class(text, begin, end)
    if begins == "v" and not opens:
        return "v-head" if text.endswith(_HEADS, begin, end) else "v"
    if text.endswith(_HEADS, begin, end):
        return "head"
    if opens:
        return "of-entity"
    if item.marks and item.marks[-1].kind == "e" and item.marks[-1].end == end:
        return "ends-entity"
    return begins or ("long" if end - begin > 6 else "short")


def _right_of(reading: Reading, place: int, metric: Candidate, found: list[Candidate]) -> None:
    """Behind the number: 总投资3亿元的X, 年产10万吨X项目, 投资3亿元建设X."""
    text, items = reading.text, reading.items
    verb, count = "", 0
    for j in range(place + 1, min(len(items), place + 9)):
        item = items[j]
        if isinstance(item, Phrase):
            if verb and any(one.kind == "q" for one in items[j + 1 : j + 3]) and items[j + 1].kind in "lq":
                return  # the metric of the next number
            of = "of" if text[item.start - 1] == "的" else "next"
            head = "head" if text.endswith(_HEADS, item.start, item.end) else "other"
            if verb == "clause" and head != "build":
                return
            if item.start != metric.start:
                end = item.end
                for word in _HEADS:  # 果汁饮料项目|开工奠基仪式
                    at = text.rfind(word, item.start, item.end)
                    if at > item.start:
                        end, head = at + len(word), "build" if head == "build" else "head"
                        break
                found.append(Candidate(text[item.start : end], item.start, end, "after", (of, verb, head, f"r{count}")))
                start, stop = reading.stretch(j)
                if stop > item.end:
                    found.append(Candidate(text[item.start : stop], item.start, stop, "after-stretch", (of, verb)))
                members = reading.listed(j, 1)
                if len(members) > 1:
                    found.append(Candidate(text[item.start : members[-1].end], item.start, members[-1].end, "after-list", (of, verb, head)))
            if not count and not verb:
                start, stop = reading.stretch(place)
                if (metric.start < 0 or metric.start > items[place].start) and (
                    start < items[place].start or item.start == metric.start
                ):
                    side = "left" if start < items[place].start else "right"
                    opening = items[reading.place(start)]
                    if isinstance(opening, Phrase):
                        start = core(text, opening)[0]
                    for word in _HEADS:
                        at = text.rfind(word, item.start, stop)
                        if at > item.start:
                            stop = at + len(word)
                            break
                    found.append(Candidate(text[start:stop], start, stop, "around", (head, side)))
            count += 1
            if count == 2:
                return
        elif item.kind in "vxc" and text[item.start] != "等":
            verb = "verb" if item.kind == "v" else verb or "x"
        elif item.kind == "," and not count:
            verb = "clause"
        elif item.kind in "lb" or (item.kind == "/" and text[item.start] == "/"):
            continue
        elif item.kind == "q" and items[j - 1].kind == "/":
            continue
        else:
            return


def _carried(
    reading: Reading,
    place: int,
    before: list[Stated],
    earlier: Stated | None,
    generic: str,
    found: list[Candidate],
) -> None:
    items = reading.items
    if before:
        last = before[-1]
        gap = between(items, last.place, place)
        part = "part" if last.inside else "whole"
        if last.metric:
            thing = "thing" if last.metric.endswith((*_HEADS, *_COMPANY)) else "other"
            found.append(Candidate(last.metric, -1, -1, "last-metric", (last.unit_class, gap, part, generic, thing)))
        if last.subject:
            found.append(Candidate(last.subject, -1, -1, "last-subject", (last.unit_class, gap, part, last.subject_kind)))
        counted = next((one for one in reversed(before) if one.unit_class == "count"), None)
        if counted and counted is not last and counted.metric:
            found.append(Candidate(counted.metric, -1, -1, "counted", ("part" if counted.inside else "whole", gap)))
        whole = next((one for one in reversed(before) if not one.inside), None)
        if whole and whole is not last:
            if whole.metric:
                found.append(Candidate(whole.metric, -1, -1, "whole-metric", (whole.unit_class, gap, generic)))
            if whole.subject and whole.subject != last.subject:
                found.append(Candidate(whole.subject, -1, -1, "whole-subject", (whole.unit_class, gap)))
        head = next((one for one in before if one.unit_class == "count" and not one.inside), None)
        if head and head.metric and head is not whole and head is not last:
            found.append(Candidate(head.metric, -1, -1, "head-metric", (gap, generic)))
        opened = next((j for j in range(place - 1, before[0].place, -1) if items[j].kind in "()"), None)
        if opened is not None and items[opened].kind == "(":
            outer = next((one for one in reversed(before) if one.place < opened), None)
            if outer is not None and outer.metric:
                found.append(Candidate(outer.metric, -1, -1, "bracket-head", (outer.unit_class,)))
    elif earlier:
        if earlier.subject:
            found.append(
                Candidate(earlier.subject, -1, -1, "earlier-subject", (earlier.unit_class, earlier.subject_kind))
            )
        if earlier.metric:
            found.append(Candidate(earlier.metric, -1, -1, "earlier-metric", (earlier.unit_class,)))


def _earlier_clauses(reading: Reading, topics: Topics, clause: int, sentence: int, found: list[Candidate]) -> None:
    """Bearers in the clauses of the sentence before this one, nearest first, and how the sentence opens."""
    text, items = reading.text, reading.items
    seen = 0
    for j in range(clause - 1, max(sentence, clause - EARLIER) - 1, -1):
        item = items[j]
        if not isinstance(item, Phrase):
            continue
        for mark in reversed(item.marks):
            if mark.kind in "ega" and seen < 3:
                opens = "opens" if mark.start == item.start and j <= sentence + 3 else "starts" if mark.start == item.start else "inside"
                follows = followed_by(reading, j) if mark.end == item.end else "P"
                found.append(
                    Candidate(
                        reading.said(mark),
                        mark.start,
                        mark.end,
                        "sentence-named",
                        (topics.label(mark), f"n{seen}", opens, led_by(reading, j), follows),
                    )
                )
                seen += 1
        if j <= sentence + 4 and item.end - item.start >= 2:
            led = led_by(reading, j)
            begins = shape(text, item, item.start, item.end)
            found.append(Candidate(text[item.start : item.end], item.start, item.end, "sentence-opening", (begins, f"p{j - sentence}", led, followed_by(reading, j))))


def _line(reading: Reading, topics: Topics, place: int, found: list[Candidate]) -> None:
    """What earlier sentences of the line, earlier lines, the headline and the article speak of."""
    text, items = reading.text, reading.items
    sentence, line = reading.sentence[place], reading.line[place]
    seen = 0
    for j in range(sentence - 1, max(line, sentence - EARLIER) - 1, -1):
        item = items[j]
        if isinstance(item, Phrase):
            for mark in reversed(item.marks):
                if mark.kind in "eg" and seen < 2:
                    found.append(Candidate(reading.said(mark), mark.start, mark.end, "line-named", (topics.label(mark), f"n{seen}")))
                    seen += 1
    opening = next((item for item in items[line : line + 6] if isinstance(item, Phrase)), None)
    if opening is not None and line < sentence:
        begins = shape(text, opening, opening.start, opening.end)
        if begins in ("head", "entity", "of-entity", "ends-entity"):
            found.append(Candidate(reading.said(opening), opening.start, opening.end, "line-phrase", (begins,)))
        named = next((mark for mark in opening.marks if mark.kind in "eg"), None)
        if named is not None:
            found.append(Candidate(reading.said(named), named.start, named.end, "line-opening", (topics.label(named),)))
    start = items[sentence].start if sentence < len(items) else 0
    first, main, begin = topics.section(place)
    past = next((mark for mark in reversed(topics.opened) if mark.start < start), None)
    if past is not None:
        where = "line" if past.start >= items[line].start else "section" if past.start >= begin else "before"
        found.append(Candidate(reading.said(past), past.start, past.end, "opened", (topics.label(past), where)))
    if first is not None:
        found.append(Candidate(reading.said(first), first.start, first.end, "title", (topics.label(first),)))
    if main is not None:
        found.append(Candidate(main, -1, -1, "main", ()))


def _antecedents(topics: Topics, found: list[Candidate]) -> None:
    """For 该项目, 公司, 园区 among the candidates: the last full name of such a thing."""
    said = {candidate.text: candidate.kind for candidate in found if candidate.text in _GENERIC or (candidate.text and candidate.text[0] in "该本此" and len(candidate.text) < 6)}
    for head, name in topics.heads.items():
        words = _COMPANY if head == "COMPANY" else _ZONE if head == "ZONE" else (head,)
        if not head.isascii() or head in ("COMPANY", "ZONE"):
            for text, kind in said.items():
                if text and any(word in text for word in words):
                    what = head if head.isascii() else "thing"
                    found.append(Candidate(name, -1, -1, "antecedent", (kind, "this" if text[0] in "该本此" else "bare", what)))
                    break
