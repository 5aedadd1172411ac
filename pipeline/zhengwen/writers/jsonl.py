"""`zhengwen.jsonl.v1`: JSON Lines, UTF-8 unescaped."""

import sys
from collections.abc import Sequence
from errno import EISDIR
from os import strerror
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
        self.paths = paths_of(path, emit)
        self.rows = [TABLES[kind] for kind in emit]
        self.files: list[BinaryIO] = []
        try:
            for target in self.paths:
                if target.is_dir():
                    raise IsADirectoryError(EISDIR, strerror(EISDIR), str(target))
                self.files.append(self._part(target).open("wb"))
        except OSError as error:
            self.abort()
            problem = f"{error.filename}: cannot write: {error.strerror}"
            raise OutputError(f"{problem}; expected the name of a file in a folder that exists") from None

    def write(self, article: Article) -> None:
        for file, rows in zip(self.files, self.rows, strict=True):
            file.writelines(_encoder.encode(row) + b"\n" for row in rows(article))

    def close(self) -> None:
        for file, target in zip(self.files, self.paths, strict=True):
            file.close()
            self._part(target).replace(target)

    def abort(self) -> None:
        for file, target in zip(self.files, self.paths, strict=False):
            file.close()
            self._part(target).unlink(missing_ok=True)

    @staticmethod
    def _part(target: Path) -> Path:
        return target.with_name(target.name + ".part")


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
