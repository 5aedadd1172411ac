"""Candidates for the bearer of what is measured: named in the clause, behind the number, carried on, or the topic."""

from typing import Final

from .around import (
    BEHIND,
    EARLIER,
    RANKS,
    REACH,
    between,
    core,
    crossed,
    first_class,
    followed_by,
    last_class,
    led_by,
    shape,
)
from .clauses import Phrase, Reading
from .decision import NOTHING, Candidate, Decision
from .topics import COMPANY, HEADS, Topics

_GENERIC: Final = frozenset(("项目", "工程", "公司", "企业", "园区", "基地"))
_BUILD: Final = frozenset(("建设", "新建", "扩建", "改建", "兴建", "打造", "开发", "建立", "建", "用于", "扩大", "改造", "实施", "购买", "收购", "推广"))  # fmt: skip
_THING: Final = (*HEADS, *COMPANY)
_PARTS: Final = ["whole-whole", "whole-part", "part-whole", "part-part"]
"""Whether each of two quantities is a part, as a number of two binary digits."""
_OPENINGS: Final = ["p0", "p1", "p2", "p3", "p4"]
"""How many items behind the beginning of a sentence a phrase stands that may open it."""


class Subjects:
    """The candidates of one text. What holds for a whole clause or sentence is made once."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.topics = Topics(reading)
        self._of_clause: dict[int, list[Candidate]] = {}
        self._of_sentence: dict[int, list[Candidate]] = {}

    def candidates(
        self, this: Decision, before: list[Decision], earlier: Decision | None, parallel: Decision | None
    ) -> list[Candidate]:
        """Who or what may bear the metric of a quantity; never the metric itself.

        before: what was decided so far in the sentence; earlier: the last that was decided in the line before it;
        parallel: the last in the line of the same class of unit.
        """
        reading, place, metric = self.reading, this.place, this.metric
        here = reading.items[place]
        clause, sentence = here.clause, here.sentence
        found: list[Candidate] = []
        own = self._left_of(max(clause, place - REACH), place, metric, found)
        self._right_of(place, metric, found)
        if before:
            self._carried(this, before, "generic" if own in _GENERIC else "", found)
        elif earlier is not None and (said := earlier.subject.text):
            found.append(Candidate(said, -1, -1, ("earlier-subject", earlier.unit, earlier.subject.kind)))
        if parallel is not None and (said := parallel.subject.text):
            if parallel.place < sentence:
                gap = "sentence"
            elif before and parallel is before[-1]:
                gap = this.gap
            else:
                gap = between(reading.items, parallel.place, place)
            part = _PARTS[2 * parallel.inside + this.inside]
            found.append(Candidate(said, -1, -1, ("parallel", gap, part, parallel.subject.kind)))
        shared = self._of_clause.get(clause)
        if shared is None:
            shared = self._of_clause[clause] = self._earlier_clauses(clause, sentence)
        found += shared
        shared = self._of_sentence.get(sentence)
        if shared is None:
            shared = self._of_sentence[sentence] = self._line(sentence)
        found += shared
        self._antecedents(place, found)
        measured, start = metric.text or "\0", here.start
        found = [one for one in found if one.text and one.start != start and not one.text.endswith(measured)]
        found.append(NOTHING)
        return found

    def _left_of(self, clause: int, place: int, metric: Candidate, found: list[Candidate]) -> str | None:
        """Bearers before the metric in its clause: in its own phrase, and in the phrases before that.

        Gives back what stands before the metric in its own phrase.
        """
        reading = self.reading
        text, items = reading.text, reading.items
        at = metric.start if 0 <= metric.start < items[place].start else items[place].start
        rank, near, prefix = 0, "adj", None
        for j in range(place - 1, clause - 1, -1):
            item = items[j]
            if not isinstance(item, Phrase):
                near = crossed(reading, near, item)
                continue
            own = "own" if item.start <= at <= item.end else f"n{min(rank, 2)}"
            end = min(item.end, _word_start(item, metric, at)) if own == "own" else item.end
            while end > item.start and text[end - 1] in "的 “":
                end -= 1
            begin = item.start
            if end > begin:
                led = led_by(reading, j)
                inner = core(text, item)[0]
                rest = text[inner:end] if begin < inner else ""  # 阜阳市|新建: no more than the bearer
                doing = rest in _BUILD or (len(rest) == 2 and first_class(text, inner, end) == "v")
                if end - begin >= 2 and not text[begin].isdigit() and not doing:
                    of = "of" if text[end : end + 1] == "的" else ""
                    like, last = shape(text, item, begin, end), last_class(text, begin, end)
                    found.append(Candidate(text[begin:end], begin, end, ("phrase", own, near, like, led, last, of)))
                    prefix = text[begin:end] if own == "own" else prefix
                    if text[begin - 1 : begin].isalnum() and (start := reading.stretch(j)[0]) < begin:
                        found.append(Candidate(text[start:end], start, end, ("stretch", own, near)))
                nearest = "last"
                for mark in reversed(item.marks):
                    if mark.kind in "ega" and mark.end <= end:
                        traits = ("named", own, near, self.topics.label(mark), nearest, led)
                        found.append(Candidate(reading.said(mark), mark.start, mark.end, traits))
                        nearest = "before"
                if rank == 0 and j > 1 and items[j - 1].kind in "/x":
                    members = reading.listed(j, -1)
                    if len(members) > 1:
                        first = members[0]
                        begins = shape(text, first, first.start, first.end)
                        found.append(Candidate(text[first.start : end], first.start, end, ("list", own, near, begins)))
                rank += 1
                if rank > 3:
                    break
            near = "adj" if own == "own" else crossed(reading, near, item)
        return prefix

    def _right_of(self, place: int, metric: Candidate, found: list[Candidate]) -> None:
        """Behind the number: 总投资3亿元的X, 年产10万吨X项目, 投资3亿元建设X; a name around it: 申能400MW储能项目."""
        reading = self.reading
        text, items = reading.text, reading.items
        verb, count = "", 0
        for j in range(place + 1, min(len(items), place + 9)):
            item = items[j]
            if isinstance(item, Phrase):
                if verb and j + 2 < len(items) and items[j + 2 if items[j + 1].kind == "l" else j + 1].kind == "q":
                    return  # the metric of the next number
                of = "of" if text[item.start - 1] == "的" else "next"
                end, thing = _thing_end(text, item.start, item.end)
                head = "build" if _builds(text, core(text, item)[0]) else "head" if thing else "other"
                if verb == "clause" and head != "build":
                    return
                if item.start != metric.start:
                    start = item.start
                    if end - start >= 4 and text[start : start + 2] in _BUILD:  # 投资9亿元建设|新厂
                        start += 2
                    found.append(Candidate(text[start:end], start, end, ("after", of, verb, head, BEHIND[count])))
                    stop = reading.stretch(j)[1] if text[item.end : item.end + 1].isalnum() else item.end
                    if stop > item.end:
                        found.append(Candidate(text[start:stop], start, stop, ("after-stretch", of, verb)))
                if not count and not verb and (metric.start < 0 or metric.start > items[place].start):
                    self._around(place, item, metric, head, found)
                count += 1
                if count == 2:
                    return
            elif item.kind in "vxc" and text[item.start] != "等":
                verb = "verb" if item.kind == "v" else verb or "x"
            elif item.kind == "," and not count:
                verb = "clause"
            elif not (
                item.kind in "lb"
                or (item.kind == "/" and text[item.start] == "/")
                or (item.kind == "q" and items[j - 1].kind == "/")
            ):
                return

    def _around(self, place: int, behind: Phrase, metric: Candidate, head: str, found: list[Candidate]) -> None:
        reading = self.reading
        text, items = reading.text, reading.items
        start, stop = reading.stretch(place)
        left = start < items[place].start
        if not left and behind.start != metric.start:
            return
        opening = items[reading.place(start)]
        if isinstance(opening, Phrase):
            start = core(text, opening)[0]
        stop, _ = _thing_end(text, behind.start, stop)
        found.append(Candidate(text[start:stop], start, stop, ("around", head, "left" if left else "right")))

    def _carried(self, this: Decision, before: list[Decision], generic: str, found: list[Candidate]) -> None:
        """The subject of the fact before, or what it counted: 项目50个，总投资172亿元."""
        items = self.reading.items
        last, gap = before[-1], this.gap
        part = "part" if last.inside else "whole"
        if said := last.metric.text:
            thing = "thing" if said.endswith(_THING) else "other"
            found.append(Candidate(said, -1, -1, ("last-metric", last.unit, gap, part, generic, thing)))
        if said := last.subject.text:
            found.append(Candidate(said, -1, -1, ("last-subject", last.unit, gap, part, last.subject.kind)))
        if last.inside:
            for i in range(len(before) - 2, -1, -1):
                whole = before[i]
                if not whole.inside:
                    if said := whole.metric.text:
                        found.append(Candidate(said, -1, -1, ("whole-metric", whole.unit, gap, generic)))
                    break
        for j in range(this.place - 1, max(before[0].place, this.place - EARLIER), -1):
            if items[j].kind in "()":
                if items[j].kind == "(":
                    self._before_bracket(j, before, found)
                break

    def _before_bracket(self, place: int, before: list[Decision], found: list[Candidate]) -> None:
        for i in range(len(before) - 1, -1, -1):
            if before[i].place < place:
                if said := before[i].metric.text:
                    found.append(Candidate(said, -1, -1, ("bracket-head", before[i].unit)))
                return

    def _earlier_clauses(self, clause: int, sentence: int) -> list[Candidate]:
        """Bearers in the clauses of the sentence before this one, nearest first, and how the sentence opens."""
        reading = self.reading
        text, items = reading.text, reading.items
        found: list[Candidate] = []
        seen = 0
        for j in range(clause - 1, max(sentence, clause - EARLIER) - 1, -1):
            item = items[j]
            if not isinstance(item, Phrase) or (seen >= 3 and j > sentence + 4):
                continue
            led, follows = led_by(reading, j), followed_by(reading, j)
            for mark in reversed(item.marks):
                if mark.kind in "ega" and seen < 3:
                    starts = mark.start == item.start
                    opens = ("opens" if j <= sentence + 3 else "starts") if starts else "inside"
                    behind = follows if mark.end == item.end else "P"
                    traits = ("sentence-named", self.topics.label(mark), RANKS[seen], opens, led, behind)
                    found.append(Candidate(reading.said(mark), mark.start, mark.end, traits))
                    seen += 1
            if j <= sentence + 4 and item.end - item.start >= 2:
                like = shape(text, item, item.start, item.end)
                opening = ("sentence-opening", like, _OPENINGS[j - sentence], led, follows)
                found.append(Candidate(reading.said(item), item.start, item.end, opening))
        return found

    def _line(self, sentence: int) -> list[Candidate]:
        """What opens the line, what opened a sentence last, and what the section speaks of most."""
        reading, topics = self.reading, self.topics
        items = reading.items
        found: list[Candidate] = []
        line = items[sentence].line
        if line < sentence:
            opening = next((item for item in items[line : line + 6] if isinstance(item, Phrase)), None)
            named = opening.named() if opening is not None else None
            if named is not None:
                traits = ("line-opening", topics.label(named))
                found.append(Candidate(reading.said(named), named.start, named.end, traits))
        main, begin = topics.section(sentence)
        past = topics.opened(sentence)
        if past is not None:
            where = "line" if past.start >= items[line].start else "section" if past.start >= begin else "before"
            found.append(Candidate(reading.said(past), past.start, past.end, ("opened", topics.label(past), where)))
        if main is not None:
            found.append(Candidate(main, -1, -1, ("main",)))
        return found

    def _antecedents(self, place: int, found: list[Candidate]) -> None:
        """For 该项目, 公司, 园区 among the candidates: the last full name of such a thing."""
        pointing: dict[str, str] = {}
        for one in found:
            text = one.text
            if text and _points(text):
                pointing[text] = one.kind
        for text, kind in pointing.items():
            if name := self.topics.full_name(text, place):
                how = "this" if text[0] in "该本此" else "bare"
                found.append(Candidate(name[0], -1, -1, ("antecedent", kind, how, name[1])))


def _builds(text: str, start: int) -> bool:
    return text[start : start + 1] == "建" or text[start : start + 2] in _BUILD


def _points(text: str) -> bool:
    """该项目, 本公司; 项目 or 公司 alone."""
    first, size = ord(text[0]), len(text)
    return (size < 6 and first in (ord("该"), ord("本"), ord("此"))) or (size == 2 and text in _GENERIC)


def _word_start(item: Phrase, metric: Candidate, at: int) -> int:
    """Where the metric word begins in the phrase, so that what stands before it can bear it."""
    for mark in reversed(item.marks):
        if mark.kind == "m" and mark.start > item.start and mark.end <= max(metric.end, at):
            return mark.start
    return at


def _thing_end(text: str, start: int, end: int) -> tuple[int, bool]:
    """Where the last word for a thing ends in a stretch, and whether there is one: 果汁饮料项目|开工奠基仪式."""
    for word in HEADS:
        at = text.rfind(word, start, end)
        if at > start:
            return at + len(word), True
    return end, False
