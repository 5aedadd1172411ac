"""The entity model as it is stored and used: a table of weights for strings of each length, added up for a text at once."""

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..crf.chains import Chains
from ..crf.row_map import Ints
from ..crf.spans import Marginals, Scores, Span, decode
from ..crf.trie import Trie
from ..errors import ResourceError
from .segmented import Segmented
from .walk import Walk

FILES = ("model.json", "weights.npz")
STEP = 16
"""Weights are whole numbers of 1/STEP."""
_FREQUENT = 3
"""Length of the longest strings that are known at so many characters that adding rows of zeros elsewhere is quicker."""
_NEVER = np.float32(-1000)
Bytes = NDArray[np.int8]


class Table(NamedTuple):
    """rows: for each state (of single characters, each number) its row, 0 for none. weights: (rows, places, tags); row 0 is
    zeros, and the first place is `first` characters from where the string begins."""

    rows: NDArray[np.int32]
    first: int
    weights: Bytes


class Framed(NamedTuple):
    """Who cuts words, and what their frames weigh, (frames, tags)."""

    segmented: Segmented
    weights: Bytes


class Found(NamedTuple):
    """A name that the model finds. odds: how likely it holds just this name to be right, 0 as long as nobody asked."""

    start: int
    end: int
    label: str
    odds: float = 0.0


Calibration = dict[str, dict[str, list[tuple[float, float]]]]
"""Where a name stands to those of the rules → label → (odds at least, how often such names were right), the least first."""


