"""What is wrong with what gold states: wordings that are not in the text, people, facts, values, numbers left unmarked."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from ..entities.spans import SpanSet
from ..lexicon import column
from ..quantity.grammar import Found, find
from ..quantity.units import UNITS
from ..records import Span
from ..script import simplified
from .documents import GoldDocument, GoldQuantity
from .spans import NOWHERE, Mark, Problem, is_inside, shown

_BOUND_WORDS = {"", *column("bounds", "word")}


def phrases(document: GoldDocument, numbers: list[Span]) -> Iterator[Problem]:
    """What is to be written as in the text and, white space aside, stands nowhere in it."""
    # 签约33个项目 has the metric 签约项目: the text counts without its quantities too.
    cuts = [0, *(edge for span in numbers for edge in span), len(document.text)]
    rest = "".join(document.text[a:b] for a, b in zip(cuts[::2], cuts[1::2], strict=True))
    written = "\n".join("".join(text.split()) for text in (document.text, rest))

    def missing(*phrases: str | None) -> list[str]:
        given = [phrase for phrase in phrases if phrase is not None]
        return [phrase for phrase in given if not phrase.strip() or "".join(phrase.split()) not in written]

    for fact in document.facts or ():
        for key in ("metric", "subject", "time"):
            for phrase in missing(getattr(fact, key), *getattr(fact, f"{key}_or")):
                yield "error", "fact", fact.quantity, f"{key} {shown(phrase)} is not in the text"
    for role in document.roles or ():
        for phrase in missing(role.person, role.post, role.organisation, *role.organisation_or):
            yield "warning", "role", NOWHERE, f"{shown(phrase)}, in a role, is not in the text"
    for one in document.projects or ():
        for phrase in missing(one.name, *one.companies, one.zone, one.place, one.investment):
            yield "error", "project", NOWHERE, f"{shown(phrase)}, of a project, is not in the text"


def people(document: GoldDocument, entities: list[Mark]) -> Iterator[Problem]:
    for role in document.roles or ():
        labels = {one.label for one in entities if one.text == role.person}
        if not labels:
            yield "error", "role", NOWHERE, f"{shown(role.person)} has a role and is no entity of the document"
        elif labels.isdisjoint(("OFFICIAL", "PERSON")):
            yield "warning", "role", NOWHERE, f"{shown(role.person)} has a role and is neither OFFICIAL nor PERSON"


def facts(document: GoldDocument) -> Iterator[Problem]:
    quantities = {(one.start, one.end): one for one in document.quantities or ()}
    counts = Counter(fact.quantity for fact in document.facts or ())
    for fact in document.facts or ():
        if fact.quantity not in quantities:
            yield "error", "fact", fact.quantity, "a fact of a span that is no quantity"
        if any((fact.basis, *fact.basis_or)) and "change" not in (fact.kind, *fact.kind_or):
            yield "error", "fact", fact.quantity, f"a basis goes with kind change, not {fact.kind}"
    for span, one in quantities.items():
        if counts[span] > 1 or (counts and not counts[span] and not one.optional):
            name = shown(document.text[slice(*span)])
            yield "warning", "fact", span, f"quantity {name} has {counts[span] or 'no'} fact{'s' * (counts[span] > 1)}"


def values(text: str, quantities: list[GoldQuantity], marked: SpanSet) -> Iterator[Problem]:
    """Values that contradict themselves, that the grammar reads in another way, numbers that it finds unmarked."""
    found = list(find(simplified(text)))
    ends = [reading.end for reading in found]
    for one in quantities:
        span, first = (one.start, one.end), bisect_right(ends, one.start)
        here = [reading for reading in found[first : first + 2] if reading.start < one.end]
        if reason := _contradiction(one):
            yield "error", "value", span, f"quantity {shown(one.text)}: {reason}"
        elif here and is_inside(span, text) and (reason := _difference(text, one, here)):
            yield "warning", "value", span, f"quantity {shown(text[slice(*span)])}: {reason}"
    for reading in found:
        span = (reading.start, reading.end)
        if reading.unit and not marked.overlaps(*span):
            yield "warning", "omission", span, f"{shown(text[slice(*span)])} ({_read(reading)}) is not marked"


def _contradiction(one: GoldQuantity) -> str | None:
    numbers, is_range = (one.value, one.low, one.high), one.bound == "range"
    if [number is None for number in numbers] != [is_range, not is_range, not is_range]:
        return f"bound {one.bound} goes with {'low and high, no value' if is_range else 'a value, no low or high'}"
    if not all(number.is_finite() for number in numbers if number is not None):
        return "a value that is no number"
    bad = one.low is not None and one.high is not None and one.low >= one.high
    return f"low {one.low} is not less than high {one.high}" if bad else None


def _difference(text: str, one: GoldQuantity, here: list[Found]) -> str | None:
    """What the grammar reads instead of a quantity, by its readings that overlap it; None if that is the same."""
    if len(here) > 1:
        return f"the grammar finds several: {', '.join(shown(text[found.start : found.end]) for found in here)}"
    found = here[0]
    whole = (found.start, found.end) == (one.start, one.end)
    # The grammar's span is shorter where it does not know the unit: only then may the ends differ.
    more = {text[one.start : found.start], text[found.end : one.end]}
    if not whole and (more <= _BOUND_WORDS or found.start < one.start or one.end < found.end):
        return f"the grammar takes {shown(text[found.start : found.end])} [{found.start}, {found.end})"
    unit = UNITS[one.unit].unit if one.unit in UNITS else one.unit
    same = (found.value, found.low, found.high) == (one.value, one.low, one.high)
    same = same and (unit == found.unit or not whole or not found.unit) and found.bound in ("exact", one.bound)
    return None if same else f"annotated {_read(one)}, the grammar reads {_read(found)}"


def _read(one: GoldQuantity | Found) -> str:
    value = f"{one.low}..{one.high}" if one.bound == "range" else one.value
    return f"{value} {one.unit or '(no unit)'} {one.bound}"
