"""What a text speaks of: its sections, the bearers that open its sentences, the full names that 该项目 points back to."""

import re
from bisect import bisect_right
from collections import Counter

from .clauses import Mark, Phrase, Reading

HEADING = 42
"""Characters of a line that heads a section, at most."""
OPENING = 3
"""Items from the start of a sentence in which a bearer opens it."""
HEADS = ("项目", "工程", "生产线", "基地", "中心", "产业园", "大桥", "铁路", "高速公路", "公路", "电站", "工厂", "园区")
"""Last words of things that are built or invested in."""
_HEAD = re.compile("|".join(HEADS))
COMPANY = ("公司", "企业", "集团", "该厂")
ZONE = ("园区", "开发区", "高新区", "经开区", "该区", "示范区", "新区")


class Topics:
    """Reads a text up to each quantity in turn."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.heads: dict[str, str] = {}
        """Head noun (项目) or label (COMPANY) → the last full name."""
        self.opened: list[Mark] = []
        """Bearers that opened a sentence, in order; bodies, which mostly report, are none."""
        self._sections = _sections(reading)
        self._marks = [
            mark
            for item in reading.items
            if isinstance(item, Phrase)
            for mark in item.marks
            if mark.kind == "g" or (mark.kind == "e" and not reading.entities[mark.number].nominal)
        ]
        self._main: dict[int, str | None] = {}
        self._read_to = 0

    def label(self, mark: Mark) -> str:
        """The label of an entity; of another bearer the kind of mark."""
        return self.reading.entities[mark.number].label if mark.kind == "e" else mark.kind

    def section(self, place: int) -> tuple[str | None, int]:
        """The bearer named most often in the section that a place is in, and where the section begins in the text."""
        at = bisect_right(self._sections, place) - 1
        items = self.reading.items
        begin = items[self._sections[at]].start
        if at not in self._main:
            end = items[self._sections[at + 1]].start if at + 1 < len(self._sections) else len(self.reading.text)
            names = Counter(
                self.reading.said(mark)
                for mark in self._marks
                if begin <= mark.start < end and self.label(mark) != "ORG"
            )
            self._main[at] = max(names, key=lambda name: names[name]) if names else None
        return self._main[at], begin

    def read_to(self, place: int) -> None:
        """Remember what stands before a place: X项目 for a later 该项目, a company for 公司."""
        reading = self.reading
        text = reading.text
        for at in range(self._read_to, place):
            item = reading.items[at]
            if not isinstance(item, Phrase):
                continue
            opens = at - reading.sentence[at] <= OPENING
            opening: Mark | None = None
            for mark in item.marks:
                if mark.kind == "e" and not reading.entities[mark.number].nominal:
                    if opens and mark.start == item.start:
                        self.heads[self.label(mark)] = reading.said(mark)
                    else:
                        self.heads.setdefault(self.label(mark), reading.said(mark))
                if opens and opening is None and mark.kind in "eg":
                    opening = mark
            if opening is not None and self.label(opening) != "ORG":
                self.opened.append(opening)
            if item.end - item.start >= 5:
                for found in _HEAD.finditer(text, item.start + 3, item.end):
                    start = reading.stretch(at)[0] if text[item.start - 1 : item.start].isalnum() else item.start
                    self.heads[found[0]] = text[start : found.end()]
        self._read_to = max(self._read_to, place)


def _sections(reading: Reading) -> list[int]:
    """Where the items of each section begin: a short line without full stop heads one."""
    items = reading.items
    starts = [0]
    for place, item in enumerate(items):
        if item.kind == "|" and place and items[place - 1].kind not in ".|)":
            line = reading.line[place - 1]
            short = item.start - items[line].start <= HEADING
            if short and line > starts[-1] and not any(one.kind == "." for one in items[line:place]):
                starts.append(line)
    return starts
