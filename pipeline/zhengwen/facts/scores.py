"""Scores: one linear model for every choice a fact needs.

A choice (metric, subject, time, kind, modality) is among candidates; a candidate's score is the sum of the weights of its
features, and the highest wins, the earlier one if two are equal. Weights are learned by `models/facts/recipe.py`
(conditional log-linear model) and are a readable table.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Final, TypeVar

from .. import resources

Context = tuple[str, ...]
Cues = tuple[str, ...]
"""What a context is made of."""
Traits = tuple[str, ...]
"""How a candidate was found (its kind), and properties of its place."""
PAIRED = 2
"""Pieces of context, the first, that make features with each property too."""
MAX_KNOWN = 100_000
"""Scores kept at once; texts differ in few thousand, so that this only guards against text made to differ."""
_LOWEST: Final = float("-inf")


class Choice:
    """What can be chosen."""

    __slots__ = ("traits",)

    def __init__(self, traits: Traits):
        self.traits = traits

    @property
    def kind(self) -> str:
        return self.traits[0]


Chosen = TypeVar("Chosen", bound=Choice)


def features(traits: Traits, context: Context) -> Iterator[str]:
    """The features of a candidate: its kind, alone, with each property and piece of context, and with pairs of them."""
    kind, props = traits[0], traits[1:]
    yield kind
    for i, prop in enumerate(props):
        with_prop = f"{kind} {i}={prop}"
        yield with_prop
        if i:
            yield f"{kind} 0={props[0]} {i}={prop}"
        for j, piece in enumerate(context[:PAIRED]):
            yield f"{with_prop} @{j}={piece}"
    for j, piece in enumerate(context):
        yield f"{kind} @{j}={piece}"


class Scorer:
    """The weights of one field. Scores are kept, and their parts, which come again more often, and what is chosen among
    labels: texts differ less than it seems."""

    def __init__(self, weights: dict[str, float]):
        self.weights = weights
        self._pieces: dict[tuple[int, str], dict[str, float]] = {}  # piece of context → kind → weight
        for feature, weight in weights.items():
            kind, _, piece = feature.partition(" @")
            if piece and " " not in kind:
                place, _, said = piece.partition("=")
                self._pieces.setdefault((int(place), said), {})[kind] = weight
        self._own: dict[Context, dict[Traits, float]] = {}
        self._known: dict[Context, dict[Traits, float]] = {}
        self._labels: dict[Cues, int] = {}
        self._count = 0

    def score(self, traits: Traits, context: Context) -> float:
        """The score of one candidate."""
        paired = context[:PAIRED]
        own = self._own.setdefault(paired, {})
        value = own.get(traits)
        if value is None:
            value = 0.0
            for feature in features(traits, paired):
                value += self.weights.get(feature, 0.0)
            own[traits] = value
            self._count += 1
        for j, piece in enumerate(context[PAIRED:], PAIRED):
            if weights := self._pieces.get((j, piece)):
                value += weights.get(traits[0], 0.0)
        return value

    def best(self, candidates: list[Chosen], context: Context) -> int:
        """The place of the candidate with the highest score."""
        if self._count >= MAX_KNOWN:
            self._own.clear()
            self._known.clear()
            self._labels.clear()
            self._count = 0
        known = self._known.get(context)
        if known is None:
            known = self._known[context] = {}
        best, highest = 0, _LOWEST
        for i in range(len(candidates)):
            traits = candidates[i].traits
            value = known.get(traits)
            if value is None:
                value = known[traits] = self.score(traits, context)
                self._count += 1
            if value > highest:
                best, highest = i, value
        return best

    def label(self, labels: list[Choice], cues: Cues, context_of: Callable[[Cues], Context]) -> int:
        """The same among candidates that are always the same, in the context that cues make."""
        best = self._labels.get(cues)
        if best is None:
            best = self._labels[cues] = self.best(labels, context_of(cues))
            self._count += 1
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
