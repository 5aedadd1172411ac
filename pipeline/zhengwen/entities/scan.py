"""One scan for all lexicons: an Aho-Corasick automaton over every word of the rule data.

Which entry hits where is all that the text is searched for; every rule works on these hits. Hits of one class do not
overlap (leftmost, then longest); hits of different classes may.
"""

from collections.abc import Iterable
from functools import cache
from operator import itemgetter
from typing import Final

import ahocorasick_rs

from ..lexicon import Row, table
from .words import is_word


class Hit:
    """Where a word stands, and its lexicon row."""

    def __init__(self, start: int, end: int, row: Row):
        self.start = start
        self.end = end
        self.row = row


CLASSES = (
    "guard",
    "place",
    "weak",
    "abbreviation",
    "zone",
    "company",
    "organ",
    "body",
    "trade",
    "context",
    "geography",
    "post",
    "stop",
    "protected",
    "speech",
)


def _entries() -> Iterable[tuple[str, str, Row]]:
    """(class, word, row) of every lexicon."""
    for row in table("divisions", "corpus/gazetteers"):
        yield "weak" if is_word(row["name"]) else "place", row["name"], row
        if row["short"]:
            yield "place", row["short"], row
        elif len(row["name"]) > 2 and not row["name"].endswith(("自治县", "自治州")) and not is_word(row["name"][:-1]):
            yield "weak", row["name"][:-1], row
    for row in table("abbreviations", "corpus/gazetteers"):
        yield "abbreviation", row["phrase"], row
    for row in table("places", "corpus/gazetteers"):
        yield "place", row["name"], row
    for row in table("guards", "corpus/gazetteers"):
        yield "guard", row["string"], row
    for row in table("zones", "corpus/gazetteers"):
        yield "zone", row["name"], row
        if row["short"]:
            yield "zone", row["short"], row
    for row in table("soe", "corpus/gazetteers"):
        yield "company", row["name"], row
        if row["short"]:
            yield "company", row["short"], row
    for row in table("companies", "corpus/gazetteers"):
        yield "company", row["name"], row
    for row in table("organs"):
        yield "organ", row["name"], row
    for row in table("bodies"):
        yield "body", row["word"], row
    for row in table("posts"):
        yield "post", row["post"], row
    for row in table("trades"):
        yield "trade", row["word"], row
    for row in table("company_contexts"):
        yield "context", row["word"], row
    for row in table("geography"):
        yield "geography", row["word"], row
    for row in table("stops"):
        yield "stop", row["word"], row
    for row in table("protected"):
        yield "protected", row["word"], row
    for row in table("names"):
        if row["kind"] == "speech":
            yield "speech", row["word"], row


_GUARD: Final = CLASSES.index("guard")
_GUARDED: Final = frozenset([_GUARD, CLASSES.index("place"), CLASSES.index("company")])


class Scanner:
    """`Scanner()(text)` gives the hits of each class, in order."""

    def __init__(self) -> None:
        owners: dict[str, dict[str, Row]] = {}
        for kind, word, row in _entries():
            owners.setdefault(word, {}).setdefault(kind, row)
        self._owners = [[(CLASSES.index(kind), row) for kind, row in rows.items()] for rows in owners.values()]
        self._automaton = ahocorasick_rs.AhoCorasick(list(owners), store_patterns=False)

    def __call__(self, text: str) -> dict[str, list[Hit]]:
        found: list[list[Hit]] = [[] for _ in CLASSES]
        ends = [0] * len(CLASSES)
        blocked: set[tuple[int, int]] = set()  # a guard is a word that hides a place or a company
        owners = self._owners
        matches: list[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(text, overlapping=True)
        # they come by their ends; backwards from this stable sort, by start and of one start the longest first
        matches.sort(key=itemgetter(1), reverse=True)
        for word, start, end in reversed(matches):
            for kind, row in owners[word]:
                if ends[kind] > start:
                    continue
                if kind in _GUARDED:
                    if kind == _GUARD:
                        at = start + row["string"].index(row["blocks"])
                        blocked.add((at, at + len(row["blocks"])))
                        continue
                    if (start, end) in blocked:
                        continue
                ends[kind] = end
                found[kind].append(Hit(start, end, row))
        return dict(zip(CLASSES, found, strict=True))


def by_span(hits: list[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: (hit.start, hit.end))


def occurrences(names: list[str], text: str) -> list[tuple[int, int, int]]:
    """(index, start, end) of an article's own few names in its text: leftmost, then longest. Built quickest of the kinds."""
    automaton = ahocorasick_rs.AhoCorasick(
        names,
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        store_patterns=False,
        implementation=ahocorasick_rs.Implementation.NoncontiguousNFA,
    )
    found: list[tuple[int, int, int]] = automaton.find_matches_as_indexes(text)
    return found


_GUARDING: Final = ("place", "protected", "zone", "company", "organ", "body")
_NUMBER: Final = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十〇零今明去昨当近本次每")


def boundaries(text: str, hits: dict[str, list[Hit]]) -> list[Hit]:
    """The stops and post words that are no part of a longer word: not the 经 of 经济, the 同 of 大同."""
    guards = sorted([(hit.start, hit.end) for kind in _GUARDING for hit in hits[kind]])
    guards.append((len(text) + 1, 0))
    kept: list[Hit] = []
    i, reach, reach_start = 0, 0, 0  # the guard that reaches furthest of those that begin so far
    for stop in by_span([*hits["stop"], *hits["post"]]):
        start, end = stop.start, stop.end
        while guards[i][0] <= start:
            if guards[i][1] > reach:
                reach_start, reach = guards[i]
            i += 1
        if reach > end or (reach == end and reach_start < start):
            continue
        if stop.row.get("kind") != "time" or text[start - 1 : start] in _NUMBER:
            kept.append(stop)
    return kept


@cache
def scanner() -> Scanner:
    """The one scanner of this process; it is built once, from packaged data alone."""
    return Scanner()
