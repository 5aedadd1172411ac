"""Weights of the entity model: a conditional random field (Lafferty et al. 2001) fitted by AdaGrad (Duchi et al. 2011)."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..crf.chains import Chains
from ..crf.row_map import Ints
from ..crf.spans import Marginals, Scores

SIZE = 10_000
"""Characters in a batch."""


class Batch(NamedTuple):
    features: Any
    """Sparse, (positions, columns)."""
    columns: Ints
    """The numbers that these columns have among all."""
    tags: Ints
    chains: Chains
    importance: NDArray[np.float32]
    """Of each position."""


def batches(
    features: Any, tags: Ints, lengths: Ints, importance: NDArray[np.float32], generator: np.random.Generator
) -> list[Batch]:
    """Chains in a random order, some SIZE positions a batch. features: sparse, (positions, columns); importance: of chains."""
    import scipy.sparse

    order = generator.permutation(len(lengths))
    starts = np.cumsum(lengths) - lengths
    cuts = np.flatnonzero(np.diff(np.cumsum(lengths[order]) // SIZE)) + 1
    found = []
    for part in np.split(order, cuts):
        long = lengths[part]
        rows = np.repeat(starts[part] - (np.cumsum(long) - long), long) + np.arange(long.sum())
        matrix = features[rows]
        columns, local = np.unique(matrix.indices, return_inverse=True)
        shape = (len(rows), len(columns))
        matrix = scipy.sparse.csr_matrix((matrix.data, local.astype(np.int32), matrix.indptr), shape=shape)
        found.append(Batch(matrix, columns, tags[rows], Chains(long), np.repeat(importance[part], long)))
    return found


def fit(
    work: list[Batch],
    shape: tuple[int, int],
    *,
    epochs: int,
    rate: float,
    penalty: float,
    generator: np.random.Generator,
    report: Callable[[int, Scores], None] = lambda epoch, weights: None,
) -> Scores:
    """The weights, (columns, tags), averaged over the later half of the epochs.

    penalty: of half the squared weights. A column pays its share in each batch where it occurs.
    """
    weights, squares = np.zeros(shape, np.float32), np.full(shape, 0.1, np.float32)
    mean, count = np.zeros(shape, np.float32), 0
    batches_with = np.bincount(np.concatenate([batch.columns for batch in work]), minlength=shape[0]).clip(1)
    share = (penalty / batches_with).astype(np.float32)[:, None]
    for epoch in range(epochs):
        for i in generator.permutation(len(work)).tolist():
            batch = work[i]
            here = weights[batch.columns]
            scores = np.ascontiguousarray((batch.features @ here).T)
            slope = Marginals(scores, batch.chains).tags
            slope[batch.tags, np.arange(len(batch.tags))] -= 1
            slope *= batch.importance
            gradient = batch.features.T @ np.ascontiguousarray(slope.T)
            gradient += share[batch.columns] * here
            square = squares[batch.columns] + gradient**2
            squares[batch.columns] = square
            weights[batch.columns] = here - rate * gradient / np.sqrt(square)
        if epoch >= epochs // 2:
            count += 1
            mean += (weights - mean) / count
        report(epoch, weights)
    return mean
