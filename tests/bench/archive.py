"""How a run behaves as an archive grows: time to the first record, two workers for one, seconds and memory for 1× to 16×.

    python tests/bench/archive.py [CHARACTERS]

The archive is the samples, repeated; CHARACTERS (500,000 by default) are 1×. Every run is the command line's, with the
default config; memory is the largest resident set of the parent and of any of its processes, looked at every 20 ms.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import msgspec
import psutil

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
SCRIPT = Path(sys.executable).with_name("zhengwen")


class Cost(NamedTuple):
    """Seconds, and MiB of the parent and of the largest process that it started."""

    seconds: float
    parent: float
    worker: float


def main(characters: int = 500_000) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one, many = archive(folder / "1.jsonl", characters), archive(folder / "16.jsonl", 16 * characters)
        line = archive(folder / "line.jsonl", 1)
        first = min(first_record(line) for _ in range(3))
        print(f"start to first record: {first:.2f} s")
        print(f"{'':24}{'seconds':>10}{'µs/character':>14}{'parent MiB':>12}{'worker MiB':>12}")
        costs = {
            (times, workers): run(path, folder / f"out-{times}-{workers}.jsonl", workers)
            for times, path, workers in ((1, one, 1), (16, many, 1), (16, many, 2))
        }
        idle = run(line, folder / "out.jsonl", 1).seconds
        for (times, workers), cost in costs.items():
            each = (cost.seconds - idle) / (times * characters) * 1e6
            print(f"{times:>3}×, {workers} worker{'s' * (workers > 1):14}{cost.seconds:>10.1f}{each:>14.2f}{cost.parent:>12.0f}{cost.worker:>12.0f}")  # fmt: skip
        scaling = (costs[16, 1].seconds - idle) / (costs[16, 2].seconds - idle)
        print(f"two workers for one: {scaling:.2f} times as fast, the start ({idle:.1f} s) aside")


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
        time.sleep(0.02)
    assert process.returncode == 0
    return Cost(time.perf_counter() - started, parent, worker)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
