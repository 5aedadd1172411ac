"""Names of projects: 申能·中交400MW/800MWh独立储能项目 is one, 重点项目 and 17个项目 are classes."""

import re
from bisect import bisect_left
from typing import Final

import regex

from ..facts.candidates import unit_class
from ..facts.clauses import Item, Phrase, Reading
from ..lexicon import column
from ..records import Entity

_HEAD: Final = re.compile(r"(?:项目|工程)(?!部|数|库|量|化|师|建设热潮|负责|机械|学|技术|院|公司|个数|总数)")
_CLASS: Final = regex.compile(r"(?:\L<words>)+", words=column("project_classes", "word"))
_CLOSES: Final = column("project_classes", "word", closes="1")
MAX_NAME = 60
"""Characters of a project's name."""
LEAST = 4
"""Characters that must tell the project from others where no company, zone or place opens its name."""


class Mention:
    """A project's name at [start, end) of the text, and the place of its last phrase among the items.

    heads: companies, zones and places in the name.
    """

    def __init__(self, start: int, end: int, place: int, heads: list[Entity]):
        self.start, self.end, self.place, self.heads = start, end, place, heads

    def key(self, text: str) -> str:
        """The name without zones and places before it and without quotes: mentions with one key are one project."""
        start = self.start
        for head in self.heads:
            if head.start == start and head.label != "COMPANY":
                start = head.end
        return text[start : self.end].strip("的 “”")


def mentions(reading: Reading) -> list[Mention]:
    """Every mention of a project by name, in order."""
    text = reading.text
    found = []
    last = -1
    for head in _HEAD.finditer(text):
        place = reading.place(head.start() + 1) - 1
        item = reading.items[place] if place >= 0 else None
        if place == last or not isinstance(item, Phrase) or not item.start < head.start() < item.end:
            continue
        if item.end - item.start > 4 * MAX_NAME:
            continue  # no clause of Chinese is so long without a boundary
        mention = _mention(reading, place, item, head.start(), head.end())
        if mention is not None:
            last = place
            found.append(mention)
    return found


def _mention(reading: Reading, place: int, item: Phrase, head: int, end: int) -> Mention | None:
    text = reading.text
    inside: list[Item] = [item]
    start, first = item.start, place
    while first and reading.items[first - 1].end == inside[0].start and len(inside) < 6:
        before = reading.items[first - 1]
        if before.kind == "q":
            if unit_class(reading.quantities[before.number].unit) != "measure":
                break  # 17个项目 is no name
        elif not isinstance(before, Phrase) and not (before.kind == "/" and text[before.start] == "/"):
            break
        inside.insert(0, before)
        first, start = first - 1, before.start
    if inside[0].kind == "/":
        start = inside[1].start
    heads = [
        reading.entities[mark.number]
        for phrase in inside
        if isinstance(phrase, Phrase)
        for mark in phrase.marks
        if mark.kind == "e" and mark.end <= head
    ]
    heads = [entity for entity in heads if entity.label in ("COMPANY", "ZONE", "PLACE") and not entity.nominal]
    of = text.rfind("的", max(0, start - 1), head)
    if of >= start and head - of > LEAST:  # 鄂尔多斯市援建的|羊绒集团羊绒衫项目
        start = of + 1
        heads = [entity for entity in heads if entity.start >= start]
    elif heads and text[start : heads[0].start] and not any(phrase.kind == "q" for phrase in inside):
        start = heads[0].start
    told = "".join(text[a:b] for a, b in _gaps(start, head, heads)).replace("的", "")
    measured = any(phrase.kind == "q" for phrase in inside)
    if end - start > MAX_NAME or told.endswith(_CLOSES):
        return None
    if not measured and (len(told) < (2 if heads else LEAST) or _CLASS.fullmatch(told)):
        return None
    if not heads and not measured and not (of >= 0 and _company_before(reading, place, start)):
        return None  # 民间资本推介优质项目
    return Mention(start, end, place, heads)


def _company_before(reading: Reading, place: int, start: int) -> bool:
    """Whether the clause names a company before a position: 江州化工投资100亿元的|精细化工项目."""
    clause = reading.items[reading.items[place].clause].start
    i = bisect_left(reading.entities, start, key=lambda entity: entity.start) - 1
    while i >= 0 and reading.entities[i].start >= clause:
        if reading.entities[i].label == "COMPANY":
            return True
        i -= 1
    return False


def _gaps(start: int, end: int, heads: list[Entity]) -> list[tuple[int, int]]:
    """What of [start, end) no entity covers."""
    gaps = []
    for entity in heads:
        gaps.append((start, entity.start))
        start = entity.end
    gaps.append((start, end))
    return [(a, b) for a, b in gaps if a < b]
