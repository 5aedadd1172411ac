"""`zhengwen gold check`: all that is wrong, or looks wrong, in gold files, where `documents.read` stops at the first.

An error contradicts the text, the guidelines or itself. A warning is worth a look: a likely omission, or a number that
the quantity grammar reads in another way.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

import ahocorasick_rs
import msgspec
import regex

from ..entities.names import doctrine_follows
from ..entities.spans import SpanSet, disjoint
from ..errors import GoldError
from ..lexicon import column
from ..quantity.grammar import Found, find
from ..quantity.units import UNITS
from ..records import LABELS, Span
from ..script import simplified
from .documents import GoldDocument, GoldQuantity

Severity = Literal["error", "warning"]

_NEAR = 200  # a text that stands no further off is taken for the one that was meant
_SHOWN = 40  # characters of a text that a message quotes
_MIN_NAME = 3  # characters of a name that is looked for elsewhere: shorter ones are parts of too many words
_LABEL = regex.compile("[A-Z][A-Z0-9_]*")
_PARTS, _POSTS = column("post_parts", "word"), column("posts", "post")
_BARE_ORGAN = regex.compile(r"(?:\L<parts>){1,4}", parts=_PARTS)
_POST = regex.compile(r"[省市县区州盟旗镇乡]?(?:\L<parts>){0,4}+\L<posts>", parts=_PARTS, posts=_POSTS)
_SITTING = regex.compile("第?[一二三四五六七八九十]{1,3}届")
_BOUND_WORDS = {"", *column("bounds", "word")}


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


_Problem = tuple[Severity, str, Span | tuple[None, None], str]
_NOWHERE = (None, None)


class _Mark(NamedTuple):
    """An entity, a quantity or a word: its span, its text as the document gives it, or else as it stands there."""

    span: Span
    text: str
    label: str
    sure: bool  # neither optional nor nominal

    def __str__(self) -> str:
        return f"{self.label} {_shown(self.text)}"


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
        for number, row in rows:
            where = f"{path}:{number}"
            try:
                document = msgspec.json.decode(row.removeprefix(b"\xef\xbb\xbf"), type=GoldDocument)
            except (ValueError, RecursionError) as error:
                reason = " ".join(str(error).replace("`", "").split())
                yield Finding(where, None, "error", "json", None, None, f"no gold document: {reason}")
                continue
            if first := seen.get(document.id):
                yield Finding(where, document.id, "error", "duplicate", None, None, f"the id was used at {first}")
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


def _problems(document: GoldDocument) -> Iterator[_Problem]:
    text = document.text
    if not text.strip():
        yield "error", "text", _NOWHERE, "the text is empty"
    if document.date is not None and not _is_date(document.date):
        yield "error", "date", _NOWHERE, f"date {_shown(document.date)} is no ISO date such as 2024-02-27"
    entities = [
        _Mark((one.start, one.end), one.text or text[one.start : one.end], one.label, not (one.nominal or one.optional))
        for one in document.entities or ()
    ]
    quantities = [
        _Mark((one.start, one.end), one.text or text[one.start : one.end], "quantity", not one.optional)
        for one in document.quantities or ()
    ]
    words = [_Mark(span, text[slice(*span)], "word", True) for span in document.words or ()]
    inside = [one for one in (*entities, *quantities) if _is_inside(one.span, text)]
    marked = SpanSet(disjoint(one.span for one in inside))
    numbers = disjoint(one.span for one in quantities if _is_inside(one.span, text))
    yield from _offsets(text, [*entities, *quantities, *words])
    yield from _overlaps(inside)
    yield from _overlaps(words)
    yield from _gaps(text, words)
    yield from _phrases(document, numbers)
    yield from _facts(document)
    yield from _names(text, entities, marked)
    if document.entities is not None:
        yield from _people(document, entities)
    if document.quantities is not None:
        yield from _quantities(text, document.quantities, marked)


def _is_date(written: str) -> bool:
    with suppress(ValueError):
        return date.fromisoformat(written).isoformat() == written
    return False


def _is_inside(span: Span, text: str) -> bool:
    return 0 <= span[0] < span[1] <= len(text)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def _offsets(text: str, marks: list[_Mark]) -> Iterator[_Problem]:
    for one in marks:
        there = text[slice(*one.span)]
        if not _is_inside(one.span, text):
            yield "error", "offset", one.span, f"{one}: no span of the {len(text)} characters{_hint(text, one)}"
        elif there != one.text:
            yield "error", "offset", one.span, f"{one}: the text has {_shown(there)} there{_hint(text, one)}"
        elif there != there.strip():
            yield "error", "offset", one.span, f"{one} begins or ends with white space"


def _hint(text: str, mark: _Mark) -> str:
    """Where the text of a mark that is off stands: the nearest place, if it is nearby."""
    start, size = min(max(mark.span[0], 0), len(text)), len(mark.text)
    places = (text.rfind(mark.text, 0, start + size), text.find(mark.text, start)) if size else ()
    offs = [mark.span[0] - place for place in places if place >= 0]
    if not offs or abs(off := min(offs, key=abs)) > _NEAR:
        return ""
    return f"; off by {off:+}, it stands at [{mark.span[0] - off}, {mark.span[0] - off + size})"


def _overlaps(marks: list[_Mark]) -> Iterator[_Problem]:
    """Marks that overlap the one before that reaches furthest; two that are right either way may: two readings."""
    furthest: _Mark | None = None
    for one in sorted(marks, key=lambda mark: (mark.span[0], -mark.span[1])):
        if furthest and one.span[0] < furthest.span[1] and (one.sure or furthest.sure):
            how = "is inside" if one.span[1] <= furthest.span[1] else "crosses"
            yield "error", "overlap", one.span, f"{one} {how} {furthest} [{furthest.span[0]}, {furthest.span[1]})"
        if furthest is None or one.span[1] > furthest.span[1]:
            furthest = one


def _gaps(text: str, words: list[_Mark]) -> Iterator[_Problem]:
    reached = 0
    for one in words:
        if gap := text[reached : max(one.span[0], 0)].strip():
            yield "error", "words", one.span, f"{_shown(gap)} before {one} is in no word"
        reached = max(reached, one.span[1])


def _phrases(document: GoldDocument, numbers: list[Span]) -> Iterator[_Problem]:
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
                yield "error", "fact", fact.quantity, f"{key} {_shown(phrase)} is not in the text"
    for role in document.roles or ():
        for phrase in missing(role.person, role.post, role.organisation, *role.organisation_or):
            yield "warning", "role", _NOWHERE, f"{_shown(phrase)}, in a role, is not in the text"
    for one in document.projects or ():
        for phrase in missing(one.name, *one.companies, one.zone, one.place, one.investment):
            yield "error", "project", _NOWHERE, f"{_shown(phrase)}, of a project, is not in the text"


def _people(document: GoldDocument, entities: list[_Mark]) -> Iterator[_Problem]:
    for role in document.roles or ():
        labels = {one.label for one in entities if one.text == role.person}
        if not labels:
            yield "error", "role", _NOWHERE, f"{_shown(role.person)} has a role and is no entity of the document"
        elif labels.isdisjoint(("OFFICIAL", "PERSON")):
            yield "warning", "role", _NOWHERE, f"{_shown(role.person)} has a role and is neither OFFICIAL nor PERSON"


def _facts(document: GoldDocument) -> Iterator[_Problem]:
    quantities = {(one.start, one.end): one for one in document.quantities or ()}
    counts = Counter(fact.quantity for fact in document.facts or ())
    for fact in document.facts or ():
        if fact.quantity not in quantities:
            yield "error", "fact", fact.quantity, "a fact of a span that is no quantity"
        if any((fact.basis, *fact.basis_or)) and "change" not in (fact.kind, *fact.kind_or):
            yield "error", "fact", fact.quantity, f"a basis goes with kind change, not {fact.kind}"
    for span, one in quantities.items():
        if counts[span] > 1 or (counts and not counts[span] and not one.optional):
            shown = _shown(document.text[slice(*span)])
            yield "warning", "fact", span, f"quantity {shown} has {counts[span] or 'no'} fact{'s' * (counts[span] > 1)}"


def _names(text: str, entities: list[_Mark], marked: SpanSet) -> Iterator[_Problem]:
    """Labels, and where the exact text of an entity stands unmarked though the guidelines do not leave it out."""
    for one in entities:
        if one.label not in LABELS:
            severity: Severity = "warning" if _LABEL.fullmatch(one.label) else "error"
            yield severity, "label", one.span, f"label {_shown(one.label)} is none of {', '.join(LABELS)}"
    names = {one.text: one for one in entities if one.sure and len(one.text) >= _MIN_NAME}
    automaton = ahocorasick_rs.AhoCorasick(list(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    for _, start, end in automaton.find_matches_as_indexes(text):
        one = names[text[start:end]]
        if not (marked.overlaps(start, end) or _is_part(text, start, end, one)):
            yield "warning", "omission", (start, end), f"{one} is not marked here, but is at {one.span[0]}"


def _is_part(text: str, start: int, end: int, name: _Mark) -> bool:
    """Whether a name is part of something that is no entity: a title or meeting, a document's name, a doctrine."""
    if name.label == "PLACE" or _BARE_ORGAN.fullmatch(name.text):
        return bool(_POST.match(text, end) or _SITTING.match(text, end))
    opened = text.rfind("《", max(0, start - _SHOWN), start)
    return (opened >= 0 and text.find("》", opened, start) < 0) or doctrine_follows(text, end)


