"""Decisions: for each quantity of a text, in order, its metric, subject, kind, time and modality."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from ..lexicon import table
from .candidates import Candidate, Stated, metric_candidates, unit_class
from .circumstances import (
    KIND_LABELS,
    MODALITY_LABELS,
    When,
    kind_context,
    modality_context,
    time_candidates,
)
from .clauses import Reading
from .scores import Choice, Context, Scorer, scorers
from .subjects import Subjects, is_part

_FAMILIES = {row["id"]: row["family"] for row in table("metric_families")}
_IDS = {row["word"]: row["id"] for row in table("metrics")}

MEMORY = 15
"""Facts of a sentence that a later one can take over from."""
Judge = Callable[[str, int, Sequence[Any], Context, int], int]
"""Told of each choice (field, quantity number, candidates, context, the one that scores highest); gives the one taken."""


class Decision:
    """What one fact is."""

    def __init__(self, metric: Candidate, subject: Candidate, kind: str, when: When, modality: str):
        self.metric, self.subject, self.kind, self.when, self.modality = metric, subject, kind, when, modality


@lru_cache(maxsize=8192)
def metric_id(metric: str | None) -> str | None:
    """The identifier of the longest metric word that a metric ends in or holds."""
    if not metric:
        return None
    if known := _IDS.get(metric):
        return known
    for size in range(min(len(metric), 10), 1, -1):
        for start in range(len(metric) - size, -1, -1):
            if known := _IDS.get(metric[start : start + size]):
                return known
    return None


def family(metric: str | None) -> str:
    """What kind of thing bears the metric: project, money or indicator; "" for what is counted."""
    known = metric_id(metric)
    if known:
        return _FAMILIES.get(known, "indicator")
    return "indicator" if metric and metric[-1] in "率量额值价费比" else ""


def decide(
    reading: Reading, date: str | None, judge: Judge | None = None, weigh: dict[str, Scorer] | None = None
) -> list[Decision]:
    """One decision for each quantity. date: the article's, ISO 8601; weigh: other weights than the packaged ones."""
    weigh = scorers() if weigh is None else weigh

    def choose(field: str, number: int, candidates: Sequence[Choice], context: Context) -> int:
        best = weigh[field].best(candidates, context)
        return judge(field, number, candidates, context, best) if judge else best

    bearers = Subjects(reading)
    decisions: list[Decision] = []
    before: list[Stated] = []
    by_class: dict[str, Stated] = {}
    earlier: Stated | None = None
    last_time: tuple[int, int, str] | None = None
    last_modality: tuple[int, str] | None = None
    for number, quantity in enumerate(reading.quantities):
        place = reading.at[number]
        items = reading.items
        if before and before[-1].place < reading.sentence[place]:
            earlier = before[-1] if before[-1].place >= reading.line[place] else None
            before = []
        elif earlier and earlier.place < reading.line[place]:
            earlier = None
        unit = unit_class(quantity.unit)
        title = "title" if reading.in_title(place) else "text"
        left = items[place - 1].kind if place else ""
        right = items[place + 1].kind if place + 1 < len(items) else ""
        metrics = metric_candidates(reading, place, before)
        metric = metrics[choose("metric", number, metrics, (unit, right, left, left + right, quantity.bound))]
        context = (unit, family(metric.text), metric.kind, right, left, title)
        parallel = by_class.get(unit)
        if parallel and parallel.place < reading.line[place]:
            parallel = None
        subjects = bearers.candidates(place, metric, before, earlier, parallel)
        subject = subjects[choose("subject", number, subjects, context)]
        kind = KIND_LABELS[
            choose("kind", number, KIND_LABELS, kind_context(reading, place, unit, quantity.bound, metric))
        ].kind
        times = time_candidates(reading, place, last_time)
        when = times[choose("time", number, times, (unit, title, kind, metric.kind, subject.kind))]
        modality = MODALITY_LABELS[
            choose(
                "modality", number, MODALITY_LABELS, modality_context(reading, place, last_modality, metric, date, when)
            )
        ].kind
        decisions.append(Decision(metric, subject, kind, when, modality))
        stated = Stated(place, unit, metric, subject, is_part(reading, place))
        before = [*before[-MEMORY:], stated]
        by_class[unit] = stated
        last_time, last_modality = (place, when.number, unit), (place, modality)
    return decisions
