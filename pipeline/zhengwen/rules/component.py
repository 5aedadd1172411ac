"""`zhengwen_rules`: the spaCy component that adds to the entities what rules of the user's own find."""

from collections.abc import Sequence

import msgspec
from spacy.language import Language
from spacy.tokens import Doc

from ..entities.spans import Mention, layered
from ..extensions import text_of, with_ents
from ..records import Entity
from .matcher import Matcher
from .read import read

BY = "rules:"


@Language.factory("zhengwen_rules")
class RuleFinder:
    """Sets `doc._.entities` and `doc.ents`; it stands behind `zhengwen_entities`, or alone.

    The settings are lists of rule files, and stand to what was found before as lexicons do to the entity rules:
    before: their names win, but not over a longer name that holds them.
    after: they only add names where nothing was found.
    override: they win over everything.
    Raises ConfigError for a file that cannot be read.
    """

    def __init__(
        self,
        nlp: Language,
        name: str,
        before: Sequence[str] = (),
        after: Sequence[str] = (),
        override: Sequence[str] = (),
    ):
        self._layers = [Matcher(read(paths)) for paths in (before, after, override)]
        for layer in self._layers:
            layer.prepare(nlp.vocab)

    def __call__(self, doc: Doc) -> Doc:
        text = text_of(doc)
        sure: dict[str, float] = {}
        layers: list[list[Mention]] = []
        for matcher in self._layers:
            layers.append([])
            for match in matcher.settle(matcher(text, doc)):
                line = matcher.lines[match.rule]
                by = BY + line.id
                sure[by] = 1.0 if line.rule.precision is None else line.rule.precision
                layers[-1].append(Mention(match.start, match.end, line.rule.label, by))
        if not any(layers):
            return doc
        found = {(one.start, one.end, one.label, one.by): one for one in doc._.entities}
        known = [Mention(one.start, one.end, one.label, one.by, one.nominal) for one in found.values()]
        entities: list[Entity] = []
        ids: dict[str, str] = {}
        for mention in layered([known], *layers):
            start, end, label, by = mention.start, mention.end, mention.label, mention.by
            number, name = f"e{len(entities) + 1}", text[start:end]
            if old := found.get((start, end, label, by)):
                ids[old.id] = number
                entities.append(msgspec.structs.replace(old, id=number))
            else:
                entities.append(Entity(number, label, name, start, end, start, end, False, name, None, by, sure[by]))
        doc._.roles = [
            msgspec.structs.replace(role, person=ids[role.person]) for role in doc._.roles if role.person in ids
        ]
        doc._.entities = entities
        return with_ents(doc, [(entity.start, entity.end, entity.label) for entity in entities], text)
