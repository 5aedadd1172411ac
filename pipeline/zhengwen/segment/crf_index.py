"""Which row of weights speaks for what: the features of spacy-pkuseg's model as arrays, stored beside it as `index.npz`.

Made from half a million strings, they take longest of all that a run begins with; read from the file, a tenth of that.
"""

import zlib
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
import srsly
from numpy.typing import NDArray

from ..crf.row_map import Ints
from ..crf.trie import Trie

FILE = "index.npz"
NEIGHBOURS = {"c-2": -2, "c-1": -1, "c": 0, "c1": 1, "c2": 2}
"""Kinds of feature of one character, and how far it stands from the one with the feature."""
PAIRS = {"cc1": 0, "c-1c": 1, "c-2c-1": 2}
"""Kinds of feature of two characters, and how far the one with the feature stands from the first of them."""
Rows = NDArray[np.int32]
"""Rows of weights, -1 for a feature that is not there."""


class Index(NamedTuple):
    """States are those of a trie over the symbols that holds the pairs and the words."""

    tags: NDArray[np.str_]
    symbols: NDArray[np.str_]
    """Of characters; the first stands for those that no feature has."""
    always: Rows
    neighbours: Rows
    """(kinds, symbols)"""
    keys: Ints
    """Of the trie."""
    pairs: Ints
    """States."""
    pair_rows: Rows
    """(kinds, pairs)"""
    words: Ints
    """States."""
    word_rows: Rows
    """(word begins, word ends; words)"""
    meetings: Ints
    """(left, right; meetings): states of words that meet."""
    meeting_rows: Rows
    """(the left one's last character, the right one's first; meetings)"""

    @classmethod
    def load(cls, folder: Path) -> Self:
        """That of a folder: from its file, or from the features, if the file is not there or not theirs."""
        features = (folder / "features.msgpack").read_bytes()
        if (folder / FILE).is_file():
            with np.load(folder / FILE) as arrays:
                if arrays["features"] == zlib.crc32(features):
                    return cls(*(arrays[name] for name in cls._fields))
        return cls.of(srsly.msgpack_loads(features))

    def save(self, folder: Path) -> None:
        features = zlib.crc32((folder / "features.msgpack").read_bytes())
        np.savez_compressed(folder / FILE, features=features, **self._asdict())

    @classmethod
    def of(cls, features: dict[str, Any]) -> Self:
        """features: what features.msgpack holds."""
        kinds: dict[str, dict[str, int]] = defaultdict(dict)
        for feature, row in features["feature_to_idx"].items():
            kind, _, rest = feature.partition(".")
            kinds[kind][rest] = row

        def rows(kind: str, names: list[str]) -> list[int]:
            return [kinds[kind].get(name, -1) for name in names]

        meetings = sorted({rest.partition(".")[2] for rest in kinds["ww"]})
        met = [tuple(meeting.split("*")) for meeting in meetings]
        pairs = sorted({rest for kind in PAIRS for rest in kinds[kind]})
        words = sorted({*kinds["w1"], *kinds["w-1"], *(word for two in met for word in two)})
        strings = {pair: pair.split(".") for pair in pairs} | {word: list(word) for word in words}
        symbols = {name for kind in NEIGHBOURS for name in kinds[kind]}
        symbols.update(*strings.values())
        number = {symbol: i for i, symbol in enumerate(["", *sorted(symbols)])}
        trie, ends = Trie.build(([number[symbol] for symbol in string] for string in strings.values()), len(number))
        state = dict(zip(strings, ends, strict=True))
        return cls(
            tags=np.array(sorted(features["tag_to_idx"], key=features["tag_to_idx"].get)),
            symbols=np.array(list(number)),
            always=np.array(rows("$$", [""]), np.int32),
            neighbours=np.array([rows(kind, list(number)) for kind in NEIGHBOURS], np.int32),
            keys=trie.keys,
            pairs=np.array([state[pair] for pair in pairs], np.int64),
            pair_rows=np.array([rows(kind, pairs) for kind in PAIRS], np.int32),
            words=np.array([state[word] for word in words], np.int64),
            word_rows=np.array([rows(kind, words) for kind in ("w1", "w-1")], np.int32),
            meetings=np.array([[state[two[side]] for two in met] for side in (0, 1)], np.int64),
            meeting_rows=np.array([rows("ww", [f"{side}.{one}" for one in meetings]) for side in "rl"], np.int32),
        )
