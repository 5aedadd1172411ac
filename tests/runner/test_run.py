"""Runs that meet poison, are killed, go on, are told to go on otherwise: nothing lost, nothing twice, everything said."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

import zhengwen as package
from tests.conftest import Ran, lines
from tests.runner.support import SCRIPT, archive, contents, poison_config
from zhengwen.errors import OutputError
from zhengwen.runner.status import status

Zhengwen = Callable[..., Ran]
SMALL = ("--run.shard", "3000", "--config", "own.cfg", "--quiet")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    poison_config(tmp_path)
    return tmp_path


def test_output_is_the_same_for_any_number_of_workers_and_shards(zhengwen: Zhengwen, folder: Path) -> None:
    archive(folder / "in.jsonl", 400, {7: "出错", 300: "出错"})
    package.run(folder / "in.jsonl", folder / "0.jsonl", config=folder / "own.cfg", emit=["articles", "facts"])
    emit = ("--emit", "articles", "--emit", "facts")
    for workers in ("1", "3"):
        ran = zhengwen("run", folder / "in.jsonl", "-o", f"{workers}.jsonl", *emit, "--workers", workers, *SMALL)
        assert ran.code == 1
        for name in ("{}.jsonl", "{}.facts.jsonl", "{}.failures.jsonl"):
            assert contents(folder / name.format(workers)).popitem()[1] == (folder / name.format(0)).read_bytes()


def test_folder_has_parts_dead_letters_and_a_manifest(zhengwen: Zhengwen, folder: Path) -> None:
    archive(folder / "in.jsonl", 400, {250: "出错"})
    assert zhengwen("run", "in.jsonl", "-o", "out", "--emit", "articles", "--emit", "facts", *SMALL).code == 1
    shards = lines(folder / "out" / "manifest.jsonl")
    assert len(shards) > 2
    parts = [lines(folder / "out" / f"articles-{shard['number']:05}.jsonl") for shard in shards]
    ids = [row["source"]["id"] for part in parts for row in part]
    assert ids == [f"d{i}" for i in range(400) if i != 250]
    assert [len(part) for part in parts] == [shard["articles"] for shard in shards]
    (letters,) = (folder / "out").glob("failures-*.jsonl")
    assert [(row["id"], row["path"], row["stage"], row["code"]) for row in lines(letters)] == [
        ("d250", "in.jsonl", "poison", "D900")
    ]
    said = zhengwen("status", "out")
    assert said.code == 1
    assert "out: finished" in said.out and "1 × D900 in poison" in said.out and "400 documents" in said.out


def test_documents_that_hang_eat_memory_or_kill_are_named_and_all_others_done(zhengwen: Zhengwen, folder: Path) -> None:
    poison = {50: "挂起", 120: "吃内存", 121: "自杀", 200: "死循环", 230: "出错", 231: "拒绝"}
    archive(folder / "in.jsonl", 260, poison)
    limits = ("--run.timeout", "4", "--run.memory", "700")
    ran = zhengwen("run", "in.jsonl", "-o", "out.jsonl", "--workers", "2", *limits, *SMALL)
    assert ran.code == 1
    failed = {row["id"]: (row["stage"], row["code"]) for row in lines(folder / "out.failures.jsonl")}
    codes = {50: "D901", 120: "D902", 121: "D903", 200: "D901", 230: "D900", 231: "D105"}
    assert failed == {f"d{i}": ("poison", code) for i, code in codes.items()}
    ids = [row["source"]["id"] for row in lines(folder / "out.jsonl")]
    assert ids == [f"d{i}" for i in range(260) if i not in poison]


def start(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    command = [str(SCRIPT), "run", "in.jsonl", *arguments, *SMALL]
    return subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, encoding="utf-8")


def interrupted(folder: Path, output: str = "out") -> None:
    """A run of which some shards are done."""
    archive(folder / "in.jsonl", 3000)
    process = start(folder, "-o", output)
    parts = folder / (output if output == "out" else f"{output}.parts")
    for _ in range(600):
        if len(list(parts.glob("done-*.json"))) > 2:
            break
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "goes on" in err


def test_run_goes_on_where_it_stopped(zhengwen: Zhengwen, folder: Path) -> None:
    interrupted(folder)
    assert "out: interrupted" in zhengwen("status", "out").out
    arguments = [argument for argument in SMALL if argument != "--quiet"]
    ran = zhengwen("run", "in.jsonl", "-o", "out", *arguments)
    assert ran.code == 0
    assert "of them before" in ran.err
    assert sum(shard["documents"] for shard in lines(folder / "out" / "manifest.jsonl")) == 3000


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        (["--components.zhengwen_quantities.factory", "zhengwen_facts"], ["components.zhengwen_quantities.factory"]),
        (["--run.shard", "4000"], ["shard: 3000 → 4000"]),
        (["--emit", "facts"], ["emit: articles → facts"]),
        (["own.cfg"], ["inputs"]),
    ],
    ids=["config", "shard", "emit", "inputs"],
)
def test_run_does_not_go_on_otherwise(zhengwen: Zhengwen, folder: Path, change: list[str], parts: list[str]) -> None:
    interrupted(folder)
    zhengwen("run", "in.jsonl", "-o", "out", *SMALL, *change).fails("E400", "out", "--restart", *parts)
    assert list((folder / "out").glob("done-*.json"))


def test_run_does_not_go_on_with_another_input(zhengwen: Zhengwen, folder: Path) -> None:
    interrupted(folder)
    rows = (folder / "in.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    for changed in ([*rows[:1], '{"id": "d1", "text": "改了。"}\n', *rows[2:]], rows[:10]):
        (folder / "in.jsonl").write_text("".join(changed), encoding="utf-8")
        zhengwen("run", "in.jsonl", "-o", "out", *SMALL).fails("E400", "in.jsonl", "changed")
    assert zhengwen("run", "in.jsonl", "-o", "out", *SMALL, "--restart").code == 0
    assert len(lines(folder / "out" / "articles-00000.jsonl")) == 10


def test_retry_does_the_failed_again(zhengwen: Zhengwen, folder: Path) -> None:
    archive(folder / "in.jsonl", 300, {150: "出错"})
    assert zhengwen("run", "in.jsonl", "-o", "out", *SMALL).code == 1
    (folder / "own.py").write_text((folder / "own.py").read_text(encoding="utf-8").replace('"出错" in', '"无" in'))
    before = {path.name: path.stat().st_mtime_ns for path in (folder / "out").glob("articles-*")}
    assert zhengwen("run", "in.jsonl", "-o", "out", *SMALL, "--retry-failed").code == 0
    after = {path.name: path.stat().st_mtime_ns for path in (folder / "out").glob("articles-*")}
    assert sum(before[name] != after[name] for name in before) == 1
    assert not list((folder / "out").glob("failures-*"))
    rows = [row for path in sorted((folder / "out").glob("articles-*")) for row in lines(path)]
    assert [row["source"]["id"] for row in rows] == [f"d{i}" for i in range(300)]


def test_two_runs_do_not_write_to_one_folder(zhengwen: Zhengwen, folder: Path) -> None:
    archive(folder / "in.jsonl", 3000)
    process = start(folder, "-o", "out")
    for _ in range(600):
        if list((folder / "out").glob("done-*.json")):
            break
        time.sleep(0.02)
    assert status(folder / "out").state == "running"
    process.send_signal(signal.SIGSTOP)
    try:
        zhengwen("run", "in.jsonl", "-o", "out", *SMALL).fails("E400", "another run")
    finally:
        process.send_signal(signal.SIGCONT)
    assert process.wait(timeout=60) == 0


def test_full_disk_ends_the_run_and_it_goes_on_later(folder: Path) -> None:
    archive(folder / "in.jsonl", 3000)
    limit = f"ulimit -f 40; exec {SCRIPT} run in.jsonl -o out.jsonl {' '.join(SMALL)}"  # blocks of a file
    done = subprocess.run(["bash", "-c", limit], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2, done
    assert "cannot write" in done.stderr and len(done.stderr.splitlines()) == 1
    assert start(folder, "-o", "out.jsonl").wait(timeout=60) == 0
    assert len(lines(folder / "out.jsonl")) == 3000


def test_run_in_this_process_stops_at_an_output_that_cannot_be_written(folder: Path) -> None:
    archive(folder / "in.jsonl", 3)
    (folder / "locked").mkdir()
    (folder / "locked" / "out.jsonl.parts").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="parts"):
        package.run(folder / "in.jsonl", folder / "locked" / "out.jsonl", config="numbers")


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        (["--run.timeout", "0"], ["[run] timeout"]),
        (["--run.speed", "9"], ["[run] speed", "shard, timeout, memory"]),
        (["--retry-failed"], ["E400", "--retry-failed", "folder"]),
        (["--dask", "tcp://127.0.0.1:1"], ["--dask tcp://127.0.0.1:1", "no scheduler"]),
    ],
)
def test_wrong_option_is_named(zhengwen: Zhengwen, folder: Path, options: list[str], parts: list[str]) -> None:
    archive(folder / "in.jsonl", 3)
    if "--dask" in options:
        pytest.importorskip("distributed")
    zhengwen("run", "in.jsonl", "-o", "out.jsonl", "--config", "own.cfg", *options).fails(*parts)


def test_status_of_no_run_is_a_mistake(zhengwen: Zhengwen, tmp_path: Path) -> None:
    zhengwen("status", "none").fails("E100", "none")


def test_worker_ends_when_its_run_is_killed(folder: Path) -> None:
    archive(folder / "in.jsonl", 10, {5: "挂起"})
    process = start(folder, "-o", "out.jsonl", "--run.timeout", "600")
    workers: list[psutil.Process] = []
    for _ in range(600):
        workers = psutil.Process(process.pid).children()
        if workers and workers[0].num_threads() and "child" in " ".join(workers[0].cmdline()):
            break
        time.sleep(0.02)
    os.kill(workers[0].pid, signal.SIGSTOP)
    process.kill()
    process.wait()
    os.kill(workers[0].pid, signal.SIGCONT)
    gone, _ = psutil.wait_procs(workers, timeout=30)
    assert gone == workers


def test_failures_of_a_run_are_json(folder: Path) -> None:
    archive(folder / "in.jsonl", 3, {1: "出错"})
    summary = package.run(folder / "in.jsonl", folder / "out.jsonl", config=folder / "own.cfg")
    assert summary.failures == folder / "out.failures.jsonl"
    (letter,) = (json.loads(line) for line in summary.failures.read_text(encoding="utf-8").splitlines())
    assert letter["message"] == "ValueError: 出错"
