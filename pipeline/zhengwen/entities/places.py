"""Places: names of the gazetteers, and towns, villages, waters and roads by their last words.

A place before 人 belongs to a people: 美国|人.
"""

from functools import cache
from typing import Final

import regex

from ..lexicon import column, pairs
from .hits import Hit, merged
from .spans import Mention, SpanSet
from .words import WordsAt, is_han, is_unusual, is_word, name_start, run_start

_PEOPLE: Final = regex.compile(r"人(?![口士才社大均民造工力员行类文物数质])")
_ROAD: Final = regex.compile(r"[GSX]?\d{1,3}(?![\d年月日.万亿条个座公里米处%])")
_NUMBERED: Final = regex.compile(r"(?r)[GSX]?\d{2,4}")
_EDGE: Final = regex.compile(r"(?r)[^\p{Han}A-Za-z0-9·]|^|\L<words>", words=column("stops", "word", kind="preposition"))
_goes_on: Final = WordsAt(["域", "级", "委", "长", "政", "人大", "人民", "公安"])
_of_village: Final = WordsAt(["村办", "乡村", "村民", "村寨", "村支", "村落"])
"""What makes a class of the last word (县域, 镇级) or the beginning of a body (村委会, 县政府)."""


@cache
def _towns() -> frozenset[str]:
    return frozenset(name for _, name in pairs("towns", "corpus/gazetteers"))


def add_towns(text: str, hits: dict[str, list[Hit]]) -> None:
    """Take the towns of the gazetteer among the places, so that bodies and titles open with them, too: 富池镇|政府.

    They are looked up from their last word: 38,000 names would make most of the automaton."""
    lasts = [last for last in hits["geography"] if last.row["word"] in _TOWN_WORDS]
    if not lasts:
        return
    known = SpanSet([(place.start, place.end) for place in hits["place"]])
    names = _towns()
    towns: list[Hit] = []
    end = 0
    for last in lasts:
        if not known.overlaps(last.end - 1, last.end):
            for start in range(run_start(text, max(end, last.start - 6), last.start), last.start):
                name = text[start : last.end]
                if name in names and not is_word(text[start - 1 : start + 1]) and not is_word(name):
                    end = last.end
                    towns.append(Hit(start, end, {"name": name, "kind": "town"}, "town"))
                    break
    if towns:
        held = SpanSet([(town.start, town.end) for town in towns])
        kept = [place for place in hits["place"] if not held.overlaps(place.start, place.end)]
        hits["place"] = merged(kept, towns)


def of_people(text: str, end: int) -> bool:
    """Whether a place that ends here belongs to a people: 美国|人."""
    return text.startswith("人", end) and _PEOPLE.match(text, end) is not None


def find_places(text: str, hits: dict[str, list[Hit]]) -> list[Mention]:
    """Places by name, by neighbour and by last word; those that merely open a title are for the caller to leave out."""
    known = SpanSet([(place.start, place.end) for place in hits["place"]])
    start_at = {place.end: place.start for place in hits["place"]}
    ends = {place.end for place in hits["place"]}
    found: list[Mention] = []
    for place in hits["place"]:
        start, end = place.start, place.end
        if place.kind == "direction" and (start in ends or text[start - 1 : start] in _LEVELS):
            continue  # 菲律宾|中部
        if of_people(text, end):
            continue
        short = place.row.get("short")
        if short and short != text[start:end] and is_word(text[end - 1 : end + 1]):
            end -= 1  # 阳新|县域, 北京|市民
        elif place.kind == "region" and text.startswith("地区", end):
            end += 2
        elif text[end : end + 1] in _OLD_LEVELS and short == text[start:end] and not is_word(text[end : end + 2]):
            end += 1  # 长垣|县发展, where the list has 长垣市
            ends.add(end)
        by = "lexicon:towns" if place.kind == "town" else "lexicon:places"
        found.append(Mention(start, end, "PLACE", by))
    found.extend(_by_neighbour(text, hits, ends))
    for phrase in hits["abbreviation"]:
        start = phrase.end - 1
        if not known.overlaps(phrase.start, phrase.end) and not is_word(text[start : start + 2]):
            found.append(Mention(start, phrase.end, "PLACE", "lexicon:abbreviations", full=phrase.row["means"]))
    found.extend(_headed(text, ends))
    for last in hits["geography"]:
        if known.overlaps(last.end - 1, last.end) or _goes_on(text, last.end) or _of_village(text, last.end - 1):
            continue
        begin = start_at.get(last.start) if last.row["open"] == "join" else None
        begin = _name_before(text, last, ends) if begin is None else begin
        if last.row["name"] == "0" and (number := _ROAD.match(text, last.end)):
            found.append(Mention(last.start, number.end(), "PLACE", "rule:geography"))  # 国道|319
        elif begin is not None:
            ends.add(last.end)
            by = "rule:town" if last.row["word"] in _TOWN_WORDS else "rule:geography"
            found.append(Mention(begin, last.end, "PLACE", by))
    return found


