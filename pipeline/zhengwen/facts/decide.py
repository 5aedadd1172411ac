"""Decisions: for each quantity of a text, in order, its metric, subject, kind, time and modality."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from ..lexicon import table
from .around import between, is_part
from .candidates import metric_candidates, unit_class
from .circumstances import (
    KIND_LABELS,
    MODALITY_LABELS,
    kind_context,
    kind_cues,
    modality_context,
    modality_cues,
    time_candidates,
)
from .clauses import Reading
from .decision import Decision
from .scores import Choice, Chosen, Context, Cues, Scorer, scorers
from .subjects import Subjects

_FAMILIES: Final = {row["id"]: row["family"] for row in table("metric_families")}
_IDS: Final = {row["word"]: row["id"] for row in table("metrics")}

MEMORY = 15
"""Facts of a sentence before the last that a later one can take over from."""
Judge = Callable[[str, int, list[Any], Context, int], int]
"""Told of each choice (field, quantity number, candidates, context, the one that scores highest); gives the one taken."""


def metric_id(metric: str | None) -> str | None:
    """The identifier of the longest metric word that a metric ends in or holds."""
    if not metric:
        return None
    return _IDS.get(metric) or _held(metric)


@lru_cache(maxsize=8192)
def _held(metric: str) -> str | None:
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


class _Chooser:
    """Takes what scores highest, or what a judge says."""

    def __init__(self, weigh: dict[str, Scorer], judge: Judge | None):
        self.weigh, self.judge = weigh, judge

    def best(self, field: str, number: int, candidates: list[Chosen], context: Context) -> Chosen:
        best = self.weigh[field].best(candidates, context)
        if self.judge is not None:
            best = self.judge(field, number, candidates, context, best)
        return candidates[best]

    def label(
        self, field: str, number: int, labels: list[Choice], cues: Cues, context_of: Callable[[Cues], Context]
    ) -> str:
        best = self.weigh[field].label(labels, cues, context_of)
        if self.judge is not None:
            best = self.judge(field, number, labels, context_of(cues), best)
        return labels[best].kind


def decide(
    reading: Reading, date: str | None, judge: Judge | None = None, weigh: dict[str, Scorer] | None = None
) -> list[Decision]:
    """One decision for each quantity. date: the article's, ISO 8601; weigh: other weights than the packaged ones."""
    choose = _Chooser(scorers() if weigh is None else weigh, judge)
    bearers = Subjects(reading)
    items = reading.items
    decisions: list[Decision] = []
    before: list[Decision] = []  # in the sentence
    by_class: dict[str, Decision] = {}
    earlier: Decision | None = None
    last: Decision | None = None
    for number, quantity in enumerate(reading.quantities):
        place = reading.at[number]
        sentence, line = items[place].sentence, items[place].line
        if last is not None and last.place < sentence:
            before = []
            earlier = last if last.place >= line else None
        unit = unit_class(quantity.unit)
        gap = between(items, last.place, place) if last is not None and before else ""
        this = Decision(place, unit, is_part(reading, place), gap)
        title = "title" if reading.in_title(place) else "text"
        left = items[place - 1].kind if place else ""
        right = items[place + 1].kind if place + 1 < len(items) else ""
        metrics = metric_candidates(reading, this, before)
        metric = choose.best("metric", number, metrics, (unit, right, left, left + right, quantity.bound))
        this.metric = metric
        parallel = by_class.get(unit)
        if parallel is not None and parallel.place < line:
            parallel = None
        subjects = bearers.candidates(this, before, earlier, parallel)
        context = (unit, family(metric.text), metric.kind, right, left, title)
        this.subject = choose.best("subject", number, subjects, context)
        cues = kind_cues(reading, this, quantity.bound)
        this.kind = choose.label("kind", number, KIND_LABELS, cues, kind_context)
        times = time_candidates(reading, place, last)
        this.when = choose.best("time", number, times, (unit, title, this.kind, metric.kind, this.subject.kind))
        cues = modality_cues(reading, this, last, date)
        this.modality = choose.label("modality", number, MODALITY_LABELS, cues, modality_context)
        decisions.append(this)
        before.append(this)
        if len(before) > MEMORY + 1:
            del before[0]
        by_class[unit] = last = this
    return decisions
