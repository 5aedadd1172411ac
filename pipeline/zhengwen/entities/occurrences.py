"""Where an article's own names stand in its text."""

from typing import Final

import ahocorasick_rs

_FEW: Final = 40
"""Names that are searched for one by one in less time than it takes to build an automaton, and to run it."""


def occurrences(names: list[str], text: str) -> list[tuple[int, int, int]]:
    """(index, start, end) of an article's own names in its text: leftmost, then longest."""
    if len(names) <= _FEW:
        return _searched(names, text)
    automaton = ahocorasick_rs.AhoCorasick(
        names,
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        store_patterns=False,
        implementation=ahocorasick_rs.Implementation.NoncontiguousNFA,
    )
    found: list[tuple[int, int, int]] = automaton.find_matches_as_indexes(text)
    return found


def _searched(names: list[str], text: str) -> list[tuple[int, int, int]]:
    places: list[tuple[int, int, int]] = []  # the longest of one start first
    for i, name in enumerate(names):
        start = text.find(name)
        while start >= 0:
            places.append((start, -len(name), i))
            start = text.find(name, start + 1)
    places.sort()
    found: list[tuple[int, int, int]] = []
    reach = 0
    for start, less, i in places:
        if start >= reach:
            reach = start - less
            found.append((i, start, reach))
    return found
