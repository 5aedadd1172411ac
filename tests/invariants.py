"""What DESIGN.md promises of every record, as one function."""

import json
from decimal import Decimal
from itertools import pairwise
from typing import Any

import msgspec

from zhengwen import records
from zhengwen.layouts.normal import normal
from zhengwen.records import Article

ENCODER = msgspec.json.Encoder(decimal_format="number")


def check(article: Article, source: str) -> None:
    """Assert every invariant of an article whose document's text is `source`."""
    text = article.text
    uniform = normal(source)  # a layout of pages makes full-width digits narrow, character for character
    for item in [*article.entities, *article.quantities]:
        assert 0 <= item.start < item.end <= len(text)
        assert text[item.start : item.end] == item.text
        found = source[item.source_start : item.source_end], uniform[item.source_start : item.source_end]
        assert any(in_order(squeeze(item.text), squeeze(there)) for there in found)
    for role in article.roles:
        assert text[role.start : role.end] == role.post
    check_order(article)
    check_offsets(article, source)
    check_ids(article)
    check_numbers(article)
    check_keys(json.loads(ENCODER.encode(article)), Article)


def check_order(article: Article) -> None:
    """Entities and quantities are flat; blocks, sentences and tokens lie in order and cover nothing twice."""
    for spans in (
        [(entity.start, entity.end) for entity in article.entities],
        [(quantity.start, quantity.end) for quantity in article.quantities],
        [(block.start, block.end) for block in article.blocks],
        article.sentences,
        article.tokens,
    ):
        assert all(start < end for start, end in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
    inside = sum(len(squeeze(article.text[block.start : block.end])) for block in article.blocks)
    assert inside == len(squeeze(article.text)), "text outside of blocks"
    for covering in (article.sentences, article.tokens):
        covered = sum(len(squeeze(article.text[start:end])) for start, end in covering)
        assert covered == len(squeeze(article.text))


def check_offsets(article: Article, source: str) -> None:
    """The map gives every character of the text that is no white space, and gives it right."""
    mapped = 0
    uniform = normal(source)
    for start, source_start, length in article.offsets:
        assert length > 0
        piece = article.text[start : start + length]
        assert piece in (source[source_start : source_start + length], uniform[source_start : source_start + length])
        mapped += len(squeeze(piece))
    assert all(before[0] + before[2] <= after[0] for before, after in pairwise(article.offsets))
    assert mapped == len(squeeze(article.text))


def check_ids(article: Article) -> None:
    entities = {entity.id for entity in article.entities}
    quantities = {quantity.id for quantity in article.quantities}
    facts = {fact.id for fact in article.facts}
    assert len(entities) == len(article.entities)
    assert len(quantities) == len(article.quantities)
    assert len(facts) == len(article.facts)
    assert {role.person for role in article.roles} <= entities
    assert {fact.quantity for fact in article.facts} <= quantities
    for fact in article.facts:
        assert {fact.subject_entity, fact.scope_entity} - {None} <= entities
    for project in article.projects:
        assert {*project.companies, project.zone, project.place} - {None} <= entities
        assert set(project.facts) <= facts


def check_numbers(article: Article) -> None:
    """A range has its ends and no value, anything else a value and no ends; JSON numbers are the decimals, digit by digit."""
    written = json.loads(ENCODER.encode(article), parse_float=Decimal, parse_int=Decimal)["quantities"]
    for quantity, row in zip(article.quantities, written, strict=True):
        assert (quantity.value is None) == (quantity.bound == "range")
        assert (quantity.low is None) == (quantity.high is None) == (quantity.bound != "range")
        for name in ("value", "low", "high"):
            number = getattr(quantity, name)
            assert row[name] == number
            assert number is None or str(row[name]) == str(number)


def check_keys(value: Any, kind: type) -> None:
    """Every field of the record type is a key, whatever its value, and no other is."""
    assert set(value) == {field.name for field in msgspec.structs.fields(kind)}
    for name, nested in _NESTED.items():
        for item in value.get(name, []) if kind is Article else []:
            check_keys(item, nested)


_NESTED = {
    "blocks": records.Block,
    "entities": records.Entity,
    "roles": records.Role,
    "quantities": records.Quantity,
    "facts": records.Fact,
    "projects": records.Project,
}


def squeeze(text: str) -> str:
    return "".join(text.split())


def in_order(part: str, whole: str) -> bool:
    """Whether all characters of `part` stand in `whole` in this order: a page may cut a span by a caption."""
    characters = iter(whole)
    return all(character in characters for character in part)
