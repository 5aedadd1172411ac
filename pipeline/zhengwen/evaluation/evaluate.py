"""Scores an output, or what a config makes of the gold texts, and compares two."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..config import read as read_config
from ..errors import ConfigError
from ..gold.documents import GoldDocument
from ..gold.documents import read as read_gold
from ..loading import build
from ..pipeline import Pipeline
from ..readers.inputs import printable
from ..records import Article, Failure, RawDocument
from . import outputs
from .bootstrap import ROUNDS
from .outputs import Record
from .report import Report, report
from .score import Scored, score


def evaluate(
    gold: str | Path | Sequence[str | Path],
    *,
    config: str | Path = "default",
    overrides: Mapping[str, Any] | None = None,
    output: str | Path | None = None,
    against: str | Path | None = None,
    rounds: int = ROUNDS,
    progress: Callable[[int], None] = lambda done: None,
) -> Report:
    """Score `output`, an existing file of article records, or else what `config` makes of the gold texts.

    against: a second config, or a file of article records, to be compared. rounds: of the bootstrap and the
    permutation test. progress is called with each number of documents done. Raises GoldError, ConfigError.
    """
    if output is not None and overrides:
        raise ConfigError(f"--{next(iter(overrides))} is of a config, and --output runs none; leave one of them out")
    paths = [Path(path) for path in ([gold] if isinstance(gold, str | Path) else gold)]
    documents = read_gold(paths)
    first = _scored(documents, output, config, overrides, progress)
    second = None
    if against is not None:
        is_output = str(against).endswith(".jsonl")
        second = _scored(documents, against if is_output else None, against, None, progress)
    return report(documents, first, second, rounds, [_checksum(path) for path in paths])


def _scored(
    documents: list[GoldDocument],
    output: str | Path | None,
    config: str | Path,
    overrides: Mapping[str, Any] | None,
    progress: Callable[[int], None],
) -> Scored:
    if output is not None:
        found = outputs.read(output)
        progress(len(documents))
        return score(documents, found, printable(output))
    pipeline = build(read_config(config, overrides))
    found, failures = {}, []
    for document in documents:
        found[document.id], failed = _run(pipeline, document)
        failures += failed
        progress(1)
    changed = "".join(f" --{key} {value}" for key, value in (overrides or {}).items())
    return score(documents, found, f"config {printable(config)}{changed}", failures)


def _run(pipeline: Pipeline, document: GoldDocument) -> tuple[list[Record], list[str]]:
    """What the pipeline makes of a gold text: as a page if gold has its articles, else as one clean document."""
    raw = RawDocument(document.id, document.text, "", "", len(document.text), document.articles is not None, date=document.date)  # fmt: skip
    articles: list[Article] = []
    failures: list[str] = []
    for item in pipeline.articles(raw):
        if isinstance(item, Failure):
            failures.append(f"{item.id}: {item.stage}: {item.message}")
        else:
            articles.append(item)
    return outputs.of_articles(articles), failures


def _checksum(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    return {"file": printable(path.name), "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
