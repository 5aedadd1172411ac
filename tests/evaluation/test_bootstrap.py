"""Intervals and differences against loops written out plainly, against theory, and against what must hold of any counts."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengwen.evaluation import bootstrap
from zhengwen.evaluation.bootstrap import LEVEL, SEED, Difference, differences, intervals, scores

Floats = npt.NDArray[np.float64]
RIGHT, WRONG = (1, 1, 1, 1), (0, 1, 0, 1)
"""One document with one gold entity, and one found: it, or another."""


def counts(*documents: tuple[float, float, float, float]) -> Floats:
    """[documents, 1 measure, 4]."""
    return np.array(documents, dtype=float)[:, None, :]


@st.composite
def outputs(draw: st.DrawFn, number: int = 1) -> list[Floats]:
    """Outputs for the same one to eight documents and one to three measures; no more is right than was found or asked."""
    documents, measures = draw(st.integers(1, 8)), draw(st.integers(1, 3))
    gold = draw(st.lists(st.integers(0, 9), min_size=documents * measures, max_size=documents * measures))
    found = []
    for _ in range(number):
        rows = []
        for asked in gold:
            got = draw(st.integers(0, 9))
            rows.append((draw(st.integers(0, got)), got, draw(st.integers(0, asked)), asked))
        found.append(np.array(rows, dtype=float).reshape(documents, measures, 4))
    return found


# Scores


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ((0, 0, 0, 0), (0, 0, 0)),
        ((0, 0, 0, 5), (0, 0, 0)),
        ((0, 5, 0, 0), (0, 0, 0)),
        ((0, 5, 0, 5), (0, 0, 0)),
        ((5, 5, 5, 5), (1, 1, 1)),
        ((3, 4, 3, 6), (0.75, 0.5, 0.6)),
        ((1.5, 2, 1.5, 3), (0.75, 0.5, 0.6)),
        ((2, 4, 3, 3), (0.5, 1, 2 / 3)),
    ],
)
def test_scores_are_those_worked_out_by_hand(total: tuple[float, ...], expected: tuple[float, ...]) -> None:
    assert scores(np.array(total, dtype=float)).tolist() == pytest.approx(expected)


def test_scores_keep_the_shape_of_the_counts() -> None:
    totals = np.array([[RIGHT, WRONG], [(0, 0, 0, 0), (3, 4, 3, 6)]], dtype=float)
    assert scores(totals).shape == (2, 2, 3)
    assert scores(totals)[..., 2].tolist() == [[1, 0], [0, pytest.approx(0.6)]]


# Intervals


def test_interval_is_one_where_all_is_right() -> None:
    assert intervals(counts(*[(n, n, n, n) for n in range(1, 9)]), 200).tolist() == [[[1, 1]] * 3]


def test_interval_is_zero_where_nothing_was_found_or_asked() -> None:
    assert intervals(counts((0, 0, 0, 0), (0, 0, 0, 0)), 50).tolist() == [[[0, 0]] * 3]


def test_interval_of_one_document_is_a_point() -> None:
    assert intervals(counts((3, 4, 3, 6)), 50).tolist() == [[[0.75, 0.75], [0.5, 0.5], [pytest.approx(0.6)] * 2]]


@given(outputs())
@settings(max_examples=60, deadline=None)
def test_interval_is_ordered_and_lies_between_the_best_and_the_worst_document(found: list[Floats]) -> None:
    (table,) = found
    low, high = np.moveaxis(intervals(table, 60), -1, 0)
    assert (low <= high).all()
    assert (low >= 0).all() and (high <= 1).all()
    each = scores(table)
    assert (low >= each.min(0) - 1e-9)[:, :2].all() and (high <= each.max(0) + 1e-9)[:, :2].all()


@given(outputs())
@settings(max_examples=40, deadline=None)
def test_interval_is_that_of_a_plain_loop_over_the_same_draws(found: list[Floats]) -> None:
    (table,) = found
    rounds, size = 40, len(table)
    draws = np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), rounds)
    for measure in range(table.shape[1]):
        drawn = []
        for times in draws:
            total = np.zeros(4)
            for document, often in enumerate(times):
                for _ in range(often):
                    total += table[document, measure]
            drawn.append(plain_scores(*total))
        for k in range(3):
            ordered = [one[k] for one in drawn]
            expected = np.percentile(ordered, [2.5, 97.5])
            assert intervals(table, rounds)[measure, k].tolist() == pytest.approx(expected.tolist(), abs=1e-12)


def plain_scores(right: float, found: float, hit: float, gold: float) -> tuple[float, float, float]:
    p, r = right / found if found else 0.0, hit / gold if gold else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


@pytest.mark.parametrize(("right", "documents"), [(30, 100), (50, 100), (360, 400), (1, 40)])
def test_interval_of_an_accuracy_is_the_binomial_one(right: int, documents: int) -> None:
    """Each document is one question: drawn again, the number of right ones is binomial, and its quantiles are known."""
    table = counts(*[RIGHT] * right, *[WRONG] * (documents - right))
    low, high = intervals(table, 20_000)[0, 2] * documents
    share = right / documents
    assert abs(low - binomial_quantile(documents, share, (1 - LEVEL) / 2)) <= 1
    assert abs(high - binomial_quantile(documents, share, (1 + LEVEL) / 2)) <= 1


def binomial_quantile(n: int, share: float, level: float) -> int:
    reached = 0.0
    for k in range(n):
        reached += math.comb(n, k) * share**k * (1 - share) ** (n - k)
        if reached >= level:
            return k
    return n


def test_interval_covers_the_truth_as_often_as_it_says() -> None:
    """Two hundred samples of sixty documents of a world that is right in 0.7: some 95 % of the intervals hold 0.7."""
    random = np.random.default_rng(1)
    covered = 0
    for _ in range(200):
        right = random.binomial(10, 0.7, 60).astype(float)
        ten = np.full(60, 10.0)
        low, high = intervals(np.stack([right, ten, right, ten], axis=-1)[:, None], 300)[0, 2]
        covered += low <= 0.7 <= high
    assert 0.90 <= covered / 200 <= 0.99


def test_interval_holds_the_figure_and_narrows_with_more_documents() -> None:
    few, many = ([(i % 3, 3, i % 3, 3) for i in range(size)] for size in (12, 300))
    widths = []
    for documents in (few, many):
        table = counts(*documents)
        low, high = intervals(table, 500)[0, 2]
        assert low < scores(table.sum(0))[0, 2] < high
        widths.append(high - low)
    assert widths[1] < widths[0] / 3


# Draws


def test_same_counts_give_the_same_figures() -> None:
    table = counts(*[(i % 4, 4, i % 4, 5) for i in range(20)])
    assert intervals(table, 100).tolist() == intervals(table.copy(), 100).tolist()
    assert differences(table, table[::-1], 100) == differences(table, table[::-1].copy(), 100)


def test_measures_are_drawn_together() -> None:
    """The interval of a measure does not depend on what stands beside it."""
    one, other = counts(*[(i % 4, 4, i % 4, 5) for i in range(20)]), counts(*[RIGHT, WRONG] * 10)
    both = np.concatenate([one, other], axis=1)
    assert intervals(both, 100).tolist() == [*intervals(one, 100).tolist(), *intervals(other, 100).tolist()]


@pytest.mark.parametrize("held", [1, 20, 70, 1000])
def test_rounds_in_blocks_give_the_same_figures(monkeypatch: pytest.MonkeyPatch, held: int) -> None:
    a, b = (counts(*[(i % n, n, i % n, 5) for i in range(20)]) for n in (3, 4))
    whole = intervals(a, 100).tolist(), differences(a, b, 100)
    monkeypatch.setattr(bootstrap, "_BLOCK", held)
    assert (intervals(a, 100).tolist(), differences(a, b, 100)) == whole


# Differences


@given(outputs())
@settings(max_examples=30, deadline=None)
def test_same_output_twice_is_no_difference(found: list[Floats]) -> None:
    (table,) = found
    for one in differences(table, table, 50):
        assert one == Difference(0, 0, 0, 1)
        assert not one.sure


@given(outputs(number=2))
@settings(max_examples=60, deadline=None)
def test_exchanged_outputs_turn_the_sign(found: list[Floats]) -> None:
    a, b = found
    for there, back in zip(differences(a, b, 60), differences(b, a, 60), strict=True):
        assert (-back.value, -back.high, -back.low, back.p) == pytest.approx(there, abs=1e-12)
        assert back.sure is there.sure


@given(outputs(number=2), st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_p_is_never_zero(found: list[Floats], rounds: int) -> None:
    a, b = found
    for one in differences(a, b, rounds):
        assert 1 / (rounds + 1) <= one.p <= 1
        assert one.low <= one.high


@pytest.mark.parametrize("documents", [6, 12, 100])
def test_better_in_every_document_is_sure(documents: int) -> None:
    a = counts(*[(2 + i % 3, 8, 2 + i % 3, 8) for i in range(documents)])
    b = counts(*[(4 + i % 3, 8, 4 + i % 3, 8) for i in range(documents)])
    (better,), (worse,) = differences(a, b, 1000), differences(b, a, 1000)
    assert better.value == pytest.approx(0.25) and better.low > 0 and better.p < 0.05 and better.sure
    assert worse.value == pytest.approx(-0.25) and worse.high < 0 and worse.p < 0.05 and worse.sure


def test_better_in_every_one_of_four_documents_is_not_sure() -> None:
    """Of the sixteen ways to exchange four documents, two make a difference as large: p cannot be below an eighth."""
    (one,) = differences(counts(*[WRONG] * 4), counts(*[RIGHT] * 4), 4000)
    assert (one.value, one.low, one.high) == (1, 1, 1)
    assert one.p == pytest.approx(2 / 16, abs=0.02)
    assert not one.sure


def test_p_is_that_of_all_exchanges() -> None:
    """Ten documents, b better in eight by one: the share of the 1,024 exchanges that make as large a difference."""
    a = counts(*[(3, 6, 3, 6)] * 10)
    b = counts(*[(4, 6, 4, 6)] * 8, *[(2, 6, 2, 6)] * 2)
    (one,) = differences(a, b, 20_000)
    gains = np.array([1] * 8 + [-1] * 2)
    signs = 1 - 2 * ((np.arange(1024)[:, None] >> np.arange(10)) & 1)
    assert one.p == pytest.approx((np.abs(signs @ gains) >= 6).mean(), abs=0.01)


def test_paired_difference_is_surer_than_two_intervals() -> None:
    """Documents are hard or easy for both, and b is a little better in each: the intervals overlap, the pair is sure."""
    hard = [i % 9 for i in range(40)]
    a, b = (counts(*[(n + more, 10, n + more, 10) for n in hard]) for more in (0, 1))
    assert intervals(a, 500)[0, 2, 1] > intervals(b, 500)[0, 2, 0]
    (one,) = differences(a, b, 500)
    assert one.sure and one.low == pytest.approx(0.1) and one.high == pytest.approx(0.1)


def test_p_is_even_where_there_is_no_difference() -> None:
    """Two outputs of one quality, two hundred times: about every tenth p is below a tenth, and half below a half."""
    random = np.random.default_rng(2)
    found: list[float] = []
    for _ in range(200):
        pair: list[Any] = []
        for right in random.binomial(20, 0.6, (2, 25)).astype(float):
            twenty = np.full(25, 20.0)
            pair.append(np.stack([right, twenty, right, twenty], axis=-1)[:, None])
        found += [one.p for one in differences(*pair, 200)]
    for level in (0.1, 0.25, 0.5, 0.75):
        assert np.mean(np.array(found) <= level) == pytest.approx(level, abs=0.11)


@pytest.mark.parametrize(
    ("p", "shown"), [(1.0, "1.000"), (0.0499, "0.050"), (0.001, "0.001"), (0.000999, "<0.001"), (1e-5, "<0.001")]
)
def test_p_is_not_shown_as_zero(p: float, shown: str) -> None:
    assert Difference(0, 0, 0, p).chance == shown


@pytest.mark.parametrize(
    ("low", "high", "p", "sure"),
    [
        (0.1, 0.2, 0.01, True),
        (-0.2, -0.1, 0.01, True),
        (-0.1, 0.2, 0.01, False),
        (0, 0.2, 0.01, False),
        (0.1, 0.2, 0.05, False),
    ],
)
def test_sure_is_what_interval_and_test_both_say(low: float, high: float, p: float, sure: bool) -> None:
    assert Difference((low + high) / 2, low, high, p).sure is sure
