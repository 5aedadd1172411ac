"""What is wrong with the spans of gold: offsets that are off, overlaps, gaps between words, labels, names left unmarked."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

import ahocorasick_rs
import regex

from ..entities.names import doctrine_follows
from ..entities.spans import SpanSet
from ..lexicon import column
from ..records import LABELS, Span

Severity = Literal["error", "warning"]
Problem = tuple[Severity, str, Span | tuple[None, None], str]
"""Severity, code, span (or NOWHERE), message."""
NOWHERE = (None, None)

_NEAR = 200  # a text that stands no further off is taken for the one that was meant
_SHOWN = 40  # characters of a text that a message quotes
_MIN_NAME = 3  # characters of a name that is looked for elsewhere: shorter ones are parts of too many words
_LABEL = regex.compile("[A-Z][A-Z0-9_]*")
_PARTS, _POSTS = column("post_parts", "word"), column("posts", "post")
_BARE_ORGAN = regex.compile(r"(?:\L<parts>){1,4}", parts=_PARTS)
_POST = regex.compile(r"[省市县区州盟旗镇乡]?(?:\L<parts>){0,4}+\L<posts>", parts=_PARTS, posts=_POSTS)
_SITTING = regex.compile("第?[一二三四五六七八九十]{1,3}届")


class Mark(NamedTuple):
    """An entity, a quantity or a word: its span, its text as the document gives it, or else as it stands there."""

    span: Span
    text: str
    label: str
    sure: bool  # neither optional nor nominal

    def __str__(self) -> str:
        return f"{self.label} {shown(self.text)}"


def shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def is_inside(span: Span, text: str) -> bool:
    return 0 <= span[0] < span[1] <= len(text)


def offsets(text: str, marks: list[Mark]) -> Iterator[Problem]:
    for one in marks:
        there = text[slice(*one.span)]
        if not is_inside(one.span, text):
            yield "error", "offset", one.span, f"{one}: no span of the {len(text)} characters{_hint(text, one)}"
        elif there != one.text:
            yield "error", "offset", one.span, f"{one}: the text has {shown(there)} there{_hint(text, one)}"
        elif there != there.strip():
            yield "error", "offset", one.span, f"{one} begins or ends with white space"


def _hint(text: str, mark: Mark) -> str:
    """Where the text of a mark that is off stands: the nearest place, if it is nearby."""
    start, size = min(max(mark.span[0], 0), len(text)), len(mark.text)
    places = (text.rfind(mark.text, 0, start + size), text.find(mark.text, start)) if size else ()
    offs = [mark.span[0] - place for place in places if place >= 0]
    if not offs or abs(off := min(offs, key=abs)) > _NEAR:
        return ""
    return f"; off by {off:+}, it stands at [{mark.span[0] - off}, {mark.span[0] - off + size})"


def overlaps(marks: list[Mark]) -> Iterator[Problem]:
    """Marks that overlap the one before that reaches furthest; two that are right either way may: two readings."""
    furthest: Mark | None = None
    for one in sorted(marks, key=lambda mark: (mark.span[0], -mark.span[1])):
        if furthest and one.span[0] < furthest.span[1] and (one.sure or furthest.sure):
            how = "is inside" if one.span[1] <= furthest.span[1] else "crosses"
            yield "error", "overlap", one.span, f"{one} {how} {furthest} [{furthest.span[0]}, {furthest.span[1]})"
        if furthest is None or one.span[1] > furthest.span[1]:
            furthest = one


def gaps(text: str, words: list[Mark]) -> Iterator[Problem]:
    reached = 0
    for one in words:
        if gap := text[reached : max(one.span[0], 0)].strip():
            yield "error", "words", one.span, f"{shown(gap)} before {one} is in no word"
        reached = max(reached, one.span[1])


def names(text: str, entities: list[Mark], marked: SpanSet) -> Iterator[Problem]:
    """Labels, and where the exact text of an entity stands unmarked though the guidelines do not leave it out."""
    for one in entities:
        if one.label not in LABELS:
            severity: Severity = "warning" if _LABEL.fullmatch(one.label) else "error"
            yield severity, "label", one.span, f"label {shown(one.label)} is none of {', '.join(LABELS)}"
    names = {one.text: one for one in entities if one.sure and len(one.text) >= _MIN_NAME}
    automaton = ahocorasick_rs.AhoCorasick(list(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    for _, start, end in automaton.find_matches_as_indexes(text):
        one = names[text[start:end]]
        if not (marked.overlaps(start, end) or _is_part(text, start, end, one)):
            yield "warning", "omission", (start, end), f"{one} is not marked here, but is at {one.span[0]}"


def _is_part(text: str, start: int, end: int, name: Mark) -> bool:
    """Whether a name is part of something that is no entity: a title or meeting, a document's name, a doctrine."""
    if name.label == "PLACE" or _BARE_ORGAN.fullmatch(name.text):
        return bool(_POST.match(text, end) or _SITTING.match(text, end))
    opened = text.rfind("《", max(0, start - _SHOWN), start)
    return (opened >= 0 and text.find("》", opened, start) < 0) or doctrine_follows(text, end)
