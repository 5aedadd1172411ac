"""`zhengwen gold check`: all that is wrong, or looks wrong, in gold files, where `documents.read` stops at the first.

An error contradicts the text, the guidelines or itself. A warning is worth a look: a likely omission, or a number that
the quantity grammar reads in another way.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from ..entities.spans import SpanSet, disjoint
from ..errors import GoldError
from . import spans, statements
from .documents import (
    UNREADABLE,
    GoldArticle,
    GoldDocument,
    GoldEntity,
    GoldFact,
    GoldProject,
    GoldQuantity,
    GoldRole,
    decode,
    identity,
    reason,
)
from .spans import NOWHERE, Mark, Problem, Severity, is_inside, shown

_PARTS: dict[str, type[msgspec.Struct]] = {
    "entities": GoldEntity,
    "roles": GoldRole,
    "quantities": GoldQuantity,
    "facts": GoldFact,
    "projects": GoldProject,
    "articles": GoldArticle,
}


class Finding(msgspec.Struct, frozen=True):
    """One problem, `message` in one line. `where` is file:line; `document` is None for a line that is no gold document,
    `start` and `end` are None for a problem without a span."""

    where: str
    document: str | None
    severity: Severity
    code: str
    start: int | None
    end: int | None
    message: str


def check(paths: Iterable[str | Path]) -> Iterator[Finding]:
    """The problems of all documents of gold files, line by line; an id must differ from all before it.

    Raises GoldError for a file that cannot be read, and for nothing that stands in one.
    """
    seen: dict[str, str] = {}
    for path in map(Path, paths):
        try:
            rows = [(number, row) for number, row in enumerate(path.read_bytes().split(b"\n"), 1) if row.strip()]
        except OSError as error:
            raise GoldError(f"{path}: {error.strerror}; expected a file of gold, JSON Lines") from None
        if not rows:
            yield Finding(f"{path}:1", None, "error", "json", None, None, "no gold document in the whole file")
        elif (first := rows[0][1].strip()) == b"[" or (first[:1] == b"[" and len(rows) == 1):
            said = "a JSON array; expected JSON Lines, a document a line (`zhengwen gold convert` reads Label Studio)"
            yield Finding(f"{path}:{rows[0][0]}", None, "error", "json", None, None, said)
            continue
        for number, row in rows:
            where = f"{path}:{number}"
            try:
                document = decode(row)
            except UNREADABLE as error:
                said = f"no gold document: {reason(error)}"
                yield Finding(where, identity(row), "error", "json", None, None, said)
                continue
            for key in _unknown(row):
                said = f"key {shown(key)} is none of gold and is not read; `zhengwen schema gold` has all"
                yield Finding(where, document.id, "warning", "key", None, None, said)
            if before := seen.get(document.id):
                yield Finding(where, document.id, "error", "duplicate", None, None, f"the id was used at {before}")
            seen.setdefault(document.id, where)
            for severity, code, (start, end), message in _problems(document):
                yield Finding(where, document.id, severity, code, start, end, message)


def lines(findings: Iterable[Finding]) -> Iterator[str]:
    """`file:line: document 'id' [start, end): severity: message (code)` for each, and a last line that counts them."""
    counts: dict[Severity, int] = {"error": 0, "warning": 0}
    for one in findings:
        counts[one.severity] += 1
        span = f" [{one.start}, {one.end})" if one.start is not None else ""
        place = f" document {one.document!r}{span}:" if one.document is not None else ""
        yield f"{one.where}:{place} {one.severity}: {one.message} ({one.code})"
    yield ", ".join(f"{number} {severity}{'s' * (number != 1)}" for severity, number in counts.items())


def _problems(document: GoldDocument) -> Iterator[Problem]:
    text = document.text
    if not document.id.strip():
        yield "error", "id", NOWHERE, "the id is empty"
    if not text.strip():
        yield "error", "text", NOWHERE, "the text is empty"
    if document.date is not None and not _is_date(document.date):
        yield "error", "date", NOWHERE, f"date {shown(document.date)} is no ISO date such as 2024-02-27"
    entities = [
        Mark((one.start, one.end), one.text or text[one.start : one.end], one.label, not (one.nominal or one.optional))
        for one in document.entities or ()
    ]
    quantities = [
        Mark((one.start, one.end), one.text or text[one.start : one.end], "quantity", not one.optional)
        for one in document.quantities or ()
    ]
    words = [Mark(span, text[slice(*span)], "word", True) for span in document.words or ()]
    inside = [one for one in (*entities, *quantities) if is_inside(one.span, text)]
    marked = SpanSet(disjoint(one.span for one in inside))
    numbers = disjoint(one.span for one in quantities if is_inside(one.span, text))
    yield from spans.offsets(text, [*entities, *quantities, *words])
    yield from spans.overlaps(inside)
    yield from spans.overlaps(words)
    yield from spans.gaps(text, words)
    yield from statements.phrases(document, numbers)
    yield from statements.facts(document)
    yield from spans.names(text, entities, marked)
    if document.entities is not None:
        yield from statements.people(document, entities)
    if document.quantities is not None:
        yield from statements.values(text, document.quantities, marked)


def _unknown(row: bytes) -> list[str]:
    """The keys of a line that gold does not have, such as `entities.lable`, once each."""
    given: dict[str, Any] = msgspec.json.decode(row.removeprefix(b"\xef\xbb\xbf"))
    found = dict.fromkeys(key for key in given if key not in GoldDocument.__struct_fields__)
    for name, struct in _PARTS.items():
        for one in given.get(name) or ():
            found.update(dict.fromkeys(f"{name}.{key}" for key in one if key not in struct.__struct_fields__))
    return list(found)


def _is_date(written: str) -> bool:
    with suppress(ValueError):
        return date.fromisoformat(written).isoformat() == written
    return False
