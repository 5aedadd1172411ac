"""Frames: where characters stand in the words that a segmentation model cuts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tagger.support import cut
from zhengwen.tagger.segmented import FRAMES, RUNS, Segmented, runs


def frames(*texts: str) -> list[str]:
    """The places around each character as letters: - outside, B, I, E, S."""
    found = segmented().frames(texts, cut().walk.read(texts)).tolist()
    return ["".join("-BIES"[frame // 5**i % 5] for i in (4, 3, 2, 1, 0)) for frame in found]


def segmented() -> Segmented:
    framed = cut().framed
    assert framed
    return framed.segmented


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["北京的"], ["--BES", "-BES-", "BES--"]),
        (["北京", "的"], ["--BE-", "-BE--", "--S--"]),
        (["共产党"], ["--BIE", "-BIE-", "BIE--"]),
        (["好，好"], ["--SSS", "-SSS-", "SSS--"]),
        ([""], []),
    ],
)
def test_frames_tell_where_characters_stand_in_words(texts: list[str], expected: list[str]) -> None:
    assert frames(*texts) == expected


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(st.sampled_from("王启明来到，。\n 3ａA𠮷\0"), max_size=40), max_size=4))
def test_every_character_has_a_frame(texts: list[str]) -> None:
    found = segmented().frames(texts, cut().walk.read(texts))
    assert len(found) == sum(map(len, texts))
    assert all(0 <= frame < FRAMES for frame in found)


def test_runs_are_numbered_apart() -> None:
    found = runs(np.arange(FRAMES))
    assert found.min() == 0 and found.max() == RUNS - 1
    assert all(len(np.intersect1d(found[:, i], found[:, j])) == 0 for i in range(12) for j in range(i))
