"""What an observer sees in texts, as a sparse matrix."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..crf.row_map import Ints
from ..tagger.observe import Observer


def width(observer: Observer) -> int:
    """The columns of the matrix: a block a template, in it a column for each row and place."""
    return sum(template.size * len(template.offsets) for template in observer.templates)


def matrix(observer: Observer, texts: Sequence[str]) -> tuple[Any, Ints]:
    """(positions, columns), and the lengths of the chains."""
    import scipy.sparse

    numbers, own, lengths, _ = observer.walk.read(texts)
    place = np.full(len(numbers), -1)
    place[own] = np.arange(len(own))
    bases = np.cumsum([0, *(template.size * len(template.offsets) for template in observer.templates)]).tolist()
    positions: list[Ints] = []
    columns: list[Ints] = []
    for i, at, rows in observer(numbers):
        offsets = observer.templates[i].offsets
        for column, offset in enumerate(offsets):
            there = at + offset
            good = (there >= 0) & (there < len(place))
            there, row = place[there[good]], rows[good]
            good = there >= 0
            positions.append(there[good].astype(np.int32))
            columns.append((bases[i] + row[good] * len(offsets) + column).astype(np.int32))
    cells = np.concatenate(positions), np.concatenate(columns)
    found = scipy.sparse.csr_matrix((np.ones(len(cells[0]), np.float32), cells), shape=(len(own), bases[-1]))
    return found, lengths
