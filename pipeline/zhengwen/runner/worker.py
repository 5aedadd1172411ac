"""The worker function: one shard in; part files out, under a temporary name until they are whole, and then its record."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..records import Failure, RawDocument
from ..storage import whole
from .shards import Done, Shard, part

if TYPE_CHECKING:
    from ..pipeline import Pipeline


class Job(msgspec.Struct):
    """A shard, the folder for its parts, and the kinds of records to write."""

    shard: Shard
    folder: Path
    emit: list[str]
    blamed: dict[int, Failure] = {}
    """Documents, by their place, that are not touched again: each has cost a process its life."""


def work(
    pipeline: "Pipeline",
    job: Job,
    at: Callable[[int, str], None] = lambda place, stage: None,
    careful: bool = False,
) -> Done:
    """Processes a shard. Raises OutputError if its parts cannot be written; a document that fails is no error.

    at: told the place of a document in the shard and the stage that begins. careful: no stage takes two at once.
    """
    shard = job.shard
    writer = pipeline.writer
    raw = [(place, item) for place, item in enumerate(shard.documents) if isinstance(item, RawDocument)]
    sound = [(place, item) for place, item in raw if place not in job.blamed]
    found = pipeline.each((item for _, item in sound), lambda number, stage: at(sound[number][0], stage), careful)
    failures: list[Failure] = []
    articles = entities = facts = 0
    sinks = [writer(part(job.folder, kind, shard.number, writer.suffix), kind) for kind in job.emit]
    try:
        for place, document in enumerate(shard.documents):
            item = job.blamed.get(place, document)
            if isinstance(item, Failure):
                failures.append(item)
                continue
            _, results = next(found)
            for result in results:
                if isinstance(result, Failure):
                    failures.append(result)
                    continue
                articles += 1
                entities += len(result.entities)
                facts += len(result.facts)
                for sink in sinks:
                    sink.write(result)
        for sink in sinks:
            sink.close()
    except BaseException:
        for sink in sinks:
            sink.abort()
        raise
    done = Done(
        number=shard.number,
        digest=shard.digest,
        first=shard.documents[0].path,
        last=shard.documents[-1].path,
        documents=len(raw),
        articles=articles,
        entities=entities,
        facts=facts,
        failed=len(failures),
        missing=sum(failure.code == "D100" for failure in failures),
        characters=sum(len(item.text) for _, item in raw),
        bytes=sum(item.size for _, item in raw),
    )
    _write(part(job.folder, "failures", shard.number, ".jsonl"), failures)
    _write(part(job.folder, "done", shard.number, ".json"), [done])
    return done


def _write(path: Path, records: Sequence[msgspec.Struct]) -> None:
    """The records, a JSON line each; without any there is no file."""
    if not records:
        path.unlink(missing_ok=True)
        return
    with whole(path) as file:
        file.writelines(msgspec.json.encode(record) + b"\n" for record in records)
