"""The records of a text's facts, made of what was decided for each of its quantities."""

from bisect import bisect_right
from typing import Final

import regex

from ..lexicon import column
from ..quantity.units import RATES, alternatives
from ..records import Basis, Entity, Fact, Kind, Modality
from ..script import as_written
from .clauses import Reading
from .decide import metric_id
from .decision import Candidate, Decision


def _words(kind: str) -> regex.Pattern[str]:
    return regex.compile(r"(?:\L<words>)", words=column("fact_words", "word", kind=kind))


_BASES: Final[tuple[tuple[Basis, regex.Pattern[str]], ...]] = (
    ("yoy", _words("yoy")),
    ("qoq", _words("qoq")),
    ("other", _words("other")),
)
BASIS_REACH = 30
"""Characters before a change in which what it is measured against is named."""
_EACH: Final = regex.compile(rf"每({alternatives(RATES)})[\p{{Han}}]{{0,4}}$")
_EACH_REACH = 8


def facts_of(reading: Reading, written: str, decisions: list[Decision]) -> list[Fact]:
    """One fact for each decision. written: the text as it is quoted, if that is in another script."""
    making = _Making(reading, written)
    return [making.fact(number, decision) for number, decision in enumerate(decisions)]


class _Making:
    """What the facts of one text name."""

    def __init__(self, reading: Reading, written: str):
        self.reading, self.written = reading, written
        self._named = {entity.text: entity for entity in reversed(reading.entities)}
        self._places = [entity for entity in reading.entities if entity.label in ("ZONE", "PLACE")]
        self._starts = [entity.start for entity in self._places]

    def fact(self, number: int, decision: Decision) -> Fact:
        reading = self.reading
        quantity = reading.quantities[number]
        place = reading.at[number]
        sentence = reading.items[reading.items[place].sentence].start
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
        text, start = self.reading.text, max(sentence, position - _EACH_REACH)
        if text.find("每", start, position) < 0:
            return None
        each = _EACH.search(text, start, position)
        return RATES[each[1]] if each else None


def _basis(text: str, position: int, sentence: int) -> Basis | None:
    """What a change is measured against; None where the text does not say."""
    before = text[max(sentence, position - BASIS_REACH) : position]
    for basis, pattern in _BASES:
        if pattern.search(before):
            return basis
    return None
