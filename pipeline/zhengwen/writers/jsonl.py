"""`zhengwen.jsonl.v1`: JSON Lines, UTF-8 unescaped."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import msgspec

from ..records import Article
from ..storage import WholeFile
from .tables import TABLES

_encoder = msgspec.json.Encoder(decimal_format="number")


class JsonlSink:
    """Rows of one kind. Raises OutputError where they cannot be written."""

    def __init__(self, path: Path, kind: str):
        self._file = WholeFile(path)
        self._rows = TABLES[kind]

    def write(self, article: Article) -> None:
        self._file.write(b"".join(_encoder.encode(row) + b"\n" for row in self._rows(article)))

    def close(self) -> None:
        self._file.close()

    def abort(self) -> None:
        self._file.abort()


class JsonlWriter:
    suffix = ".jsonl"

    def __call__(self, path: Path, kind: str) -> JsonlSink:
        return JsonlSink(path, kind)

    def join(self, parts: Iterable[Path], output: BinaryIO) -> None:
        for part in parts:
            with part.open("rb") as file:
                shutil.copyfileobj(file, output, 1 << 20)
