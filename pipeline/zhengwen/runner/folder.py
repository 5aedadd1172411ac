"""The folder of a run: what it was begun as, its part files, and which shards are done.

run.json               config, inputs, kinds of records: a run goes on only as it was begun
articles-00000.jsonl   a part file for each shard and kind of record, whole as soon as it has this name
failures-00000.jsonl   the dead letters of a shard that has some
done-00000.json        written last: the shard is finished
manifest.jsonl         written when all are: the records of all shards, in order, in place of the done-… files
"""

import fcntl
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from ..config import RunConfig, differences
from ..errors import OutputError
from ..records import Failure
from ..storage import is_remote, whole
from .shards import Done, Shard, part

LOCK = ".lock"


class Identity(msgspec.Struct):
    """What makes the output what it is: limits of time and memory do not."""

    schema: str
    version: str
    config: str
    values: dict[str, Any]
    inputs: list[str]
    emit: list[str]
    shard: int

    @classmethod
    def of(cls, config: RunConfig, inputs: list[str], emit: list[str]) -> "Identity":
        values = {section: value for section, value in config.values.items() if section != "run"}
        values = msgspec.json.decode(msgspec.json.encode(values))
        return cls(
            "zhengwen/run/1", version("zhengwen"), str(config.path), values, inputs, emit, config.settings().shard
        )

    def difference(self, begun: "Identity") -> str | None:
        """The first thing in which a run was begun otherwise."""
        for name in ("schema", "version", "inputs", "emit", "shard"):
            before, now = getattr(begun, name), getattr(self, name)
            if before != now:
                return f"{name}: {_shown(before)} → {_shown(now)}"
        return next(iter(differences(*(RunConfig(Path(one.config), one.values) for one in (begun, self)))), None)


def _shown(value: Any) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


class RunFolder:
    """path: made if it is not there. identity: of the run that is to be done, or to go on.

    Raises OutputError for a folder that holds other things, that another run is writing to, or whose run was begun
    otherwise. restart: throws away what such a run left. own: the folder goes when nothing of the run is kept.
    """

    def __init__(self, path: Path, identity: Identity, restart: bool = False, own: bool = False):
        self.path = path
        self.done: dict[int, Done] = {}
        self.identity = identity
        self._own = own or not path.exists()
        try:
            path.mkdir(exist_ok=True)
            begun = read_identity(path)
            if begun is None and any(path.iterdir()):
                raise OutputError(f"{path}: holds files, but no run; expected a new or empty folder, or a file name")
            self._lock = _locked(path)
            if begun and restart:
                self._clear()
            elif begun and (difference := identity.difference(begun)):
                raise OutputError(
                    f"{path}: its run was begun otherwise: {difference}; go on as it was begun, or give --restart"
                )
            self._clear("*.part")  # of processes that were killed
            self.done = {one.number: one for one in read_done(path)}
            if not begun or restart:
                (path / "run.json").write_bytes(msgspec.json.format(msgspec.json.encode(identity), indent=1))
        except OSError as error:
            raise OutputError(
                f"{path}: cannot write: {error.strerror}; expected a name in a folder that exists"
            ) from None

    def finished(self, shard: Shard) -> Done | None:
        """The record of a shard that is done. Raises OutputError if the input has changed since."""
        done = self.done.get(shard.number)
        if done and done.digest != shard.digest:
            files = dict.fromkeys((done.first, shard.documents[0].path, done.last, shard.documents[-1].path))
            raise OutputError(
                f"{self.path}: the input has changed since the run was begun: {' … '.join(files)}; "
                "give it back as it was, or give --restart"
            )
        return done

    def parts(self, kind: str, suffix: str) -> Iterator[Path]:
        """The parts of a kind of record, in order."""
        for number in sorted(self.done):
            if (path := part(self.path, kind, number, suffix)).exists():
                yield path

    def failures(self, done: Done) -> list[Failure]:
        """The dead letters of a shard."""
        path = part(self.path, "failures", done.number, ".jsonl")
        return (
            [msgspec.json.decode(line, type=Failure) for line in path.read_bytes().splitlines()] if done.failed else []
        )

    def forget(self, number: int) -> None:
        """Makes a shard one that is still to be done."""
        if self.done.pop(number, None):
            (self.path / "manifest.jsonl").unlink(missing_ok=True)
            part(self.path, "done", number, ".json").unlink(missing_ok=True)

    def whole(self, count: int) -> None:
        """The input had so many shards. Raises OutputError if it had more when the run was begun."""
        if len(self.done) > count:
            raise OutputError(
                f"{self.path}: the input has changed since the run was begun: it ends before {self.done[count].first}; "
                "give it back as it was, or give --restart"
            )

    def finish(self) -> None:
        """All shards are done: their records go into the manifest."""
        with whole(self.path / "manifest.jsonl") as file:
            file.writelines(msgspec.json.encode(self.done[number]) + b"\n" for number in sorted(self.done))
        for number in self.done:
            part(self.path, "done", number, ".json").unlink(missing_ok=True)
        self.leave(keep=True)

    def leave(self, keep: bool) -> None:
        """Closes the folder; it stays as it is, or goes with all that the run has put in it. Nobody may write in it."""
        self._clear("*.part")
        if self._lock:
            self._lock.close()
            (self.path / LOCK).unlink(missing_ok=True)
        if not keep:
            self._clear()
            if self._own:
                with suppress(OSError):  # somebody has put something in it
                    self.path.rmdir()

    def _clear(self, pattern: str = "*") -> None:
        for file in self.path.glob(pattern):
            if file.name != LOCK:
                file.unlink()


def _locked(path: Path) -> BinaryIO | None:
    """The lock of a folder; None on storage that has none. Raises OutputError if another run holds it."""
    if is_remote(path):
        return None
    lock = (path / LOCK).open("wb")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise OutputError(f"{path}: another run is writing here; wait for it, or choose another -o") from None
    return lock


def read_identity(path: Path) -> Identity | None:
    """What the run of a folder was begun as; None if no run was. Raises OutputError if that cannot be read."""
    try:
        return msgspec.json.decode((path / "run.json").read_bytes(), type=Identity)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise OutputError(f"{path / 'run.json'}: cannot be read: {error}; give --restart to begin anew") from None


def read_done(path: Path) -> Iterator[Done]:
    """The records of the shards that are done; one that is broken counts as none, and is done again."""
    manifest = path / "manifest.jsonl"
    rows = manifest.read_bytes().splitlines() if manifest.exists() else []
    for row in [*rows, *(file.read_bytes() for file in sorted(path.glob("done-*.json")))]:
        with suppress(ValueError):
            yield msgspec.json.decode(row, type=Done)
