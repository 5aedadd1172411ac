"""How sure a figure is: documents drawn again (bootstrap intervals), and two outputs exchanged (permutation test).

Documents are the units, since errors in one document hang together. Efron and Tibshirani, An Introduction to the
Bootstrap (1993), ch. 13 (percentile intervals); Phipson and Smyth, Permutation P-values should never be zero (2010).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
LEVEL = 0.95
SEED = 20_231_001


class Interval(NamedTuple):
    low: float
    high: float


class Difference(NamedTuple):
    """B less A: in F1, its interval, and how often chance alone would make one as large."""

    value: float
    low: float
    high: float
    p: float


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
    swap = np.random.default_rng(SEED).integers(0, 2, (rounds, len(a))).astype(float)
    total = a.sum(0) + b.sum(0)
    one = _weighted(swap, a) + _weighted(1 - swap, b)
    chance = (scores(one) - scores(total - one))[..., 2]
    p = (1 + (np.abs(chance) >= np.abs(value) - 1e-12).sum(0)) / (1 + rounds)
    return [Difference(*map(float, row)) for row in zip(value, bounds[:, 0], bounds[:, 1], p, strict=True)]


def _resampled(counts: Floats, rounds: int) -> Floats:
    """[rounds, measures, 4]: the sums over documents drawn with replacement; the same draws for the same shape."""
    size = len(counts)
    drawn = np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), rounds).astype(float)
    return _weighted(drawn, counts)


def _weighted(weights: Floats, counts: Floats) -> Floats:
    return (weights @ counts.reshape(len(counts), -1)).reshape(len(weights), *counts.shape[1:])


def _percentiles(drawn: Floats) -> Floats:
    low = (1 - LEVEL) / 2
    return np.moveaxis(np.quantile(drawn, [low, 1 - low], axis=0), 0, -1)
