"""An example of a stage of one's own: local names for zones that no rule can know, given in the config.

`own-stage.cfg` names this file under `[code]` and the component in its pipeline. Copy both and change them.
"""

from spacy.language import Language
from spacy.tokens import Doc

from zhengwen.records import Entity


@Language.factory("known_names")
class KnownNames:
    """Adds a ZONE for every mention of a name in `names` (local name → official name) that is no entity yet."""

    def __init__(self, nlp: Language, name: str, names: dict[str, str]):
        self.names = names

    def __call__(self, doc: Doc) -> Doc:
        text, found = doc.text, list(doc._.entities)
        taken = {position for entity in found for position in range(entity.start, entity.end)}
        for local, official in self.names.items():
            start = text.find(local)
            while start >= 0:
                end = start + len(local)
                if taken.isdisjoint(range(start, end)):
                    key = f"zone:{official}"
                    new = Entity(
                        f"k{start}", "ZONE", local, start, end, start, end, False, official, key, "own:known-names"
                    )
                    found.append(new)
                    taken.update(range(start, end))
                start = text.find(local, end)
        doc._.entities = sorted(found, key=lambda entity: entity.start)
        return doc
