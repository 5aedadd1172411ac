"""Runs on a Dask cluster: a real scheduler, two worker processes, one of them killed in the middle."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import zhengwen as package
from tests.conftest import lines
from tests.runner.support import SCRIPT, archive, contents, poison_config

pytest.importorskip("distributed")
DASK = Path(sys.executable).with_name("dask")
OPTIONS = ("--config", "own.cfg", "--run.shard", "3000", "--run.timeout", "30", "--quiet")
"""Shards of some eighty documents."""


class Cluster:
    """The scheduler takes a free port by itself and writes its address to a file, so that nobody else can take the port before it."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._file = folder / "scheduler.json"
        everyone = f"--host 127.0.0.1 --no-dashboard --scheduler-file {self._file.name}"
        self.processes = [self._start(f"scheduler --port 0 {everyone}")]
        self.address = self._address()
        self.processes += [self._start(f"worker --no-nanny --nthreads 1 {everyone}") for _ in range(2)]

    def _start(self, command: str) -> "subprocess.Popen[bytes]":
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen([str(DASK), *command.split()], cwd=self._folder, stdout=log, stderr=log)

    def _address(self) -> str:
        for _ in range(1200):
            try:
                return str(json.loads(self._file.read_bytes())["address"])
            except (FileNotFoundError, ValueError):  # not there yet, or half written
                time.sleep(0.1)
        self.stop()
        raise TimeoutError((self._folder / "log").read_text())

    def ready(self) -> None:
        from distributed import Client

        try:
            with Client(self.address, timeout=120, set_as_default=False) as client:
                client.wait_for_workers(2, timeout=120)
        except TimeoutError as error:
            raise TimeoutError((self._folder / "log").read_text()) from error

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    (tmp_path / "dask").mkdir()
    found = Cluster(tmp_path / "dask")
    try:
        found.ready()
        yield found
    finally:
        found.stop()


def begun(command: list[str], folder: Path, done: int) -> "subprocess.Popen[bytes]":
    """A run to `out` that has done so many shards, and is not at its end."""
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE)
    for _ in range(1200):
        if len(list((folder / "out").glob("done-*.json"))) > done or process.poll() is not None:
            break
        time.sleep(0.05)
    assert process.poll() is None, process.communicate()
    return process


def test_cluster_that_is_interrupted_and_loses_a_worker_gives_the_same_bytes(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison_config(tmp_path)
    archive(tmp_path / "in.jsonl", 2400, dict.fromkeys(range(50, 2400, 50), "缓慢") | {1500: "出错"})
    monkeypatch.chdir(tmp_path)
    package.run("in.jsonl", "calm", config="own.cfg", overrides={"run.shard": 3000})
    again = [str(SCRIPT), "run", "in.jsonl", *OPTIONS, "-o", "out", "--dask", cluster.address]
    interrupted = begun(again, tmp_path, done=2)
    interrupted.send_signal(signal.SIGTERM)
    _, err = interrupted.communicate(timeout=60)
    assert interrupted.returncode == 130, err
    resumed = begun(again, tmp_path, done=8)
    cluster.processes[1].send_signal(signal.SIGKILL)
    _, err = resumed.communicate(timeout=120)
    assert resumed.returncode == 1, err
    calm, out = contents(tmp_path / "calm"), contents(tmp_path / "out")
    assert calm.pop("run.json") and out.pop("run.json")
    assert out == calm
    failed = [row["id"] for path in sorted((tmp_path / "out").glob("failures-*")) for row in lines(path)]
    assert failed == ["d1500"]
