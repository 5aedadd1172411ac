"""`zhengwen_resolve`: canonical names within an article, and keys that are the same in all articles.

What the entity rules know of short forms is in `canonical` already. Keys: `division:CODE`, `place:NAME`, `zone:CODE:NAME`,
`company:NAME`, `org:NAME`, `person:NAME`; null for a bare mention that nothing in the article resolves.
"""

from spacy.language import Language
from spacy.tokens import Doc

from ..extensions import text_of
from ..script import simplified
from .canonical import resolve


@Language.factory("zhengwen_resolve")
class Resolver:
    """Sets `canonical` and `key` of the entities in `doc._.entities`; a key that is set already stays."""

    def __init__(self, nlp: Language, name: str):
        pass

    def __call__(self, doc: Doc) -> Doc:
        resolve([entity for entity in doc._.entities if entity.key is None], simplified(text_of(doc)))
        return doc
