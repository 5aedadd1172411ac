"""How sure a figure is: documents drawn again (bootstrap intervals), and two outputs exchanged (permutation test).

Documents are the units, since errors in one document hang together. Efron and Tibshirani, An Introduction to the
Bootstrap (1993), ch. 13 (percentile intervals); Phipson and Smyth, Permutation P-values should never be zero (2010).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
ROUNDS = 1000
LEVEL = 0.95
SEED = 20_231_001
_BLOCK = 4_000_000
"""Draws held at once: rounds times documents."""


class Interval(NamedTuple):
    low: float
    high: float


class Difference(NamedTuple):
    """B less A: in F1, its interval, and how often chance alone would make one as large."""

    value: float
    low: float
    high: float
    p: float

    @property
    def chance(self) -> str:
        """p as it is shown: never as 0."""
        return f"{self.p:.3f}" if self.p >= 0.001 else "<0.001"

    @property
    def sure(self) -> bool:
        """Whether interval and test both say that it is no chance."""
        return self.p + LEVEL < 1 and (self.low > 0 or self.high < 0)


def scores(totals: Floats) -> Floats:
    """[…, 4] counts (see `tally.Tally`) → […, 3] precision, recall, F1; 0 where nothing was found or asked."""
    right, found, hit, gold = np.moveaxis(totals, -1, 0)
    precision = np.divide(right, found, out=np.zeros_like(right), where=found > 0)
    recall = np.divide(hit, gold, out=np.zeros_like(hit), where=gold > 0)
    both = precision + recall
    f1 = np.divide(2 * precision * recall, both, out=np.zeros_like(both), where=both > 0)
    return np.stack([precision, recall, f1], axis=-1)


def intervals(counts: Floats, rounds: int) -> Floats:
    """[documents, measures, 4] counts → [measures, 3, 2] low and high of precision, recall, F1."""
    return _percentiles(scores(_resampled(counts, rounds)))


def differences(a: Floats, b: Floats, rounds: int) -> list[Difference]:
    """Paired: both outputs are drawn with the same documents, and exchanged document by document."""
    value = (scores(b.sum(0)) - scores(a.sum(0)))[:, 2]
    drawn = scores(_resampled(b, rounds))[..., 2] - scores(_resampled(a, rounds))[..., 2]
    bounds = _percentiles(drawn)
    total = a.sum(0) + b.sum(0)
    one = _in_blocks(lambda random, n: random.integers(0, 2, (n, len(a))), a - b, rounds) + b.sum(0)
    chance = (scores(one) - scores(total - one))[..., 2]
    p = (1 + (np.abs(chance) >= np.abs(value) - 1e-12).sum(0)) / (1 + rounds)
    return [Difference(*map(float, row)) for row in zip(value, bounds[:, 0], bounds[:, 1], p, strict=True)]


def _resampled(counts: Floats, rounds: int) -> Floats:
    """[rounds, measures, 4]: the sums over documents drawn with replacement; the same draws for the same shape."""
    size = len(counts)
    return _in_blocks(lambda random, n: random.multinomial(size, np.full(size, 1 / size), n), counts, rounds)


def _in_blocks(
    weights: Callable[[np.random.Generator, int], npt.NDArray[np.int64]], counts: Floats, rounds: int
) -> Floats:
    """[rounds, measures, 4]: the sums under weights that are drawn round by round, a block of rounds at a time."""
    random = np.random.default_rng(SEED)
    table = counts.reshape(len(counts), -1)
    size = max(1, _BLOCK // len(counts))
    sums = [weights(random, min(size, rounds - done)).astype(float) @ table for done in range(0, rounds, size)]
    return np.concatenate(sums).reshape(rounds, *counts.shape[1:])


def _percentiles(drawn: Floats) -> Floats:
    low = (1 - LEVEL) / 2
    return np.moveaxis(np.quantile(drawn, [low, 1 - low], axis=0), 0, -1)
