"""Entities and roles: the four schemes of SemEval 2013 for each label, overlap, and offices."""

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from ..gold.documents import GoldDocument, GoldRole
from .align import Labelled, align, matched, overlap
from .outputs import FoundRole, Record, names
from .phrases import any_alike, plain
from .tally import Measure, Tally

R = TypeVar("R", GoldRole, FoundRole)

MISSION = frozenset(("OFFICIAL", "ZONE", "COMPANY"))
"""The labels that people come for."""
SCHEMES = ("strict", "exact", "partial", "type")


def count_entities(gold: GoldDocument, records: Iterable[Record], tally: Tally) -> None:
    """strict: span and label; exact: the span, whatever the label; partial: as exact, an overlap is half; type: the
    label, and any overlap. Optional gold, nominal or found nominal, is neither right nor wrong."""
    free = sorted((one.start, one.end) for one in gold.entities or () if one.nominal or one.optional)
    wanted = [one for one in gold.entities or () if not (one.nominal or one.optional)]
    got = [one for record in records for one in record.entities if not one.nominal]
    if free:
        got = [one for one in got if not any(overlap(one.span, span) for span in free)]
    a = [Labelled(one.start, one.end, one.label) for one in wanted]
    b = [Labelled(*one.span, one.label) for one in got]
    pairs, missed, spurious = align(a, b)
    of_gold: dict[int, tuple[bool, bool]] = {}
    of_found: dict[int, tuple[bool, bool]] = {}
    for i, j in pairs:
        same = (a[i][:2] == b[j][:2], a[i].label == b[j].label)
        of_gold[i] = of_found[j] = same
    of_both = ((2, a, of_gold), (0, b, of_found))
    outcomes = Counter((side, one.label, same.get(i)) for side, spans, same in of_both for i, one in enumerate(spans))
    for (side, kind, partner), times in outcomes.items():
        _score(tally, kind, partner, side, times)
    for j, found in enumerate(got):
        tally.rule("entities", found.by, of_found.get(j) == (True, True))

    def named(one: Labelled) -> str:
        return f"{gold.text[one.start : one.end]} {one.label}"

    for i, j in pairs:
        span, label = of_gold[i]
        if not (span and label):
            cause = "boundary" if label else "label"
            tally.miss("entities", cause, named(a[i]), named(b[j]), a[i][:2], b[j][:2], a[i].label, got[j].by)
    for i in missed:
        tally.miss("entities", "missed", named(a[i]), "", a[i][:2], None, a[i].label)
    for j in spurious:
        tally.miss("entities", "spurious", "", named(b[j]), None, b[j][:2], b[j].label, got[j].by)


def _score(tally: Tally, label: str, partner: tuple[bool, bool] | None, side: int, times: int) -> None:
    """Spans of one label and outcome under every scheme; partner: whether its span and label are the same; side: 2 for gold."""
    span, kind = partner or (False, False)
    credits = (span and kind, span, 1.0 if span else 0.5 if partner else 0.0, kind)
    for name in (label, "all", "mission") if label in MISSION else (label, "all"):
        for scheme, credit in zip(SCHEMES, credits, strict=True):
            counts = tally.counts[Measure("entities", scheme, name)]
            counts[side] += credit * times
            counts[side + 1] += times


def count_roles(gold: GoldDocument, records: Iterable[Record], tally: Tally) -> None:
    """One for each person and post; the organisation is an accuracy over those found."""
    wanted = _once(gold.roles or ())
    got: list[FoundRole] = []
    for record, entities in names(records):
        for role in record.roles:
            person = entities[role.person].text if role.person in entities else role.person
            got.append(FoundRole(person=person, post=role.post, organisation=role.organisation))
    pairs, missed, spurious = matched(
        wanted, _once(got), lambda a, b: a.person == b.person and plain(a.post) == plain(b.post)
    )
    pairs = [(a, b) for a, b in pairs if not a.optional]
    missed = [one for one in missed if not one.optional]
    tally.sets(Measure("roles", "found"), len(pairs), len(pairs) + len(spurious), len(pairs) + len(missed))
    for a, b in pairs:
        right = any_alike([a.organisation, *a.organisation_or], b.organisation)
        tally.answer(Measure("roles", "organisation"), right)
        if not right:
            tally.miss("roles", "organisation", _role(a), _role(b), tally.find(a.person), tally.find(b.person))
    for a in missed:
        tally.miss("roles", "missed", _role(a), "", tally.find(a.person))
    for b in spurious:
        tally.miss("roles", "spurious", "", _role(b), None, tally.find(b.person))


def _once(roles: Iterable[R]) -> list[R]:
    return list({(one.person, one.post, one.organisation or ""): one for one in roles}.values())


def _role(role: GoldRole | FoundRole) -> str:
    return f"{role.person}: {role.post}" + (f" of {role.organisation}" if role.organisation else "")
