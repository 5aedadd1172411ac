"""What a text speaks of: its sections, the bearers that open its sentences, the full names that 该项目 points back to."""

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import Final

from ..records import Entity
from .clauses import Mark, Phrase, Reading

HEADING = 42
"""Characters of a line that heads a section, at most."""
BACK = 40
"""Sentence openings looked back over."""
FAR = 3000
"""Characters looked back over for a full name."""
HEADS: Final = (
    "项目",
    "工程",
    "生产线",
    "基地",
    "中心",
    "产业园",
    "大桥",
    "铁路",
    "高速公路",
    "公路",
    "电站",
    "工厂",
    "园区",
)
"""Last words of things that are built or invested in."""
COMPANY: Final = ("公司", "企业", "集团", "该厂")
ZONE: Final = ("园区", "开发区", "高新区", "经开区", "该区", "示范区", "新区")


class Topics:
    """Asked for the topic at a place of one text."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self._sections = _sections(reading)
        self._main: dict[int, str | None] = {}
        self._named: dict[str, list[Entity]] = {}

    def label(self, mark: Mark) -> str:
        """The label of an entity; of another bearer the kind of mark."""
        return self.reading.entities[mark.number].label if mark.kind == "e" else mark.kind

    def section(self, place: int) -> tuple[str | None, int]:
        """The bearer named most often in the section that a place is in, and where the section begins in the text."""
        reading = self.reading
        items = reading.items
        at = bisect_right(self._sections, place) - 1
        first = self._sections[at]
        if at not in self._main:
            last = self._sections[at + 1] if at + 1 < len(self._sections) else len(items)
            names: dict[str, int] = {}
            for j in range(first, last):
                item = items[j]
                if isinstance(item, Phrase):
                    for mark in item.marks:
                        if mark.kind == "g" or (mark.kind == "e" and self._names(mark)):
                            said = reading.said(mark)
                            names[said] = names.get(said, 0) + 1
            self._main[at] = max(names, key=names.__getitem__) if names else None
        return self._main[at], items[first].start

    def _names(self, mark: Mark) -> bool:
        entity = self.reading.entities[mark.number]
        return entity.label != "ORG" and not entity.nominal

    def opened(self, sentence: int) -> Mark | None:
        """The bearer that last opened a sentence before this one; bodies, which mostly report, are none."""
        reading = self.reading
        last = bisect_left(reading.openings, sentence) - 1
        for i in range(last, max(last - BACK, -1), -1):
            item = reading.items[reading.openings[i]]
            if isinstance(item, Phrase):
                opening = item.named()
                if opening is not None and self.label(opening) != "ORG":
                    return opening
        return None

    def full_name(self, pointing: str, place: int) -> tuple[str, str] | None:
        """What 该项目, 公司 or 园区 points back to, and its head noun or label; None for no such thing."""
        position = self.reading.items[place].start
        for label, words in (("COMPANY", COMPANY), ("ZONE", ZONE)):
            if pointing.endswith(words) and (name := self._entity(label, position)):
                return name, label
        head = next((head for head in HEADS if pointing.endswith(head)), None)
        name = head and self._thing(head, position)
        return (name, "thing") if name else None

    def _entity(self, label: str, position: int) -> str | None:
        """The last entity of a label that opened a sentence before a position, else the first of all."""
        if not self._named:
            self._name()
        found = self._named[label]
        i = bisect_left(found, position, key=attrgetter("start")) - 1
        return found[i].text if i >= 0 else None

    def _name(self) -> None:
        reading = self.reading
        openings = {reading.items[place].start for place in reading.openings}
        self._named = {"COMPANY": [], "ZONE": []}
        for one in reading.entities:
            named = self._named.get(one.label)
            if named is not None and not one.nominal and (not named or one.start in openings):
                named.append(one)

    def _thing(self, head: str, position: int) -> str | None:
        """The last phrase of some length up to its head noun: X项目."""
        reading = self.reading
        end = position
        while (found := reading.text.rfind(head, max(0, position - FAR), end)) >= 0:
            at = reading.place(found + 1) - 1
            item = reading.items[at]
            if isinstance(item, Phrase) and item.start + 2 < found < item.end:
                joined = reading.text[item.start - 1 : item.start].isalnum()
                start = reading.stretch(at)[0] if joined else item.start
                return reading.text[start : found + len(head)]
            end = found
        return None


def _sections(reading: Reading) -> list[int]:
    """Where the items of each section begin: a short line without full stop heads one."""
    items = reading.items
    starts = [0]
    for place in reading.places["|"]:
        if place and items[place - 1].kind not in ".|)":
            line = items[place - 1].line
            short = items[place].start - items[line].start <= HEADING
            if short and line > starts[-1] and not any(one.kind == "." for one in items[line:place]):
                starts.append(line)
    return starts
