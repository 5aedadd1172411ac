"""A small version of `tests/bench/poisoned.py`, which takes 200,000 documents."""

from pathlib import Path

from tests.bench import poisoned


def test_good_documents_are_there_once_and_poisoned_ones_are_dead_letters(tmp_path: Path) -> None:
    good, bad = poisoned.prepare(tmp_path, 400)
    assert len(good) + len(bad) == 400 and len(bad) == 13
    assert poisoned.start(tmp_path, "--run.shard", "15000", "--run.timeout", "5", "--run.memory", "400").wait() == 1
    assert poisoned.check(tmp_path / "out", good, bad) == []
