"""The best path is the best of all paths."""

from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengwen.crf.viterbi import Viterbi


@settings(deadline=None)
@given(
    st.lists(st.integers(1, 5), min_size=1, max_size=4),
    st.integers(2, 3),
    st.randoms(use_true_random=False),
)
def test_viterbi_finds_the_best_of_all_paths(lengths: list[int], kinds: int, random: object) -> None:
    draw = random.randint  # type: ignore[attr-defined]
    edges = np.array([[draw(-8, 8) for _ in range(kinds)] for _ in range(kinds)], float)
    scores = np.array([[draw(-8, 8) for _ in range(kinds)] for _ in range(sum(lengths))], float)
    tags = Viterbi(edges).decode(scores, np.array(lengths)).tolist()

    def score(path: tuple[int, ...], rows: np.ndarray) -> float:
        nodes = sum(float(rows[i, tag]) for i, tag in enumerate(path))
        return nodes + sum(float(edges[a, b]) for a, b in pairwise(path))

    start = 0
    for length in lengths:
        rows = scores[start : start + length]
        best = max(score(path, rows) for path in product(range(kinds), repeat=length))
        assert score(tuple(tags[start : start + length]), rows) == best
        start += length
