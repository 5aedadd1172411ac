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
from collections.abc import Iterable
from itertools import pairwise

from spacy.attrs import IDX, LENGTH, SENT_START, SPACY
from spacy.tokens import Doc

LISTS = ("entities", "roles", "quantities", "facts", "projects")

if not Doc.has_extension("layout"):
    Doc.set_extension("layout", default=None)
    for _name in LISTS:
        Doc.set_extension(_name, default=[])


def text_of(doc: Doc) -> str:
    """The Doc's text. `doc.text` joins all tokens anew each time it is asked for; the layout still has it whole."""
    layout = doc._.layout
    return layout.text if layout is not None else doc.text


def token_spans(doc: Doc) -> list[tuple[int, int]]:
    """The character spans of all tokens, white space too."""
    starts, lengths = doc.to_array([IDX, LENGTH]).T.tolist() if len(doc) else ([], [])
    return [(start, start + length) for start, length in zip(starts, lengths, strict=True)]


def cut_tokens(doc: Doc, positions: Iterable[int]) -> Doc:
    """The same Doc with its tokens cut at character positions, so that spans which begin and end there are tokens.

    Gives back `doc` itself if every position is a token boundary already. Works on Docs without annotation of tokens.
    """
    text = text_of(doc)
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
        bounds = [start, *cuts[i], end] if i in cuts else (start, end)
        words.extend(text[a:b] for a, b in pairwise(bounds))
        more = len(bounds) - 2
        spaces.extend([False] * more + [bool(has_space[i])])
        sent_starts.extend([sentence[i] == 1] + [False] * more)
    cut = Doc(doc.vocab, words=words, spaces=spaces, sent_starts=sent_starts)
    cut.user_data = doc.user_data
    cut._context = doc._context
    return cut
