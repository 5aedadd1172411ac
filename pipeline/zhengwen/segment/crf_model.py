"""spacy-pkuseg's linear-chain CRF, read from its own files; its scores are looked up for a whole text at once.

A character's features are its neighbours up to two off, pairs of these, the words of two to six characters that begin or
end at it, and pairs of words that meet at it. Here one trie over the characters holds the pairs and words, its states are
rows of weights, and numpy walks it from all characters together. Features and weights are spacy-pkuseg's, and so are the
words found.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import srsly
from numpy.typing import NDArray

from ..crf.row_map import Ints, RowMap
from ..crf.trie import Trie
from ..crf.viterbi import Floats, Viterbi
from ..errors import ResourceError

FILES = ("features.msgpack", "weights.npz")
_NEIGHBOURS = {"c-2": -2, "c-1": -1, "c": 0, "c1": 1, "c2": 2}
_PAIRS = {"cc1": 0, "c-1c": 1, "c-2c-1": 2}
"""How far the character with the feature stands from the first of the pair."""
_LONGEST = 6  # wordMax of spacy-pkuseg
_GAP = "\0\0"
"""Between pieces, so that none sees a neighbour in another."""


class Crf:
    """features: what features.msgpack holds. weights: (features + tags, tags), the last rows those of transitions."""

    def __init__(self, features: dict[str, Any], weights: Floats):
        index: dict[str, int] = features["feature_to_idx"]
        tags = sorted(features["tag_to_idx"], key=features["tag_to_idx"].get)
        self._begins = np.array(["B" in tag for tag in tags])
        self._viterbi = Viterbi(weights[len(index) :].T)
        weights = np.concatenate([weights[: len(index)], np.zeros((1, len(tags)))])  # row -1: of a feature not there
        kinds: dict[str, dict[str, int]] = defaultdict(dict)
        for feature, row in index.items():
            kind, _, rest = feature.partition(".")
            kinds[kind][rest] = row

        def table(kind: str, names: Sequence[str]) -> Floats:
            return weights[[kinds[kind].get(name, -1) for name in names]]

        meetings = sorted({rest.partition(".")[2] for rest in kinds["ww"]})
        met = [tuple(meeting.split("*")) for meeting in meetings]
        pairs = {rest: rest.split(".") for kind in _PAIRS for rest in kinds[kind]}
        words = {word: list(word) for word in {*kinds["w1"], *kinds["w-1"], *(word for two in met for word in two)}}
        strings = pairs | words
        symbols = ["", *sorted({*(name for kind in _NEIGHBOURS for name in kinds[kind]), *chain(*strings.values())})]
        number = {symbol: i for i, symbol in enumerate(symbols)}  # 0 is a character that no feature has
        self._numbers = _numbers(number)
        self._neighbours = [(offset, table(kind, symbols)) for kind, offset in _NEIGHBOURS.items()]
        self._always = weights[kinds["$$"].get("", -1)]

        trie, ends = Trie.build(([number[symbol] for symbol in string] for string in strings.values()), len(symbols))
        self._trie, state = trie, dict(zip(strings, ends, strict=True))

        def at_states(kind: str, names: Iterable[str]) -> Floats:
            names = list(names)
            rows = np.zeros((trie.size + 1, len(tags)))
            rows[[state[name] for name in names]] = table(kind, names)
            return rows

        def flags(names: Iterable[str]) -> NDArray[np.bool_]:
            rows = np.zeros(trie.size, bool)
            rows[[state[name] for name in names]] = True
            return rows

        self._pairs = np.concatenate([at_states(kind, pairs) for kind in _PAIRS], axis=1)
        self._word_start, self._word_end = at_states("w1", words), at_states("w-1", words)
        self._is_word = flags(words)
        self._meets_right, self._meets_left = flags(left for left, _ in met), flags(right for _, right in met)
        self._meetings = RowMap(np.array([state[left] * trie.size + state[right] for left, right in met], np.int64))
        self._meeting_left = table("ww", [f"r.{meeting}" for meeting in meetings])
        self._meeting_right = table("ww", [f"l.{meeting}" for meeting in meetings])

    @classmethod
    def load(cls, folder: Path) -> "Crf":
        """The model of a folder in spacy-pkuseg's format. Raises ResourceError if it is none."""
        check(folder)
        features = srsly.read_msgpack(folder / "features.msgpack")
        with np.load(folder / "weights.npz") as arrays:
            return cls(features, arrays["w"].reshape(-1, int(arrays["sizes"][0])))

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
        for place, offset in enumerate(_PAIRS.values()):
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


def _numbers(number: dict[str, int]) -> Ints:
    """For each code point the number of the symbol that spacy-pkuseg takes it for; ASCII counts as full-width."""
    from spacy_pkuseg.feature_extractor import FeatureExtractor

    numbers = np.zeros(sys.maxunicode + 1, np.int64)
    characters = {*(symbol for symbol in number if len(symbol) == 1), *FeatureExtractor.num, *FeatureExtractor.letter}
    for character in characters | set(FeatureExtractor.keywords):
        (symbol,) = FeatureExtractor.normalize_text(character)
        numbers[ord(character)] = number.get(symbol, 0)
    numbers[0x21:0x7F] = numbers[0xFF01:0xFF5F]
    return numbers
