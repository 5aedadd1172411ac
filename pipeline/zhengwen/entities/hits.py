"""Hits: where the words of the lexicons stand in a text. Lists of them are in order, and are searched by position."""

from typing import Final

from ..lexicon import Row


class Hit:
    """Where a word stands, and its lexicon row; `kind`, if the row has one, lies at hand."""

    def __init__(self, start: int, end: int, row: Row, kind: str):
        self.start = start
        self.end = end
        self.row = row
        self.kind = kind


def first_from(hits: list[Hit], position: int) -> int:
    """The index of the first of the hits, which are in order, that begins at a position or behind it."""
    low, high = 0, len(hits)
    while low < high:
        middle = (low + high) >> 1
        if hits[middle].start < position:
            low = middle + 1
        else:
            high = middle
    return low


def last_ending(hits: list[Hit], position: int) -> int:
    """The index of the last of the hits, which are in order, that ends at a position or before it, or -1."""
    low, high = 0, len(hits)
    while low < high:
        middle = (low + high) >> 1
        if hits[middle].end <= position:
            low = middle + 1
        else:
            high = middle
    return low - 1


def merged(hits: list[Hit], others: list[Hit]) -> list[Hit]:
    """The hits of two lists in order, by start, then end; of one span that of the first list comes first."""
    both: list[Hit] = []
    i = 0
    for other in others:
        start, end = other.start, other.end
        while i < len(hits) and (hits[i].start < start or (hits[i].start == start and hits[i].end <= end)):
            both.append(hits[i])
            i += 1
        both.append(other)
    both.extend(hits[i:])
    return both


_GUARDING: Final = ("place", "protected", "zone", "company", "organ", "body")
_NUMBER: Final = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十〇零今明去昨当近本次每")


def boundaries(text: str, hits: dict[str, list[Hit]]) -> list[Hit]:
    """The stops and post words that are no part of a longer word: not the 经 of 经济, the 同 of 大同."""
    guards = [(hit.start, hit.end) for kind in _GUARDING for hit in hits[kind] if hit.end - hit.start > 1]
    guards.sort()
    guards.append((len(text) + 1, 0))
    kept: list[Hit] = []
    i, reach, reach_start = 0, 0, 0  # the guard that reaches furthest of those that begin so far
    next_start = guards[0][0]
    for stop in merged(hits["stop"], hits["post"]):
        start, end = stop.start, stop.end
        while next_start <= start:
            if guards[i][1] > reach:
                reach_start, reach = guards[i]
            i += 1
            next_start = guards[i][0]
        if reach > end or (reach == end and reach_start < start):
            continue
        if stop.kind != "time" or text[start - 1 : start] in _NUMBER:
            kept.append(stop)
    return kept
