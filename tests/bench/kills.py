"""Runs killed at random moments, the parent or a worker, and begun again: the bytes of one that was left in peace?

    python -m tests.bench.kills [MOMENTS] [SEED]

Each of the MOMENTS (30 by default) is a run of its own, into a file and into a folder by turns, killed at any point of
the time that a run takes, then begun again with the same command, and killed again, until it is done.
"""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from tests.runner.support import SCRIPT, archive, contents, poison_config

DOCUMENTS = 2000
OPTIONS = ("--config", "../own.cfg", "--run.shard", "3000", "--workers", "2", "--quiet")
"""Shards of some eighty documents."""
OUTPUTS = ("out", "out.jsonl")


def main(moments: int = 30, seed: int = 7) -> None:
    draw = random.Random(seed)
    equal = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seconds = prepare(folder, *OUTPUTS)
        print(f"{DOCUMENTS} documents, {seconds:.1f} s in peace; seed {seed}")
        for number in range(moments):
            output = OUTPUTS[number % 2]
            deaths = killed(folder / output, output, seconds, draw)
            same = left(folder / output) == left(folder / f"calm-{output}")
            equal += same
            print(f"{number + 1:>3} {'equal' if same else 'DIFFERENT'}  {output}: {deaths}", flush=True)
            shutil.rmtree(folder / output)
    print(f"{equal} of {moments} equal byte for byte")
    sys.exit(equal < moments)


def prepare(folder: Path, *outputs: str, documents: int = DOCUMENTS) -> float:
    """An archive, and what a run of it leaves in peace; gives back its seconds."""
    poison_config(folder)
    archive(folder / "in.jsonl", documents, {documents // 2: "出错"})
    started = time.monotonic()
    for output in outputs:
        assert start(folder / f"calm-{output}", output).wait() == 1  # a document fails
    return (time.monotonic() - started) / len(outputs)


def start(folder: Path, output: str) -> "subprocess.Popen[bytes]":
    folder.mkdir(exist_ok=True)
    return subprocess.Popen([str(SCRIPT), "run", "../in.jsonl", "-o", output, *OPTIONS], cwd=folder)


def killed(folder: Path, output: str, seconds: float, draw: random.Random, deaths: int = 3) -> str:
    """A run killed so many times, if it lives so long, and then done; says who died when."""
    said = []
    for _ in range(deaths):
        process = start(folder, output)
        moment = draw.uniform(0, seconds)
        try:
            process.wait(timeout=moment)
            break
        except subprocess.TimeoutExpired:
            workers = psutil.Process(process.pid).children() if draw.random() < 0.5 else []
            if workers:
                draw.choice(workers).kill()  # the run itself goes on
                said.append(f"worker at {moment:.2f} s")
                break
            process.kill()
            process.wait()
            said.append(f"parent at {moment:.2f} s")
    else:
        process = start(folder, output)
    assert process.wait() == 1, said
    return ", ".join(said)


def left(folder: Path) -> dict[str, bytes]:
    """All that a run has left, but for the account of how it was begun."""
    found = {f"{path.name}/{name}": data for path in folder.iterdir() for name, data in contents(path).items()}
    found.pop("out/run.json", None)
    return found


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
