"""Registries of the stages that are not spaCy components: readers, layouts, writers.

A stage is a class or function whose arguments are its settings; it is named in a config as `@layouts = "name.v1"`.
Ours and other packages' are found by entry point (`zhengwen_readers`, `zhengwen_layouts`, `zhengwen_writers`);
one in a file of the user's own registers itself by decorator: `@registry.layouts("mine.v1")`.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, Protocol

import catalogue
import confection

from .records import Article, Failure, Layout, RawDocument


class Reader(Protocol):
    """Finds and decodes documents. Never raises for one bad document: yields a Failure."""

    def __call__(self, inputs: Sequence[str]) -> Iterator[RawDocument | Failure]: ...

    def size(self, inputs: Sequence[str]) -> int | None:
        """Bytes to be read in all, for the progress bar; None if that is not known."""


class LayoutStage(Protocol):
    """Splits a document into articles with clean text and an offset map."""

    def __call__(self, document: RawDocument) -> Iterable[Layout]: ...


class Sink(Protocol):
    """An open file. `close` makes what was written final; `abort` leaves nothing behind."""

    def write(self, article: Article) -> None: ...
    def close(self) -> None: ...
    def abort(self) -> None: ...


class Writer(Protocol):
    """Writes files of the kinds of records asked for: articles, entities, facts, projects."""

    suffix: str
    """Of its files, such as .jsonl."""

    def __call__(self, path: Path, kind: str) -> Sink:
        """Opens a file for a kind of record."""

    def join(self, parts: Iterable[Path], output: BinaryIO) -> None:
        """Makes one file of several, in order."""


class registry(confection.registry):
    """Stages by name. `registry.layouts("mine.v1")` is a decorator that registers one."""

    readers: ClassVar[Any] = catalogue.create("zhengwen", "readers", entry_points=True)
    layouts: ClassVar[Any] = catalogue.create("zhengwen", "layouts", entry_points=True)
    writers: ClassVar[Any] = catalogue.create("zhengwen", "writers", entry_points=True)
