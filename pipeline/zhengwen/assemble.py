"""From an annotated Doc to the article record: offsets become source offsets, every key gets its value."""

from itertools import chain
from typing import Any

from spacy.attrs import IS_SPACE

from .extensions import token_edges
from .offsets import OffsetMap
from .records import Article, Layout, RawDocument, Source
from .segment.sentences import sentence_spans


def assemble(doc: Any, document: RawDocument, layout: Layout, number: int) -> Article:
    """The record of the `number`-th article of a document. `doc` is its annotated spaCy Doc."""
    if layout.text and not layout.offsets:
        raise ValueError("the layout gave a text without offsets: expected [[article_start, source_start, length], …]")
    offsets = OffsetMap(layout.offsets)

    words = doc.to_array(IS_SPACE) == 0
    for item in chain(doc._.entities, doc._.quantities):
        item.source_start, item.source_end = offsets.source_span(item.start, item.end)
    return Article(
        schema="zhengwen/article/1",
        id=f"{document.id}#{number}",
        source=Source(document.id, document.path, document.sha256),
        title=layout.title,
        kicker=layout.kicker,
        subtitle=layout.subtitle,
        section=layout.section,
        date=layout.date,
        byline=list(layout.byline),
        text=layout.text,
        blocks=layout.blocks,
        offsets=layout.offsets,
        sentences=sentence_spans(layout.text),
        tokens=list(zip(*(edges[words].tolist() for edges in token_edges(doc)), strict=True)),
        entities=doc._.entities,
        roles=doc._.roles,
        quantities=doc._.quantities,
        facts=doc._.facts,
        projects=doc._.projects,
        warnings=[*document.warnings, *layout.warnings],
    )
