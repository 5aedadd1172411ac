"""A map from integers to row numbers that looks up whole arrays at once: open addressing in two numpy arrays."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio: Fibonacci hashing (Knuth, TAOCP 6.4)
_EMPTY = -1


class RowMap:
    """keys: distinct, not negative; the row of a key is its place among them."""

    def __init__(self, keys: Ints):
        bits = max(4, len(keys).bit_length() + 2)  # a quarter full at most: few lookups need a second look
        self._shift = np.uint64(64 - bits)
        self._mask = (1 << bits) - 1
        self._keys = np.full(1 << bits, _EMPTY, np.int64)
        self._rows = np.full(1 << bits, -1, np.int64)
        pending, slots = np.arange(len(keys)), self._slots(keys)
        while len(pending):
            free = self._keys[slots] == _EMPTY
            self._keys[slots[free]] = keys[pending[free]]  # where several want one slot, one of them gets it
            self._rows[slots[free]] = pending[free]
            lost = self._keys[slots] != keys[pending]
            pending, slots = pending[lost], (slots[lost] + 1) & self._mask

    def _slots(self, keys: Ints) -> Ints:
        return ((keys.view(np.uint64) * _MULTIPLIER) >> self._shift).view(np.int64)

    def rows(self, keys: Ints) -> Ints:
        """The row of each key, -1 for a key that is not there."""
        slots = self._slots(keys)
        found = self._keys.take(slots, mode="clip")  # thrice as fast as indexing: nothing is checked
        hit = found == keys
        rows = np.where(hit, self._rows.take(slots, mode="clip"), -1)
        (pending,) = np.nonzero(~hit & (found != _EMPTY))
        slots = slots[pending]
        while len(pending):
            slots = (slots + 1) & self._mask
            found = self._keys[slots]
            hit = found == keys[pending]
            rows[pending[hit]] = self._rows[slots[hit]]
            more = ~hit & (found != _EMPTY)
            pending, slots = pending[more], slots[more]
        return rows
