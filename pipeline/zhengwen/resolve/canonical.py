"""Canonical names within an article, and keys that are the same in all articles."""

from collections.abc import Iterator
from functools import cache
from typing import Final

import regex

from ..lexicon import table
from ..records import Entity
from ..script import simplified
from . import organs, zones
from .divisions import Division, located, opening

_GAP: Final = regex.compile(r"(?<=\p{Han})\s+(?=\p{Han})")


def resolve(entities: list[Entity], plain: str) -> None:
    """Set `canonical` and `key`. plain: the text in simplified script, as canonical names are, so that tables join."""
    names: dict[str, str] = {}
    for entity in entities:
        own = plain[entity.start : entity.end]
        names[entity.id] = own if entity.canonical == entity.text else simplified(entity.canonical)
    divisions = located([(entity, names[entity.id]) for entity in entities if entity.label == "PLACE"])
    _resolve_zones(entities, names)
    heads = organs.heads({*divisions.values(), *_openings(entities)})
    for entity in entities:
        name = names[entity.id]
        if entity.label == "PLACE":
            _place(entity, name, divisions.get(entity.id))
        elif entity.label == "COMPANY":
            entity.canonical = name
            entity.key = f"company:{_usual_names().get(name, name)}"
        elif entity.label == "ORG":
            full = organs.canonical(name, heads)
            entity.canonical = full or name
            entity.key = f"org:{full}" if full else None
        elif entity.label != "ZONE":
            entity.canonical = name if name.isalnum() else _GAP.sub("", name)
            kind = "person" if entity.label in ("OFFICIAL", "PERSON") else entity.label.lower()
            entity.key = f"{kind}:{entity.canonical}"


def _place(entity: Entity, name: str, division: Division | None) -> None:
    if division:
        entity.canonical, entity.key = division.name, f"division:{division.code}"
    else:
        entity.canonical, entity.key = name, f"place:{name}"


def _openings(entities: list[Entity]) -> Iterator[Division]:
    """The divisions that open the names of organs and zones."""
    for entity in entities:
        if entity.label in ("ORG", "ZONE") and (division := opening(entity.canonical)[0]):
            yield division


def _resolve_zones(entities: list[Entity], names: dict[str, str]) -> None:
    """Full names for short ones; a bare 开发区 is the last zone before it, of its kind if one is named."""
    mentions = [entity for entity in entities if entity.label == "ZONE"]
    known = zones.Zones(names[entity.id] for entity in mentions if not entity.nominal)
    last: dict[str, Entity] = {}
    for entity in mentions:
        if entity.nominal:
            antecedent = last.get(zones.kind_of(names[entity.id])) or last.get("")
            if antecedent:
                entity.canonical, entity.key = antecedent.canonical, antecedent.key
        else:
            entity.canonical = known.canonical(names[entity.id])
            entity.key = zones.key(entity.canonical)
            last[zones.kind_of(entity.canonical)] = last[""] = entity


@cache
def _usual_names() -> dict[str, str]:
    """The name that news gives a company, by every name of it in the gazetteers."""
    usual: dict[str, str] = {}
    for row in table("soe", "corpus/gazetteers"):
        short = usual.get(row["name"]) or row["short"] or row["name"]
        usual[row["name"]] = usual[row["short"] or row["name"]] = short
    for row in table("companies", "corpus/gazetteers"):
        if row["full"]:
            usual.setdefault(row["full"], row["name"])
        usual.setdefault(row["name"], row["name"])
    return usual
