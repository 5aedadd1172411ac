"""Names of persons: how long a name is that begins at a position, and where in a text names begin.

A name is a surname and one or two characters (王建群, 李默, 欧阳修), with a gap when the page sets it so (李 明), or parts
joined by · (foreign and ethnic names). Of two possible lengths the one wins after which a sentence can go on.
"""

from typing import Final

import regex

from ..lexicon import column, table
from .words import WordsAt, is_han, is_unusual, is_word, word_class

_PREPOSITIONS: Final = frozenset(column("stops", "word", kind="preposition"))
_SURNAMES: Final = {
    row["surname"]: row["rank"]
    for row in table("surnames", "corpus/gazetteers")
    if row["rank"] != "risky" or row["surname"] not in _PREPOSITIONS  # 从, 由: hardly ever a name in news
}
_ALL_SURNAMES: Final = frozenset(row["surname"] for row in table("surnames", "corpus/gazetteers"))
_NEVER: Final = frozenset(column("names", "word", kind="never"))
_SELDOM: Final = frozenset(column("names", "word", kind="seldom"))
_follows: Final = WordsAt([*column("names", "word", kind="after"), *column("names", "word", kind="speech")])
_no_name_at: Final = WordsAt(
    [
        *(word for word in (*column("stops", "word"), *column("names", "word", kind="speech")) if len(word) > 1),
        *column("names", "word", kind="no_name"),
    ]
)
_long_follows: Final = WordsAt(
    word
    for word in (
        *column("names", "word", kind="after"),
        *column("names", "word", kind="speech"),
        *column("stops", "word", kind="verb"),
    )
    if len(word) > 1
)
_doctrine_at: Final = WordsAt(column("names", "word", kind="not_before"))
_BOUNDARY: Final = frozenset("，。；：、！？“”‘’（）()《》—… 　\n\t")


_LEADING: Final = frozenset("在和与对是由受向以见让请据")
_LEADS_TO: Final = frozenset(["v", "d", "a", "x"])
_DOTTED: Final = regex.compile(r"\p{Han}{1,8}(?:[·•]\p{Han}{1,8}){1,4}")
_GAP: Final = regex.compile(r"(\p{Han})[ 　]{1,4}(\p{Han})")
_ITEM: Final = regex.compile(
    r"\p{Han}{2,4}(?=[、，。；（(等]|和\p{Han}{2,3}[，。等])|\p{Han}[ 　]{1,4}\p{Han}(?=[、，。；（(等]|和\p{Han})"
)
_SPACES: Final = frozenset(" 　")
_LATIN: Final = regex.compile(r"[A-Z][a-z]+(?:[ ·-][A-Z][a-z]*\.?){0,2}[ ·-][A-Z][a-z]+(?![A-Za-z])")
_MAX_FREE: Final = 6


_LEADS_ON: Final = frozenset(["v", "d"])
"""Classes of everyday words that follow a name: 应邀, 带头."""


def is_surname(text: str) -> bool:
    return text in _SURNAMES


def has_surname(text: str, start: int, end: int, common: bool = False) -> bool:
    """Whether the name opens with a Chinese surname, or has parts as foreign names have them."""
    rank = _SURNAMES.get(text[start : start + 1]) or _SURNAMES.get(text[start : start + 2], "")
    return rank == "common" if common else bool(rank) or "·" in text[start:end]


def is_name(text: str) -> bool:
    """Whether a whole word, signed or listed, can be a name."""
    plain = text.replace(" ", "").replace("\u3000", "")
    return (plain[0] in _ALL_SURNAMES or plain[:2] in _ALL_SURNAMES or is_unusual(plain)) and not is_word(plain)


def doctrine_follows(text: str, end: int) -> bool:
    """Whether a name ending here is part of a doctrine's: 习近平新时代…思想."""
    return _doctrine_at(text, end)


