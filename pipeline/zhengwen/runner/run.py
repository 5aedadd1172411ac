"""A run: inputs → shards → workers → the output, a file in the order of the input or a folder of parts."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec

from ..config import build_stage, import_code, read
from ..errors import ConfigError, InputError, OutputError
from ..records import Failure, RawDocument
from ..registry import Reader
from ..storage import location
from ..writers.tables import TABLES
from .folder import Identity, RunFolder
from .ids import unique
from .pools import Pool, pool
from .shards import Done, shards
from .target import Target
from .worker import Job


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
    failures: Path | None = None
    """The file of dead letters, or the folder that has them; None if there are none."""
    before: int = 0
    """Of the documents those that an earlier, interrupted run had done."""

    def line(self) -> str:
        now = self.characters / self.seconds if self.seconds else 0.0
        before = f" ({self.before} of them before)" if self.before else ""
        return (
            f"{self.documents} documents{before}, {self.articles} articles, {self.entities} entities, {self.facts} facts, "
            f"{self.failed} failures, {now:,.0f} characters a second"
        )

    def add(self, done: Done, before: bool) -> None:
        self.documents += done.documents
        self.articles += done.articles
        self.entities += done.entities
        self.facts += done.facts
        self.failed += done.failed
        self.missing += done.missing
        if before:
            self.before += done.documents
        else:
            self.characters += done.characters


class Progress(msgspec.Struct):
    """What is called as a run goes on: with the total of bytes once, with the bytes of each shard, with failures."""

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
    workers: int = 0,
    dask: str | None = None,
    restart: bool = False,
    retry_failed: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Process inputs into `output`: a file, or a folder (one that is there, or a name without suffix) of part files.

    Names may be paths or, with `://`, of shared storage that fsspec knows (extra `remote`).
    emit: articles, entities, facts, projects; the first goes to `output` itself, every other beside it. workers: how
    many processes, each watched for time and memory; 0 works in this process, unwatched. dask: the address of a Dask
    scheduler whose workers take part instead; they must see the output's folder.

    Documents that fail are listed in a file of dead letters (`out.failures.jsonl`, or in the folder); none of them stops
    the run. A run that was interrupted goes on where it stopped when it is called again. restart: begins anew.
    retry_failed: of a folder whose run is done, does the shards with failures again.

    Raises InputError, ConfigError or OutputError before the first document is read; InputError too if every input is
    missing, OutputError too if the disk is full or the input changed under an interrupted run.
    """
    given = [str(name) for name in ([inputs] if isinstance(inputs, str | Path) else inputs)]
    kinds = [emit] if isinstance(emit, str) else list(emit)
    _check(given, kinds)
    target = Target(location(output), kinds)
    run_config = read(config, overrides)
    settings = run_config.settings()
    import_code(run_config)
    reader, writer = build_stage(run_config, "reader"), build_stage(run_config, "writer")
    if same := next((name for name in given if target.owns(name)), None):
        raise OutputError(f"{same}: is an input and would be written over; choose another -o")
    if retry_failed and not target.is_folder:
        raise OutputError(f"{output}: --retry-failed works on the folder of a run; a file is simply made again")
    progress = progress or Progress()
    summary = Summary()
    identity = Identity.of(run_config, given, kinds)
    folder = RunFolder(target.folder, identity, writer.suffix, restart, retry_failed, own=not target.is_folder)
    try:
        with pool(run_config, settings, workers, dask) as workplace:
            Thread(target=_measure, args=(reader, given, progress), daemon=True).start()
            started = time.perf_counter()
            documents = unique(_documents(reader(given), target))
            for done, before in _work(workplace, folder, documents):
                summary.add(done, before)
                progress.advance(done.bytes)
                for failure in () if before else folder.failures(done):
                    progress.failure(failure)
                target.stream(folder, writer)
            summary.seconds = time.perf_counter() - started
        if not summary.documents and summary.failed == summary.missing:
            raise InputError(
                f"no document in {' '.join(given)}: expected files that exist; see the README for their kinds"
            )
        target.finish(folder, writer)
    except BaseException:
        folder.leave(keep=target.is_kept and any(one.documents for one in folder.done.values()))
        raise
    summary.failures = target.failures if summary.failed else None
    return summary


def _check(inputs: list[str], emit: list[str]) -> None:
    """The mistakes that can be told before anything is read or made."""
    for kind in emit:
        if kind not in TABLES:
            raise ConfigError(f"--emit {kind}: expected one of {', '.join(TABLES)}")
    if not emit or len(set(emit)) < len(emit):
        raise ConfigError(f"--emit {' '.join(emit)}: expected each kind once, of {', '.join(TABLES)}")
    if not inputs or not all(inputs):
        raise InputError("an input is empty: expected files, folders or globs")


def _measure(reader: Reader, inputs: list[str], progress: Progress) -> None:
    """Tells the total of bytes, beside the work: in a large archive the files alone take minutes to be counted."""
    with suppress(OSError):  # a file that is gone meanwhile
        progress.start(reader.size(inputs))


def _documents(documents: Iterable[RawDocument | Failure], target: Target) -> Iterator[RawDocument | Failure]:
    """All but what the run itself writes, which may lie in a folder of the input."""
    for path, of_path in groupby(documents, key=lambda document: document.path):
        if not target.owns(path):
            yield from of_path


def _work(
    workplace: Pool, folder: RunFolder, documents: Iterable[RawDocument | Failure]
) -> Iterator[tuple[Done, bool]]:
    """Each shard's record as soon as it is done, and whether it was done before."""
    running: set[Future[Done]] = set()

    def results(least: int) -> Iterator[tuple[Done, bool]]:
        nonlocal running
        while len(running) > least:
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                done = future.result()
                folder.add(done)
                yield done, False

    count = 0
    for shard in shards(documents, folder.identity.shard):
        count += 1
        if done := folder.finished(shard):
            yield done, True
        else:
            running.add(workplace.submit(Job(shard, folder.path.absolute(), folder.identity.emit)))
            yield from results(least=workplace.ahead)
    yield from results(least=0)
    folder.whole(count)
