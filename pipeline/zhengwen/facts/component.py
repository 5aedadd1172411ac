"""`zhengwen_facts`: the spaCy component that makes a fact of each quantity."""

from bisect import bisect_right

import regex
from spacy.language import Language
from spacy.tokens import Doc

from ..extensions import Scratch, text_of
from ..lexicon import column
from ..quantity.units import RATES, alternatives
from ..records import Basis, Entity, Fact, Kind, Modality
from ..script import as_written, simplified
from .candidates import Candidate
from .clauses import Reading
from .decide import Decision, decide, metric_id
from .times import find_times


def _words(kind: str) -> regex.Pattern[str]:
    return regex.compile(r"(?:\L<words>)", words=column("fact_words", "word", kind=kind))


_BASES: tuple[tuple[Basis, regex.Pattern[str]], ...] = (
    ("yoy", _words("yoy")),
    ("qoq", _words("qoq")),
    ("other", _words("other")),
)
BASIS_REACH = 30
"""Characters before a change in which what it is measured against is named."""
_EACH = regex.compile(rf"每({alternatives(RATES)})[\p{{Han}}]{{0,4}}$")


@Language.factory("zhengwen_facts")
class FactFinder:
    """Sets `doc._.facts` from `doc._.quantities` and `doc._.entities`; either may be absent from the pipeline."""

    def __init__(self, nlp: Language, name: str):
        pass

    def __call__(self, doc: Doc) -> Doc:
        if not doc._.quantities:
            doc._.facts = []
            return doc
        written = text_of(doc)
        reading, date = reading_of(doc, written)
        made = _Facts(reading, written)
        doc._.facts = [made.fact(i, decision) for i, decision in enumerate(decide(reading, date))]
        return doc


def reading_of(doc: Doc, written: str) -> tuple[Reading, str | None]:
    """The Doc's text as clauses and phrases, and the article's date. It stays with the Doc: projects are read from it too."""
    date = doc._.layout.date if doc._.layout else None
    source = (written, date, doc._.entities, doc._.quantities)
    left = doc._.scratch
    if left and left.value and left.value[0] == source:
        return left.value[1], date
    text = simplified(written)
    times = find_times(text, date, written, [quantity.start for quantity in doc._.quantities])
    reading = Reading(text, doc._.entities, doc._.quantities, times)
    doc._.scratch = Scratch(((written, date, [*doc._.entities], [*doc._.quantities]), reading))
    return reading, date


class _Facts:
    """Makes the records of one text's decisions."""

    def __init__(self, reading: Reading, written: str):
        self.reading, self.written = reading, written
        self._named = {entity.text: entity for entity in reversed(reading.entities)}
        self._places = [entity for entity in reading.entities if entity.label in ("ZONE", "PLACE")]
        self._starts = [entity.start for entity in self._places]

    def fact(self, number: int, decision: Decision) -> Fact:
        reading = self.reading
        quantity = reading.quantities[number]
        place = reading.at[number]
        sentence = reading.items[reading.sentence[place]].start
        scope = self._scope(sentence, quantity.start)
        subject = self._written(decision.subject)
        kind: Kind = decision.kind  # type: ignore[assignment]
        modality: Modality = decision.modality  # type: ignore[assignment]
        return Fact(
            id=f"f{number + 1}",
            quantity=quantity.id,
            metric=self._written(decision.metric),
            metric_id=metric_id(decision.metric.text),
            subject=subject,
            subject_entity=self._entity(subject, decision.subject),
            scope=scope.text if scope else None,
            scope_entity=scope.id if scope else None,
            kind=kind,
            basis=_basis(reading.text, quantity.start, sentence) if kind == "change" else None,
            per=self._per(quantity.unit, quantity.start, sentence),
            time=reading.times[decision.when.number].time if decision.when.number >= 0 else None,
            modality=modality,
            by=f"metric:{decision.metric.kind} subject:{decision.subject.kind}",
        )

    def _written(self, candidate: Candidate) -> str | None:
        if candidate.start >= 0:
            return self.written[candidate.start : candidate.end]
        return candidate.text and as_written(candidate.text, self.reading.text, self.written)

    def _entity(self, subject: str | None, candidate: Candidate) -> str | None:
        """The entity that the subject names: the same words, or the last bearer inside them."""
        if subject is None:
            return None
        if entity := self._named.get(subject):
            return entity.id
        i = bisect_right(self._starts, candidate.end - 1) - 1
        if candidate.start >= 0 and i >= 0 and self._places[i].end == candidate.end:
            return self._places[i].id if self._places[i].start >= candidate.start else None
        return None

    def _scope(self, sentence: int, position: int) -> Entity | None:
        """The last zone or place that the sentence names before a position."""
        i = bisect_right(self._starts, position - 1) - 1
        return self._places[i] if i >= 0 and self._starts[i] >= sentence else None

    def _per(self, unit: str, position: int, sentence: int) -> str | None:
        if per := unit.partition("/")[2]:
            return per
        each = _EACH.search(self.reading.text, max(sentence, position - 8), position)
        return RATES[each[1]] if each else None


def _basis(text: str, position: int, sentence: int) -> Basis | None:
    """What a change is measured against; None where the text does not say."""
    before = text[max(sentence, position - BASIS_REACH) : position]
    for basis, pattern in _BASES:
        if pattern.search(before):
            return basis
    return None
