"""spacy-pkuseg's linear-chain CRF, read from its own files; its scores are looked up for a whole text at once.

A character's features are its neighbours up to two off, pairs of these, the words of two to six characters that begin or
end at it, and pairs of words that meet at it. Here one trie over the characters holds the pairs and words, its states are
rows of weights, and numpy walks it from all characters together. Features and weights are spacy-pkuseg's, and so are the
words found.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..crf.row_map import Ints, RowMap
from ..crf.trie import Trie
from ..crf.viterbi import Floats, Viterbi
from ..errors import ResourceError
from .crf_index import NEIGHBOURS, PAIRS, Index, Rows

FILES = ("features.msgpack", "weights.npz")
_LONGEST = 6  # wordMax of spacy-pkuseg
_GAP = "\0\0"
"""Between pieces, so that none sees a neighbour in another."""


class Crf:
    """weights: (features + tags, tags), the last rows those of transitions."""

    def __init__(self, index: Index, weights: Floats):
        tags = index.tags.tolist()
        self._begins = np.array(["B" in tag for tag in tags])
        self._viterbi = Viterbi(weights[-len(tags) :].T)
        weights = np.concatenate([weights[: -len(tags)], np.zeros((1, len(tags)))])  # row -1: of a feature not there
        self._numbers = _numbers(index.symbols.tolist())
        self._neighbours = [
            (offset, weights[rows]) for offset, rows in zip(NEIGHBOURS.values(), index.neighbours, strict=True)
        ]
        self._always = weights[index.always[0]]
        self._trie = trie = Trie(index.keys, len(index.symbols))

        def at_states(states: Ints, rows: Rows) -> Floats:
            """With a row of zeros behind, for the state -1."""
            found = np.zeros((trie.size + 1, len(tags)))
            found[states] = weights[rows]
            return found

        def flags(states: Ints) -> NDArray[np.bool_]:
            found = np.zeros(trie.size, bool)
            found[states] = True
            return found

        self._pairs = np.concatenate([at_states(index.pairs, rows) for rows in index.pair_rows], axis=1)
        self._word_start, self._word_end = (at_states(index.words, rows) for rows in index.word_rows)
        self._is_word = flags(index.words)
        left, right = index.meetings
        self._meets_right, self._meets_left = flags(left), flags(right)
        self._meetings = RowMap(left * trie.size + right)
        self._meeting_left, self._meeting_right = (weights[rows] for rows in index.meeting_rows)

    @classmethod
    def load(cls, folder: Path) -> "Crf":
        """The model of a folder in spacy-pkuseg's format. Raises ResourceError if it is none."""
        check(folder)
        with np.load(folder / "weights.npz") as arrays:
            weights = arrays["w"].reshape(-1, int(arrays["sizes"][0]))
        return cls(Index.load(folder), weights)

    def lengths(self, pieces: Sequence[str]) -> Ints:
        """The lengths of all words, in order. pieces: texts without white space, one character or more each."""
        codes = np.frombuffer(_GAP.join(pieces).encode("utf-32-le", "surrogatepass"), np.uint32)
        lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
        size = int(lengths.sum())
        at = np.arange(size) + np.repeat(np.arange(len(pieces)) * len(_GAP), lengths)
        begins = self._begins[self._viterbi.decode(self._scores(self._numbers.take(codes, mode="clip"))[at], lengths)]
        begins[np.cumsum(lengths) - lengths] = True
        return np.diff(np.flatnonzero(begins), append=size)

    def _scores(self, numbers: Ints) -> Floats:
        """The score of each tag for each character, (characters, tags)."""
        size = len(numbers)
        scores = np.repeat(self._always[None], size, axis=0)
        for offset, table in self._neighbours:
            behind, before = max(0, -offset), max(0, offset)
            scores[behind : size - before] += table.take(numbers[before : size - behind], axis=0, mode="clip")
        tags = scores.shape[1]
        at, states = np.arange(size - 1), self._trie.step(numbers[:-1], numbers[1:])
        pairs = self._pairs.take(states, axis=0, mode="wrap")
        for place, offset in enumerate(PAIRS.values()):
            part = pairs[: size - max(1, offset), place * tags : (place + 1) * tags]
            scores[offset : offset + len(part)] += part
        lefts: list[tuple[Ints, Ints]] = []
        rights: list[tuple[Ints, Ints]] = []
        for length in range(2, _LONGEST + 1):
            if length > 2:
                more = self._trie.inner[states] & (at + length <= size)
                at, states = at[more], states[more]
                states = self._trie.step(states + self._trie.width, numbers[at + length - 1])
            there = states >= 0
            at, states = at[there], states[there]
            word = self._is_word.take(states, mode="clip")
            begin, found = at[word], states[word]
            scores[begin] += self._word_start.take(found, axis=0, mode="clip")
            scores[begin + length - 1] += self._word_end.take(found, axis=0, mode="clip")
            followed, preceded = self._meets_right.take(found, mode="clip"), self._meets_left.take(found, mode="clip")
            lefts.append((begin[followed] + length, found[followed]))
            rights.append((begin[preceded], found[preceded]))
        self._add_meetings(scores, lefts, rights)
        return scores

    def _add_meetings(self, scores: Floats, lefts: list[tuple[Ints, Ints]], rights: list[tuple[Ints, Ints]]) -> None:
        """Adds the scores of two words that meet: to the last character of the left, to the first of the right one.

        lefts, rights: where the left word ends, or the right one begins, and its state.
        """
        ends, left = (np.concatenate(arrays) for arrays in zip(*lefts, strict=True))
        begins, right = (np.concatenate(arrays) for arrays in zip(*rights, strict=True))
        order = begins.argsort()
        begins, right = begins[order], right[order]
        first = np.searchsorted(begins, ends, "left")
        counts = np.searchsorted(begins, ends, "right") - first
        nth = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        right = right[np.repeat(first, counts) + nth]
        rows = self._meetings.rows(np.repeat(left, counts) * self._trie.size + right)
        here = rows >= 0
        rows, at = rows[here], np.repeat(ends, counts)[here]
        np.add.at(scores, at - 1, self._meeting_left[rows])
        np.add.at(scores, at, self._meeting_right[rows])


def check(folder: Path) -> None:
    """Raises ResourceError if a folder is not in spacy-pkuseg's format."""
    for file in FILES:
        if not (folder / file).is_file():
            raise ResourceError(f"{folder}: no {file}: not a model of spacy-pkuseg; expected {' and '.join(FILES)}")


def _numbers(symbols: Sequence[str]) -> Ints:
    """For each code point the number of the symbol that spacy-pkuseg takes it for; ASCII counts as full-width."""
    from spacy_pkuseg.feature_extractor import FeatureExtractor

    number = {symbol: i for i, symbol in enumerate(symbols)}
    numbers = np.zeros(sys.maxunicode + 1, np.int64)
    characters = {*(symbol for symbol in number if len(symbol) == 1), *FeatureExtractor.num, *FeatureExtractor.letter}
    for character in characters | set(FeatureExtractor.keywords):
        (symbol,) = FeatureExtractor.normalize_text(character)
        numbers[ord(character)] = number.get(symbol, 0)
    numbers[0x21:0x7F] = numbers[0xFF01:0xFF5F]
    return numbers
