"""The `Doc` extensions, declared in one place. Importing this module declares them.

`doc._.layout`       what the layout stage knows of the article (`records.Layout`), None for a bare text
`doc._.entities`     list of `records.Entity`, in text order
`doc._.ruled_out`    spans that the rules know to be no name: titles, meetings, what a lexicon of the user's own excludes
`doc._.roles`        list of `records.Role`
`doc._.quantities`   list of `records.Quantity`
`doc._.facts`        list of `records.Fact`
`doc._.projects`     list of `records.Project`
`doc._.scratch`       what a stage has worked out and leaves to a later one (`Scratch`); gone from bytes and copies
`doc._.records_only`  whether nothing but these is asked for: `doc.ents` and `doc.spans` are left as they are, no token is cut

Offsets count from the start of the Doc's text; `source_start` and `source_end` equal them until the record is made.
"""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
import numpy as np
import srsly
from spacy.attrs import ENT_ID, ENT_IOB, ENT_KB_ID, ENT_TYPE, IDX, LENGTH, ORTH, SENT_START, SPACY
from spacy.tokens import Doc, Span

from .records import Entity, Fact, Layout, Project, Quantity, Role

_ENT: list[int | str] = [ENT_TYPE, ENT_IOB, ENT_KB_ID, ENT_ID]
_INSIDE, _OUTSIDE, _BEGIN = 1, 2, 3
"""spaCy's codes of where in an entity a token stands."""
LISTS = ("entities", "roles", "quantities", "facts", "projects")

if not Doc.has_extension("layout"):
    Doc.set_extension("layout", default=None)
    Doc.set_extension("records_only", default=False)
    Doc.set_extension("scratch", default=None)
    Doc.set_extension("ruled_out", default=[])
    for _name in LISTS:
        Doc.set_extension(_name, default=[])


class Scratch:
    """Holds any value, which can be worked out again: neither bytes nor pickles nor copies of a Doc have it."""

    def __init__(self, value: Any = None):
        self.value = value

    def __reduce__(self) -> tuple[type["Scratch"], tuple[()]]:
        return Scratch, ()


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


def token_edges(doc: Doc) -> tuple[np.ndarray, np.ndarray]:
    """The character starts and ends of all tokens, white space too: two arrays of integers."""
    n = len(doc)
    if n and doc[-1].idx + len(doc[-1]) == n:  # every token is a character
        every = np.arange(n)
        return every, every + 1
    starts, lengths = doc.to_array([IDX, LENGTH]).reshape(-1, 2).T.view(np.int64)
    return starts, starts + lengths


def char_spans(doc: Doc, labelled: Iterable[tuple[int, int, str]]) -> list[Span]:
    """The Spans of (start, end, label) whose edges are token edges; `Doc.char_span` searches the tokens anew each time."""
    wanted = list(labelled)
    starts, ends = token_edges(doc)
    if not wanted or not len(starts):
        return []
    first = np.searchsorted(starts, [start for start, _, _ in wanted]).clip(max=len(starts) - 1)
    last = np.searchsorted(ends, [end for _, end, _ in wanted]).clip(max=len(starts) - 1)
    edges = zip(first.tolist(), last.tolist(), starts[first].tolist(), ends[last].tolist(), wanted, strict=True)
    return [
        Span(doc, i, j + 1, label)
        for i, j, begins, stops, (start, end, label) in edges
        if begins == start and stops == end
    ]


def with_ents(doc: Doc, labelled: list[tuple[int, int, str]], text: str) -> Doc:
    """The same Doc with `doc.ents` set to (start, end, label), in order, its tokens cut where these begin and end.

    Sets whole columns: spaCy's own way, Span by Span, takes five times as long."""
    if doc._.records_only or not len(doc):
        return doc
    first, after = [start for start, _, _ in labelled], [end for _, end, _ in labelled]
    if len(doc) < len(text):  # else every token is a character
        doc = cut_tokens(doc, first + after, text)
        starts, ends = token_edges(doc)
        first = np.searchsorted(starts, first).tolist()
        after = (np.searchsorted(ends, after) + 1).tolist()
    columns = np.zeros((len(_ENT), len(doc)), np.uint64)
    types, places = columns[0], columns[1]
    places.fill(_OUTSIDE)
    add = doc.vocab.strings.add
    for i, j, (_, _, label) in zip(first, after, labelled, strict=True):
        types[i:j] = add(label)
        places[i:j] = _INSIDE
        places[i] = _BEGIN
    count = len(_ENT) if doc.has_annotation("ENT_IOB") else 2  # ids of entities set before go
    return doc.from_array(_ENT[:count], columns[:count].T)  # type: ignore[arg-type]


