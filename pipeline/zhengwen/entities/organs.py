"""Known organs and congresses: 国务院, 第十四届|全国人大常委会, 十四届|全国人大一次会议主席团; and what only looks like one.

A session (全国人大一次会议, 市委经济工作会议) and a title in 《》 are no entities: they are mentions labelled EVENT, so that
nothing is found inside them.
"""

from typing import Final

import regex

from ..lexicon import table
from .hits import Hit
from .spans import EVENT, Mention

_NUMBER = "[一二三四五六七八九十]"
_SESSION: Final = regex.compile(rf"{_NUMBER}+(?:届{_NUMBER}+)?次(?:全体)?(?:会议|全会)(?!主席团)")
_PRESIDIUM: Final = regex.compile(rf"(?:第?{_NUMBER}+届)?(?:人民代表大会)?第?{_NUMBER}+次(?:全体)?会议主席团")
_OWN_PRESIDIUM: Final = regex.compile(rf"(?r)第?{_NUMBER}+届(?:人民代表大会|人大|政协)(?:第?{_NUMBER}+)次会议主席团")
_MEETING: Final = regex.compile(
    r"(?:[、和](?:省委|市委|县委|区委|省政府|市政府|县政府|区政府))*"
    rf"(?:全会|全体|(?:常务|专题|党组|扩大|工作)?会议|经济工作会|{_NUMBER}+届|常委(?!会)|委员|机关报|大院|大楼|候补)"
)
_TERM: Final = regex.compile(rf"(?r)(?<![、届])第?{_NUMBER}{{1,3}}届")
_TITLE: Final = regex.compile(r"《[^《》\n]{1,60}》")
_MEDIUM: Final = regex.compile(r"\p{Han}{1,10}(?:报|周刊|杂志|新闻|时报|月刊|网|评论|学习|求是|瞭望)")
_CONTINUATIONS: Final = {row["last"]: frozenset(row["next"]) for row in table("continuations")}
_LEADER: Final = frozenset("长")
_NUMBERS: Final = frozenset("一二三四五六七八九十")
_OPENS_PRESIDIUM: Final = _NUMBERS | {"第", "人"}


def goes_on(text: str, end: int) -> bool:
    """Whether the last character before `end` belongs to a longer word: 局|势, 局|长."""
    return text[end : end + 1] in _CONTINUATIONS.get(text[end - 1], _LEADER)


def known_organs(text: str, hits: dict[str, list[Hit]]) -> list[Mention]:
    found: list[Mention] = []
    if not hits["organ"]:
        return found
    divisions = {place.end: place.start for place in hits["place"] if "code" in place.row}
    for organ in hits["organ"]:
        start, end = organ.start, organ.end
        if goes_on(text, end):
            continue
        if text[end - 1] in "大协委" and session_follows(text, end):
            found.append(Mention(start, end, EVENT, "rule:session"))
        elif text[end - 1] in "院馆" and start in divisions:
            found.append(Mention(divisions[start], end, "ORG", "rule:org-place"))  # 北京|故宫博物院
        else:
            found.append(Mention(with_prefix(text, start), presidium_end(text, end), "ORG", "lexicon:organs"))
    return found


def presidia(text: str, hits: dict[str, list[Hit]]) -> list[Mention]:
    """太原市|第十五届人民代表大会第一次会议主席团, whose words are boundaries elsewhere."""
    found: list[Mention] = []
    end = text.find("主席团")
    starts = {place.end: place.start for place in hits["place"]} if end >= 0 else {}
    while end >= 0:
        end += len("主席团")
        session = _OWN_PRESIDIUM.match(text, max(0, end - 40), end)
        if session and session.start() in starts:
            found.append(Mention(starts[session.start()], end, "ORG", "rule:presidium"))
        end = text.find("主席团", end)
    return found


def titles(text: str) -> list[Mention]:
    """What stands in 《》 is the name of a paper, a law or a book: a medium is an organisation, the others are nothing."""
    found: list[Mention] = []
    if "《" not in text:
        return found
    for title in _TITLE.finditer(text):
        if _MEDIUM.fullmatch(text, title.start() + 1, title.end() - 1):
            found.append(Mention(title.start() + 1, title.end() - 1, "ORG", "rule:media"))
        else:
            found.append(Mention(title.start(), title.end(), EVENT, "rule:title"))
    return found


def with_prefix(text: str, start: int) -> int:
    """Take in what opens the name of an organ: 中共|阳新县委, its term in 第十四届|全国人大常委会."""
    for prefix in ("中共", "中华人民共和国"):
        if text[max(0, start - len(prefix)) : start] == prefix:
            return start - len(prefix)
    if text[start - 1 : start] != "届":
        return start
    term = _TERM.match(text, max(0, start - 6), start)
    return term.start() if term else start


def presidium_end(text: str, end: int) -> int:
    """Take in the session whose presidium a congress is named for: 全国人大|一次会议主席团."""
    presidium = _PRESIDIUM.match(text, end) if text[end : end + 1] in _OPENS_PRESIDIUM else None
    return presidium.end() if presidium else end


def session_follows(text: str, end: int) -> bool:
    return text[end : end + 1] in _NUMBERS and bool(_SESSION.match(text, end))


def meeting_follows(text: str, end: int) -> bool:
    """Whether a meeting or a member is named after the organ that ends here: 市委|经济工作会议, 市委|委员."""
    return bool(_MEETING.match(text, end))
