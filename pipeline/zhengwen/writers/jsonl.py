"""`zhengwen.jsonl.v1`: JSON Lines, UTF-8 unescaped."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import msgspec

from ..errors import OutputError
from ..records import Article
from ..registry import STDOUT
from .tables import TABLES

_encoder = msgspec.json.Encoder(decimal_format="number")


def paths_of(path: Path, emit: Sequence[str]) -> list[Path]:
    """Where each kind goes: the first to `path` itself, every other beside it (`out.jsonl` → `out.facts.jsonl`)."""
    return [path, *(path.with_name(f"{path.stem}.{kind}{path.suffix or '.jsonl'}") for kind in emit[1:])]


class JsonlSink:
    """Writes under temporary names and renames at the end, so that a file by the given name is always whole."""

    def __init__(self, path: Path, emit: Sequence[str]):
        self.paths = [target.resolve() for target in paths_of(path, emit)]  # a link stays, what it points to is written
        self.rows = [TABLES[kind] for kind in emit]
        self.files: list[BinaryIO] = []
        try:
            for target in self.paths:
                if target.exists() and not target.is_file():
                    raise OutputError(
                        f"{target}: cannot write, it is no file; expected a file name such as out.jsonl, or -"
                    )
                self.files.append(self._part(target).open("wb"))
        except OSError as error:
            self.abort()
            raise _cannot_write(error, "expected the name of a file in a folder that exists") from None
        except OutputError:
            self.abort()
            raise

    def write(self, article: Article) -> None:
        try:
            for file, rows in zip(self.files, self.rows, strict=True):
                file.writelines(_encoder.encode(row) + b"\n" for row in rows(article))
        except OSError as error:
            raise _cannot_write(error, "make room and run again") from None

    def close(self) -> None:
        try:
            for file, target in zip(self.files, self.paths, strict=True):
                file.close()
                self._part(target).replace(target)
        except OSError as error:
            raise _cannot_write(error, "make room and run again") from None

    def abort(self) -> None:
        for file, target in zip(self.files, self.paths, strict=False):
            with suppress(OSError):  # a full disk fails the last flush too
                file.close()
            self._part(target).unlink(missing_ok=True)

    @staticmethod
    def _part(target: Path) -> Path:
        return target.with_name(target.name + ".part")


def _cannot_write(error: OSError, remedy: str) -> OutputError:
    where = f"{error.filename}: " if error.filename else ""
    return OutputError(f"{where}cannot write: {error.strerror}; {remedy}")


class StdoutSink:
    """Writes one kind to standard output."""

    paths: Sequence[Path] = ()

    def __init__(self, emit: Sequence[str]):
        if len(emit) != 1:
            raise OutputError("-o - writes one kind of record; expected one --emit, or a file name")
        self.rows = TABLES[emit[0]]

    def write(self, article: Article) -> None:
        sys.stdout.buffer.writelines(_encoder.encode(row) + b"\n" for row in self.rows(article))

    def close(self) -> None:
        sys.stdout.buffer.flush()

    abort = close


class JsonlWriter:
    def __call__(self, path: Path, emit: Sequence[str]) -> JsonlSink | StdoutSink:
        return StdoutSink(emit) if path == STDOUT else JsonlSink(path, emit)
