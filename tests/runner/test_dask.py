"""Runs on a Dask cluster: a real scheduler, two worker processes, one of them killed in the middle."""

import signal
import socket
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
    def __init__(self, folder: Path):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        port = self.address.rpartition(":")[2]
        self._folder = folder
        scheduler = ("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
        worker = ("worker", self.address, "--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
        self.processes = [self._start(*one) for one in (scheduler, worker, worker)]

    def _start(self, *command: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen([str(DASK), *command], cwd=self._folder, stderr=subprocess.DEVNULL)

    def ready(self) -> None:
        from distributed import Client

        with Client(self.address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)

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
