"""How far the run of a folder is, from the outside."""

import fcntl
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from ..errors import FAILURE_CODES, InputError
from ..storage import is_remote, location
from .folder import LOCK, Identity, read_done, read_failures, read_identity


class Status(msgspec.Struct):
    """`failures` counts dead letters by code and stage; `unfinished` is said of shared storage, which tells no more."""

    path: Path
    state: Literal["finished", "running", "interrupted", "unfinished"]
    identity: Identity
    shards: int
    documents: int
    articles: int
    failed: int
    characters: int
    failures: dict[tuple[str, str], int]

    def lines(self) -> Iterator[str]:
        yield f"{self.path}: {self.state}"
        yield f"config {self.identity.config}, {', '.join(self.identity.emit)} of {' '.join(self.identity.inputs)}"
        yield (
            f"{self.shards} shards done: {self.documents:,} documents, {self.articles:,} articles, "
            f"{self.failed:,} failures, {self.characters:,} characters"
        )
        for (code, stage), count in sorted(self.failures.items()):
            yield f"  {count:,} × {code} in {stage}: {FAILURE_CODES.get(code, 'a stage of your own says so')}"


def status(name: str | Path) -> Status:
    """name: the folder of a run, or the file that it is to make. Raises InputError where there is no run."""
    path = location(name)
    folder = path if path.is_dir() else path.with_name(path.name + ".parts")
    identity = read_identity(folder) if folder.is_dir() else None
    if identity is None:
        raise InputError(f"{path}: no run has been begun here; expected the folder, or the -o, of an unfinished run")
    done = list(read_done(folder))
    letters = (letter for file in folder.glob("failures-*.jsonl") for letter in read_failures(file))
    return Status(
        path=path,
        state="finished" if (folder / "manifest.jsonl").exists() else _state(folder),
        identity=identity,
        shards=len(done),
        documents=sum(one.documents for one in done),
        articles=sum(one.articles for one in done),
        failed=sum(one.failed for one in done),
        characters=sum(one.characters for one in done),
        failures=Counter((letter.code, letter.stage) for letter in letters),
    )


def _state(folder: Path) -> Literal["running", "interrupted", "unfinished"]:
    if is_remote(folder):
        return "unfinished"
    try:
        with (folder / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return "interrupted"
    except OSError:
        return "running"
    return "interrupted"
