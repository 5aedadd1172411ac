"""spaCy's DocBin: entities in `doc.ents`, quantities in `doc.spans["quantities"]`, one token a character.

What spans do not say travels in `doc.user_data["gold"]`. Documents that other pipelines wrote are read by their characters.
"""

from collections.abc import Iterable
from pathlib import Path

from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from ...errors import GoldError
from ..documents import GoldDocument
from . import files
from .marked import QUANTITY, Mark, carried, document, flat, marks, parts

_GROUP = "quantities"
_EXPECTED = "a DocBin, as spaCy writes it"


def read(path: Path) -> list[GoldDocument]:
    """Raises GoldError if the file is none."""
    data = files.content(path, _EXPECTED)
    try:
        docs = list(DocBin().from_bytes(data).get_docs(Vocab()))
    except Exception as error:  # zlib, msgpack, numpy and spaCy each raise their own over a broken file
        raise GoldError(f"{path}: {type(error).__name__}; expected {_EXPECTED}") from None
    return [_document(doc, path, number) for number, doc in enumerate(docs, 1)]


def _document(doc: Doc, path: Path, number: int) -> GoldDocument:
    found = [Mark(one.start_char, one.end_char, one.label_) for one in doc.ents]
    if _GROUP in doc.spans:
        found += [Mark(one.start_char, one.end_char, _label(one)) for one in doc.spans[_GROUP]]
    gold = doc.user_data.get("gold")
    where = f"{path}: document {number}"
    return document(f"{path.stem}:{number}", doc.text, found, where, gold if isinstance(gold, str) else None)


def _label(span: Span) -> str:
    """That of the mark; in a Doc of our pipeline the label of the span is the unit."""
    return span.label_ if parts(span.label_).label == QUANTITY else QUANTITY


def write(documents: Iterable[GoldDocument], path: Path) -> None:
    """Raises GoldError for entities that overlap."""
    vocab = Vocab()
    packed = DocBin(store_user_data=True, docs=[_doc(one, vocab) for one in documents])
    files.write(path, packed.to_bytes())


def _doc(one: GoldDocument, vocab: Vocab) -> Doc:
    doc = Doc(vocab, words=list(one.text), spaces=[False] * len(one.text), user_data={"gold": carried(one)})
    entities: list[Mark] = []
    quantities: list[Mark] = []
    for mark in marks(one):
        (quantities if parts(mark.label).label == QUANTITY else entities).append(mark)
    doc.ents = [Span(doc, *mark) for mark in flat(entities, one, "doc.ents")]
    doc.spans[_GROUP] = [Span(doc, *mark) for mark in quantities]
    return doc
