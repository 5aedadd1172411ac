"""The command line as an archive grows: time to the first record, two workers for one, seconds and memory for 1× to 16×.

Every run has the default config; memory is the largest resident set of the parent and of any of its processes, looked at
every 100 ms. Speeds leave the start aside.
"""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import psutil
from tests.bench.report import Row
from tests.conftest import SAMPLES
from tests.runner.support import SCRIPT


class Cost(NamedTuple):
    """Seconds, and MiB of the parent and of the largest process that it started."""

    seconds: float
    parent: float
    worker: float


def rows(folder: Path, characters: int, yardstick: float) -> Iterator[Row]:
    line = archive(folder / "line.jsonl", 1)
    yield Row("command line: start to the first record", seconds=min(first_record(line) for _ in range(3)))
    idle = run(line, folder / "out.jsonl", 1)
    yield Row("command line: one document", memory=idle.worker, seconds=idle.seconds)
    for times, workers in ((1, 1), (16, 1), (16, 2)):
        path = archive(folder / f"{times}.jsonl", times * characters)
        cost = run(path, folder / "out.jsonl", workers)
        speed = times * characters / (cost.seconds - idle.seconds)
        name = f"command line: {times}×, {workers} worker{'s' * (workers > 1)}"
        yield Row(name, speed, yardstick, cost.worker, cost.seconds)
    yield Row("command line: the parent of these", memory=cost.parent)


def archive(path: Path, characters: int) -> Path:
    """At least so many characters of samples, a line each."""
    texts = [page.read_text(encoding="utf-8") for page in sorted(SAMPLES.glob("*.txt"))]
    with path.open("wb") as file:
        number = 0
        while characters > 0:
            text = texts[number % len(texts)]
            file.write(msgspec.json.encode({"id": str(number), "text": text}) + b"\n")
            characters -= len(text)
            number += 1
    return path


def first_record(path: Path) -> float:
    started = time.perf_counter()
    process = subprocess.Popen([str(SCRIPT), "run", str(path), "-o", "-", "--quiet"], stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.read(1)
    seconds = time.perf_counter() - started
    process.communicate()
    return seconds


def run(path: Path, output: Path, workers: int) -> Cost:
    started = time.perf_counter()
    process = psutil.Popen([str(SCRIPT), "run", str(path), "-o", str(output), "--workers", str(workers), "--quiet"])
    parent = worker = 0.0
    while process.poll() is None:
        try:
            parent = max(parent, process.memory_info().rss / 2**20)
            worker = max([worker, *(child.memory_info().rss / 2**20 for child in process.children())])
        except psutil.NoSuchProcess:
            pass
        time.sleep(0.1)
    assert process.returncode == 0
    return Cost(time.perf_counter() - started, parent, worker)
