"""Quantities at the level of values, facts for each field and whole, and projects."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..gold.documents import GoldDocument, GoldFact, GoldProject, GoldQuantity
from ..records import Span
from .align import matched, overlap
from .outputs import FoundFact, FoundProject, FoundQuantity, Record, names
from .phrases import alike, any_alike, plain
from .tally import Measure, Tally
from .values import difference

FIELDS = ("metric", "subject", "kind", "basis", "modality", "time")


def count_quantities(gold: GoldDocument, records: Iterable[Record], tally: Tally) -> dict[Span, Span]:
    """found: any overlap; exact: value, unit and bound too. Gives back the found span of each exact gold one."""
    wanted, got = gold.quantities or [], [one for record in records for one in record.quantities]
    pairs, missed, spurious = matched(wanted, got, lambda a, b: (a.start, a.end) == b.span)
    more, missed, spurious = matched(missed, spurious, lambda a, b: overlap((a.start, a.end), b.span))
    pairs = [(a, b) for a, b in pairs + more if not a.optional]
    missed = [one for one in missed if not one.optional]
    found, asked = len(pairs) + len(spurious), len(pairs) + len(missed)
    exact: dict[Span, Span] = {}
    for a, b in pairs:
        if cause := difference(a, b):
            tally.miss("quantities", cause, _value(gold, a), _value(gold, b), (a.start, a.end), b.span)
        else:
            exact[a.start, a.end] = b.span
    tally.sets(Measure("quantities", "found"), len(pairs), found, asked)
    tally.sets(Measure("quantities", "exact"), len(exact), found, asked)
    for a in missed:
        tally.miss("quantities", "missed", _value(gold, a), "", (a.start, a.end))
    for b in spurious:
        tally.miss("quantities", "spurious", "", _value(gold, b), None, b.span)
    return exact


def _value(gold: GoldDocument, one: GoldQuantity | FoundQuantity) -> str:
    start, end = (one.start, one.end) if isinstance(one, GoldQuantity) else one.span
    value = f"{one.low}..{one.high}" if one.bound == "range" else f"{one.value}"
    return f"{gold.text[start:end]} = {value} {one.unit} {one.bound}"


def count_facts(gold: GoldDocument, records: Iterable[Record], exact: dict[Span, Span], tally: Tally) -> None:
    """Fields are accuracies over the facts whose quantity is exact; `stated` asks for quantity, metric and subject,
    `whole` for every field; both over all facts. `basis` is asked of changes alone."""
    found: defaultdict[Span, list[FoundFact]] = defaultdict(list)
    spans: list[Span] = []
    for record in records:
        places = {quantity.id: quantity.span for quantity in record.quantities}
        spans += places.values()
        for one in record.facts:
            if one.quantity in places:
                found[places[one.quantity]].append(one)
    free = {(one.start, one.end) for one in gold.quantities or () if one.optional}
    either_way = [span for span in set(spans) - set(exact.values()) if any(overlap(span, other) for other in free)]
    idle = sum(len(found[span]) for span in either_way)
    total = sum(map(len, found.values())) - idle
    asked = [fact for fact in gold.facts or () if fact.quantity not in free]
    stated, whole = Measure("facts", "stated"), Measure("facts", "whole")
    tally.add(stated, 0, total, 0, len(asked))
    tally.add(whole, 0, total, 0, len(asked))
    for fact in asked:
        if fact.quantity not in exact:
            continue
        candidates = found[exact[fact.quantity]]
        best = max(candidates, key=lambda one: _right(fact, one)[:2], default=FoundFact())
        right = _right(fact, best) if candidates else (False,) * len(FIELDS)
        for field, answer in zip(FIELDS, right, strict=True):
            if field == "basis" and fact.kind != "change":
                continue
            tally.answer(Measure("facts", field), answer)
            if not answer:
                of_gold, of_found = fact.quantity, exact[fact.quantity]
                tally.miss("facts", field, _field(fact, field), _field(best, field), of_gold, of_found, by=best.by)
        tally.rule("facts", best.by, right[0] and right[1])
        if right[0] and right[1]:
            candidates.remove(best)
            tally.add(stated, 1, 0, 1, 0)
            if all(right):
                tally.add(whole, 1, 0, 1, 0)


def _right(gold: GoldFact, found: FoundFact) -> tuple[bool, ...]:
    """For each field whether it is right."""
    return (
        any_alike([gold.metric, *gold.metric_or], found.metric),
        any_alike([gold.subject, *gold.subject_or], found.subject),
        (found.kind or "level") in (gold.kind, *gold.kind_or),
        gold.kind != "change" or found.basis in (gold.basis, *gold.basis_or),
        (found.modality or "actual") in (gold.modality, *gold.modality_or),
        any_alike([gold.time, *gold.time_or], found.period),
    )


def _field(fact: GoldFact | FoundFact, field: str) -> str:
    value = fact.period if isinstance(fact, FoundFact) and field == "time" else getattr(fact, field)
    return f"{value or 'nothing'}" + ("" if field == "metric" else f" ({fact.metric})")


def count_projects(gold: GoldDocument, records: Iterable[Record], tally: Tally) -> None:
    """A project is found if its name is alike; stage, companies, zone, place, investment are accuracies over those."""
    got: list[FoundProject] = []
    for record, entities in names(records):
        texts = {one.id: one.text for one in record.quantities}
        money = {fact.id: texts.get(fact.quantity, "") for fact in record.facts}
        for project in record.projects:
            text = {key: entity.text for key, entity in entities.items()}
            got.append(
                FoundProject(
                    name=project.name,
                    companies=[text.get(one, one) for one in project.companies],
                    zone=text.get(project.zone or "", project.zone),
                    place=text.get(project.place or "", project.place),
                    stage=project.stage,
                    investment=money.get(project.investment or "", project.investment),
                )
            )
    wanted = gold.projects or []
    pairs, missed, spurious = matched(wanted, got, lambda a, b: plain(a.name) == plain(b.name))
    more, missed, spurious = matched(missed, spurious, lambda a, b: alike(a.name, b.name))
    pairs += more
    tally.sets(Measure("projects", "found"), len(pairs), len(got), len(wanted))
    for a, b in pairs:
        for field, right in (
            ("stage", a.stage == b.stage),
            ("companies", _same_set(a.companies, b.companies)),
            ("zone", alike(a.zone, b.zone)),
            ("place", alike(a.place, b.place)),
            ("investment", plain(a.investment) == plain(b.investment)),
        ):
            tally.answer(Measure("projects", field), right)
            if not right:
                tally.miss("projects", field, _of(a, field), _of(b, field), tally.find(a.name), tally.find(b.name))
    for one in missed:
        tally.miss("projects", "missed", one.name, "", tally.find(one.name))
    for other in spurious:
        tally.miss("projects", "spurious", "", other.name, None, tally.find(other.name))


def _same_set(gold: Sequence[str], found: Sequence[str]) -> bool:
    return all(any(alike(a, b) for b in found) for a in gold) and all(any(alike(a, b) for a in gold) for b in found)


def _of(project: GoldProject | FoundProject, field: str) -> str:
    value = getattr(project, field)
    return f"{project.name}: {'、'.join(value) if isinstance(value, list) else value or 'nothing'}"
