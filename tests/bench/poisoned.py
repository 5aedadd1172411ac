"""A large archive, one document in a thousand poisoned: is every good one there once, every poisoned one a dead letter?

    python -m tests.bench.poisoned [DOCUMENTS] [FOLDER]

DOCUMENTS (200,000 by default) are cut from the samples, 10 bytes to 5 MB long, most of them short; of each hundred one is
a page of its own, the others are rows of tables. The config has quantities alone, since the runner is what is looked at,
behind a stage that raises, refuses, hangs, takes memory or dies over certain words. Memory must not grow.
"""

import gzip
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import msgspec
import psutil
from tests.conftest import SAMPLES
from tests.runner.support import SCRIPT, poison_config

WORDS = {"出错": "D900", "拒绝": "D105", "死循环": "D901", "吃内存": "D902", "自杀": "D903"}
ROWS = {b'{"id": "x", "text": "\xff\xfe\x00\x01"}': "D102", b'{"id": "x"': "D103", b'{"id": "x"}': "D104", b'{"text": ""}': "D101"}  # fmt: skip
PAGES = {b"": "D101", bytes(range(256)): "D102"}
LONGEST = 5_000_000 // 3
"""Characters of the longest documents, three bytes each."""
OPTIONS = ("--config", "own.cfg", "--workers", "2", "--run.timeout", "20", "--run.memory", "600", "--quiet")


def main(documents: int = 200_000, place: str = "") -> None:
    with tempfile.TemporaryDirectory(dir=place or None) as name:
        folder = Path(name)
        good, poisoned = prepare(folder, documents)
        size = sum(path.stat().st_size for path in (folder / "in").rglob("*") if path.is_file())
        print(f"{len(good):,} good documents, {len(poisoned)} poisoned, {size / 2**20:,.0f} MiB", flush=True)
        started = time.perf_counter()
        process = start(folder, "--run.shard", "300000")
        for line in memory(process):
            print(line, flush=True)
        print(f"{time.perf_counter() - started:,.0f} seconds, exit code {process.returncode}")
        problems = check(folder / "out", good, poisoned)
        print("\n".join(problems) or "every good document is there once, every poisoned one is a dead letter")
        sys.exit(bool(problems))


def prepare(folder: Path, documents: int) -> tuple[set[str], dict[str, str]]:
    """Writes the archive `in`; gives back the ids of the good documents, and the codes of the poisoned by their ids."""
    poison_config(folder)
    (folder / "in").mkdir()
    draw = random.Random(documents)
    text = "".join("".join(path.read_text(encoding="utf-8").split()) for path in sorted(SAMPLES.glob("*.txt")))
    text *= LONGEST // len(text) + 2
    poison = draw.sample(range(documents), max(len(WORDS) + len(ROWS) + len(PAGES) + 2, documents // 1000))
    kinds = [*WORDS, *(["出错", "拒绝", *ROWS, *PAGES] * 3)]  # those that cost a process are rarer
    chosen = {number: kinds[i % len(kinds)] for i, number in enumerate(poison)}
    longest = set(draw.sample(sorted(set(range(documents)) - set(poison)), 2 if documents >= 10_000 else 0))
    good: set[str] = set()
    poisoned: dict[str, str] = {}
    lines: dict[int, list[bytes]] = defaultdict(list)
    for number in range(documents):
        kind = chosen.get(number, "")
        length = LONGEST if number in longest else min(30_000, 3 + int(draw.lognormvariate(3.6, 1.4)))
        begin = draw.randrange(len(text) - length)
        content = text[begin : begin + length] + (kind if isinstance(kind, str) else "")
        name, code = f"d{number}", {**WORDS, **ROWS, **PAGES}.get(kind)
        table = number * 20 // documents
        if kind in PAGES or (number % 100 == 0 and isinstance(kind, str)):
            (folder / "in" / f"{name}.txt").write_bytes(kind if isinstance(kind, bytes) else content.encode())
        elif isinstance(kind, bytes):
            lines[table].append(kind)
            name = f"table-{table}:{len(lines[table])}"
        else:
            lines[table].append(msgspec.json.encode({"id": name, "text": content}))
        if code:
            poisoned[name] = code
        else:
            good.add(name)
    for table, rows in lines.items():
        data = b"".join(row + b"\n" for row in rows)
        path = folder / "in" / f"table-{table}.jsonl"
        if table % 4:
            path.write_bytes(data)
        else:
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(data))
    return good, poisoned


def start(folder: Path, *options: str) -> psutil.Popen:
    return psutil.Popen([str(SCRIPT), "run", "in", "-o", "out", *OPTIONS, *options], cwd=folder)


def memory(process: psutil.Popen, every: float = 20.0) -> Iterator[str]:
    """Now and then the MiB of the parent and of its workers, as their median since the last time."""
    seen: list[tuple[float, float]] = []
    started = then = time.monotonic()
    while process.poll() is None:
        try:
            workers = [child.memory_info().rss / 2**20 for child in process.children()]
            seen.append((process.memory_info().rss / 2**20, max(workers, default=0)))
        except psutil.NoSuchProcess:
            pass
        if time.monotonic() - then > every and seen:
            then = time.monotonic()
            parent, worker = map(median, zip(*seen, strict=True))
            yield f"{then - started:>6.0f} s: parent {parent:,.0f} MiB, larger worker {worker:,.0f} MiB"
            seen.clear()
        time.sleep(0.1)


def check(out: Path, good: set[str], poisoned: dict[str, str]) -> list[str]:
    """What is wrong with the output, a line each."""
    articles = Counter(row["id"] for row in rows(out, "articles"))
    sources = Counter(row["source"]["id"] for row in rows(out, "articles"))
    letters = {row["id"]: row["code"] for row in rows(out, "failures") if row["stage"] in ("reader", "poison")}
    codes = {name: (code, letters.get(name)) for name, code in poisoned.items() if letters.get(name) != code}
    found = {
        "twice": [name for name, count in articles.items() if count > 1],
        "missing": sorted(good - sources.keys()),
        "written, though poisoned": sorted(sources.keys() & poisoned.keys()),
        "otherwise failed": sorted(letters.keys() - poisoned.keys()),
        "by another code": [f"{name} {expected} {code}" for name, (expected, code) in codes.items()],
    }
    return [f"{len(names)} {what}: {', '.join(names[:10])}" for what, names in found.items() if names]


def rows(out: Path, kind: str) -> Iterator[dict[str, object]]:
    for path in sorted(out.glob(f"{kind}-*.jsonl")):
        with path.open("rb") as file:
            yield from map(msgspec.json.decode, file)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]), *sys.argv[2:3])
