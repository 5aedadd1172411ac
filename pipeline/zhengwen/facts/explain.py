"""Why each fact of a text is as it is: every choice with its candidates, their scores and what weighed most."""

from collections.abc import Sequence
from typing import Any

import msgspec
from spacy.language import Language

from ..extensions import text_of
from ..records import Entity, Fact, Layout, Quantity
from .clauses import Reading
from .component import reading_of
from .decide import decide
from .scores import Context, features, scorers


class Option(msgspec.Struct):
    """A candidate of a choice: what it says, how it was found, its score, and its weightiest features."""

    says: str | None
    kind: str
    score: float
    reasons: list[tuple[str, float]]


class Choice(msgspec.Struct):
    """One choice for a quantity, the best option first."""

    field: str
    options: list[Option]


class Sentence(msgspec.Struct):
    """A sentence with what was found in it, and for each quantity the choices and the fact they came to."""

    text: str
    entities: list[Entity]
    quantities: list[Quantity]
    choices: list[list[Choice]]
    facts: list[Fact]


def explain(nlp: Language, text: str, date: str | None = None, options: int = 5, reasons: int = 4) -> list[Sentence]:
    """Each sentence that has a quantity.

    date: the article's, ISO 8601, for times such as 去年. options, reasons: how many of a choice's candidates, and of a
    candidate's features, are kept.
    """
    doc = nlp.make_doc(text)
    doc._.layout = Layout(text, [], [], date=date)
    for _, component in nlp.pipeline:
        doc = component(doc)
    written = text_of(doc)
    quantities: list[Quantity] = doc._.quantities
    if not quantities:
        return []
    reading, _ = reading_of(doc, written)
    choices: list[list[Choice]] = [[] for _ in quantities]

    def watch(field: str, number: int, candidates: Sequence[Any], context: Context, best: int) -> int:
        scorer = scorers()[field]
        weighed = [(scorer.score(one.traits, context), _says(reading, field, one), one) for one in candidates]
        chosen = candidates[best]
        weighed.sort(key=lambda one: (one[2] is not chosen, -one[0]))
        choices[number].append(
            Choice(
                field,
                [
                    Option(says, one.kind, round(score, 2), _reasons(scorer.weights, one, context, reasons))
                    for score, says, one in weighed[:options]
                ],
            )
        )
        return best

    decide(reading, date, watch)
    found: dict[int, Sentence] = {}
    for number, quantity in enumerate(quantities):
        start, end = _sentence(reading, reading.at[number])
        sentence = found.setdefault(
            start,
            Sentence(
                written[start:end].strip(),
                [entity for entity in doc._.entities if start <= entity.start < end],
                [],
                [],
                [],
            ),
        )
        sentence.quantities.append(quantity)
        sentence.choices.append(choices[number])
        sentence.facts += [fact for fact in doc._.facts if fact.quantity == quantity.id]
    return list(found.values())


def _says(reading: Reading, field: str, candidate: Any) -> str | None:
    if field == "time":
        return reading.times[candidate.number].time.text if candidate.number >= 0 else None
    said: str | None = getattr(candidate, "text", candidate.kind)
    return said


def _reasons(weights: dict[str, float], candidate: Any, context: Context, count: int) -> list[tuple[str, float]]:
    found = [
        (feature, weights[feature])
        for feature in dict.fromkeys(features(candidate.traits, context))
        if feature in weights
    ]
    return sorted(found, key=lambda one: -abs(one[1]))[:count]


def _sentence(reading: Reading, place: int) -> tuple[int, int]:
    """Where the sentence of an item begins and ends in the text."""
    items = reading.items
    end = next((item.end for item in items[place:] if item.kind in ".|"), len(reading.text))
    return items[reading.items[place].sentence].start, end
