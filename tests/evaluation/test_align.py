"""Gold spans are paired with found ones, one to one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.support import entities
from zhengwen.evaluation.align import Labelled, align, matched, overlap


def spans(written: str) -> list[Labelled]:
    return [Labelled(one["start"], one["end"], one["label"]) for one in entities(written)]


@pytest.mark.parametrize(
    ("wanted", "found", "pairs"),
    [
        pytest.param("", "", [], id="empty"),
        pytest.param("ZONE 0-4", "", [], id="nothing-found"),
        pytest.param("", "ZONE 0-4", [], id="nothing-asked"),
        pytest.param("ZONE 0-4", "ZONE 4-8", [], id="adjacent"),
        pytest.param("ZONE 0-4", "ORG 0-4", [(0, 0)], id="other-label"),
        pytest.param("ZONE 0-4, ORG 4-8", "ORG 4-8, ZONE 0-4", [(0, 1), (1, 0)], id="order"),
        pytest.param("ZONE 0-4", "ZONE 0-4, ZONE 0-4", [(0, 0)], id="double-found"),
        pytest.param("ZONE 0-4, ZONE 0-4", "ZONE 0-4", [(0, 0)], id="double-gold"),
        pytest.param("ZONE 0-4, ZONE 0-4", "ZONE 0-4, ZONE 0-4", [(0, 0), (1, 1)], id="doubles"),
        pytest.param("ZONE 0-4, ORG 0-4", "ORG 0-4, ZONE 0-4", [(0, 1), (1, 0)], id="two-labels-of-a-span"),
        pytest.param("ZONE 0-4", "ORG 0-4, ZONE 0-4", [(0, 1)], id="same-span-and-label-before-same-span"),
        pytest.param("ZONE 0-4", "ZONE 0-3, ORG 0-4", [(0, 1)], id="same-span-before-same-label"),
        pytest.param("ZONE 0-6", "ORG 0-5, ZONE 5-9", [(0, 1)], id="same-label-before-longer-overlap"),
        pytest.param("ZONE 0-2, ZONE 3-9", "ZONE 1-8", [(1, 0)], id="longest-overlap-of-gold"),
        pytest.param("ZONE 1-8", "ZONE 0-2, ZONE 3-9", [(0, 1)], id="longest-overlap-of-found"),
        pytest.param("ZONE 0-4, ZONE 6-10", "ZONE 2-8", [(0, 0)], id="of-two-alike-the-first"),
        pytest.param("ZONE 0-4, ZONE 4-8", "ZONE 2-6, ZONE 6-10", [(0, 0), (1, 1)], id="both-shifted"),
        pytest.param("ZONE 0-9, ORG 0-2", "ORG 0-9, ZONE 0-2", [(0, 0), (1, 1)], id="crossed-labels-by-span"),
        pytest.param("ORG 1-30", "ORG 2-3, ZONE 28-40", [(0, 0)], id="long-gold"),
        pytest.param("ZONE 28-29", "ORG 0-40, ZONE 30-31", [(0, 0)], id="long-found-begins-far-before"),
    ],
)
def test_align(wanted: str, found: str, pairs: list[tuple[int, int]]) -> None:
    gold, got = spans(wanted), spans(found)
    alignment = align(gold, got)
    assert alignment.pairs == pairs
    assert alignment.missed == [i for i in range(len(gold)) if i not in {pair[0] for pair in pairs}]
    assert alignment.spurious == [j for j in range(len(got)) if j not in {pair[1] for pair in pairs}]


@st.composite
def labelled(draw: st.DrawFn) -> Labelled:
    start = draw(st.integers(0, 20))
    return Labelled(start, start + draw(st.integers(1, 8)), draw(st.sampled_from("ABC")))


@given(st.lists(labelled(), max_size=12), st.lists(labelled(), max_size=12))
@settings(max_examples=300, deadline=None)
def test_align_uses_each_once_and_leaves_no_two_that_overlap(gold: list[Labelled], found: list[Labelled]) -> None:
    pairs, missed, spurious = align(gold, found)
    assert sorted([i for i, _ in pairs] + missed) == list(range(len(gold)))
    assert sorted([j for _, j in pairs] + spurious) == list(range(len(found)))
    for i, j in pairs:
        assert gold[i].start < found[j].end and found[j].start < gold[i].end
    for i in missed:
        assert not any(gold[i].start < found[j].end and found[j].start < gold[i].end for j in spurious)
    for one in {*gold, *found}:
        equal = sum(gold[i] == found[j] == one for i, j in pairs)
        assert equal == min(gold.count(one), found.count(one))


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ([], [], ([], [], [])),
        ([1, 2], [], ([], [1, 2], [])),
        ([], [1, 1], ([], [], [1, 1])),
        ([1, 2, 2], [2, 3, 1], ([(1, 1), (2, 2)], [2], [3])),
        # The first that fits is taken, even from one that it would have fitted better.
        ([1, 11], [11, 5], ([(1, 11)], [11], [5])),
    ],
)
def test_matched_takes_the_first_that_fits(
    gold: list[int], found: list[int], expected: tuple[list[tuple[int, int]], list[int], list[int]]
) -> None:
    assert matched(gold, found, lambda a, b: a % 10 == b % 10) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [((0, 2), False), ((0, 3), True), ((2, 6), True), ((3, 4), True), ((5, 9), True), ((6, 9), False)],
)
def test_overlap_is_of_one_character_at_least(other: tuple[int, int], expected: bool) -> None:
    assert overlap((2, 6), other) is expected
    assert overlap(other, (2, 6)) is expected
