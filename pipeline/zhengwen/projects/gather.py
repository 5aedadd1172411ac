"""Gathers what a text says of each project that it names.

Mentions of one project are one record. Its facts are those whose subject is the project, those inside its name, and those
right behind it that only a project bears (总投资, 占地, 年产).
"""

from bisect import bisect_left

import regex

from ..facts.candidates import unit_class
from ..facts.clauses import Reading
from ..facts.decide import family
from ..lexicon import table
from ..quantity.units import DIMENSIONS
from ..records import Entity, Fact, Project, Stage
from .names import Mention, mentions

_STAGES: dict[str, Stage] = {row["word"]: row["stage"] for row in table("stages")}  # type: ignore[misc]
_STAGE = regex.compile(r"\L<words>", words=list(_STAGES))
_KINDS = {
    "total_investment": "investment",
    "planned_investment": "investment",
    "investment": "investment",
    "area": "area",
    "employment": "jobs",
    "capacity": "capacity",
    "output": "capacity",
    "installed_capacity": "capacity",
}
"""Metric identifier → the key of a project's record that it fills."""
LEAST = 4
"""Characters of a subject that can name a project."""
TAIL = 3
"""Characters by which names are compared first."""
MANY = 50
"""Names with one ending that are compared."""
BEHIND = 40
"""Characters behind a name in which a project's own figures follow."""


class Gatherer:
    """The projects of one text."""

    def __init__(self, reading: Reading, written: str, facts: list[Fact], date: str | None):
        self.reading, self.written, self.date = reading, written, date
        quantities = {quantity.id: quantity for quantity in reading.quantities}
        self._facts = [(quantities[fact.quantity], fact) for fact in facts]
        self._fact_starts = [quantity.start for quantity, _ in self._facts]
        self._named = [entity for entity in reading.entities if entity.label in ("COMPANY", "ZONE", "PLACE")]
        self._named_starts = [entity.start for entity in self._named]

    def projects(self) -> list[Project]:
        text = self.reading.text
        known = _Known()
        found = mentions(self.reading)
        for number, mention in enumerate(found):
            key = mention.key(text)
            project = known.get(key)
            if project is None:
                name = self.written[mention.start : mention.end]
                project = Project(f"p{len(known.projects) + 1}", name, [], None, None, None, None, [])
                known.add(key, project)
            following = found[number + 1].start if number + 1 < len(found) else len(text)
            previous = found[number - 1].end if number else 0
            self._add(project, mention, previous, following)
        for quantity, fact in self._facts:
            if fact.subject and len(fact.subject) >= LEAST and (borne := known.get(fact.subject)):
                _take(borne, fact, quantity.unit)
        for project in known.projects:
            project.facts.sort(key=lambda fact: int(fact[1:]))
        return known.projects

    def _add(self, project: Project, mention: Mention, previous: int, following: int) -> None:
        items = self.reading.items
        clause, sentence = items[mention.place].clause, items[mention.place].sentence
        before = self._before(max(previous, items[sentence].start), mention.start)
        companies = [entity for entity in mention.heads if entity.label == "COMPANY"]
        if not companies:  # 江州化工投资100亿元的|精细化工项目
            companies = [one for one in before if one.label == "COMPANY" and one.start >= items[clause].start][-1:]
        if not project.companies:
            project.companies = list({entity.canonical: entity.id for entity in companies}.values())
        around = [*before, *mention.heads]
        for label, key in (("ZONE", "zone"), ("PLACE", "place")):
            if getattr(project, key) is None:
                setattr(project, key, next((one.id for one in reversed(around) if one.label == label), None))
        end = self._sentence_end(mention.place)
        if project.stage is None and (stage := self._stage(items[sentence].start, mention, end)):
            project.stage, project.date = stage, self._day(sentence, mention.place) or self.date
        for i in range(bisect_left(self._fact_starts, mention.start), len(self._facts)):
            quantity, fact = self._facts[i]
            if quantity.start >= min(end, following, mention.end + BEHIND):
                break
            inside = quantity.start < mention.end
            if inside or (family(fact.metric) == "project" and unit_class(quantity.unit) != "count"):
                _take(project, fact, quantity.unit, inside)

    def _before(self, start: int, end: int) -> list[Entity]:
        return self._named[bisect_left(self._named_starts, start) : bisect_left(self._named_starts, end)]

    def _sentence_end(self, place: int) -> int:
        items = self.reading.items
        return next((item.start for item in items[place : place + 60] if item.kind in ".|"), items[-1].end)

    def _stage(self, start: int, mention: Mention, end: int) -> Stage | None:
        """The stage word nearest behind the name, else the last before it, in the sentence."""
        if behind := _STAGE.search(self.reading.text, mention.end, end):
            return _STAGES[behind[0]]
        before = [found[0] for found in _STAGE.finditer(self.reading.text, start, mention.start)]
        return _STAGES[before[-1]] if before else None

    def _day(self, sentence: int, place: int) -> str | None:
        """The first day of the last date that the sentence names before the project."""
        for j in range(place, sentence - 1, -1):
            item = self.reading.items[j]
            if item.kind == "t" and self.reading.times[item.number].grain in ("day", "month"):
                return self.reading.times[item.number].time.start
        return None


class _Known:
    """The projects found so far, by the end of their names: what ends in the same words is the same."""

    def __init__(self) -> None:
        self.projects: list[Project] = []
        self._by_end: dict[str, list[tuple[str, Project]]] = {}

    def add(self, name: str, project: Project) -> None:
        bare = _bare(name)
        self.projects.append(project)
        self._by_end.setdefault(bare[-TAIL:], []).append((bare, project))

    def get(self, name: str) -> Project | None:
        """The project that a name names, in full or by its end, with or without 项目."""
        bare = _bare(name)
        for known, project in self._by_end.get(bare[-TAIL:], ())[:MANY]:
            if known.endswith(bare) or bare.endswith(known):
                return project
        return None


def _bare(name: str) -> str:
    return name.removesuffix("项目").removesuffix("工程")


def _take(project: Project, fact: Fact, unit: str, inside: bool = False) -> None:
    """Add a fact, and fill the key of the record that its metric fills; inside: it stands in the project's name."""
    if fact.id in project.facts:
        return
    project.facts.append(fact.id)
    key = _KINDS.get(fact.metric_id or "")
    if key == "investment" and unit_class(unit) != "money":
        key = None
    if key is None and (inside or fact.metric_id is None):
        key = "capacity" if DIMENSIONS.get(unit.partition("/")[0]) in _CAPACITY[inside] else None
    if key is not None and getattr(project, key) is None:
        setattr(project, key, fact.id)


_CAPACITY = {True: ("power", "energy", "mass", "volume"), False: ("power", "energy")}
"""What a capacity is measured in, inside a project's name and elsewhere."""
