"""Spans: the working type of the entity rules, and how overlaps are settled."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

EVENT = "EVENT"
"""A label at work among the rules only: a meeting's or fair's name keeps others from being found inside it."""


class Mention:
    """A name found in a text, before it becomes an `Entity`. `full` is the name that this one is short for, where the article
    says so."""

    def __init__(
        self,
        start: int,
        end: int,
        label: str,
        by: str,
        nominal: bool = False,
        full: str | None = None,
        key: str | None = None,
    ):
        self.start = start
        self.end = end
        self.label = label
        self.by = by
        self.nominal = nominal
        self.full = full
        self.key = key


def in_order(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions by start, then end, then as given."""
    return sorted(mentions, key=lambda mention: (mention.start, mention.end))


def longest(mentions: Iterable[Mention]) -> list[Mention]:
    """A flat selection in text order: longer spans win, then earlier ones, then the order given."""
    kept: list[Mention] = []
    run: list[Mention] = []  # that overlap, one the next
    reach = -1
    for mention in sorted(mentions, key=lambda mention: mention.start):
        if mention.start >= reach:
            kept += _longest_of(run)
            run = []
        run.append(mention)
        reach = max(reach, mention.end)
    return kept + _longest_of(run)


def _longest_of(run: list[Mention]) -> list[Mention]:
    if len(run) < 2:
        return run
    long = run[0]
    for mention in run:
        if mention.end - mention.start > long.end - long.start:
            long = mention
    if all(mention.start < long.end and mention.end > long.start for mention in run):
        return [long]
    chosen = SpanSet()
    kept: list[Mention] = []
    for mention in sorted(run, key=lambda mention: mention.start - mention.end):
        if not chosen.overlaps(mention.start, mention.end):
            chosen.add(mention.start, mention.end)
            kept.append(mention)
    return in_order(kept)


def layered(
    found: Sequence[Sequence[Mention]],
    before: Sequence[Mention] = (),
    after: Sequence[Mention] = (),
    override: Sequence[Mention] = (),
) -> list[Mention]:
    """One flat list of what was found, groups in order of rank, and what the user's own lexicons or rules say besides:
    `before` wins over it, but not over a longer name that holds it; `after` adds only where nothing is; `override` wins.
    """
    ranked = [override, *found, after]
    if before:
        chosen = flat(ranked)
        ranked.insert(1, [name for name in before if not _held(name, chosen)])
    return flat(ranked)


def flat(ranked: Iterable[Iterable[Mention]]) -> list[Mention]:
    """One flat list: an earlier group wins over a later one, within a group the longer span."""
    chosen: list[Mention] = []
    for group in ranked:
        chosen = _filled(chosen, longest(group))
    return chosen


def _filled(chosen: list[Mention], others: list[Mention]) -> list[Mention]:
    """The chosen mentions, and of the others what overlaps none of them; both are flat and in order, and so is the list."""
    if not chosen:
        return others
    filled: list[Mention] = []
    i = 0
    for other in others:
        while i < len(chosen) and chosen[i].end <= other.start:
            filled.append(chosen[i])
            i += 1
        if i == len(chosen) or chosen[i].start >= other.end:
            filled.append(other)
    filled.extend(chosen[i:])
    return filled


def _held(name: Mention, chosen: list[Mention]) -> bool:
    """Whether a longer one of the mentions, which are in order, holds the name: 太原 in 太原市发改委."""
    i = bisect_right(chosen, name.start, key=lambda mention: mention.start) - 1
    return i >= 0 and chosen[i].end >= name.end and chosen[i].end - chosen[i].start > name.end - name.start


class SpanSet:
    """Disjoint spans, looked up in O(log n)."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()):
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = [end for _, end in ordered]

    def overlaps(self, start: int, end: int) -> bool:
        i = bisect_left(self._ends, start + 1)
        return i < len(self._starts) and self._starts[i] < end

    def add(self, start: int, end: int) -> None:
        """Add a span that overlaps none."""
        i = bisect_left(self._starts, start)
        self._starts.insert(i, start)
        self._ends.insert(i, end)


def disjoint(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that overlap made one."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept
