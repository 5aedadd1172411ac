"""`zhengwen_tagger`: the spaCy component that adds what the entity model finds to what the rules found.

`combine.py` says which names count; each must be sure enough, by its label. A name that counts once is believed wherever the
text has it again and nothing else stands.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Self

from spacy.language import Language
from spacy.tokens import Doc

from .. import resources
from ..entities.spans import SpanSet, disjoint
from ..errors import ConfigError
from ..extensions import text_of, with_ents
from ..records import Entity, Role, Span
from ..script import simplified
from .combine import PEOPLE, Candidate, candidates
from .model import FILES, Found, Model

LEAST = dict.fromkeys(("PERSON", "COMPANY", "ORG", "PLACE", "ZONE"), 0.7)
_FOUND = "zhengwen_tagger"
"""Key of `Doc.user_data` for what `ahead` found."""
_AGAIN = 3
"""Characters of the shortest name that is believed wherever it stands again."""


@Language.factory("zhengwen_tagger")
class Tagger:
    """Adds to `doc._.entities` and `doc.ents`; the entities are `by` "model:NAME".

    model: the name of a folder under `models/`, or a path. least: label → how sure a name must be, as `confidence` says it;
    labels that are not named are left out. Raises ConfigError for a label that the model does not have.
    """

    def __init__(self, nlp: Language, name: str, model: str = "entities-news", least: Mapping[str, float] = LEAST):
        self._least = dict(least)
        self._use(resources.find("models", model))

    def _use(self, folder: Path) -> None:
        self._by, self._folder = f"model:{folder.name}", folder
        self._model = Model.load(folder)
        for label in self._least:
            if label not in self._model.labels:
                expected = ", ".join(self._model.labels)
                raise ConfigError(f"zhengwen_tagger: least: {label!r} is no label of {folder}; expected {expected}")

    def ahead(self, docs: Sequence[Doc]) -> None:
        """Finds the names of many texts at once, for the calls that follow: ten times as fast as one by one."""
        texts = [simplified(text_of(doc)) for doc in docs]
        possible: list[list[Candidate]] = [[] for _ in docs]

        def wanted(i: int, names: list[Found]) -> Iterator[Found]:
            possible[i] = list(candidates(texts[i], names, docs[i]._.entities, docs[i]._.ruled_out))
            return (one.name for one in possible[i])

        for doc, found, beside in zip(docs, self._model(texts, wanted), possible, strict=True):
            doc.user_data[_FOUND] = [one._replace(name=name) for one, name in zip(beside, found, strict=True)]

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64, **kwargs: Any) -> Iterator[Doc]:
        rest = iter(stream)
        while docs := list(islice(rest, batch_size)):
            self.ahead(docs)
            yield from map(self, docs)

    def __call__(self, doc: Doc) -> Doc:
        text = text_of(doc)
        if _FOUND not in doc.user_data:
            self.ahead([doc])
        added: list[Entity] = []
        gone: dict[str, Entity] = {}  # id of what is replaced → what replaces it
        found: list[Candidate] = doc.user_data.pop(_FOUND)
        labels = {
            entity.text: entity.label for entity in doc._.entities
        }  # whoever holds an office is OFFICIAL here too
        for name, place, over in found:
            sure = self._model.confidence(name, place)
            if sure >= self._least.get(name.label, 2):
                known = over[0].label if over else labels.get(text[name.start : name.end])
                label = known if known in PEOPLE and name.label in PEOPLE else name.label
                added.append(self._entity(text, name.start, name.end, label, sure))
                gone |= {entity.id: added[-1] for entity in over}
        if not added:
            return doc
        entities = [*(entity for entity in doc._.entities if entity.id not in gone), *added]
        entities += self._again(text, added, [*((one.start, one.end) for one in entities), *doc._.ruled_out])
        doc._.entities = entities = sorted(entities, key=lambda entity: entity.start)
        doc._.roles = _numbered(entities, doc._.roles, gone)
        return with_ents(doc, [(entity.start, entity.end, entity.label) for entity in entities], text)

    def _again(self, text: str, added: list[Entity], spans: list[Span]) -> Iterator[Entity]:
        """The same names wherever nothing else stands."""
        taken = SpanSet(disjoint(spans))
        for known in {entity.text: entity for entity in reversed(added) if len(entity.text) >= _AGAIN}.values():
            start = text.find(known.text)
            while start >= 0:
                end = start + len(known.text)
                if not taken.overlaps(start, end):
                    taken.add(start, end)
                    yield self._entity(text, start, end, known.label, known.confidence)
                start = text.find(known.text, end)

    def _entity(self, text: str, start: int, end: int, label: str, sure: float) -> Entity:
        name = text[start:end]
        return Entity("", label, name, start, end, start, end, False, name, None, self._by, sure)

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        folder = Path(path) / self._folder.name
        folder.mkdir(parents=True, exist_ok=True)
        for file in FILES:
            (folder / file).write_bytes((self._folder / file).read_bytes())

    def from_disk(self, path: str | Path, **kwargs: Any) -> Self:
        (folder,) = Path(path).iterdir()
        self._use(folder)
        return self


def _numbered(entities: list[Entity], roles: list[Role], gone: dict[str, Entity]) -> list[Role]:
    """Numbers the entities anew, and gives back the roles with the new numbers; whoever became no person has none."""
    holders = gone | {entity.id: entity for entity in entities if entity.id}
    for number, entity in enumerate(entities, 1):
        entity.id = f"e{number}"
    kept = [role for role in roles if holders[role.person].label in PEOPLE]
    for role in kept:
        role.person = holders[role.person].id
    return kept
