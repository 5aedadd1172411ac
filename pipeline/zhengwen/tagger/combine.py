"""Rules and model: which names of the model count beside those that the rules found, and how sure they are.

What the rules know to be no name (titles, meetings, what a lexicon of the user's own excludes) stays so. Where they found
nothing, a name of the model fills the gap. Where they found something, they win, but for two mistakes that they make: pieces
of a longer name (建行|长治|分行), and a person's name with a wrong end (马占福站|在); there a name that is sure enough replaces
theirs.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from ..entities.places import of_people
from ..entities.spans import SpanSet, disjoint
from ..entities.words import name_start
from ..records import Entity, Span
from .model import Found

Place = Literal["gap", "over"]
"""Where a name of the model stands: where the rules found nothing, or over what they found."""
PEOPLE = ("PERSON", "OFFICIAL")
_BODIES = ("COMPANY", "ORG", "ZONE")


class Candidate(NamedTuple):
    name: Found
    place: Place
    over: list[Entity]
    """What it would replace."""


def candidates(
    text: str, found: Sequence[Found], entities: Sequence[Entity], ruled_out: Sequence[Span]
) -> Iterator[Candidate]:
    """The names of the model that the rules leave room for. text: in simplified script; entities: in order, disjoint."""
    closed = SpanSet(disjoint(ruled_out))
    ends = [entity.end for entity in entities]
    for name in found:
        first = bisect_left(ends, name.start + 1)
        last = first
        while last < len(entities) and entities[last].start < name.end:
            last += 1
        over = list(entities[first:last])
        allowed = _replaces(name, over) if over else _names(name, text)
        if allowed and not closed.overlaps(name.start, name.end):
            yield Candidate(name, "over" if over else "gap", over)


def _names(name: Found, text: str) -> bool:
    """Whether it can be a name: a body of everyday words alone is a class (金融租赁公司), a place before 人 a people."""
    if name.label in _BODIES:
        return name_start(text[name.start : name.end]) is not None
    return name.end - name.start > 1 and not (name.label == "PLACE" and of_people(text, name.end))


def _replaces(name: Found, over: list[Entity]) -> bool:
    if any(entity.by.startswith("user:") for entity in over):
        return False
    if name.label in _BODIES:
        held = all(name.start <= entity.start and entity.end <= name.end for entity in over)
        return held and any(entity.end - entity.start < name.end - name.start for entity in over)
    others = len(over) > 1 or (over[0].start, over[0].end) == (name.start, name.end)
    return name.label == "PERSON" and not others and over[0].label in PEOPLE
