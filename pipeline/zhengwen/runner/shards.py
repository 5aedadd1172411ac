"""Shards: the documents of a run in pieces of some million characters, the same whoever works on them."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from ..records import Failure, RawDocument


class Shard(msgspec.Struct):
    """A piece of the input. Documents that could not be read are in it as failures, in their place."""

    number: int
    documents: list[RawDocument | Failure]
    digest: str
    """Of what the input says: another text, another id, another order gives another one."""


class Done(msgspec.Struct, frozen=True):
    """What became of a shard: the record that makes its part files final. `first` and `last` are paths of the input."""

    number: int
    digest: str
    first: str
    last: str
    documents: int
    articles: int
    entities: int
    facts: int
    failed: int
    missing: int
    """Of those that failed the ones that do not exist."""
    characters: int
    bytes: int


def shards(documents: Iterable[RawDocument | Failure], characters: int) -> Iterator[Shard]:
    """Cuts behind the document that fills a shard. characters: of text; a failure counts as one."""
    items: list[RawDocument | Failure] = []
    number = filled = 0
    for document in documents:
        items.append(document)
        filled += 1 if isinstance(document, Failure) else 1 + len(document.text)
        if filled >= characters:
            yield Shard(number, items, _digest(items))
            items, number, filled = [], number + 1, 0
    if items:
        yield Shard(number, items, _digest(items))


def _digest(documents: list[RawDocument | Failure]) -> str:
    found = hashlib.sha256()
    for item in documents:
        content = item.code if isinstance(item, Failure) else item.sha256
        found.update(f"{item.id}\0{content}\0".encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def part(folder: Path, kind: str, number: int, suffix: str) -> Path:
    """`articles-00003.jsonl`: what a shard holds of a kind of record."""
    return folder / f"{kind}-{number:05}{suffix}"
