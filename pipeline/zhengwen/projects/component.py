"""`zhengwen_projects`: gathers the facts of each project named in an article.

A project is a name that ends in 项目 or 工程 with a company, zone or place at its head, or in quotes. Its facts are those
of the sentence it stands in.
"""

from bisect import bisect_left, bisect_right

import regex
from spacy.language import Language
from spacy.tokens import Doc

from ..extensions import text_of
from ..lexicon import table
from ..records import Entity, Fact, Project, Quantity, Stage
from ..script import simplified

_STAGES: dict[str, Stage] = {row["word"]: row["stage"] for row in table("stages")}  # type: ignore[misc]
_STAGE = regex.compile(r"\L<words>", words=list(_STAGES))
_NAME_END = regex.compile(r"(?:项目|工程)(?!部|数|库|建设热潮|负责)")
_INSIDE = regex.compile(r"(?r)[\p{Han}A-Za-z0-9·/（）()“”.%-]*")
_CLASS = regex.compile(r"(?:开工|签约|投产|在建|竣工|重点|重大|建设|制造业|\d[个项家]|共有?|等)$|共有|当天|召开")
"""What stands before 项目 or inside a phrase that speaks of projects and names none."""
_SENTENCE_END = regex.compile(r"[。！？；\n]")
MAX_NAME = 60
"""Characters of a project's name."""


@Language.factory("zhengwen_projects")
class ProjectFinder:
    """Sets `doc._.projects` from `doc._.entities` and `doc._.facts`."""

    def __init__(self, nlp: Language, name: str):
        pass

    def __call__(self, doc: Doc) -> Doc:
        written = text_of(doc)
        text = simplified(written)
        date = doc._.layout.date if doc._.layout else None
        heads: list[Entity] = [entity for entity in doc._.entities if entity.label in ("COMPANY", "ZONE", "PLACE")]
        starts = [entity.start for entity in heads]
        quantities: dict[str, Quantity] = {quantity.id: quantity for quantity in doc._.quantities}
        facts: list[Fact] = doc._.facts
        fact_starts = [quantities[fact.quantity].start for fact in facts]
        projects: dict[str, Project] = {}
        for end in _NAME_END.finditer(text):
            stretch = _INSIDE.match(text, max(0, end.start() - MAX_NAME), end.start())
            begin = stretch.start() if stretch else end.start()
            i = bisect_right(starts, begin - 1)
            inside = [entity for entity in heads[i : i + 8] if entity.end <= end.start()]
            if not inside or inside[0].end == end.start() or _CLASS.search(text, inside[0].end, end.start()):
                continue
            name = written[inside[0].start : end.end()]
            sentence = _sentence(text, inside[0].start, end.end())
            project = projects.setdefault(name, Project(f"p{len(projects) + 1}", name, [], None, None, None, None, []))
            _add(project, text, inside, sentence, date)
            for fact in facts[bisect_left(fact_starts, sentence[0]) : bisect_left(fact_starts, sentence[1])]:
                if (
                    _belongs(fact, quantities[fact.quantity], inside[0].start, end.end())
                    and fact.id not in project.facts
                ):
                    project.facts.append(fact.id)
        doc._.projects = list(projects.values())
        return doc


def _belongs(fact: Fact, quantity: Quantity, start: int, end: int) -> bool:
    """A fact inside the project's name, or one with a known metric right after it."""
    return start <= quantity.start < end or (
        quantity.start >= end and quantity.start - end <= 40 and fact.metric_id is not None
    )


def _add(project: Project, text: str, inside: list[Entity], sentence: tuple[int, int], date: str | None) -> None:
    if not project.companies:
        project.companies = list(
            {entity.canonical: entity.id for entity in inside if entity.label == "COMPANY"}.values()
        )
    for entity in inside:
        if entity.label == "ZONE":
            project.zone = project.zone or entity.id
        elif entity.label == "PLACE":
            project.place = project.place or entity.id
    if stage := _STAGE.search(text, *sentence):
        project.stage = project.stage or _STAGES[stage[0]]
        project.date = project.date or date


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    first = 0
    for found in _SENTENCE_END.finditer(text, max(0, start - 300), start):
        first = found.end()
    last = _SENTENCE_END.search(text, end, end + 300)
    return max(first, start - 300), last.start() if last else min(len(text), end + 300)
