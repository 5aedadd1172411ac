"""`zhengwen_entities`: the spaCy component that runs the entity rules over a Doc."""

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from ..extensions import text_of, with_ents
from ..script import simplified
from .finder import find_entities
from .lexicons import UserLexicon


@Language.factory("zhengwen_entities")
class EntityFinder:
    """Sets `doc._.entities` and `doc._.roles`, and `doc.ents` for spaCy's own tools.

    Lexicons of the user's own (`lexicons.py`) are lists of paths:
    before: their names win over what the rules find, but not over a longer name that holds them.
    after: they only add names where the rules found nothing.
    override: they win over everything.
    Raises ConfigError for a lexicon that cannot be read.
    """

    def __init__(
        self,
        nlp: Language,
        name: str,
        before: Sequence[str] = (),
        after: Sequence[str] = (),
        override: Sequence[str] = (),
    ):
        self._before, self._after, self._override = UserLexicon(before), UserLexicon(after), UserLexicon(override)

    def __call__(self, doc: Doc) -> Doc:
        written = text_of(doc)
        text = simplified(written)
        lexicons = self._before(text), self._after(text), self._override(text)
        found = doc._
        entities, found.roles, found.ruled_out = find_entities(text, written, *lexicons)
        found.entities = entities
        return with_ents(doc, [(entity.start, entity.end, entity.label) for entity in entities], written)