_TOWN_WORDS: Final = frozenset(["镇", "乡", "街道", "苏木"])
_SHORT_NAMED: Final = _TOWN_WORDS | {"村"}
_HEAD: Final = regex.compile(
    r"等(?:\d+个|[两三四五六七八九十]个)?(?:乡镇|镇村|街道|村|镇|乡|县市|县区|县|市|省份|省|地区|国家|地)(?![级域委长场领直里民属内外管政府机主])"
)
_ITEM: Final = regex.compile(r"(?r)(?<![\p{Han}])\p{Han}{2,4}|(?<=[在如]|散落在)\p{Han}{2,3}")
_OLD_LEVELS: Final = frozenset(["县", "市", "州", "旗"])
_LEVELS: Final = frozenset("省市县区州盟旗镇乡村路街")
_JOINTS: Final = frozenset("、和与")
_FUNCTION: Final = frozenset("至由经兼的了着在和与及等于为以从到对把被让使有是这那其各每该某")


def _headed(text: str, ends: set[int]) -> list[Mention]:
    """The items of lists that are summed up as places: 樊相、丁栾等乡镇."""
    found: list[Mention] = []
    for head in _HEAD.finditer(text):
        end = head.start()
        while end > 0 and end not in ends:
            item = _ITEM.match(text, max(0, end - 5), end)
            if not item or not is_unusual(item[0]):
                break
            start = item.start()
            if text[start - 1] != "、" and not _EDGE.match(text, max(0, start - 3), start):
                break
            ends.add(end)
            found.append(Mention(start, end, "PLACE", "rule:place-list"))
            if text[start - 1] != "、":
                break
            end = start - 1
    return found


def _by_neighbour(text: str, hits: dict[str, list[Hit]], ends: set[int]) -> list[Mention]:
    """Short names of divisions that are words elsewhere: behind a larger place or beside another one (恩平、|台山)."""
    found: list[Mention] = []
    if not hits["weak"]:
        return found
    starts = {place.start for place in hits["place"]}
    code_at = {place.end: place.row.get("code", "") for place in hits["place"]}
    weak_ends = {weak.end: weak.start for weak in hits["weak"]}
    couples = {
        span
        for weak in hits["weak"]
        if text[weak.start - 1 : weak.start] == "、" and weak.start - 1 in weak_ends
        for span in ((weak.start, weak.end), (weak_ends[weak.start - 1], weak.start - 1))
    }
    for pass_ in (hits["weak"], list(reversed(hits["weak"]))):
        for weak in pass_:
            start, end = weak.start, weak.end
            if end in ends or start in starts or is_word(text[end - 1 : end + 1]):
                continue
            listed = (text[start - 1 : start] in _JOINTS and start - 1 in ends) or (
                text[end : end + 1] in _JOINTS and end + 1 in starts
            )
            listed = listed or (start, end) in couples
            larger = _prefix(code_at.get(start, ""))
            inside = larger and weak.row["code"].startswith(larger) and text[end : end + 1] not in _LEVELS
            if listed or inside:
                ends.add(end)
                starts.add(start)
                found.append(Mention(start, end, "PLACE", "rule:place-neighbour"))
    return found


def _prefix(code: str) -> str:
    """The digits that the codes within a province or city share."""
    return code[:2] if code.endswith("0000") else code[:4]


def _name_before(text: str, last: Hit, ends: set[int]) -> int | None:
    """Where the name that `last` ends begins, or None if no name stands before it."""
    longest, how = int(last.row["name"]), last.row["open"]
    if longest == 0:
        numbered = _NUMBERED.match(text, max(0, last.start - 5), last.start)
        return numbered.start() if numbered else None
    if len(last.row["word"]) == 1 and is_word(text[last.start - 1 : last.end]):
        return None  # 铁|路, 乡|村
    if last.row["word"] in _TOWN_WORDS and text[last.start - 1] in "大小名重强":
        return None  # 粮蔗|大镇
    for size in range(1, longest + 1):
        start = last.start - size
        if start < 0 or not is_han(text[start]) or text[start] in _FUNCTION:
            return None
        behind_place = start in ends or (text[start - 1 : start] == "、" and start - 1 in ends)
        if (
            behind_place
            and (size > 1 or last.row["word"] in _SHORT_NAMED)
            and not is_word(text[start : last.end])
            and not (size > 1 and is_word(text[start : last.start]))
        ):
            return start
        if how != "place" and size > 1 and _EDGE.match(text, max(0, start - 3), start):
            name = text[start : last.start]
            if any(end in ends for end in range(start + 1, last.start)):
                return None  # 太原|北湖
            return start if name_start(name) == 0 and not is_word(text[start : last.end]) else None
    return None
