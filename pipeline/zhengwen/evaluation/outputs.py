"""What is scored: article records, read leniently and brought together by the gold document they come from.

Offsets are those of the source text (`source_start`, `source_end`), or `start` and `end` where a record has no others.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from ..errors import GoldError
from ..offsets import OffsetMap
from ..records import Article, Block, Segment, Span


class Spanned(msgspec.Struct, kw_only=True):
    start: int = 0
    end: int = 0
    source_start: int | None = None
    source_end: int | None = None

    @property
    def span(self) -> Span:
        """Where it stands in the source."""
        return (
            self.start if self.source_start is None else self.source_start,
            self.end if self.source_end is None else self.source_end,
        )


class FoundEntity(Spanned, kw_only=True):
    id: str = ""
    label: str = ""
    text: str = ""
    nominal: bool = False
    by: str = ""


class FoundRole(msgspec.Struct, kw_only=True):
    """`person` is the id of an entity, or a name."""

    person: str = ""
    post: str = ""
    organisation: str | None = None


class FoundQuantity(Spanned, kw_only=True):
    id: str = ""
    text: str = ""
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    bound: str | None = None


class FoundTime(msgspec.Struct):
    text: str | None = None


class FoundFact(msgspec.Struct, kw_only=True):
    """`quantity` is the id of a quantity."""

    id: str = ""
    quantity: str = ""
    metric: str | None = None
    subject: str | None = None
    kind: str | None = None
    basis: str | None = None
    time: FoundTime | str | None = None
    modality: str | None = None
    by: str = ""

    @property
    def period(self) -> str | None:
        return self.time.text if isinstance(self.time, FoundTime) else self.time


class FoundProject(msgspec.Struct, kw_only=True):
    """Companies, zone and place are ids of entities; the investment is the id of a fact."""

    name: str = ""
    companies: list[str] = []
    zone: str | None = None
    place: str | None = None
    stage: str | None = None
    investment: str | None = None


class FoundSource(msgspec.Struct):
    id: str | None = None


class Record(msgspec.Struct, kw_only=True):
    """One article record. Every key may be absent, so that other programs' output can be scored."""

    id: str = ""
    source: FoundSource | str | None = None
    text: str = ""
    title: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    section: str | None = None
    byline: list[str] = []
    blocks: list[Block] = []
    offsets: list[Segment] = []
    tokens: list[Span] = []
    entities: list[FoundEntity] = []
    roles: list[FoundRole] = []
    quantities: list[FoundQuantity] = []
    facts: list[FoundFact] = []
    projects: list[FoundProject] = []

    @property
    def document(self) -> str:
        """The id of the document it comes from."""
        return (self.source.id if isinstance(self.source, FoundSource) else None) or self.id

    def words(self) -> Iterator[Span]:
        """The spans of its tokens in the source."""
        if not self.offsets:
            return iter(self.tokens)
        places = OffsetMap(self.offsets)
        return (places.source_span(start, end) for start, end in self.tokens)

    def parts(self, kind: str) -> list[str]:
        """The text of its blocks of a kind."""
        return [self.text[block.start : block.end] for block in self.blocks if block.kind == kind]


Outputs = dict[str, list[Record]]
"""The records of each document."""
_decoder = msgspec.json.Decoder(Record)


def of_articles(articles: Iterable[Article]) -> list[Record]:
    return [msgspec.convert(article, Record, from_attributes=True) for article in articles]


def read(path: str | Path) -> Outputs:
    """The records of an output, JSON Lines. Raises GoldError for the first line that is no record."""
    found: Outputs = {}
    try:
        lines = Path(path).read_bytes().splitlines()
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}; expected an output of zhengwen run, JSON Lines") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            record = _record(line, f"{path}:{number}")
            found.setdefault(record.document, []).append(record)
    return found


def _record(line: bytes, where: str) -> Record:
    try:
        return _decoder.decode(line)
    except (msgspec.DecodeError, ValueError) as error:
        raise GoldError(f"{where}: {error}; expected an article record") from None


def names(records: Iterable[Record]) -> Iterator[tuple[Record, dict[str, Any]]]:
    """Each record with its entities by id."""
    for record in records:
        yield record, {entity.id: entity for entity in record.entities}
