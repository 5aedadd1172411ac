"""The best tags of many chains at once (Viterbi 1967), for a linear-chain model with few tags."""

import numpy as np
from numpy.typing import NDArray

from .chains import Chains
from .row_map import Ints

Floats = NDArray[np.float64]


class Viterbi:
    """edges: (tags, tags), the score of a tag (column) behind another (row)."""

    def __init__(self, edges: Floats):
        self._edges = np.ascontiguousarray(edges)

    def decode(self, scores: Floats, lengths: Ints) -> Ints:
        """The tags of all positions, (positions,). scores: (positions, tags), chain behind chain; lengths: of the chains,
        from 1 on. Of equal paths the one that spacy-pkuseg takes."""
        if not len(lengths):
            return np.zeros(0, np.int64)
        chains = Chains(lengths)
        best = np.empty(scores.T.shape)
        best[:, chains.slots] = scores.T
        self._backward(best, chains)
        best = best[:, chains.slots]
        return self._forward(best, self._followers(best), chains)

    def _backward(self, best: Floats, chains: Chains) -> None:
        """Makes of each score that of the best path from there to the end of the chain."""
        kinds = len(best)
        edges = self._edges[:, :, None]
        paths, way = np.empty((kinds, kinds, chains.active[0])), np.empty((kinds, chains.active[0]))
        for step in range(1, len(chains.active)):
            width, before, at = chains.active[step], chains.offsets[step - 1], chains.offsets[step]
            np.add(edges, best[:, before : before + width], out=paths[:, :, :width])
            np.maximum.reduce(paths[:, :, :width], axis=1, out=way[:, :width])
            best[:, at : at + width] += way[:, :width]

    def _followers(self, best: Floats) -> Ints:
        """For each tag (row) of a character the tag of the next one, the last of equals."""
        followers = np.empty(best.shape, np.int64)
        for tag, edges in enumerate(self._edges):
            top = edges[0] + best[0, 1:]
            to = np.zeros(len(top), np.int64)
            for i in range(1, len(edges)):
                other = edges[i] + best[i, 1:]
                to[other >= top] = i
                np.maximum(top, other, out=top)
            followers[tag, :-1] = to
        return followers

    def _forward(self, best: Floats, followers: Ints, chains: Chains) -> Ints:
        tags = np.zeros(best.shape[1], np.int64)
        here = best[:, chains.starts].argmax(0)
        tags[chains.starts] = here
        flat, size = followers.ravel(), best.shape[1]
        for step, width in enumerate(chains.active[1:]):
            at = chains.starts[:width] + step
            here = flat[here[:width] * size + at]
            tags[at + 1] = here
        return tags
