"""From an annotated Doc to the article record: offsets become source offsets, every key gets its value."""

from itertools import chain
from typing import Any

from .extensions import token_edges
from .offsets import OffsetMap
from .records import Article, Layout, RawDocument, Source, Span
from .segment.sentences import sentence_spans


def assemble(doc: Any, document: RawDocument, layout: Layout, number: int) -> Article:
    """The record of the `number`-th article of a document. `doc` is its annotated spaCy Doc."""
    if layout.text and not layout.offsets:
        raise ValueError("the layout gave a text without offsets: expected [[article_start, source_start, length], …]")
    offsets = OffsetMap(layout.offsets)

    found, edges = doc._, set()
    for item in chain(found.entities, found.quantities):
        item.source_start, item.source_end = offsets.source_span(item.start, item.end)
        edges.add(item.start)
        edges.add(item.end)
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
        tokens=_tokens(doc, edges, layout.text),
        entities=found.entities,
        roles=found.roles,
        quantities=found.quantities,
        facts=found.facts,
        projects=found.projects,
        warnings=[*document.warnings, *layout.warnings],
    )


def _tokens(doc: Any, edges: set[int], text: str) -> list[Span]:
    """The Doc's tokens without white space, cut where entities and quantities begin and end."""
    starts, ends = (side.tolist() for side in token_edges(doc))
    if inside := edges.difference(starts, ends):
        starts, ends = sorted([*starts, *inside]), sorted([*ends, *inside])
    return [(start, end) for start, end in zip(starts, ends, strict=True) if not text[start].isspace()]
