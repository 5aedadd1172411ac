"""`zhengwen.jsonl.v1`: JSON Lines, UTF-8 unescaped."""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import msgspec

from ..errors import OutputError
from ..records import Article
from .tables import TABLES

_encoder = msgspec.json.Encoder(decimal_format="number")


class JsonlSink:
    """Writes under a temporary name and renames at the end, so that a file by the given name is always whole."""

    def __init__(self, path: Path, kind: str):
        self._path, self._part = path, path.with_name(path.name + ".part")
        self._rows = TABLES[kind]
        try:
            self._file: BinaryIO = self._part.open("wb")
        except OSError as error:
            raise _cannot_write(path, error) from None

    def write(self, article: Article) -> None:
        try:
            self._file.writelines(_encoder.encode(row) + b"\n" for row in self._rows(article))
        except OSError as error:
            raise _cannot_write(self._path, error) from None

    def close(self) -> None:
        try:
            self._file.close()
            self._part.replace(self._path)
        except OSError as error:
            raise _cannot_write(self._path, error) from None

    def abort(self) -> None:
        with suppress(OSError):  # a full disk fails the last flush too
            self._file.close()
        self._part.unlink(missing_ok=True)


def _cannot_write(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path}: cannot write: {error.strerror}; make room and run again")


class JsonlWriter:
    suffix = ".jsonl"

    def __call__(self, path: Path, kind: str) -> JsonlSink:
        return JsonlSink(path, kind)

    def join(self, parts: Iterable[Path], output: BinaryIO) -> None:
        for part in parts:
            with part.open("rb") as file:
                shutil.copyfileobj(file, output, 1 << 20)
