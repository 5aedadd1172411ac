"""Gold documents: a text and what is right about it, one JSON object a line.

`id` and `text` are asked for; every other key may be absent. Offsets are Unicode code points of `text`, `[start, end)`.
`optional` (and a `nominal` entity) is right either way; `subject_or` and its like list further right readings.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Literal

import msgspec

from ..errors import GoldError
from ..records import Basis, Bound, Day, Kind, Modality, Span, Stage


class GoldEntity(msgspec.Struct, omit_defaults=True, kw_only=True):
    label: str
    start: int
    end: int
    text: str = ""
    nominal: bool = False
    optional: bool = False


class GoldRole(msgspec.Struct, omit_defaults=True, kw_only=True):
    """An office. `person` is the name as written."""

    person: str
    post: str
    organisation: str | None = None
    organisation_or: list[str | None] = []
    optional: bool = False


class GoldQuantity(msgspec.Struct, omit_defaults=True, kw_only=True):
    start: int
    end: int
    text: str = ""
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    bound: Bound = "exact"
    optional: bool = False


class GoldFact(msgspec.Struct, omit_defaults=True, kw_only=True):
    """What a quantity states; `quantity` is its span."""

    quantity: Span
    metric: str | None = None
    subject: str | None = None
    kind: Kind = "level"
    basis: Basis | None = None
    time: str | None = None
    modality: Modality = "actual"
    metric_or: list[str | None] = []
    subject_or: list[str | None] = []
    kind_or: list[Kind] = []
    basis_or: list[Basis | None] = []
    time_or: list[str | None] = []
    modality_or: list[Modality] = []


class GoldProject(msgspec.Struct, omit_defaults=True, kw_only=True):
    """A project that the text names; companies, zone, place and the quantity of its investment as written."""

    name: str
    stage: Stage | None = None
    companies: list[str] = []
    zone: str | None = None
    place: str | None = None
    investment: str | None = None


class GoldArticle(msgspec.Struct, omit_defaults=True, kw_only=True):
    """An article of a page, whole again however the page had cut it."""

    title: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    section: str | None = None
    byline: list[str] = []
    paragraphs: list[str] = []
    captions: list[str] = []


class GoldDocument(msgspec.Struct, omit_defaults=True, kw_only=True):
    """`entities` … `projects` are None where the document is not annotated for them; so are `words`, the spans of all
    words from the start of the text on, and `articles`, for a page."""

    id: str
    text: str
    source: str | None = None
    date: Day | None = None
    province: str | None = None
    genre: str | None = None
    entities: list[GoldEntity] | None = None
    roles: list[GoldRole] | None = None
    quantities: list[GoldQuantity] | None = None
    facts: list[GoldFact] | None = None
    projects: list[GoldProject] | None = None
    words: list[Span] | None = None
    articles: list[GoldArticle] | None = None


TASKS: tuple[Literal["entities", "roles", "quantities", "facts", "projects", "words", "articles"], ...] = (
    "entities",
    "roles",
    "quantities",
    "facts",
    "projects",
    "words",
    "articles",
)
_decoder = msgspec.json.Decoder(GoldDocument)
_encoder = msgspec.json.Encoder(decimal_format="number")


def read(paths: Iterable[str | Path]) -> list[GoldDocument]:
    """The documents of gold files, in order. Raises GoldError for the first line that is none, or whose id came before."""
    documents: list[GoldDocument] = []
    seen: dict[str, str] = {}
    for path in map(Path, paths):
        for where, document in _lines(path):
            if document.id in seen:
                raise GoldError(f"{where}: id {document.id!r} was used before, at {seen[document.id]}; ids must differ")
            seen[document.id] = where
            documents.append(document)
    if not documents:
        raise GoldError(
            f"{' '.join(map(str, paths)) or 'no file'}: no gold document; expected JSON Lines with id and text"
        )
    return documents


def _lines(path: Path) -> Iterator[tuple[str, GoldDocument]]:
    try:
        stream = path.open("rb")
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}; expected a file of gold, JSON Lines") from None
    with stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            where = f"{path}:{number}"
            try:
                document = decode(line)
            except UNREADABLE as error:
                id = identity(line)
                raise GoldError(f"{where}: {f'document {id!r}: ' if id else ''}{reason(error)}") from None
            if problem := offsets_off(document):
                raise GoldError(f"{where}: document {document.id!r}: {problem}; `zhengwen gold check` lists all")
            yield where, document


UNREADABLE = (msgspec.DecodeError, ValueError, RecursionError)


def decode(line: bytes) -> GoldDocument:
    """One line of gold. Raises one of UNREADABLE, which `reason` tells."""
    return _decoder.decode(line.removeprefix(b"\xef\xbb\xbf"))


def identity(line: bytes) -> str | None:
    """The id of a line that is no gold document, if it can be told."""
    try:
        found = msgspec.json.decode(line)
    except UNREADABLE:
        return None
    return found["id"] if isinstance(found, dict) and isinstance(found.get("id"), str) else None


def reason(error: Exception) -> str:
    """`Expected `int`, got `str` - at `$.entities[0].start`` as `entities[0].start: expected int, got str`."""
    if isinstance(error, UnicodeDecodeError):
        return f"no UTF-8, byte {error.object[error.start]:#04x}; expected JSON Lines in UTF-8"
    message, _, place = " ".join(str(error).replace("`", "").split()).partition(" - at $")
    if message[1:2].islower():  # no acronym
        message = message[:1].lower() + message[1:]
    message = f"{place.lstrip('.')}: {message}" if place else message
    return f"{message}; `zhengwen schema gold` says what is expected"


def offsets_off(document: GoldDocument) -> str | None:
    """The first span of a document that is none of its text, or whose text differs; None if all are right."""
    size, text = len(document.text), document.text
    named = [("entity", one) for one in document.entities or ()] + [
        ("quantity", one) for one in document.quantities or ()
    ]
    for kind, one in named:
        if not 0 <= one.start < one.end <= size:
            return f"{kind} {one.text!r} at [{one.start}, {one.end}): no span of the text, which has {size} characters"
        if one.text and text[one.start : one.end] != one.text:
            return f"{kind} {one.text!r} at [{one.start}, {one.end}): the text has {text[one.start : one.end]!r} there"
    for start, end in [*(fact.quantity for fact in document.facts or ()), *(document.words or ())]:
        if not 0 <= start < end <= size:
            return f"[{start}, {end}): no span of the text, which has {size} characters"
    return None


def dump(documents: Iterable[GoldDocument]) -> bytes:
    """JSON Lines; keys that hold their default are left out."""
    return b"".join(_encoder.encode(document) + b"\n" for document in documents)
