"""One scan for all lexicons: an Aho-Corasick automaton over every word of the rule data.

Which entry hits where is all that the text is searched for; every rule works on these hits. Hits of one class do not
overlap (leftmost, then longest); hits of different classes may.
"""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from ..lexicon import Row, table


class Hit(NamedTuple):
    start: int
    end: int
    row: Row
    """The lexicon row that hit."""


CLASSES = ("place", "zone", "company", "organ", "body", "post", "stop", "protected", "follow")


def _entries() -> Iterable[tuple[str, str, Row]]:
    """(class, word, row) of every lexicon."""
    for row in table("divisions", "corpus/gazetteers"):
        yield "place", row["name"], row
        if row["short"]:
            yield "place", row["short"], row
    for row in table("places", "corpus/gazetteers"):
        yield "place", row["name"], row
    for row in table("guards", "corpus/gazetteers"):
        yield "place", row["string"], row
    for row in table("zones", "corpus/gazetteers"):
        yield "zone", row["name"], row
        if row["short"]:
            yield "zone", row["short"], row
    for row in table("soe", "corpus/gazetteers"):
        yield "company", row["name"], row
        if row["short"]:
            yield "company", row["short"], row
    for row in table("organs"):
        yield "organ", row["name"], row
    for row in table("bodies"):
        yield "body", row["word"], row
    for row in table("posts"):
        yield "post", row["post"], row
    for row in table("stops"):
        yield "stop", row["word"], row
    for row in table("protected"):
        yield "protected", row["word"], row
    for row in table("names"):
        if row["kind"] in ("after", "speech"):
            yield "follow", row["word"], row


class Scanner:
    """`Scanner()(text)` gives the hits of each class, in order."""

    def __init__(self) -> None:
        owners: dict[str, dict[str, Row]] = {}
        for kind, word, row in _entries():
            owners.setdefault(word, {}).setdefault(kind, row)
        self._owners = list(owners.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(owners), store_patterns=False)

    def __call__(self, text: str) -> dict[str, list[Hit]]:
        found: dict[str, list[Hit]] = {kind: [] for kind in CLASSES}
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        matches.sort(key=lambda match: (match[1], -match[2]))
        for word, start, end in matches:
            for kind, row in self._owners[word].items():
                hits = found[kind]
                if not hits or hits[-1].end <= start:
                    hits.append(Hit(start, end, row))
        found["place"] = [hit for hit in found["place"] if "name" in hit.row]  # a guard is a word that hides a place
        return found


@cache
def scanner() -> Scanner:
    """The one scanner of this process; it is built once, from packaged data alone."""
    return Scanner()
