"""Texts as numbers, and a walk along the strings that a model knows from all their characters at once."""

import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..crf.row_map import Ints
from ..crf.trie import Trie

GAP = "\n\n\n"
"""Around texts, so that none sees a neighbour in another."""
LONGEST_CHAIN = 100
"""Without a mark a chain is cut: every step of the longest costs as much as one in all chains."""
_BREAKS = "\n，。；：！？、"
"""No name holds one of these: chains end behind them."""
_FOLD = {code: ord("0") for code in range(ord("0"), ord("9") + 1)}
_FOLD |= {code: ord("a") for code in range(ord("a"), ord("z") + 1)}
_FOLD |= {code: ord("A") for code in range(ord("A"), ord("Z") + 1)}
_FOLD |= {code + 0xFEE0: _FOLD.get(code, code) for code in range(0x21, 0x7F)}


def folded(text: str) -> str:
    """Digits are one symbol, so are small and capital Latin letters; full-width forms are those of ASCII."""
    return text.translate(_FOLD)


class Read(NamedTuple):
    """Texts as a walk sees them."""

    numbers: Ints
    """Of all characters, gaps around the texts included."""
    own: Ints
    """Where among them the characters of the texts stand."""
    lengths: Ints
    """Of the chains that these make."""
    breaks: NDArray[np.bool_]
    """Of each of them whether it is in no name."""


class Walk:
    """symbols: the characters known, numbered from 1; 0 is any other. trie: the strings of two symbols and more."""

    def __init__(self, symbols: str, trie: Trie, longest: int):
        self.symbols, self.trie, self.longest = symbols, trie, longest
        self._numbers = np.zeros(sys.maxunicode + 1, np.int32)
        self._numbers[[ord(symbol) for symbol in symbols]] = np.arange(1, len(symbols) + 1)
        for code, symbol in _FOLD.items():
            self._numbers[code] = self._numbers[symbol]
        self._breaks = np.zeros(sys.maxunicode + 1, bool)
        self._breaks[[ord(mark) for mark in _BREAKS + folded(_BREAKS)]] = True

    def read(self, texts: Sequence[str]) -> Read:
        codes = np.frombuffer(
            (GAP + "".join(text + GAP for text in texts)).encode("utf-32-le", "surrogatepass"), np.uint32
        )
        ends = np.cumsum([len(text) + len(GAP) for text in texts], dtype=np.int64)
        inside = np.ones(len(codes), bool)
        inside[(ends[:, None] + np.arange(len(GAP))).ravel()] = False
        inside[: len(GAP)] = False
        own = codes[inside]
        breaks = self._breaks[own]
        cuts = breaks.copy()
        cuts[np.cumsum([len(text) for text in texts if text], dtype=np.int64) - 1] = True
        at = np.arange(len(own))
        begins = np.concatenate([[True], cuts[:-1]]) if len(own) else cuts
        cuts |= (at - np.maximum.accumulate(np.where(begins, at, 0))) % LONGEST_CHAIN == LONGEST_CHAIN - 1
        lengths = np.diff(np.flatnonzero(cuts) + 1, prepend=0)
        return Read(self._numbers[codes].astype(np.int64), np.flatnonzero(inside), lengths, breaks)

    def __call__(self, numbers: Ints) -> Iterator[tuple[int, Ints, Ints]]:
        """Strings known, by length: where they begin, and their states in the trie; of single characters the numbers."""
        at, states = np.arange(len(numbers)), numbers
        yield 1, at, states
        for length in range(2, self.longest + 1):
            going = at + length <= len(numbers)
            if length > 2:
                going &= self.trie.inner[states]
            at, states = at[going], states[going]
            states = self.trie.step(states + self.trie.width if length > 2 else states, numbers[at + length - 1])
            there = states >= 0
            at, states = at[there], states[there]
            yield length, at, states
