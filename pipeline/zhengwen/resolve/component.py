"""`zhengwen_resolve`: canonical names and keys.

Within an article the short forms of a zone take the name of the full one (大同经开区 → 大同经济技术开发区), and a bare
开发区 that of the last zone named before it. Places get the full name and code of their division.
"""

import regex
from spacy.language import Language
from spacy.tokens import Doc

from ..extensions import text_of
from ..lexicon import Row, table
from ..records import Entity
from ..script import simplified

_SHORTER = (
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经开区"),
    ("高新技术产业开发区", "高新区"),
    ("高新技术开发区", "高新区"),
    ("综合保税区", "综保区"),
    ("自由贸易试验区", "自贸区"),
    ("自贸试验区", "自贸区"),
)
_LEVELS = regex.compile(r"(?<=\p{Han}{2})[省市县区]")


@Language.factory("zhengwen_resolve")
class Resolver:
    """Sets `canonical` and `key` of the entities in `doc._.entities`."""

    def __init__(self, nlp: Language, name: str):
        self._divisions: dict[str, Row | None] = {}
        for row in table("divisions", "corpus/gazetteers"):
            for word in {row["name"], row["short"]} - {""}:
                # A name that several divisions share says nothing of which one is meant.
                self._divisions[word] = (
                    row if word not in self._divisions or word == row["short"] != row["name"] else None
                )
        self._zones = {
            word: row["name"]
            for row in table("zones", "corpus/gazetteers")
            for word in (row["name"], row["short"])
            if word
        }

    def __call__(self, doc: Doc) -> Doc:
        plain = simplified(text_of(doc))  # canonical names and keys are in simplified script, so that tables join
        names = {entity.id: plain[entity.start : entity.end] for entity in doc._.entities}
        full_zones: dict[str, str] = {}
        for entity in doc._.entities:
            if entity.label == "ZONE" and not entity.nominal:
                name = names[entity.id]
                if len(name) > len(full_zones.get(_reduced(name), "")):
                    full_zones[_reduced(name)] = name
        antecedent: Entity | None = None
        for entity in doc._.entities:
            if entity.label == "PLACE":
                self._place(entity, names[entity.id])
            elif entity.label == "ZONE":
                if entity.nominal:
                    if antecedent:
                        entity.canonical, entity.key = antecedent.canonical, antecedent.key
                else:
                    name = full_zones[_reduced(names[entity.id])]
                    entity.canonical = self._zones.get(name, name)
                    entity.key = f"zone:{entity.canonical}"
                    antecedent = entity
            else:
                entity.canonical = names[entity.id].replace(" ", "").replace("\u3000", "")
                entity.key = f"{entity.label.lower()}:{entity.canonical}"
        return doc

    def _place(self, entity: Entity, name: str) -> None:
        row = self._divisions.get(name)
        if row:
            entity.canonical, entity.key = row["name"], f"division:{row['code']}"
        else:
            entity.canonical, entity.key = name, f"place:{name}"


def _reduced(name: str) -> str:
    """A zone's name in its shortest form, which all its forms share."""
    for long, short in _SHORTER:
        name = name.replace(long, short)
    return str(_LEVELS.sub("", name, count=1))
