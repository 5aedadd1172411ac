"""Flat tables: an article's entities, facts and projects as rows without nesting.

Every row holds only strings, numbers, booleans and nulls, always all keys, so that a file of them loads straight into
pandas, DuckDB or `datasets`.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal

import msgspec

from ..records import Article, Basis, Bound, Day, Kind, Label, Modality, Quantity, Stage


class EntityRow(msgspec.Struct):
    """One row a mention; one for each role of an official or person with several (`post`, `organisation`)."""

    article: str
    source: str
    date: Day | None
    id: str
    label: Label
    text: str
    canonical: str
    key: str | None
    nominal: bool
    post: str | None
    organisation: str | None
    source_start: int
    source_end: int
    by: str
    confidence: float


class FactRow(msgspec.Struct):
    """One row a fact, with its quantity and the sentence it stands in."""

    article: str
    source: str
    date: Day | None
    id: str
    metric: str | None
    metric_id: str | None
    subject: str | None
    scope: str | None
    text: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    bound: Bound
    kind: Kind
    basis: Basis | None
    per: str | None
    time: str | None
    time_start: Day | None
    time_end: Day | None
    modality: Modality
    sentence: str
    source_start: int
    source_end: int
    by: str


class ProjectRow(msgspec.Struct):
    """One row a project; its figures as written, and the investment in CNY where it is."""

    article: str
    source: str
    date: Day | None
    id: str
    name: str
    companies: str
    zone: str | None
    place: str | None
    stage: Stage | None
    investment: Decimal | None
    investment_text: str | None
    capacity: str | None
    area: str | None
    jobs: str | None
    facts: int


def entity_rows(article: Article) -> Iterator[EntityRow]:
    roles: dict[str, list[tuple[str, str | None]]] = {}
    for role in article.roles:
        roles.setdefault(role.person, []).append((role.post, role.organisation))
    for entity in article.entities:
        for post, organisation in roles.get(entity.id, [(None, None)]):
            yield EntityRow(
                article.id, article.source.id, article.date, entity.id, entity.label, entity.text, entity.canonical,
                entity.key, entity.nominal, post, organisation, entity.source_start, entity.source_end, entity.by,
                entity.confidence,
            )  # fmt: skip


def fact_rows(article: Article) -> Iterator[FactRow]:
    quantities = {quantity.id: quantity for quantity in article.quantities}
    ends = iter(article.sentences)
    sentence = next(ends, (0, 0))
    for fact in sorted(article.facts, key=lambda fact: quantities[fact.quantity].start):
        quantity = quantities[fact.quantity]
        while sentence[1] <= quantity.start:
            sentence = next(ends)
        time = fact.time
        yield FactRow(
            article.id, article.source.id, article.date, fact.id, fact.metric, fact.metric_id, fact.subject, fact.scope,
            quantity.text, quantity.value, quantity.low, quantity.high, quantity.unit, quantity.bound, fact.kind,
            fact.basis, fact.per, time.text if time else None, time.start if time else None, time.end if time else None, fact.modality,
            article.text[sentence[0] : sentence[1]], quantity.source_start, quantity.source_end, fact.by,
        )  # fmt: skip


def project_rows(article: Article) -> Iterator[ProjectRow]:
    entities = {entity.id: entity.canonical for entity in article.entities}
    quantities = {quantity.id: quantity for quantity in article.quantities}
    facts = {fact.id: fact for fact in article.facts}

    def said(fact: str | None) -> Quantity | None:
        return quantities[facts[fact].quantity] if fact else None

    for project in article.projects:
        investment = said(project.investment)
        capacity, area, jobs = (
            one.text if one else None for one in map(said, (project.capacity, project.area, project.jobs))
        )
        yield ProjectRow(
            article.id, article.source.id, project.date or article.date, project.id, project.name,
            "、".join(entities[company] for company in project.companies),
            project.zone and entities[project.zone], project.place and entities[project.place], project.stage,
            investment.value if investment and investment.unit == "CNY" else None,
            investment.text if investment else None, capacity, area, jobs, len(project.facts),
        )  # fmt: skip


TABLES: dict[str, Callable[[Article], Iterator[msgspec.Struct]]] = {
    "articles": lambda article: iter((article,)),
    "entities": entity_rows,
    "facts": fact_rows,
    "projects": project_rows,
}
"""What each kind of output (`--emit`) makes of an article."""
