"""The runner: inputs → documents → articles → output, failures counted and written down, never in the way."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from .config import read
from .errors import ConfigError, InputError, OutputError
from .pipeline import build
from .records import Article, Failure
from .registry import STDOUT
from .writers.tables import TABLES


class Summary(msgspec.Struct):
    """What a run did. `failures` holds the first of them; `failed` counts all."""

    documents: int = 0
    articles: int = 0
    entities: int = 0
    facts: int = 0
    failed: int = 0
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
    inputs: Sequence[str],
    output: Path,
    *,
    config: str | Path = "default",
    overrides: Mapping[str, Any] | None = None,
    emit: Sequence[str] = ("articles",),
    progress: Progress | None = None,
) -> Summary:
    """Process inputs into `output`. `emit`: articles, entities, facts, projects; the first goes to `output` itself.

    Documents that fail are listed in a file beside the output (`out.failures.jsonl`); none of them stops the run. The
    output appears under its name only when it is whole. Raises InputError, ConfigError or OutputError before the first
    document is read; InputError too if there was no document at all, good or bad, but a missing file.
    """
    for kind in emit:
        if kind not in TABLES:
            raise ConfigError(f"--emit {kind}: expected one of {', '.join(TABLES)}")
    if len(set(emit)) < len(emit):
        raise ConfigError(f"--emit {' --emit '.join(emit)}: the same kind twice")
    if not inputs:
        raise InputError("no input: expected files, folders or globs")
    failures_path = output.with_name(f"{output.stem}.failures.jsonl")
    if failures_path.is_dir():
        raise OutputError(f"{failures_path}: is a folder; failures would be written under this name, choose another -o")
    if any(Path(given).resolve() == output.resolve() for given in inputs):
        raise OutputError(f"{output}: is an input too; choose another -o")
    pipeline = build(read(config, overrides))
    progress = progress or Progress()
    progress.start(pipeline.reader.size(inputs))
    summary = Summary()
    failures: list[Failure] = []
    sink = pipeline.writer(output, emit)
    written = {str(path.resolve()) for path in (*sink.paths, failures_path)}  # of an earlier run, in an input folder
    started = time.perf_counter()

    def fail(failure: Failure) -> None:
        summary.failed += 1
        failures.append(failure)
        progress.failure(failure)

    try:
        for document in pipeline.reader(inputs):
            if written and str(Path(document.path).resolve()) in written:
                continue
            if isinstance(document, Failure):
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
        if not summary.documents and all(failure.code == "D100" for failure in failures):
            first = f" ({failures[0].path}: {failures[0].message})" if failures else ""
            raise InputError(f"no document in {' '.join(inputs)}{first}; expected .txt, .md or .jsonl files")
    except BaseException:
        sink.abort()
        raise
    sink.close()
    summary.seconds = time.perf_counter() - started
    if output != STDOUT:
        summary.failures_file = _write_failures(failures_path, failures)
    return summary


def _count(summary: Summary, article: Article) -> None:
    summary.articles += 1
    summary.entities += len(article.entities)
    summary.facts += len(article.facts)


def _write_failures(path: Path, failures: list[Failure]) -> Path | None:
    """One JSON line a failure; an older run's file goes if there is none."""
    if not failures:
        path.unlink(missing_ok=True)
        return None
    path.write_bytes(b"".join(msgspec.json.encode(failure) + b"\n" for failure in failures))
    return path
