"""The runner: inputs → documents → articles → output, failures counted and written down, never in the way."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from .config import read
from .errors import ConfigError, InputError, OutputError
from .pipeline import build
from .records import Article, Failure
from .registry import STDOUT
from .writers.tables import TABLES


class Summary(msgspec.Struct):
    """What a run did. `failed` counts documents that failed, `missing` those of them that do not exist."""

    documents: int = 0
    articles: int = 0
    entities: int = 0
    facts: int = 0
    failed: int = 0
    missing: int = 0
    characters: int = 0
    seconds: float = 0.0
    failures_file: Path | None = None

    def line(self) -> str:
        speed = self.characters / self.seconds if self.seconds else 0.0
        return (
            f"{self.documents} documents, {self.articles} articles, {self.entities} entities, {self.facts} facts, "
            f"{self.failed} failures, {speed:,.0f} characters a second"
        )


class Progress(msgspec.Struct):
    """What is called as a run goes on: with the total of bytes once, with the bytes of each document, with failures."""

    start: Callable[[int | None], None] = lambda total: None
    advance: Callable[[int], None] = lambda size: None
    failure: Callable[[Failure], None] = lambda failure: None


def run(
    inputs: str | Path | Sequence[str | Path],
    output: str | Path,
    *,
    config: str | Path = "default",
    overrides: Mapping[str, Any] | None = None,
    emit: str | Sequence[str] = ("articles",),
    progress: Progress | None = None,
) -> Summary:
    """Process inputs into `output`. `emit`: articles, entities, facts, projects; the first goes to `output` itself.

    Documents that fail are listed in a file beside the output (`out.failures.jsonl`); none of them stops the run. The
    output appears under its name only when it is whole. Raises InputError, ConfigError or OutputError before the first
    document is read; InputError too if every input is missing, OutputError too if the disk is full.
    """
    given = [str(name) for name in ([inputs] if isinstance(inputs, str | Path) else inputs)]
    output, kinds = Path(output), [emit] if isinstance(emit, str) else list(emit)
    _check(given, output, kinds)
    pipeline = build(read(config, overrides))
    progress = progress or Progress()
    progress.start(pipeline.reader.size(given))
    summary = Summary()
    sink = pipeline.writer(output, kinds)
    failures = None if output == STDOUT else output.with_name(f"{output.stem}.failures.jsonl")
    ours = {path.resolve() for path in (*sink.paths, failures) if path}  # of an earlier run, in an input folder
    if same := next((name for name in given if Path(name).resolve() in ours), None):
        sink.abort()
        raise OutputError(f"{same}: is an input and would be written over; choose another -o")
    log = FailureLog(failures)
    started = time.perf_counter()

    def fail(failure: Failure) -> None:
        summary.failed += 1
        log.write(failure)
        progress.failure(failure)

    try:
        for path, documents in groupby(pipeline.reader(given), key=lambda document: document.path):
            if Path(path).resolve() in ours:
                continue
            for document in documents:
                if isinstance(document, Failure):
                    summary.missing += document.code == "D100"
                    fail(document)
                else:
                    summary.documents += 1
                    summary.characters += len(document.text)
                    for item in pipeline.articles(document):
                        if isinstance(item, Failure):
                            fail(item)
                        else:
                            _count(summary, item)
                            sink.write(item)
                progress.advance(document.size)
        if not summary.documents and summary.failed == summary.missing:
            raise InputError(
                f"no document in {' '.join(given)}: expected files that exist; see the README for their kinds"
            )
    except BaseException:
        sink.abort()
        log.abort()
        raise
    sink.close()
    log.close()
    summary.seconds = time.perf_counter() - started
    summary.failures_file = log.path if summary.failed else None
    return summary


class FailureLog:
    """The dead-letter file: one JSON line a failure, made with the first. Without a path nothing is written."""

    def __init__(self, path: Path | None):
        self.path = path
        self._file: BinaryIO | None = None
        if path:
            with suppress(NotADirectoryError):  # the writer says so
                path.unlink(missing_ok=True)  # an older run's

    def write(self, failure: Failure) -> None:
        if self.path and not self._file:
            self._file = self.path.open("wb")
        if self._file:
            self._file.write(msgspec.json.encode(failure) + b"\n")

    def close(self) -> None:
        if self._file:
            self._file.close()

    def abort(self) -> None:
        if self.path and self._file:
            with suppress(OSError):
                self._file.close()
            self.path.unlink(missing_ok=True)


def _check(inputs: list[str], output: Path, emit: list[str]) -> None:
    """The mistakes that can be told before anything is read or made."""
    for kind in emit:
        if kind not in TABLES:
            raise ConfigError(f"--emit {kind}: expected one of {', '.join(TABLES)}")
    if not emit or len(set(emit)) < len(emit):
        raise ConfigError(f"--emit {' '.join(emit)}: expected each kind once, of {', '.join(TABLES)}")
    if not inputs or not all(inputs):
        raise InputError("an input is empty: expected files, folders or globs")
    if not output.name:
        raise OutputError(f"-o {output}: expected a file name such as out.jsonl, or -")
    if (failures := output.with_name(f"{output.stem}.failures.jsonl")).is_dir():
        raise OutputError(f"{failures}: is a folder; failures would be written under this name, choose another -o")


def _count(summary: Summary, article: Article) -> None:
    summary.articles += 1
    summary.entities += len(article.entities)
    summary.facts += len(article.facts)
