"""All that an evaluation says: figures with intervals, their breakdown, errors; and how much better another output is."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import numpy as np

from ..gold.documents import GoldDocument
from .bootstrap import ROUNDS, Difference, Floats, Interval, differences, intervals, scores
from .score import Scored
from .tally import Measure, Miss, Tally

LENGTHS = (400, 800, 1600)
"""Characters of a text at which the next class of length begins."""
CENTRAL = (
    Measure("entities", "strict", "all"),
    Measure("roles", "found"),
    Measure("quantities", "exact"),
    Measure("facts", "stated"),
    Measure("projects", "found"),
)
"""What is broken down by source, year and length."""


class Figure(msgspec.Struct, frozen=True):
    """Precision, recall and F1 of a measure, each with its interval; `found` and `gold` are what they are shares of."""

    task: str
    name: str
    label: str
    p: float
    r: float
    f1: float
    p_interval: Interval
    r_interval: Interval
    f1_interval: Interval
    right: float
    found: float
    gold: float
    against: Difference | None = None
    """How much better the other output is."""

    @property
    def measure(self) -> Measure:
        return Measure(self.task, self.name, self.label)


class Group(msgspec.Struct, frozen=True):
    """A part of the documents, with the F1 of each central measure; None where nothing was asked."""

    by: str
    value: str
    documents: int
    f1: dict[str, float | None]


class Rule(msgspec.Struct, frozen=True):
    """What one rule, lexicon or model found, and how much of it is right (facts: metric and subject)."""

    task: str
    by: str
    right: int
    found: int


class Report(msgspec.Struct, frozen=True):
    """All that an evaluation says."""

    gold: list[dict[str, Any]]
    documents: int
    scored: str
    missing: list[str]
    """Documents of which the output has no record."""
    unknown: list[str]
    """Documents of the output that gold does not have: not scored."""
    failures: list[str]
    rounds: int
    figures: list[Figure]
    groups: list[Group]
    rules: list[Rule]
    misses: list[Miss]
    against: str | None = None
    against_missing: list[str] = []
    against_unknown: list[str] = []
    against_failures: list[str] = []

    def figure(self, *measure: str) -> Figure:
        """The figure of a measure, such as ("entities", "strict", "ZONE")."""
        return next(one for one in self.figures if one.measure == Measure(*measure))


def report(
    documents: list[GoldDocument],
    first: Scored,
    second: Scored | None = None,
    rounds: int = ROUNDS,
    gold: Sequence[dict[str, Any]] = (),
) -> Report:
    measures = sorted({measure for one in (first, second) if one for tally in one.tallies for measure in tally.counts}, key=_order)  # fmt: skip
    counts = _array(first, measures)
    values, bounds = scores(counts.sum(0)), intervals(counts, rounds)
    compared = differences(counts, _array(second, measures), rounds) if second else [None] * len(measures)
    figures = []
    for i, measure in enumerate(measures):
        p, r, f1 = values[i].tolist()
        of_p, of_r, of_f1 = (Interval(*bound) for bound in bounds[i].tolist())
        right, found, _, asked = counts[:, i].sum(0).tolist()
        figures.append(Figure(*measure, p, r, f1, of_p, of_r, of_f1, right, found, asked, compared[i]))
    return Report(
        gold=list(gold),
        documents=len(documents),
        scored=first.name,
        missing=first.missing,
        unknown=first.unknown,
        failures=first.failures,
        rounds=rounds,
        figures=figures,
        groups=_groups(documents, counts, measures),
        rules=_rules(first.tallies),
        misses=[miss for tally in first.tallies for miss in tally.misses],
        against=second.name if second else None,
        against_missing=second.missing if second else [],
        against_unknown=second.unknown if second else [],
        against_failures=second.failures if second else [],
    )


def _array(scored: Scored, measures: list[Measure]) -> Floats:
    """[documents, measures, 4] counts."""
    nothing = [0.0] * 4
    rows = [[tally.counts.get(measure, nothing) for measure in measures] for tally in scored.tallies]
    return np.array(rows, dtype=float).reshape(len(rows), len(measures), 4)


_TASKS = ("entities", "roles", "quantities", "facts", "projects", "words", "layout")
_NAMES = ("strict", "type", "partial", "exact", "found", "organisation", "stated", "whole", "metric", "subject")
_LABELS = ("all", "mission")


def _order(measure: Measure) -> tuple[object, ...]:
    """The order of the report: tasks as they follow one another, the whole before its parts."""
    place = [names.index(name) if name in names else len(names) for names, name in zip((_TASKS, _NAMES, _LABELS), measure, strict=True)]  # fmt: skip
    return (place[0], place[1], place[2], *measure)


def _groups(documents: list[GoldDocument], counts: Floats, measures: list[Measure]) -> list[Group]:
    keys: dict[str, Callable[[GoldDocument], str]] = {
        "source": lambda one: (one.source or "unknown").partition(":")[0],
        "province": lambda one: one.province or "unknown",
        "genre": lambda one: one.genre or "unknown",
        "year": lambda one: (one.date or "unknown")[:4] if one.date else "unknown",
        "length": lambda one: _length(len(one.text)),
    }
    central = [(measure, measures.index(measure)) for measure in CENTRAL if measure in measures]
    groups = []
    for by, key in keys.items():
        members = defaultdict(list)
        for i, document in enumerate(documents):
            members[key(document)].append(i)
        if len(members) < 2:
            continue
        for value, rows in sorted(members.items()):
            totals = counts[rows].sum(0)
            f1 = scores(totals)[:, 2]
            figures = {str(measure): float(f1[j]) if totals[j].any() else None for measure, j in central}
            groups.append(Group(by, value, len(rows), figures))
    return groups


def _length(characters: int) -> str:
    below = 0
    for limit in LENGTHS:
        if characters < limit:
            return f"{below:>4}–{limit - 1}"
        below = limit
    return f"{below:>4} and more"


def _rules(tallies: list[Tally]) -> list[Rule]:
    right: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for tally in tallies:
        for key, counts in tally.rules.items():
            right[key] += counts[0]
            found[key] += counts[1]
    return [Rule(*key, right[key], found[key]) for key in sorted(found, key=lambda key: (key[0], -found[key], key[1]))]
