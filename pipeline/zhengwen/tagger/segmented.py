"""Where characters stand in their words, as a segmentation model cuts them: what it takes for words of one character each is
often a name that it does not know."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from .. import resources
from ..crf.row_map import Ints
from ..segment.crf_model import Crf
from .walk import Read

_AROUND = 2
"""Characters looked at on either side."""
_OUTSIDE, _BEGIN, _INSIDE, _END, _SINGLE = range(5)
FRAMES, RUNS = 5 ** (2 * _AROUND + 1), 5 * 5 + 4 * 5**2 + 3 * 5**3
_AT_ONCE = 10_000
"""Chains whose words are looked up at once."""


class Segmented:
    """model: the name of a folder under `models/`, or a path."""

    def __init__(self, model: str):
        self.model = model
        self._crf = Crf.load(resources.find("models", model))

    def frames(self, texts: Sequence[str], read: Read) -> Ints:
        """For each character of the texts, as they were read, the places that it and those around it have in their words, as a
        number below FRAMES. A word ends where a chain ends."""
        chains = list(_parts("".join(texts), read.lengths))
        sizes = [self._crf.lengths(chains[i : i + _AT_ONCE]) for i in range(0, len(chains), _AT_ONCE)]
        lengths = np.concatenate([np.zeros(0, np.int64), *sizes])
        ends = np.cumsum(lengths)
        own = np.full(len(read.own), _INSIDE)
        own[ends - lengths], own[ends - 1] = _BEGIN, _END
        own[ends[lengths == 1] - 1] = _SINGLE
        places = np.full(len(read.numbers), _OUTSIDE)
        places[read.own] = own
        frames = np.zeros(len(read.own), np.int64)
        for offset in range(-_AROUND, _AROUND + 1):
            frames = frames * 5 + places[read.own + offset]
        return frames


def runs(frames: Ints) -> Ints:
    """(frames, runs): the places of one, two and three characters in a row in a frame, each a number below RUNS."""
    places = frames[:, None] // 5 ** np.arange(2 * _AROUND, -1, -1) % 5
    found, first = [], 0
    for size in (1, 2, 3):
        for start in range(2 * _AROUND + 2 - size):
            run = places[:, start : start + size] @ 5 ** np.arange(size)
            found.append(first + run)
            first += 5**size
    return np.stack(found, axis=1)


def _parts(whole: str, lengths: Ints) -> Iterator[str]:
    for start, end in pairwise([0, *np.cumsum(lengths).tolist()]):
        yield whole[start:end]
