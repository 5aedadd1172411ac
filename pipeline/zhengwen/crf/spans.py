"""Names as spans in chains: the best spans, and how likely they are, for a model whose tags are O and, for each label,
B(egin), I(nside), E(nd) and S(ingle).

Which tags may follow one another is all that binds them; what else a transition could say, the features of the neighbours
say. So a path needs to know only whether it stands outside of names or in which one: the recursions are over one and
`labels` values a character, not over pairs of tags. Tags are numbered O, all B, all I, all E, all S; scores are (tags,
positions), chain behind chain.
"""

import numpy as np
from numpy.typing import NDArray

from .chains import Chains
from .row_map import Ints

Scores = NDArray[np.float32]
Span = tuple[int, int, int]
"""Start, end, number of the label."""
_TINY = 1e-30


def tag_numbers(spans: list[Span], size: int, labels: int) -> Ints:
    """The tags of `size` positions with disjoint spans among them."""
    tags = np.zeros(size, np.int64)
    for start, end, label in spans:
        if end - start == 1:
            tags[start] = 1 + 3 * labels + label
        else:
            tags[start], tags[start + 1 : end - 1], tags[end - 1] = (
                1 + label,
                1 + labels + label,
                1 + 2 * labels + label,
            )
    return tags


def decode(scores: Scores, chains: Chains) -> list[Span]:
    """The spans of the best path, in order (Viterbi 1967)."""
    labels, size = (len(scores) - 1) // 4, scores.shape[1]
    outside, begin, inside, end, single = _laid(scores, chains)
    alone = np.maximum(outside, single.max(0))
    after = np.zeros(size, scores.dtype)  # the best score behind a position, outside of names …
    within = np.full((labels, size), -np.inf, scores.dtype)  # … or in one, which no chain ends in
    for here, behind in _steps(chains):
        after[here] = np.maximum(alone[behind] + after[behind], (begin[:, behind] + within[:, behind]).max(0))
        within[:, here] = np.maximum(inside[:, behind] + within[:, behind], end[:, behind] + after[behind])
    goes_on = (inside + within > end + after)[:, chains.slots]
    free = np.concatenate([(outside + after)[None], begin + within, single + after]).argmax(0)[chains.slots]
    spans: list[Span] = []
    reached = 0
    for start, tag in zip((found := np.flatnonzero(free)).tolist(), free[found].tolist(), strict=True):
        if start >= reached:
            label, reached = (tag - 1) % labels, start + 1
            if tag <= labels:
                while goes_on[label, reached]:
                    reached += 1
                reached += 1
            spans.append((start, reached, label))
    return spans


class Marginals:
    """How likely tags and spans are (forward–backward). `tags`: (tags, positions)."""

    def __init__(self, scores: Scores, chains: Chains):
        labels, size = (len(scores) - 1) // 4, scores.shape[1]
        outside, begin, inside, end, single = _laid(np.exp(scores - scores.max(0)), chains)
        alone = outside + single.sum(0)
        after, within = np.ones(size, scores.dtype), np.zeros((labels, size), scores.dtype)
        before, open_ = np.ones(size, scores.dtype), np.zeros((labels, size), scores.dtype)
        steps = list(_steps(chains))
        for here, behind in steps:
            out = alone[behind] * after[behind] + (begin[:, behind] * within[:, behind]).sum(0)
            goes = inside[:, behind] * within[:, behind] + end[:, behind] * after[behind]
            total = out + goes.sum(0) + _TINY
            after[here], within[:, here] = out / total, goes / total
        for here, behind in reversed(steps):
            out = before[here] * alone[here] + (open_[:, here] * end[:, here]).sum(0)
            goes = before[here] * begin[:, here] + open_[:, here] * inside[:, here]
            total = out + goes.sum(0) + _TINY
            before[behind], open_[:, behind] = out / total, goes / total
        ends = end * after
        likely = np.concatenate(
            [
                (before * outside * after)[None],
                before * begin * within,
                open_ * inside * within,
                open_ * ends,
                before * single * after,
            ]
        )
        self.tags = (likely / (likely.sum(0) + _TINY))[:, chains.slots]
        self._labels = labels
        self._closes = (ends / (ends + inside * within + _TINY))[:, chains.slots]

    def of(self, spans: list[Span]) -> list[float]:
        """How likely it is that there is just this name with this label."""
        found = []
        for start, end, label in spans:
            if end - start == 1:
                found.append(float(self.tags[1 + 3 * self._labels + label, start]))
            else:
                closes = self._closes[label, start + 1 : end]
                found.append(float(self.tags[1 + label, start] * (1 - closes[:-1]).prod() * closes[-1]))
        return found


def _laid(scores: Scores, chains: Chains) -> list[Scores]:
    """The rows of O, B, I, E and S, in the order of the chains' slots."""
    laid = np.empty_like(scores)
    laid[:, chains.slots] = scores
    labels = (len(scores) - 1) // 4
    return [laid[0], *(laid[1 + i * labels : 1 + (i + 1) * labels] for i in range(4))]


def _steps(chains: Chains) -> list[tuple[slice, slice]]:
    """The slots one step further from the ends, and those of the positions behind them."""
    offsets = chains.offsets
    return [
        (slice(offsets[step], offsets[step] + width), slice(offsets[step - 1], offsets[step - 1] + width))
        for step, width in enumerate(chains.active)
        if step
    ]
