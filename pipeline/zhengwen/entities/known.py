"""Known names of companies in a text, and how far each can be believed: 国美 also lies in 中国|美术, 大发 in 大发|展."""

from typing import Final

from .hits import Hit, first_from
from .words import is_han, is_word

_FUNCTION: Final = frozenset("第的了着在和与及等于为以从到对把被让使有是这那其各每该将也都还又就则称说宣首新前原副")
_DOTS: Final = frozenset("·•")
_PLACE_LAST: Final = frozenset("村镇乡县市区州路街山河湖岛")
_FOLLOWING: Final = ("place", "company", "trade", "body", "context", "post")
"""Classes of words that can follow a name."""


class Known:
    """Names of the gazetteers in a text: `certain` ones, and `doubtful` ones that need a company's context."""

    def __init__(self) -> None:
        self.certain: list[Hit] = []
        self.doubtful: list[Hit] = []


def known_companies(text: str, hits: dict[str, list[Hit]], stops: list[Hit]) -> Known:
    known = Known()
    for hit in hits["company"]:
        start, end = hit.start, hit.end
        if text[end : end + 1] in _PLACE_LAST or _straddled(text, start, end) or _in_place(start, end, hits["place"]):
            continue
        free = end - start > 3 or (
            _follows_freely(text, hits, stops, start) and _goes_on_freely(text, hits, stops, end)
        )
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


def _ends(hits: dict[str, list[Hit]], stops: list[Hit], position: int) -> bool:
    """Whether a place or a stop ends there."""
    if _ending(hits["place"], position):
        return True
    for kind in ("stop", "post"):
        stop = _ending(hits[kind], position)
        if stop is not None:
            i = first_from(stops, stop.start)
            while i < len(stops) and stops[i].start == stop.start:
                if stops[i] is stop:
                    return True
                i += 1
    return False


def _ending(hits: list[Hit], position: int) -> Hit | None:
    i = first_from(hits, position) - 1
    return hits[i] if i >= 0 and hits[i].end == position else None


def _begins(hits: dict[str, list[Hit]], stops: list[Hit], position: int) -> bool:
    """Whether a word begins there that can follow a name."""
    return _beginning(stops, position) or any(_beginning(hits[kind], position) for kind in _FOLLOWING)


def _beginning(hits: list[Hit], position: int) -> bool:
    i = first_from(hits, position)
    return i < len(hits) and hits[i].start == position


def _in_place(start: int, end: int, places: list[Hit]) -> bool:
    """Whether the name lies in a place's, or runs into it: 乌兰|浩特."""
    i = first_from(places, start)
    if i and places[i - 1].end > start:
        i -= 1
    return i < len(places) and places[i].start < end and (places[i].start < start or places[i].end > end)


def _straddled(text: str, start: int, end: int) -> bool:
    """Whether everyday words lie across both edges (中国|美术 holds 国美), or a long one across the end (银行|业)."""
    across = start > 0 and is_word(text[start - 1 : start + 1]) and is_word(text[end - 1 : end + 1])
    return across or (end < len(text) and is_word(text[end - 2 : end + 1]))


def _follows_freely(text: str, hits: dict[str, list[Hit]], stops: list[Hit], start: int) -> bool:
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
        or _ends(hits, stops, start)
    )


def _goes_on_freely(text: str, hits: dict[str, list[Hit]], stops: list[Hit], end: int) -> bool:
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
        or _begins(hits, stops, end)
    )
