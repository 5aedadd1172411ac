"""What an observer sees in texts, as a sparse matrix."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..crf.row_map import Ints
from ..tagger.observe import Observer
from ..tagger.segmented import RUNS, runs


def width(observer: Observer) -> int:
    """The columns of the matrix: a block a template, in it a column for each row and place; where words are cut, then one
    for each run of places in them."""
    size = sum(template.size * len(template.offsets) for template in observer.templates)
    return size + RUNS if observer.segmented else size


def matrix(observer: Observer, texts: Sequence[str]) -> tuple[Any, Ints]:
    """(positions, columns), and the lengths of the chains."""
    import scipy.sparse

    read = observer.walk.read(texts)
    place = np.full(len(read.numbers), -1)
    place[read.own] = np.arange(len(read.own))
    bases = np.cumsum([0, *(template.size * len(template.offsets) for template in observer.templates)]).tolist()
    positions: list[Ints] = []
    columns: list[Ints] = []
    for i, at, rows in observer(read.numbers):
        offsets = observer.templates[i].offsets
        for column, offset in enumerate(offsets):
            there = at + offset
            good = (there >= 0) & (there < len(place))
            there, row = place[there[good]], rows[good]
            good = there >= 0
            positions.append(there[good].astype(np.int32))
            columns.append((bases[i] + row[good] * len(offsets) + column).astype(np.int32))
    if observer.segmented:
        found = runs(observer.segmented.frames(texts, read))
        positions.append(np.repeat(np.arange(len(found), dtype=np.int32), found.shape[1]))
        columns.append((bases[-1] + found.ravel()).astype(np.int32))
    cells = np.concatenate(positions), np.concatenate(columns)
    sparse = scipy.sparse.csr_matrix(
        (np.ones(len(cells[0]), np.float32), cells), shape=(len(read.own), width(observer))
    )
    return sparse, read.lengths
