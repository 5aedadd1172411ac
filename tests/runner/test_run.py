"""Runs that meet poison, are killed, go on, are told to go on otherwise: nothing lost, nothing twice, everything said."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

import zhengwen as package
from tests.conftest import Ran, lines
from tests.runner.support import SCRIPT, archive, poison_config
from zhengwen.errors import OutputError
from zhengwen.runner.run import Summary
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
    assert zhengwen("run", folder / "in.jsonl", "-o", "2.jsonl", *emit, "--workers", "2", *SMALL).code == 1
    for name in ("{}.jsonl", "{}.facts.jsonl", "{}.failures.jsonl"):
        assert (folder / name.format(2)).read_bytes() == (folder / name.format(0)).read_bytes()


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


def start(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    command = [str(SCRIPT), "run", "in.jsonl", *arguments, *SMALL]
    return subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, encoding="utf-8")


def run(folder: Path, output: str = "out", **arguments: Any) -> Summary:
    """A run of `in.jsonl` in this process."""
    overrides = {"run.shard": 3000} | arguments.pop("overrides", {})
    return package.run("in.jsonl", output, config="own.cfg", overrides=overrides, **arguments)


@pytest.fixture
def begun(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose run has done two shards of more, as a killed one leaves it."""
    monkeypatch.chdir(folder)
    archive(folder / "in.jsonl", 300)
    run(folder)
    out = folder / "out"
    shards = (out / "manifest.jsonl").read_bytes().splitlines()
    assert len(shards) > 2
    for number, row in enumerate(shards[:2]):
        (out / f"done-{number:05}.json").write_bytes(row)
    (out / "manifest.jsonl").unlink()
    return folder


def test_run_that_is_interrupted_goes_on_where_it_stopped(zhengwen: Zhengwen, folder: Path) -> None:
    archive(folder / "in.jsonl", 2000)
    process = start(folder, "-o", "out")
    while len(list((folder / "out").glob("done-*.json"))) <= 2 and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "goes on" in err
    assert next(status(folder / "out").lines()).endswith("out: interrupted")
    ran = zhengwen("run", "in.jsonl", "-o", "out", *SMALL[:-1])
    assert ran.code == 0
    assert "of them before" in ran.err
    assert sum(shard["documents"] for shard in lines(folder / "out" / "manifest.jsonl")) == 2000


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        ({"overrides": {"components.zhengwen_quantities.factory": "zhengwen_facts"}}, "zhengwen_quantities.factory"),
        ({"overrides": {"run.shard": 4000}}, "shard: 3000 → 4000"),
        ({"emit": "facts"}, "emit: articles → facts"),
    ],
    ids=["config", "shard", "emit"],
)
def test_run_does_not_go_on_otherwise(begun: Path, change: dict[str, Any], parts: str) -> None:
    with pytest.raises(OutputError, match=f"out: its run was begun otherwise: .*{parts}.*--restart"):
        run(begun, **change)
    assert len(list((begun / "out").glob("done-*.json"))) == 2


def test_run_does_not_go_on_with_another_input(zhengwen: Zhengwen, begun: Path) -> None:
    zhengwen("run", "in.jsonl", "own.cfg", "-o", "out", *SMALL).fails("E400", "inputs: in.jsonl → in.jsonl own.cfg")
    rows = (begun / "in.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    for changed in ([*rows[:1], '{"id": "d1", "text": "改了。"}\n', *rows[2:]], rows[:10]):
        (begun / "in.jsonl").write_text("".join(changed), encoding="utf-8")
        with pytest.raises(OutputError, match=r"the input has changed since.*in\.jsonl.*--restart"):
            run(begun)
    run(begun, restart=True)
    assert len(lines(begun / "out" / "articles-00000.jsonl")) == 10


def test_retry_does_the_failed_again(zhengwen: Zhengwen, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    archive(folder / "in.jsonl", 300, {150: "出错"})
    assert run(folder).failed == 1
    (folder / "own.py").write_text((folder / "own.py").read_text(encoding="utf-8").replace('"出错" in', '"无" in'))
    before = {path.name: path.stat().st_mtime_ns for path in (folder / "out").glob("articles-*")}
    assert zhengwen("run", "in.jsonl", "-o", "out", *SMALL, "--retry-failed").code == 0
    after = {path.name: path.stat().st_mtime_ns for path in (folder / "out").glob("articles-*")}
    assert sum(before[name] != after[name] for name in before) == 1
    assert not list((folder / "out").glob("failures-*"))
    rows = [row for path in sorted((folder / "out").glob("articles-*")) for row in lines(path)]
    assert [row["source"]["id"] for row in rows] == [f"d{i}" for i in range(300)]


def test_two_runs_do_not_write_to_one_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    archive(folder / "in.jsonl", 10, {0: "挂起"})
    process = start(folder, "-o", "out")
    try:
        while not (folder / "out" / "run.json").exists() and process.poll() is None:
            time.sleep(0.02)
        assert status(folder / "out").state == "running"
        with pytest.raises(OutputError, match="another run"):
            run(folder)
    finally:
        process.kill()
        process.communicate()


def test_full_disk_ends_the_run_and_it_goes_on_later(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive(folder / "in.jsonl", 1000)
    limit = (
        f"ulimit -f 150; exec {SCRIPT} run in.jsonl -o out.jsonl {' '.join(SMALL)}"  # KiB: of a part, not of the whole
    )
    done = subprocess.run(["bash", "-c", limit], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2, done
    assert "cannot write" in done.stderr and len(done.stderr.splitlines()) == 1
    monkeypatch.chdir(folder)
    assert run(folder, "out.jsonl").before == 1000
    assert len(lines(folder / "out.jsonl")) == 1000


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
    for _ in range(600):
        if not workers[0].is_running() or workers[0].status() == psutil.STATUS_ZOMBIE:  # which is for others to bury
            break
        time.sleep(0.05)
    else:
        pytest.fail("the worker lives on")


def test_failures_of_a_run_are_json(folder: Path) -> None:
    archive(folder / "in.jsonl", 3, {1: "出错"})
    summary = package.run(folder / "in.jsonl", folder / "out.jsonl", config=folder / "own.cfg")
    assert summary.failures == folder / "out.failures.jsonl"
    (letter,) = (json.loads(line) for line in summary.failures.read_text(encoding="utf-8").splitlines())
    assert letter["message"] == "ValueError: 出错"
