"""Scores: one linear model for every choice a fact needs.

A choice (metric, subject, time, kind, modality) is among candidates; a candidate's score is the sum of the weights of its
features, and the highest wins, the earlier one if two are equal. Weights are learned by `models/facts/recipe.py`
(conditional log-linear model) and are a readable table.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Protocol

from .. import resources

Context = tuple[str, ...]
MAX_KNOWN = 200_000
"""Scores kept at once; texts differ in few hundred, so that this only guards against text made to differ."""


class Choice(Protocol):
    """What can be chosen: how it was found, and properties of its place."""

    @property
    def kind(self) -> str: ...
    @property
    def props(self) -> tuple[str, ...]: ...


def features(kind: str, props: tuple[str, ...], context: Context) -> Iterator[str]:
    """The features of a candidate: its kind, alone, with each property and piece of context, and with pairs of them."""
    yield kind
    for i, prop in enumerate(props):
        with_prop = f"{kind} {i}={prop}"
        yield with_prop
        if i:
            yield f"{kind} 0={props[0]} {i}={prop}"
        for j, piece in enumerate(context[:2]):
            yield f"{with_prop} @{j}={piece}"
    for j, piece in enumerate(context):
        yield f"{kind} @{j}={piece}"


class Scorer:
    """The weights of one field."""

    def __init__(self, weights: dict[str, float]):
        self.weights = weights
        self._known: dict[tuple[str, tuple[str, ...], Context], float] = {}
        self._labels: Sequence[Choice] | None = None
        self._best: dict[Context, int] = {}

    def score(self, kind: str, props: tuple[str, ...], context: Context) -> float:
        """The score of one candidate, kept: texts differ less than it seems."""
        key = (kind, props, context)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= MAX_KNOWN:
                self._known.clear()
            weights = self.weights
            known = sum(weights.get(feature, 0.0) for feature in features(kind, props, context))
            self._known[key] = known
        return known

    def best(self, candidates: Sequence[Choice], context: Context) -> int:
        """The place of the candidate with the highest score."""
        if candidates is self._labels:  # the same few labels each time: the context alone decides
            best_label = self._best.get(context)
            if best_label is not None:
                return best_label
        known = self._known
        best, highest = 0, float("-inf")
        for i, candidate in enumerate(candidates):
            value = known.get((candidate.kind, candidate.props, context))
            if value is None:
                value = self.score(candidate.kind, candidate.props, context)
            if value > highest:
                best, highest = i, value
        if isinstance(candidates, tuple):
            if self._labels is not candidates or len(self._best) >= MAX_KNOWN:
                self._labels = candidates
                self._best.clear()
            self._best[context] = best
        return best


@cache
def scorers() -> dict[str, Scorer]:
    """A scorer for each field, from `models/facts/weights.tsv` (field, feature, weight)."""
    weights: dict[str, dict[str, float]] = {field: {} for field in FIELDS}
    path = resources.find("models", "facts/weights.tsv")
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            field, feature, weight = line.split("\t")
            weights[field][feature] = float(weight)
    return {field: Scorer(found) for field, found in weights.items()}


FIELDS = ("metric", "subject", "time", "kind", "modality")
