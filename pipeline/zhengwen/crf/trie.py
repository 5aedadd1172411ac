"""A trie over sequences of numbers that numpy walks from many positions at once."""

from collections.abc import Iterable, Sequence
from typing import Self

import numpy as np

from .row_map import Ints, RowMap


class Trie:
    """Strings of two numbers or more, as a map from (state, number) to state.

    keys: of the states 0 … `size` - 1, as `build` makes them from strings of numbers from 1 to `width` - 1. `inner` tells
    which states go on. A string's first number is where one starts from; a state is gone on from as `state + width`.
    """

    def __init__(self, keys: Ints, width: int):
        self.keys, self.width, self.size = keys, width, len(keys)
        self.inner = np.zeros(self.size, bool)
        parents = keys // width - width
        self.inner[parents[parents >= 0]] = True
        self._map = RowMap(keys)

    @classmethod
    def build(cls, strings: Iterable[Sequence[int]], width: int) -> tuple[Self, list[int]]:
        """The trie, and the state at the end of each string."""
        states: dict[int, int] = {}
        ends: list[int] = []
        for first, *rest in strings:
            state = first - width
            for number in rest:
                state = states.setdefault((state + width) * width + number, len(states))
            ends.append(state)
        return cls(np.fromiter(states, np.int64, len(states)), width), ends

    def step(self, states: Ints, numbers: Ints) -> Ints:
        """The next states, -1 where there is none. states: first numbers, or states + width."""
        return self._map.rows(states * self.width + numbers)
