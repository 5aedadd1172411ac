"""Gold as marked spans, all that annotation tools know, and back.

An entity is a mark with its label, `PERSON`; a nominal one `PERSON_NOMINAL`, an optional one `PERSON_OPTIONAL`; a
quantity is the mark `QUANTITY`. What marks do not say (values, roles, facts, date …) is carried along as a string.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from ...errors import GoldError
from ...quantity.grammar import find
from ...records import LABELS as ENTITY_LABELS
from ...records import Span
from ...script import simplified
from ..documents import GoldDocument, GoldEntity, GoldQuantity, offsets_off
from .files import decoded, encoded

QUANTITY = "QUANTITY"
_NOMINAL, _OPTIONAL = "_NOMINAL", "_OPTIONAL"
LABELS = (*ENTITY_LABELS, *(label + _NOMINAL for label in ENTITY_LABELS), QUANTITY)


class Mark(NamedTuple):
    """A labelled span, in code points."""

    start: int
    end: int
    label: str


class Parts(NamedTuple):
    label: str
    nominal: bool
    optional: bool


def parts(label: str) -> Parts:
    """What the label of a mark says: `PERSON_NOMINAL_OPTIONAL` is PERSON, nominal and optional."""
    stem = label.removesuffix(_OPTIONAL)
    return Parts(stem.removesuffix(_NOMINAL), stem.endswith(_NOMINAL), label.endswith(_OPTIONAL))


def marks(document: GoldDocument) -> list[Mark]:
    """All entities and quantities, in text order. Raises GoldError for a label that would not be read back as it is."""
    found = []
    for entity in document.entities or ():
        label = entity.label + _NOMINAL * entity.nominal + _OPTIONAL * entity.optional
        if parts(label) != (entity.label, entity.nominal, entity.optional) or entity.label == QUANTITY:
            taken = f"{QUANTITY}, …{_NOMINAL} and …{_OPTIONAL} have a meaning of their own"
            raise GoldError(f"document {document.id!r}: entity label {entity.label!r}: {taken}; rename it")
        found.append(Mark(entity.start, entity.end, label))
    for quantity in document.quantities or ():
        found.append(Mark(quantity.start, quantity.end, QUANTITY + _OPTIONAL * quantity.optional))
    return sorted(found, key=lambda mark: (mark.start, mark.end))


def labels(documents: Iterable[GoldDocument]) -> list[str]:
    """The labels to offer to an annotator: the usual ones, then any other of the documents."""
    return list(dict.fromkeys([*LABELS, *(mark.label for document in documents for mark in marks(document))]))


def flat(found: Sequence[Mark], document: GoldDocument, kind: str) -> Sequence[Mark]:
    """The marks, in text order. Raises GoldError if two of them overlap, which this kind of file cannot say."""
    for i in range(1, len(found)):
        a, b = found[i - 1 : i + 1]
        if b.start < a.end:
            raise GoldError(
                f"document {document.id!r}: {a.label} [{a.start}, {a.end}) and {b.label} [{b.start}, {b.end}) overlap; "
                f"{kind} holds one label a character"
            )
    return found


def carried(document: GoldDocument) -> str:
    """What marks do not say, as JSON on one line."""
    entities: list[GoldEntity] | None = None if document.entities is None else []
    return encoded(msgspec.structs.replace(document, text="", entities=entities))


def document(id: str, text: str, found: Sequence[Mark] | None, where: str, gold: str | None = None) -> GoldDocument:
    """The document of a text with its marks. found: None for a text that nobody has annotated.

    gold: what `carried` gave; `id` is used without it. A quantity that was there before keeps what it was, a new one is
    read by the grammar, and the facts of one that is gone go with it. Raises GoldError if a mark is no span of the text,
    or `gold` belongs to another text.
    """
    base = decoded(gold, GoldDocument, f"{where}: gold carried along") if gold else GoldDocument(id=id, text="")
    made = msgspec.structs.replace(base, text=text)
    for start, end, label in found or ():
        if not 0 <= start < end <= len(text):
            size = f"the text has {len(text)} characters"
            raise GoldError(f"{where}: {label} [{start}, {end}): no span of the text; {size}")
    if found is None:
        made.entities = made.quantities = made.facts = None
    else:
        _mark(made, sorted(found, key=lambda mark: (mark.start, mark.end)), annotated=not gold)
    if problem := offsets_off(made):
        raise GoldError(f"{where}: document {made.id!r}: {problem}; what was carried along is of another text")
    return made


def _mark(document: GoldDocument, found: Sequence[Mark], annotated: bool) -> None:
    """Sets entities, quantities and facts; what is None and has no marks stays None, but for entities if annotated."""
    entities: list[GoldEntity] = []
    quantities: list[GoldQuantity] = []
    known = {(quantity.start, quantity.end): quantity for quantity in document.quantities or ()}
    for start, end, label in found:
        text = document.text[start:end]
        stem, nominal, optional = parts(label)
        if stem == QUANTITY:
            quantity = known.get((start, end)) or _read(start, end, text)
            quantities.append(msgspec.structs.replace(quantity, optional=optional))
        else:
            entities.append(GoldEntity(label=stem, start=start, end=end, text=text, nominal=nominal, optional=optional))
    if entities or annotated or document.entities is not None:
        document.entities = entities
    if quantities or document.quantities is not None:
        document.quantities = quantities
    gone: set[Span] = known.keys() - {(quantity.start, quantity.end) for quantity in quantities}
    if document.facts is not None:
        document.facts = [fact for fact in document.facts if fact.quantity not in gone]


def _read(start: int, end: int, text: str) -> GoldQuantity:
    """A new quantity, with what the grammar reads in its text if that is one quantity."""
    quantity = GoldQuantity(start=start, end=end, text=text)
    read = list(find(simplified(text)))
    if len(read) == 1:
        (one,) = read
        quantity.value, quantity.low, quantity.high = one.value, one.low, one.high
        quantity.unit, quantity.bound = one.unit, one.bound
    return quantity
