"""The `Doc` extensions, declared in one place. Importing this module declares them.

`doc._.layout`       what the layout stage knows of the article (`records.Layout`), None for a bare text
`doc._.entities`     list of `records.Entity`, in text order
`doc._.roles`        list of `records.Role`
`doc._.quantities`   list of `records.Quantity`
`doc._.facts`        list of `records.Fact`
`doc._.projects`     list of `records.Project`

Offsets count from the start of the Doc's text; `source_start` and `source_end` equal them until the record is made.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
import srsly
from spacy.attrs import IDX, LENGTH, ORTH, SENT_START, SPACY
from spacy.tokens import Doc, Span

from .records import Entity, Fact, Layout, Project, Quantity, Role

LISTS = ("entities", "roles", "quantities", "facts", "projects")

if not Doc.has_extension("layout"):
    Doc.set_extension("layout", default=None)
    for _name in LISTS:
        Doc.set_extension(_name, default=[])


def text_of(doc: Doc) -> str:
    """The Doc's text: the layout still has it whole; else its words joined, twenty times as fast as `doc.text` does it."""
    layout = doc._.layout
    if layout is not None:
        return str(layout.text)
    if not len(doc):
        return ""
    orths, spaces = doc.to_array([ORTH, SPACY]).T
    strings = doc.vocab.strings
    words = [strings[orth] for orth in orths.tolist()]
    if spaces.any():
        words = [word + " " if space else word for word, space in zip(words, spaces.tolist(), strict=True)]
    return "".join(words)


def token_spans(doc: Doc) -> list[tuple[int, int]]:
    """The character spans of all tokens, white space too."""
    starts, lengths = doc.to_array([IDX, LENGTH]).T.tolist() if len(doc) else ([], [])
    return [(start, start + length) for start, length in zip(starts, lengths, strict=True)]


def char_spans(doc: Doc, labelled: Iterable[tuple[int, int, str]]) -> list[Span]:
    """The Spans of (start, end, label) whose edges are token edges; `Doc.char_span` searches the tokens anew each time."""
    spans = token_spans(doc)
    starts = {start: i for i, (start, _) in enumerate(spans)}
    ends = {end: i for i, (_, end) in enumerate(spans, 1)}
    return [
        Span(doc, starts[start], ends[end], label) for start, end, label in labelled if start in starts and end in ends
    ]


def cut_tokens(doc: Doc, positions: Iterable[int], text: str | None = None) -> Doc:
    """The same Doc with its tokens cut at character positions, so that spans which begin and end there are tokens.

    Gives back `doc` itself if every position is a token boundary already. Works on Docs without annotation of tokens.
    text: the Doc's, if the caller has it.
    """
    text = text_of(doc) if text is None else text
    spans = token_spans(doc)
    starts = [start for start, _ in spans]
    known = {*starts, *(end for _, end in spans)}
    wanted = sorted({position for position in positions if position not in known})
    if not wanted:
        return doc
    cuts: dict[int, list[int]] = {}
    for position in wanted:
        cuts.setdefault(bisect_right(starts, position) - 1, []).append(position)
    words: list[str] = []
    spaces: list[bool] = []
    sent_starts: list[bool | int | None] = []
    has_space, sentence = doc.to_array([SPACY, SENT_START]).T.tolist()
    for i, (start, end) in enumerate(spans):
        known_start = _SENTENCE_STARTS.get(sentence[i], False)
        sent_starts.append(known_start)
        if i in cuts:
            bounds = [start, *cuts[i], end]
            words.extend([text[a:b] for a, b in pairwise(bounds)])
            more = len(bounds) - 2
            spaces.extend([False] * more)
            sent_starts.extend([None if known_start is None else False] * more)
        else:
            words.append(text[start:end])
        spaces.append(bool(has_space[i]))
    cut = Doc(doc.vocab, words=words, spaces=spaces, sent_starts=sent_starts)
    _copy_annotation(doc, cut, [1 + len(cuts.get(i, ())) for i in range(len(spans))])
    return cut


_SENTENCE_STARTS = {1: True, 0: None}  # else -1, unsigned: no start


def _copy_annotation(doc: Doc, cut: Doc, parts: list[int]) -> None:
    """What other components wrote: spans and entities by their characters, tags to every part of a cut token."""
    cut.user_data = doc.user_data
    cut._context = doc._context
    cut.cats = doc.cats
    tags: list[int | str] = [
        attribute for attribute in ("TAG", "POS", "LEMMA", "MORPH") if doc.has_annotation(attribute)
    ]
    if tags:
        values = doc.to_array(tags).reshape(len(doc), len(tags))
        cut.from_array(tags, np.repeat(values, parts, axis=0))  # type: ignore[arg-type]

    def moved(spans: Iterable[Span]) -> list[Span]:
        same = (
            cut.char_span(span.start_char, span.end_char, label=span.label, kb_id=span.kb_id, span_id=span.id)
            for span in spans
        )
        return [span for span in same if span is not None]

    if doc.ents:
        cut.ents = moved(doc.ents)
    for key, group in doc.spans.items():
        cut.spans[key] = moved(group)


# Docs are sent between processes and to disk as msgpack; the records in them go as builtins with the name of their type.
_TYPES = {kind.__name__: kind for kind in (Layout, Entity, Role, Quantity, Fact, Project)}


@srsly.msgpack_encoders("zhengwen.records")  # type: ignore[untyped-decorator]
def _encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if type(value).__name__ in _TYPES and isinstance(value, msgspec.Struct):
        return {"zhengwen": type(value).__name__, "record": msgspec.to_builtins(value)}
    return value if chain is None else chain(value)


@srsly.msgpack_decoders("zhengwen.records")  # type: ignore[untyped-decorator]
def _decode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if isinstance(value, dict) and value.keys() == {"zhengwen", "record"}:
        return msgspec.convert(value["record"], _TYPES[value["zhengwen"]])
    return value if chain is None else chain(value)
