"""Pairs gold spans with found ones, one to one: as SemEval 2013 task 9.1 asks, the same span before any overlap."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple, TypeVar

from ..records import Span

G = TypeVar("G")
P = TypeVar("P")


class Labelled(NamedTuple):
    """A span with its label."""

    start: int
    end: int
    label: str


class Alignment(NamedTuple):
    """Indices: pairs of (gold, found), gold without a partner, found without one."""

    pairs: list[tuple[int, int]]
    missed: list[int]
    spurious: list[int]


def align(gold: Sequence[Labelled], found: Sequence[Labelled]) -> Alignment:
    """Same span and label first, then the same span, then the same label and most shared characters, then any overlap."""
    pairs: list[tuple[int, int]] = []
    open_gold, open_found = list(range(len(gold))), list(range(len(found)))
    for key in (lambda one: one, lambda one: one[:2]):
        pairs += _equal(gold, found, open_gold, open_found, key)
    for same_label in (True, False):
        if open_gold and open_found:
            pairs += _overlapping(gold, found, open_gold, open_found, same_label)
    return Alignment(sorted(pairs), open_gold, open_found)


def _equal(
    gold: Sequence[Labelled],
    found: Sequence[Labelled],
    open_gold: list[int],
    open_found: list[int],
    key: Callable[[Labelled], Hashable],
) -> list[tuple[int, int]]:
    waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
    for j in reversed(open_found):
        waiting[key(found[j])].append(j)
    pairs = [(i, places.pop()) for i in open_gold if (places := waiting.get(key(gold[i])))]
    _close(pairs, open_gold, open_found)
    return pairs


def _overlapping(
    gold: Sequence[Labelled], found: Sequence[Labelled], open_gold: list[int], open_found: list[int], same_label: bool
) -> list[tuple[int, int]]:
    order = sorted(open_found, key=lambda j: found[j].start)
    starts = [found[j].start for j in order]
    longest = max(found[j].end - found[j].start for j in order)
    candidates = []
    for i in open_gold:
        start, end, label = gold[i]
        for j in order[bisect_left(starts, start - longest) : bisect_left(starts, end)]:
            shared = min(end, found[j].end) - max(start, found[j].start)
            if shared > 0 and (not same_label or found[j].label == label):
                candidates.append((-shared, i, j))
    pairs: list[tuple[int, int]] = []
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for _, i, j in sorted(candidates):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    _close(pairs, open_gold, open_found)
    return pairs


def _close(pairs: list[tuple[int, int]], open_gold: list[int], open_found: list[int]) -> None:
    if pairs:
        done_gold, done_found = {i for i, _ in pairs}, {j for _, j in pairs}
        open_gold[:] = [i for i in open_gold if i not in done_gold]
        open_found[:] = [j for j in open_found if j not in done_found]


def matched(
    gold: Sequence[G], found: Sequence[P], same: Callable[[G, P], bool]
) -> tuple[list[tuple[G, P]], list[G], list[P]]:
    """Pairs by any test, each gold with the first found one that fits: pairs, gold missed, found spurious."""
    left, pairs, missed = list(found), [], []
    for wanted in gold:
        place = next((i for i, one in enumerate(left) if same(wanted, one)), None)
        if place is None:
            missed.append(wanted)
        else:
            pairs.append((wanted, left.pop(place)))
    return pairs, missed, left


def overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
