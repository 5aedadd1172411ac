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

from spacy.tokens import Doc

LISTS = ("entities", "roles", "quantities", "facts", "projects")

if not Doc.has_extension("layout"):
    Doc.set_extension("layout", default=None)
    for _name in LISTS:
        Doc.set_extension(_name, default=[])


def cut_tokens(doc: Doc, positions: Iterable[int]) -> Doc:
    """The same Doc with its tokens cut at character positions, so that spans which begin and end there are tokens.

    Gives back `doc` itself if every position is a token boundary already. Works on Docs without annotation of tokens.
    """
    starts = [token.idx for token in doc]
    known = {*starts, len(doc.text)}
    wanted = sorted({position for position in positions if position not in known})
    if not wanted:
        return doc
    cuts: dict[int, list[int]] = {}
    for position in wanted:
        cuts.setdefault(bisect_right(starts, position) - 1, []).append(position)
    words: list[str] = []
    spaces: list[bool] = []
    sent_starts: list[bool] = []
    for i, token in enumerate(doc):
        bounds = [token.idx, *cuts.get(i, []), token.idx + len(token)]
        for j, (start, end) in enumerate(zip(bounds, bounds[1:], strict=False)):
            words.append(doc.text[start:end] if len(bounds) > 2 else token.text)
            spaces.append(j == len(bounds) - 2 and bool(token.whitespace_))
            sent_starts.append(j == 0 and bool(token.is_sent_start))
    cut = Doc(doc.vocab, words=words, spaces=spaces, sent_starts=sent_starts)
    cut.user_data = doc.user_data
    cut._context = doc._context
    return cut
