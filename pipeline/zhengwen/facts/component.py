"""`zhengwen_facts`: the spaCy component that makes a fact of each quantity."""

from spacy.language import Language
from spacy.tokens import Doc

from ..extensions import Scratch, text_of
from ..records import Fact
from ..script import simplified
from .clauses import Reading
from .decide import decide
from .making import facts_of
from .times import find_times


@Language.factory("zhengwen_facts")
class FactFinder:
    """Sets `doc._.facts` from `doc._.quantities` and `doc._.entities`; either may be absent from the pipeline."""

    def __init__(self, nlp: Language, name: str):
        pass

    def __call__(self, doc: Doc) -> Doc:
        known = doc._
        facts: list[Fact] = []
        if known.quantities:
            written = text_of(doc)
            reading, date = reading_of(doc, written)
            facts = facts_of(reading, written, decide(reading, date))
        known.facts = facts
        return doc


def reading_of(doc: Doc, written: str) -> tuple[Reading, str | None]:
    """The Doc's text as clauses and phrases, and the article's date. It stays with the Doc: projects are read from it too."""
    known = doc._
    layout, entities, quantities, left = known.layout, known.entities, known.quantities, known.scratch
    date = layout.date if layout else None
    if left and left.value and left.value[0] == (written, date, entities, quantities):
        return left.value[1], date
    text = simplified(written)
    times = find_times(text, date, written, [quantity.start for quantity in quantities])
    reading = Reading(text, entities, quantities, times)
    known.scratch = Scratch(((written, date, [*entities], [*quantities]), reading))
    return reading, date