def _quantities(text: str, quantities: list[GoldQuantity], marked: SpanSet) -> Iterator[_Problem]:
    """Values that contradict themselves, that the grammar reads in another way, numbers that it finds unmarked."""
    found = list(find(simplified(text)))
    ends = [reading.end for reading in found]
    for one in quantities:
        span, first = (one.start, one.end), bisect_right(ends, one.start)
        here = [reading for reading in found[first : first + 2] if reading.start < one.end]
        if reason := _contradiction(one):
            yield "error", "value", span, f"quantity {_shown(one.text)}: {reason}"
        elif here and _is_inside(span, text) and (reason := _difference(text, one, here)):
            yield "warning", "value", span, f"quantity {_shown(text[slice(*span)])}: {reason}"
    for reading in found:
        span = (reading.start, reading.end)
        if reading.unit and not marked.overlaps(*span):
            yield "warning", "omission", span, f"{_shown(text[slice(*span)])} ({_read(reading)}) is not marked"


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
        return f"the grammar finds several: {', '.join(_shown(text[found.start : found.end]) for found in here)}"
    found = here[0]
    whole = (found.start, found.end) == (one.start, one.end)
    # The grammar's span is shorter where it does not know the unit: only then may the ends differ.
    more = {text[one.start : found.start], text[found.end : one.end]}
    if not whole and (more <= _BOUND_WORDS or found.start < one.start or one.end < found.end):
        return f"the grammar takes {_shown(text[found.start : found.end])} [{found.start}, {found.end})"
    unit = UNITS[one.unit].unit if one.unit in UNITS else one.unit
    same = (found.value, found.low, found.high) == (one.value, one.low, one.high)
    same = same and (unit == found.unit or not whole or not found.unit) and found.bound in ("exact", one.bound)
    return None if same else f"annotated {_read(one)}, the grammar reads {_read(found)}"


def _read(one: GoldQuantity | Found) -> str:
    value = f"{one.low}..{one.high}" if one.bound == "range" else one.value
    return f"{value} {one.unit or '(no unit)'} {one.bound}"
