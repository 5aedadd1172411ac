"""Known names of companies in a text, and how far each can be believed: 国美 also lies in 中国|美术, 大发 in 大发|展."""

from bisect import bisect_right
from typing import Final

from .scan import Hit
from .words import is_han, is_word

_FUNCTION: Final = frozenset("第的了着在和与及等于为以从到对把被让使有是这那其各每该将也都还又就则称说宣首新前原副")
_DOTS: Final = frozenset("·•")
_PLACE_LAST: Final = frozenset("村镇乡县市区州路街山河湖岛")
_BEGINNING: Final = ("place", "company", "trade", "body", "context", "post")
"""Classes of words that can follow a name."""


class Known:
    """Names of the gazetteers in a text: `certain` ones, and `doubtful` ones that need a company's context."""

    def __init__(self) -> None:
        self.certain: list[Hit] = []
        self.doubtful: list[Hit] = []


def known_companies(text: str, hits: dict[str, list[Hit]], stops: list[Hit]) -> Known:
    known = Known()
    edges = _Edges(hits, stops)
    for hit in hits["company"]:
        start, end = hit.start, hit.end
        if text[end : end + 1] in _PLACE_LAST or _straddled(text, start, end) or _in_place(start, end, hits["place"]):
            continue
        free = end - start > 3 or (_follows_freely(text, start, edges) and _goes_on_freely(text, end, edges))
        if hit.row.get("ambiguous") == "yes":
            if (
                free
                and not (start > 0 and is_word(text[start - 1 : start + 1]))
                and not is_word(text[end - 1 : end + 1])
            ):
                known.doubtful.append(hit)  # not 大发|展
        elif not free:
            known.doubtful.append(hit)
        else:
            known.certain.append(hit)
    return known


class _Edges:
    """Where known words end and begin, looked for when first asked: most texts never ask."""

    def __init__(self, hits: dict[str, list[Hit]], stops: list[Hit]):
        self._hits = hits
        self._stops = stops
        self._starts: set[int] = set()
        self._ends: set[int] = set()

    def ends(self, position: int) -> bool:
        """Whether a place or a stop ends there."""
        if not self._ends:
            self._ends = {hit.end for hit in self._hits["place"]}
            self._ends.update([stop.end for stop in self._stops])
        return position in self._ends

    def begins(self, position: int) -> bool:
        """Whether a word begins there that can follow a name."""
        if not self._starts:
            self._starts = {hit.start for kind in _BEGINNING for hit in self._hits[kind]}
            self._starts.update([stop.start for stop in self._stops])
        return position in self._starts


def _in_place(start: int, end: int, places: list[Hit]) -> bool:
    """Whether the name lies in a place's, or runs into it: 乌兰|浩特."""
    i = bisect_right(places, start, key=lambda place: place.end)
    return i < len(places) and places[i].start < end and (places[i].start < start or places[i].end > end)


def _straddled(text: str, start: int, end: int) -> bool:
    """Whether everyday words lie across both edges (中国|美术 holds 国美), or a long one across the end (银行|业)."""
    across = start > 0 and is_word(text[start - 1 : start + 1]) and is_word(text[end - 1 : end + 1])
    return across or (end < len(text) and is_word(text[end - 2 : end + 1]))


def _follows_freely(text: str, start: int, edges: _Edges) -> bool:
    """Whether what stands before a short name is no part of a longer unusual word, of a person's or a foreign name:
    尼|科尔斯, 赵|旭辉."""
    before = text[start - 1 : start]
    if before in _DOTS:
        return False
    return (
        before in _FUNCTION
        or not is_han(before)
        or is_word(text[start - 2 : start])
        or is_word(text[start - 3 : start])
        or is_word(text[start - 4 : start])
        or edges.ends(start)
    )


def _goes_on_freely(text: str, end: int, edges: _Edges) -> bool:
    """Whether what stands behind a short name is no part of a longer word."""
    after = text[end : end + 1]
    if after in _DOTS:
        return False
    return (
        after in _FUNCTION
        or not is_han(after)
        or is_word(text[end : end + 2])
        or is_word(text[end : end + 3])
        or is_word(text[end : end + 4])
        or edges.begins(end)
    )
