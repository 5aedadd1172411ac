"""Spans: the best of all ways to lay them, and how likely each is, against a sum over all ways."""

import math
from collections.abc import Iterator

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengwen.crf.chains import Chains
from zhengwen.crf.spans import Marginals, Span, decode, tag_numbers

LENGTHS = st.lists(st.integers(1, 5), min_size=1, max_size=4)


def ways(size: int, labels: int, start: int = 0) -> Iterator[list[Span]]:
    """All ways to lay spans over positions `start` … `size` - 1."""
    if start == size:
        yield []
        return
    for rest in ways(size, labels, start + 1):
        yield rest
    for end in range(start + 1, size + 1):
        for label in range(labels):
            for rest in ways(size, labels, end):
                yield [(start, end, label), *rest]


def drawn(lengths: list[int], labels: int, seed: int) -> np.ndarray:
    generator = np.random.default_rng(seed)
    return generator.normal(0, 2, (1 + 4 * labels, sum(lengths))).astype(np.float32)


def total(way: list[Span], scores: np.ndarray, labels: int) -> float:
    tags = tag_numbers(way, scores.shape[1], labels)
    return float(scores[tags, np.arange(scores.shape[1])].sum())


@settings(deadline=None, max_examples=50)
@given(LENGTHS, st.integers(1, 2), st.integers(0, 10**6))
def test_decode_finds_the_best_of_all_ways(lengths: list[int], labels: int, seed: int) -> None:
    scores = drawn(lengths, labels, seed)
    found = decode(scores, Chains(np.array(lengths)))
    start = 0
    for length in lengths:
        part = scores[:, start : start + length]
        best = max(total(way, part, labels) for way in ways(length, labels))
        inner = [(a - start, b - start, label) for a, b, label in found if start <= a < start + length]
        assert math.isclose(total(inner, part, labels), best, rel_tol=1e-4, abs_tol=1e-4)
        start += length


@settings(deadline=None, max_examples=30)
@given(LENGTHS, st.integers(1, 2), st.integers(0, 10**6))
def test_marginals_are_the_sum_over_all_ways(lengths: list[int], labels: int, seed: int) -> None:
    scores = drawn(lengths, labels, seed)
    marginals = Marginals(scores, Chains(np.array(lengths)))
    start = 0
    for length in lengths:
        part = scores[:, start : start + length]
        weighed = [(way, math.exp(total(way, part, labels))) for way in ways(length, labels)]
        whole = sum(weight for _, weight in weighed)
        span = (0, length, labels - 1)
        likely = sum(weight for way, weight in weighed if span in way) / whole
        (found,) = marginals.of([(start, start + length, labels - 1)])
        assert math.isclose(found, likely, rel_tol=1e-3, abs_tol=1e-4)
        tags = np.zeros((1 + 4 * labels, length))
        for way, weight in weighed:
            tags[tag_numbers(way, length, labels), np.arange(length)] += weight / whole
        assert np.allclose(marginals.tags[:, start : start + length], tags, rtol=1e-3, atol=1e-4)
        start += length


def test_chains_of_nothing_hold_nothing() -> None:
    assert decode(np.zeros((5, 0), np.float32), Chains(np.zeros(0, np.int64))) == []
