"""Where the output goes, and what is left of it when a run is stopped."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import zhengwen as package
from tests.conftest import Ran, lines

Zhengwen = Callable[..., Ran]
PAGE = "# 集中开工\n\n5月6日，南浔经济开发区9个项目集中开工，总投资23亿元。\n"
FAST = ("--config", "fast", "--quiet")
SCRIPT = Path(sys.executable).with_name("zhengwen")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_run_refuses_a_pipe_as_its_output(zhengwen: Zhengwen, tmp_path: Path, good: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    zhengwen("run", good, "-o", "pipe", *FAST).fails("E400", "pipe")
    assert (tmp_path / "pipe").is_fifo()


def test_run_refuses_a_link_to_a_pipe(zhengwen: Zhengwen, tmp_path: Path, good: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "out.jsonl").symlink_to("pipe")
    zhengwen("run", good, "-o", "out.jsonl", *FAST).fails("E400", "pipe")
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("output", [".", "", "..", "/", "./"])
def test_run_refuses_an_output_without_a_name(zhengwen: Zhengwen, tmp_path: Path, good: Path, output: str) -> None:
    zhengwen("run", good, "-o", output, *FAST).fails("E400")
    assert list(tmp_path.iterdir()) == [good]


def test_run_writes_what_a_link_points_to(zhengwen: Zhengwen, tmp_path: Path, good: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "real.jsonl").write_text("older\n", encoding="utf-8")
    (tmp_path / "out.jsonl").symlink_to("store/real.jsonl")
    assert zhengwen("run", good, "-o", "out.jsonl", *FAST).code == 0
    assert (tmp_path / "out.jsonl").is_symlink()
    assert len(lines(tmp_path / "store" / "real.jsonl")) == 1


def test_run_does_not_write_over_its_input_by_a_link(zhengwen: Zhengwen, tmp_path: Path, good: Path) -> None:
    (tmp_path / "out.txt").symlink_to("good.txt")
    zhengwen("run", good, "-o", "out.txt", *FAST).fails("E400")
    assert good.read_text(encoding="utf-8") == PAGE


@pytest.mark.parametrize("second", ["out.facts.jsonl", "out.failures.jsonl"])
def test_run_does_not_write_over_its_input_beside_the_output(zhengwen: Zhengwen, tmp_path: Path, second: str) -> None:
    row = '{"id": "a", "text": "9个项目开工。"}\n'
    (tmp_path / second).write_text(row, encoding="utf-8")
    zhengwen("run", second, "-o", "out.jsonl", "--emit", "articles", "--emit", "facts", *FAST).fails("E400", second)
    assert (tmp_path / second).read_text(encoding="utf-8") == row


def test_run_does_not_write_over_an_input_that_a_glob_names(zhengwen: Zhengwen, tmp_path: Path) -> None:
    row = '{"id": "a", "text": "9个项目开工。"}\n'
    (tmp_path / "a.jsonl").write_text(row, encoding="utf-8")
    ran = zhengwen("run", "*.jsonl", "-o", "a.jsonl", *FAST)
    assert ran.code == 2
    assert (tmp_path / "a.jsonl").read_text(encoding="utf-8") == row


def test_run_names_a_short_option_it_does_not_have(zhengwen: Zhengwen, tmp_path: Path, good: Path) -> None:
    zhengwen("run", good, "-o", "out.jsonl", "-c", "fast").fails("-c", "--help")
    assert list(tmp_path.iterdir()) == [good]


def test_run_names_an_empty_input(zhengwen: Zhengwen, tmp_path: Path) -> None:
    zhengwen("run", "", "-o", "out.jsonl", *FAST).fails("E100", "empty")


def test_run_is_called_with_plain_strings(tmp_path: Path, good: Path) -> None:
    summary = package.run(str(good), str(tmp_path / "out.jsonl"), config="fast", emit="facts")
    assert (summary.documents, summary.facts, summary.failed) == (1, 2, 0)
    assert [row["text"] for row in lines(tmp_path / "out.jsonl")] == ["9个", "23亿元"]


def many_pages(tmp_path: Path) -> Path:
    path = tmp_path / "many.jsonl"
    path.write_text('{"text": "5月6日，南浔经济开发区9个项目集中开工，总投资23亿元。"}\n' * 20_000, encoding="utf-8")
    return path


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_run_that_is_stopped_leaves_only_what_it_goes_on_from(tmp_path: Path, stop: signal.Signals) -> None:
    many = many_pages(tmp_path)
    (tmp_path / "out.jsonl").write_text("older\n", encoding="utf-8")
    command = [str(SCRIPT), "run", many.name, "-o", "out.jsonl", *FAST, "--run.shard", "50000"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, encoding="utf-8")
    for _ in range(600):
        if list(tmp_path.glob("out.jsonl.parts/done-00001.json")):
            break
        time.sleep(0.05)
    process.send_signal(stop)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, len(err.splitlines())) == (130, 1), err
    assert "interrupted" in err
    assert {path.name for path in tmp_path.iterdir()} == {"many.jsonl", "out.jsonl", "out.jsonl.parts"}
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "older\n"
    assert not list(tmp_path.rglob("*.part"))


def test_run_into_a_reader_that_goes_away_is_quiet(tmp_path: Path) -> None:
    many = many_pages(tmp_path)
    command = [str(SCRIPT), "run", many.name, "-o", "-", *FAST, "--run.shard", "20000"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    assert process.stdout.read(10) == b'{"schema":'
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 141
    assert list(tmp_path.iterdir()) == [many]
