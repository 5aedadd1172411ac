"""Counts what an output has right of every measure that gold is annotated for, document by document."""

from collections.abc import Iterable, Sequence

import msgspec

from ..errors import GoldError
from ..gold.documents import GoldDocument
from .entities import count_entities, count_roles
from .facts import count_facts, count_projects, count_quantities
from .outputs import Outputs
from .tally import Tally
from .text import count_layout, count_words


class Scored(msgspec.Struct, frozen=True):
    """One output over all gold documents."""

    name: str
    tallies: list[Tally]
    missing: list[str]
    unknown: list[str]
    failures: list[str]


def score(documents: Iterable[GoldDocument], found: Outputs, name: str, failures: Sequence[str] = ()) -> Scored:
    """Count every measure of every document that gold is annotated for; a document without record has found nothing."""
    tallies, missing, known = [], [], set()
    for gold in documents:
        known.add(gold.id)
        records = found.get(gold.id, [])
        if gold.id not in found:
            missing.append(gold.id)
        tally = Tally(gold.id, gold.text)
        if gold.entities is not None:
            count_entities(gold, records, tally)
        if gold.roles is not None:
            count_roles(gold, records, tally)
        if gold.quantities is not None:
            exact = count_quantities(gold, records, tally)
            if gold.facts is not None:
                count_facts(gold, records, exact, tally)
        if gold.projects is not None:
            count_projects(gold, records, tally)
        if gold.words is not None:
            count_words(gold, records, tally)
        if gold.articles is not None:
            count_layout(gold, records, tally)
        tallies.append(tally)
    if found and known.isdisjoint(found):
        some = ", ".join(repr(one) for one in list(found)[:3])
        raise GoldError(
            f"{name}: no record is of a gold document: it has {some}; gold has {sorted(known)[0]!r} and others"
        )
    return Scored(name, tallies, missing, sorted(found.keys() - known), list(failures))
