"""The record types: what travels between stages, and what is written.

Declared once, here. The JSON Schema (`zhengwen schema`) and the flat tables come from these structs. Offsets are
Unicode code points, `[start, end)`. Decimals are exact and become plain JSON numbers.
"""

from decimal import Decimal
from typing import Annotated, Literal

import msgspec

LABELS = ("OFFICIAL", "PERSON", "ZONE", "COMPANY", "ORG", "PLACE")
"""The labels that the rules give; lexicons and stages of the user's own may add others."""
Label = Annotated[str, msgspec.Meta(pattern="^[A-Z][A-Z0-9_]*$", examples=list(LABELS))]
Day = Annotated[str, msgspec.Meta(extra_json_schema={"format": "date"})]
"""A date as ISO 8601, 2024-02-23."""
Bound = Literal["exact", "approx", "at_least", "more_than", "at_most", "less_than", "range"]
Kind = Literal["level", "change", "share", "condition"]
Basis = Literal["yoy", "qoq", "other"]
Modality = Literal["actual", "planned"]
Stage = Literal["signed", "started", "building", "operating", "completed"]
BlockKind = Literal["kicker", "title", "subtitle", "paragraph", "caption", "byline"]

Span = tuple[int, int]
Segment = tuple[int, int, int]
"""One run of an offset map: article start, source start, length."""


class RawDocument(msgspec.Struct, frozen=True):
    """What a reader yields: the decoded text of one document and what is known about it."""

    id: str
    text: str
    path: str
    sha256: str
    size: int
    """Bytes of the file or line it came from, for progress."""
    paged: bool
    """True for a page that may hold several articles, false for one clean document."""
    title: str | None = None
    date: Day | None = None
    warnings: list[str] = []


class Failure(msgspec.Struct, frozen=True):
    """A document that could not be processed: one line of the dead-letter file."""

    id: str
    path: str
    stage: str
    code: str
    message: str
    position: int | None = None
    size: int = 0


class Block(msgspec.Struct, frozen=True):
    """A stretch of an article's text, whole again however the page had cut it."""

    kind: BlockKind
    start: int
    end: int


class Note(msgspec.Struct, frozen=True):
    """What a layout did at a place of the source, and why: for people who tune it, not in the output."""

    what: Literal["joined", "lifted", "dropped", "continued"]
    start: int
    end: int
    why: str


class Layout(msgspec.Struct, frozen=True):
    """What a layout yields: one article with clean text, and where each character stands in the source."""

    text: str
    blocks: list[Block]
    offsets: list[Segment]
    title: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    section: str | None = None
    date: Day | None = None
    byline: list[str] = []
    warnings: list[str] = []
    notes: list[Note] = []


class Source(msgspec.Struct, frozen=True):
    id: str
    path: str
    sha256: str


class Entity(msgspec.Struct):
    """A mention of a person, body or place.

    `by` names the rule, lexicon or model that found it. `confidence` is how often what it finds is right, from 0 to 1.
    """

    id: str
    label: Label
    text: str
    start: int
    end: int
    source_start: int
    source_end: int
    nominal: bool
    canonical: str
    key: str | None
    by: str
    confidence: float = 1.0


class Role(msgspec.Struct):
    """An office of a person. `person` is an entity id; `start`, `end` is the span of the post."""

    person: str
    post: str
    organisation: str | None
    start: int
    end: int


class Quantity(msgspec.Struct):
    """A number with what it counts or measures. For a range `value` is null and `low`, `high` are set."""

    id: str
    text: str
    start: int
    end: int
    source_start: int
    source_end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    bound: Bound


class Time(msgspec.Struct, frozen=True):
    """A period or date as written, and its first and last day (ISO 8601) where they are known."""

    text: str
    start: Day | None
    end: Day | None


class Fact(msgspec.Struct):
    """What a quantity states. `by` says how the metric was attached."""

    id: str
    quantity: str
    metric: str | None
    metric_id: str | None
    subject: str | None
    subject_entity: str | None
    scope: str | None
    scope_entity: str | None
    kind: Kind
    basis: Basis | None
    per: str | None
    time: Time | None
    modality: Modality
    by: str


class Project(msgspec.Struct):
    """One project named in the article; `companies`, `zone`, `place` hold ids of entities.

    `facts` are the ids of all facts that speak of it; `investment`, `capacity`, `area`, `jobs` are the first of them that
    say so.
    """

    id: str
    name: str
    companies: list[str]
    zone: str | None
    place: str | None
    stage: Stage | None
    date: Day | None
    facts: list[str]
    investment: str | None = None
    capacity: str | None = None
    area: str | None = None
    jobs: str | None = None


class Article(msgspec.Struct):
    """The record that is written: one JSON object a line, every key always present."""

    schema: Literal["zhengwen/article/1"]
    id: str
    source: Source
    title: str | None
    kicker: str | None
    subtitle: str | None
    section: str | None
    date: Day | None
    byline: list[str]
    text: str
    blocks: list[Block]
    offsets: list[Segment]
    sentences: list[Span]
    tokens: list[Span]
    entities: list[Entity]
    roles: list[Role]
    quantities: list[Quantity]
    facts: list[Fact]
    projects: list[Project]
    warnings: list[str]
