"""doccano, sequence labeling: JSON Lines with `[start, end, label]` lists, or with entities as objects.

What labels do not say travels under the key `gold`: doccano keeps columns that it does not know, and exports them again.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from ...errors import GoldError
from ..documents import GoldDocument
from . import files
from .marked import Mark, carried, document, marks
from .units import from_units, to_units

_EXPECTED = "doccano's JSON Lines"


class Entity(msgspec.Struct):
    start_offset: int
    end_offset: int
    label: str


class Record(msgspec.Struct):
    """A line. Labels stand under `label`, `labels` or `entities`, the text under `text` or, in some versions, `data`."""

    id: int | str | None = None
    text: str | None = None
    data: str | None = None
    label: list[tuple[int, int, str]] | None = None
    labels: list[tuple[int, int, str]] | None = None
    entities: list[Entity | tuple[int, int, str]] | None = None
    gold: str | None = None


def read(path: Path, utf16: bool = False) -> list[GoldDocument]:
    """utf16: offsets count UTF-16 units, as those of labels drawn in doccano's web pages do. Raises GoldError."""
    return [_document(line, where, path, utf16) for where, line in files.lines(path, _EXPECTED) if line.strip()]


def _document(line: str, where: str, path: Path, utf16: bool) -> GoldDocument:
    record = files.decoded(line, Record, where)
    text = record.data if record.text is None else record.text
    if text is None:
        raise GoldError(f"{where}: no text; expected it under the key text")
    given = next((one for one in (record.label, record.labels, record.entities) if one is not None), None)
    found = None if given is None else [_mark(one) for one in given]
    if found and utf16:
        found = _in_points(found, text, where)
    id = f"{path.stem}:{where.rpartition(':')[2]}" if record.id is None else str(record.id)
    try:
        return document(id, text, found, where, record.gold)
    except GoldError as error:
        if utf16 or text.isascii() or max(text) <= "\uffff":
            raise
        raise GoldError(f"{error.args[0]}; if it was annotated in doccano, try --utf16") from None


def _mark(entity: Entity | tuple[int, int, str]) -> Mark:
    if isinstance(entity, Entity):
        return Mark(entity.start_offset, entity.end_offset, entity.label)
    return Mark(*entity)


def _in_points(found: Iterable[Mark], text: str, where: str) -> list[Mark]:
    points = from_units(text)
    for start, end, label in found:
        if start not in points or end not in points:
            raise GoldError(
                f"{where}: {label} [{start}, {end}): no span of the text in UTF-16 units; try without --utf16"
            )
    return [Mark(points[start], points[end], label) for start, end, label in found]


def write(documents: Iterable[GoldDocument], path: Path, utf16: bool = False) -> None:
    """utf16: as in `read`; doccano then shows the labels where they are."""
    files.write(path, "".join(_line(one, utf16) + "\n" for one in documents).encode())


def _line(one: GoldDocument, utf16: bool) -> str:
    offsets = to_units(one.text) if utf16 else range(len(one.text) + 1)
    label = [(offsets[start], offsets[end], label) for start, end, label in marks(one)]
    return files.encoded({"id": one.id, "text": one.text, "label": label, "gold": carried(one)})