class Model:
    """tables: by length of the strings, from 1 on. framed: None if it does not look at words. calibration: how far its odds
    can be believed."""

    def __init__(
        self,
        labels: Sequence[str],
        walk: Walk,
        tables: Sequence[Table],
        framed: Framed | None = None,
        calibration: Calibration | None = None,
    ):
        self.labels, self.walk, self.tables, self.calibration = tuple(labels), walk, list(tables), calibration or {}
        self.framed = framed
        self._places = [
            [
                (table.first + place, np.ascontiguousarray(weights))
                for place, weights in enumerate(table.weights.swapaxes(0, 1))
            ]
            for table in self.tables[:_FREQUENT]
        ]

    def __call__(
        self, texts: Sequence[str], wanted: Callable[[int, list[Found]], Iterable[Found]] = lambda i, names: names
    ) -> list[list[Found]]:
        """The names in each text, in order. texts: in simplified script.

        wanted: given the number of a text and its names without odds, says which are wanted; odds cost as much as names.
        """
        read = self.walk.read(texts)
        lengths = read.lengths
        steps = self.scores(read.numbers)[read.own]
        if self.framed:
            steps += self.framed.weights.take(self.framed.segmented.frames(texts, read), axis=0)
        scores = steps.T.astype(np.float32) / np.float32(STEP)
        scores[1:, read.breaks] = _NEVER
        if not len(lengths):
            return [[] for _ in texts]
        ends = np.cumsum([len(text) for text in texts])
        offsets = [0, *ends.tolist()]
        names: list[list[Found]] = [[] for _ in texts]
        spans = decode(scores, Chains(lengths))
        places = np.searchsorted(ends, [start for start, _, _ in spans], "right").tolist()
        for (start, end, label), i in zip(spans, places, strict=True):
            names[i].append(Found(start - offsets[i], end - offsets[i], self.labels[label]))
        names = [list(wanted(i, found)) for i, found in enumerate(names)]
        spans = [
            (name.start + offset, name.end + offset, self.labels.index(name.label))
            for found, offset in zip(names, offsets[:-1], strict=True)
            for name in found
        ]
        odds = iter(self._odds(scores, lengths, spans))
        return [[name._replace(odds=next(odds)) for name in found] for found in names]

    def scores(self, numbers: Ints) -> NDArray[np.int16]:
        """(characters, tags), in steps."""
        size, tags = len(numbers), 1 + 4 * len(self.labels)
        scores = np.zeros((size, tags), np.int16)
        for length, at, states in self.walk(numbers):
            rows, first, weights = self.tables[length - 1]
            found = rows.take(states, mode="clip")
            if length <= _FREQUENT:
                everywhere = np.zeros(size, np.int32)
                everywhere[at] = found
                for place, weights in self._places[length - 1]:
                    behind, before = max(0, -place), max(0, place)
                    scores[before : size - behind] += weights.take(
                        everywhere[behind : size - before], axis=0, mode="clip"
                    )
                continue
            known = np.flatnonzero(found)
            at, gathered = at[known] + first, weights.take(found[known], axis=0, mode="clip")
            for place in range(weights.shape[1]):
                scores[at + place] += gathered[:, place]
        return scores

    def _odds(self, scores: Scores, lengths: Ints, spans: list[Span]) -> list[float]:
        """How likely each span is, by the chains with spans alone."""
        ends = np.cumsum(lengths)
        starts = np.array([start for start, _, _ in spans], np.int64)
        chain = np.searchsorted(ends, starts, "right")
        used = np.unique(chain)
        if not len(used):
            return []
        sizes = lengths[used]
        shift = (ends[used] - sizes) - (np.cumsum(sizes) - sizes)
        part = scores[:, np.repeat(shift, sizes) + np.arange(sizes.sum())]
        moved = shift[np.searchsorted(used, chain)].tolist()
        inner = [(start - by, end - by, label) for (start, end, label), by in zip(spans, moved, strict=True)]
        return Marginals(part, Chains(sizes)).of(inner)

    def confidence(self, name: Found, place: str) -> float:
        """How often such names were right that stand so to those of the rules; its odds, if that was not measured."""
        steps = self.calibration.get(place, {}).get(name.label)
        if not steps:
            return round(name.odds, 2)
        return steps[max(0, bisect_right(steps, name.odds, key=lambda step: step[0]) - 1)][1]

    def save(self, folder: Path) -> None:
        arrays: dict[str, NDArray[np.generic]] = {"keys": _split(self.walk.trie)}
        if self.framed:
            arrays["frames"] = self.framed.weights
        for i, table in enumerate(self.tables):
            (states,) = np.nonzero(table.rows)
            arrays |= {
                f"states{i}": states.astype(np.int32),
                f"rows{i}": table.rows[states],
                f"weights{i}": table.weights,
            }
        folder.mkdir(parents=True, exist_ok=True)
        about = {
            "labels": self.labels,
            "calibration": self.calibration,
            "firsts": [table.first for table in self.tables],
            "segmented": self.framed and self.framed.segmented.model,
            "symbols": self.walk.symbols,
        }
        (folder / FILES[0]).write_text(json.dumps(about, ensure_ascii=False) + "\n", encoding="utf-8")
        with (folder / FILES[1]).open("wb") as file:
            np.savez_compressed(file, **arrays)  # type: ignore[arg-type]

    @classmethod
    def load(cls, folder: Path) -> "Model":
        """Raises ResourceError if the folder holds no entity model."""
        for name in FILES:
            if not (folder / name).is_file():
                raise ResourceError(f"{folder}: no {name}: not an entity model; expected {' and '.join(FILES)}")
        about = json.loads((folder / FILES[0]).read_text(encoding="utf-8"))
        width = len(about["symbols"]) + 1
        with np.load(folder / FILES[1]) as arrays:
            trie = Trie(_joined(arrays["keys"], width), width)
            tables = []
            for i, first in enumerate(about["firsts"]):
                rows = np.zeros(trie.size if i else width, np.int32)
                rows[arrays[f"states{i}"]] = arrays[f"rows{i}"]
                tables.append(Table(rows, first, arrays[f"weights{i}"]))
            framed = Framed(Segmented(about["segmented"]), arrays["frames"]) if about["segmented"] else None
        walk = Walk(about["symbols"], trie, len(tables))
        return cls(about["labels"], walk, tables, framed, about["calibration"])


def _split(trie: Trie) -> Ints:
    """The keys as parents and numbers: they compress to a third."""
    return np.array(np.divmod(trie.keys, trie.width), np.int32)


def _joined(keys: Ints, width: int) -> Ints:
    found: Ints = keys[0].astype(np.int64) * width + keys[1]
    return found
