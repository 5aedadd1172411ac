"""Ids that are unique in a run, whatever reader gives them."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b

import msgspec

from ..records import Failure, RawDocument


def unique(documents: Iterable[RawDocument | Failure]) -> Iterator[RawDocument | Failure]:
    """The documents; an id met again gets `~2`, `~3` …"""
    seen = Seen()
    again: Counter[str] = Counter()
    for item in documents:
        name = item.id
        while not seen.add(name):
            again[item.id] += 1
            name = f"{item.id}~{again[item.id] + 1}"
        yield item if name == item.id else msgspec.structs.replace(item, id=name)


class Seen:
    """A set of strings that keeps 8 bytes of digest each, in a table with open addressing: 12 to 24 bytes a string, where
    a set of Python's takes 150. Two of 100 million strings share a digest with a chance of 1 in 4,000; one of them would
    get a `~2` that it does not need, in every run alike."""

    def __init__(self) -> None:
        self._slots = array("Q", [0]) * 1024
        self._count = 0

    def add(self, name: str) -> bool:
        """Whether it is new."""
        digest = int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()) or 1
        place = _place(self._slots, digest)
        if self._slots[place]:
            return False
        self._slots[place] = digest
        self._count += 1
        if 3 * self._count > 2 * len(self._slots):
            self._grow()
        return True

    def _grow(self) -> None:
        slots = array("Q", [0]) * (2 * len(self._slots))
        for digest in self._slots:
            if digest:
                slots[_place(slots, digest)] = digest
        self._slots = slots


def _place(slots: "array[int]", digest: int) -> int:
    """Where a digest is, or the empty slot where it belongs."""
    mask = len(slots) - 1
    place = digest & mask
    while slots[place] and slots[place] != digest:
        place = (place + 1) & mask
    return place
