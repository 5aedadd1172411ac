"""A few of the moments of `tests/bench/kills.py`, which tries thirty."""

import random
from pathlib import Path

import pytest

from tests.bench import kills


@pytest.mark.parametrize("output", kills.OUTPUTS)
def test_run_killed_at_random_moments_ends_as_if_nothing_had_been(tmp_path: Path, output: str) -> None:
    seconds = kills.prepare(tmp_path, output, documents=500)
    said = kills.killed(tmp_path / output, output, seconds, random.Random(output), deaths=1)
    assert kills.left(tmp_path / output) == kills.left(tmp_path / f"calm-{output}"), said