def name_at(text: str, start: int, strict: bool = False) -> int | None:
    """The end of the name that begins at `start`, or None.

    strict: a sentence must visibly go on after the name (list items, names without a title).
    """
    gap = _GAP.match(text, start) if text[start + 1 : start + 2] in _SPACES else None
    if gap is None and _no_name_at(text, start):
        return None
    ahead = text[start + 1 : start + 9]
    if ("·" in ahead or "•" in ahead) and (dotted := _DOTTED.match(text, start)):
        return _trim_dotted(text, start, dotted.end())
    if text[start : start + 2] in _SURNAMES and len(text[start : start + 2]) == 2:
        ends = [start + 4, start + 3]
    elif text[start : start + 1] in _SURNAMES:
        if gap and gap[2] not in _NEVER and _begins(text, gap.end()):
            return gap.end()
        ends = [start + 3, start + 2]
    else:
        return _free_name(text, start)
    possible = [end for end in ends if end <= len(text) and _given(text, end - (1 if end == ends[1] else 2), end)]
    if len(possible) == 2 and not _stops(text, possible[0]) and _long_follows(text, possible[1]):
        possible.reverse()  # 孙明|认为, where 为 could follow 孙明认
    for end in possible:
        if goes_on(text, end) and (
            _SELDOM.isdisjoint(text[start + 1 : end]) or _stops(text, end) or _long_follows(text, end)
        ):
            return end
    if free := _free_name(text, start):
        return free
    possible = [end for end in possible if _SELDOM.isdisjoint(text[start + 1 : end])]
    if strict or not possible:
        return None
    return possible[0] if _SURNAMES.get(text[start : start + 1]) != "risky" else None


def _free_name(text: str, start: int) -> int | None:
    """The end of a name without a Chinese surname (泽仁多吉, 考克斯): no everyday word in it, and the sentence goes on."""
    if text[start : start + 1].isascii() and (latin := _LATIN.match(text, start)):
        return latin.end()
    for end in range(start + 1, min(start + _MAX_FREE, len(text)) + 1):
        last = text[end - 1]
        if not is_han(last) or last in _NEVER or last in _SELDOM:
            return None
        if end > start + 1 and goes_on(text, end) and not is_word(text[end - 1 : end + 1]):
            return end if end - start < 6 and is_unusual(text[start:end]) else None
    return None


def listed_name_at(text: str, start: int) -> int | None:
    """The end of a name between the separators of a list, where a name needs no other sign: 、周和平、."""
    item = _ITEM.match(text, start)
    if not item:
        return None
    return item.end() if is_name(item[0]) else None


def goes_on(text: str, end: int) -> bool:
    """Whether a sentence can go on at `end` after a name: no Chinese character, or a word that follows names."""
    return (
        end >= len(text)
        or not is_han(text[end])
        or _follows(text, end)
        or _long_follows(text, end)
        or word_class(text[end : end + 2]) in _LEADS_ON
    )


def _begins(text: str, start: int) -> bool:
    """Whether an everyday word or a new clause begins at `start`, so that a name with a gap ends there."""
    return goes_on(text, start) or bool(word_class(text[start : start + 2]))


def _stops(text: str, end: int) -> bool:
    """Whether a name visibly ends here, so that it may hold characters that few names hold (段会川，)."""
    return end >= len(text) or text[end] in "等说" or not is_han(text[end])


def _given(text: str, start: int, end: int) -> bool:
    for i in range(start, end):
        character = text[i]
        if not is_han(character):
            return False
        if character in _NEVER and not (
            character == "和" and i < end - 1 and _SURNAMES.get(text[start - 1], "") == "common"
        ):
            return False
    return True


def fits(text: str, start: int, end: int) -> bool:
    """Whether a stretch can be a name by its surname and characters, whatever follows."""
    if text[start : start + 2] in _SURNAMES and end - start > 2:
        return _given(text, start + 2, end) and end - start <= 4
    known = _SURNAMES.get(text[start : start + 1], "risky") != "risky" and text[start:end] not in _SURNAMES
    plain = _SELDOM.isdisjoint(text[start + 1 : end]) and not _no_name_at(text, start)
    return known and plain and 2 <= end - start <= 3 and _given(text, start + 1, end)


def _trim_dotted(text: str, start: int, end: int) -> int:
    """The last part of a dotted name runs on into the sentence: cut it where a following word begins."""
    last = max(text.rfind("·", start, end), text.rfind("•", start, end)) + 1
    for cut in range(last + 1, end):
        if _follows(text, cut) or word_class(text[cut : cut + 2]) in _LEADS_ON:
            return cut
    return end


def bounded(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in _BOUNDARY


def starts_free(text: str, start: int) -> bool:
    """Whether a name can begin at `start`: at a boundary, behind a function word or a verb (体悟|习近平总书记)."""
    return bounded(text, start) or text[start - 1] in _LEADING or word_class(text[start - 2 : start]) in _LEADS_TO
