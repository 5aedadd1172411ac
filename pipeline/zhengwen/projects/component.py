"""`zhengwen_projects`: the spaCy component that gathers what an article says of each project that it names."""

from spacy.language import Language
from spacy.tokens import Doc

from ..extensions import text_of
from ..facts.component import reading_of
from ..records import Project
from .gather import Gatherer


@Language.factory("zhengwen_projects")
class ProjectFinder:
    """Sets `doc._.projects` from `doc._.entities`, `doc._.quantities` and `doc._.facts`."""

    def __init__(self, nlp: Language, name: str):
        pass

    def __call__(self, doc: Doc) -> Doc:
        written = text_of(doc)
        known = doc._
        projects: list[Project] = []
        if "项目" in written or "工程" in written or "項目" in written:
            reading, date = reading_of(doc, written)
            projects = Gatherer(reading, written, known.facts, date).projects()
        known.projects = projects
        return doc
