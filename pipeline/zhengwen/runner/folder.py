"""The folder of a run: what it was begun as, its part files, and which shards are done.

run.json               config, inputs, kinds of records: a run goes on only as it was begun
articles-00000.jsonl   a part file for each shard and kind of record, whole as soon as it has this name
failures-00000.jsonl   the dead letters of a shard that has some
done-00000.json        written last: the shard is finished
manifest.jsonl         written when all are: the records of all shards, in order, in place of the done-… files
earlier.jsonl          what the manifest said, while some shards are done again
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
    """path: made if it is not there. identity: of the run that is to be done, or to go on. suffix: of its part files.

    Raises OutputError for a folder that holds other things, that another run is writing to, or whose run was begun
    otherwise. restart: throws away what such a run left. retry_failed: shards with failures are to be done again.
    own: the folder goes when nothing of the run is kept.
    """

    def __init__(
        self,
        path: Path,
        identity: Identity,
        suffix: str,
        restart: bool = False,
        retry_failed: bool = False,
        own: bool = False,
    ):
        self.path = path
        self.done: dict[int, Done] = {}
        self.identity = identity
        self._suffix = suffix
        self._own = own or not path.exists()
        try:
            path.mkdir(exist_ok=True)
            begun = (path / "run.json").exists()
            if not begun and not all(file.name == LOCK or file.suffix == ".part" for file in path.iterdir()):
                raise OutputError(f"{path}: holds files, but no run; expected a new or empty folder, or a file name")
            self._lock = _locked(path)
            if restart:
                self._clear()
            elif (before := read_identity(path)) and (difference := identity.difference(before)):
                raise OutputError(
                    f"{path}: its run was begun otherwise: {difference}; go on as it was begun, or give --restart"
                )
            self._clear("*.part")  # of processes that were killed
            if not begun or restart:
                with whole(path / "run.json") as file:
                    file.write(msgspec.json.format(msgspec.json.encode(identity), indent=1))
            self.done = {one.number: one for one in read_done(path)}
            self._forget(retry_failed)
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

    def add(self, done: Done) -> None:
        """A worker has done a shard. Raises OutputError if its parts are not to be seen from here."""
        for file in self._files(done):
            if not file.exists():
                raise OutputError(
                    f"{file}: a worker wrote it, but it is not here; expected a folder that all workers share"
                )
        self.done[done.number] = done

    def parts(self, kind: str) -> Iterator[Path]:
        """The parts of a kind of record, in order."""
        for number in sorted(self.done):
            yield part(self.path, kind, number, self._suffix)

    def letters(self) -> Iterator[Path]:
        """The dead letters, in order."""
        for number in sorted(self.done):
            if self.done[number].failed:
                yield part(self.path, "failures", number, ".jsonl")

    def failures(self, done: Done) -> Iterator[Failure]:
        """The dead letters of a shard."""
        return read_failures(part(self.path, "failures", done.number, ".jsonl")) if done.failed else iter(())

    def whole(self, count: int) -> None:
        """The input had so many shards. Raises OutputError if it had more when the run was begun."""
        if late := [number for number in self.done if number >= count]:
            raise OutputError(
                f"{self.path}: the input has changed since the run was begun: it ends before "
                f"{self.done[min(late)].first}; give it back as it was, or give --restart"
            )

    def finish(self) -> None:
        """All shards are done: their records go into the manifest."""
        self._write("manifest.jsonl")
        for number in self.done:
            part(self.path, "done", number, ".json").unlink(missing_ok=True)
        (self.path / "earlier.jsonl").unlink(missing_ok=True)
        self.leave(keep=True)

    def leave(self, keep: bool) -> None:
        """Closes the folder; it stays as it is, or goes with all that the run has put in it. Nobody may write in it."""
        self._clear("*.part")
        if self._lock:
            (self.path / LOCK).unlink(missing_ok=True)
            self._lock.close()
        if not keep:
            self._clear()
            if self._own:
                with suppress(OSError):  # somebody has put something in it
                    self.path.rmdir()

    def _files(self, done: Done) -> list[Path]:
        """What a shard that is done has left."""
        files = [part(self.path, kind, done.number, self._suffix) for kind in self.identity.emit]
        return [*files, part(self.path, "failures", done.number, ".jsonl")] if done.failed else files

    def _forget(self, failed: bool) -> None:
        """Makes shards whose parts somebody has taken away, and those with failures, ones that are still to be done."""
        there = {file.name for file in self.path.iterdir()}
        again = [
            number
            for number, done in self.done.items()
            if (failed and done.failed) or not there.issuperset(file.name for file in self._files(done))
        ]
        for number in again:
            del self.done[number]
        if again and "manifest.jsonl" in there:
            self._write("earlier.jsonl")
            (self.path / "manifest.jsonl").unlink()
        for number in again:
            part(self.path, "done", number, ".json").unlink(missing_ok=True)

    def _write(self, name: str) -> None:
        """All that is done, in order."""
        with whole(self.path / name) as file:
            file.writelines(msgspec.json.encode(self.done[number]) + b"\n" for number in sorted(self.done))

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
    except BlockingIOError:
        lock.close()
        raise OutputError(f"{path}: another run is writing here; wait for it, or choose another -o") from None
    except OSError:  # a file system of a cluster may have no locks
        pass
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
    files = [path / "earlier.jsonl", path / "manifest.jsonl", *sorted(path.glob("done-*.json"))]
    for file in files:
        for row in file.read_bytes().splitlines() if file.exists() else ():
            with suppress(ValueError):
                yield msgspec.json.decode(row, type=Done)


def read_failures(path: Path) -> Iterator[Failure]:
    """The dead letters of a file."""
    with path.open("rb") as file:
        for line in file:
            yield msgspec.json.decode(line, type=Failure)