def with_spans(doc: Doc, key: str, labelled: list[tuple[int, int, str]], text: str) -> Doc:
    """The same Doc with `doc.spans[key]` set to (start, end, label), its tokens cut where these begin and end."""
    if doc._.records_only:
        return doc
    if labelled:
        doc = cut_tokens(doc, (edge for start, end, _ in labelled for edge in (start, end)), text)
    doc.spans[key] = char_spans(doc, labelled)
    return doc


def cut_tokens(doc: Doc, positions: Iterable[int], text: str | None = None) -> Doc:
    """The same Doc with its tokens cut at character positions, so that spans which begin and end there are tokens.

    Gives back `doc` itself if every position is a token boundary already. Works on Docs without annotation of tokens.
    text: the Doc's, if the caller has it.
    """
    starts, ends = token_edges(doc)
    wanted = np.fromiter(positions, np.int64)
    at = np.searchsorted(starts, wanted, "right") - 1
    if not len(starts) or not (inside := (starts[at] < wanted) & (wanted < ends[at])).any():
        return doc
    text = text_of(doc) if text is None else text
    wanted, first = np.unique(wanted[inside], return_index=True)
    at = at[inside][first]
    spaces, sentences = doc.to_array([SPACY, SENT_START]).T.astype(np.int64)
    words = [
        text[a:b]
        for a, b in zip(np.insert(starts, at + 1, wanted).tolist(), np.insert(ends, at, wanted).tolist(), strict=True)
    ]
    cut = Doc(
        doc.vocab,
        words=words,
        spaces=np.insert(spaces, at, 0).astype(bool).tolist(),
        # inside a token no sentence starts, unless nobody knows where sentences start
        sent_starts=np.insert(sentences, at + 1, np.where(sentences[at] == 0, 0, -1)).tolist(),
    )
    _copy_annotation(doc, cut, 1 + np.bincount(at, minlength=len(starts)))
    return cut


def _copy_annotation(doc: Doc, cut: Doc, parts: np.ndarray) -> None:
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

    if doc.has_annotation("ENT_IOB"):
        values = np.repeat(doc.to_array(_ENT), parts, axis=0)
        places, again = values[:, _ENT.index(ENT_IOB)], np.ones(len(values), bool)
        again[np.cumsum(parts) - parts] = False
        places[again & (places == _BEGIN)] = _INSIDE
        cut.from_array(_ENT, values)  # type: ignore[arg-type]
    for key, group in doc.spans.items():
        same = (
            cut.char_span(span.start_char, span.end_char, label=span.label, kb_id=span.kb_id, span_id=span.id)
            for span in group
        )
        cut.spans[key] = [span for span in same if span is not None]


# Docs are sent between processes and to disk as msgpack; the records in them go as builtins with the name of their type.
_TYPES = {kind.__name__: kind for kind in (Layout, Entity, Role, Quantity, Fact, Project)}


@srsly.msgpack_encoders("zhengwen.records")  # type: ignore[untyped-decorator]
def _encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if type(value).__name__ in _TYPES and isinstance(value, msgspec.Struct):
        return {"zhengwen": type(value).__name__, "record": msgspec.to_builtins(value)}
    if isinstance(value, Scratch):
        return None
    return value if chain is None else chain(value)


@srsly.msgpack_decoders("zhengwen.records")  # type: ignore[untyped-decorator]
def _decode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if isinstance(value, dict) and value.keys() == {"zhengwen", "record"}:
        return msgspec.convert(value["record"], _TYPES[value["zhengwen"]])
    return value if chain is None else chain(value)
