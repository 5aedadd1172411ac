"""The folder of a run, as processes that died at any moment may have left it."""

from pathlib import Path

import msgspec
import pytest

from tests.conftest import lines
from zhengwen.errors import InputError, OutputError
from zhengwen.export import export
from zhengwen.records import Failure
from zhengwen.runner.folder import Identity, RunFolder
from zhengwen.runner.shards import Done, part

IDENTITY = Identity("zhengwen/run/1", "0", "own.cfg", {"reader": {"encoding": "utf-8"}}, ["in"], ["articles"], 100)


def opened(path: Path, retry_failed: bool = False, restart: bool = False) -> RunFolder:
    return RunFolder(path, IDENTITY, ".jsonl", restart, retry_failed)


def worked(folder: RunFolder, number: int, failed: int = 0) -> None:
    """What a worker leaves of a shard."""
    done = Done(number, f"digest {number}", "a", "b", 9, 9, 0, 0, failed, 0, 90, 90)
    part(folder.path, "articles", number, ".jsonl").write_text(f"{number}\n", encoding="utf-8")
    if failed:
        letter = Failure("d", "in", "poison", "D900", "no")
        part(folder.path, "failures", number, ".jsonl").write_bytes(msgspec.json.encode(letter) + b"\n")
    part(folder.path, "done", number, ".json").write_bytes(msgspec.json.encode(done))
    folder.add(done)


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    """Four shards, the third with a failure."""
    folder = opened(tmp_path / "out")
    for number in range(4):
        worked(folder, number, failed=int(number == 2))
    folder.finish()
    return tmp_path / "out"


@pytest.mark.parametrize("names", [[], [".lock"], [".lock", "run.json.1234.part"]])
def test_folder_whose_run_died_before_its_first_word_is_begun(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("", encoding="utf-8")
    opened(tmp_path).leave(keep=True)
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]


def test_account_that_cannot_be_read_is_named_and_thrown_away(finished: Path) -> None:
    (finished / "run.json").write_text("{", encoding="utf-8")
    with pytest.raises(OutputError, match=r"run\.json: cannot be read.*--restart"):
        opened(finished)
    folder = opened(finished, restart=True)
    assert folder.done == {} and not list(finished.glob("articles-*"))


def test_shard_whose_part_is_gone_is_done_again(finished: Path) -> None:
    (finished / "articles-00001.jsonl").unlink()
    folder = opened(finished)
    assert sorted(folder.done) == [0, 2, 3]
    assert not (finished / "manifest.jsonl").exists()
    worked(folder, 1)
    folder.finish()
    assert [row["number"] for row in lines(finished / "manifest.jsonl")] == [0, 1, 2, 3]
    assert not list(finished.glob("done-*")) and not (finished / "earlier.jsonl").exists()


def test_retry_that_is_interrupted_loses_nothing(finished: Path) -> None:
    assert sorted(opened(finished, retry_failed=True).done) == [0, 1, 3]
    for retry_failed in (False, True):  # neither was at its end
        assert sorted(opened(finished, retry_failed).done) == [0, 1, 3]
    with pytest.raises(InputError, match="not finished"):
        export(finished, "csv")


def test_retry_without_failures_changes_nothing(finished: Path) -> None:
    folder = opened(finished, retry_failed=True)
    worked(folder, 2)
    folder.finish()
    before = (finished / "manifest.jsonl").stat().st_mtime_ns
    opened(finished, retry_failed=True).leave(keep=True)
    assert (finished / "manifest.jsonl").stat().st_mtime_ns == before


def test_input_that_ends_too_early_is_told_whatever_is_done(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    for number in (0, 1, 5):
        worked(folder, number)
    folder.whole(6)
    with pytest.raises(OutputError, match="ends before a"):
        folder.whole(3)


def test_part_that_only_its_worker_sees_is_named(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    with pytest.raises(OutputError, match=r"articles-00000.*all workers share"):
        folder.add(Done(0, "", "a", "b", 9, 9, 0, 0, 0, 0, 90, 90))
