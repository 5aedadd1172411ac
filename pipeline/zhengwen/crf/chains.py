"""Chains laid side by side, so that one operation of numpy goes a step in all of them."""

import numpy as np

from .row_map import Ints


class Chains:
    """lengths: of the chains, from 1 on. The longest comes first, and all are aligned at their ends: the characters that
    stand `step` before the ends are the slots `offsets[step]` … `offsets[step] + active[step] - 1`.

    slots: of every position, chain behind chain. starts: positions where the chains begin, the longest chain's first.
    """

    def __init__(self, lengths: Ints):
        starts = np.cumsum(lengths) - lengths
        order = np.argsort(-lengths, kind="stable")
        long = lengths[order]
        steps = np.arange(int(long[0]) if len(long) else 0)
        self.active: list[int] = np.searchsorted(-long, -steps).tolist()  # how many chains are longer than a step
        offsets = np.cumsum([0, *self.active])
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        to_end = np.repeat(starts + lengths - 1, lengths) - np.arange(lengths.sum())
        self.slots = offsets[to_end] + np.repeat(rank, lengths)
        self.offsets: list[int] = offsets.tolist()
        self.starts = starts[order]
