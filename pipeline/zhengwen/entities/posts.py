"""Posts: 省委副书记, 管委会主任, 党组书记 — the post word with its ranks and organs, and the organisation it belongs to."""

from typing import Final

import regex

from ..lexicon import column
from .hits import Hit, last_ending
from .spans import Mention, SpanSet, longest
from .words import WordsAt, WordsBefore, is_han, is_word, parts

_before: Final = WordsBefore(column("post_parts", "word"))
_MAX_PARTS: Final = 4
_PARTY: Final = WordsAt(column("post_parts", "word", part="party"))
_PLACED_GOVERNMENT: Final = frozenset(["省长", "市长", "县长", "区长", "州长", "盟长", "旗长", "镇长", "乡长"])
# A place that no list has, between a boundary and a Party organ: 江州|市委书记.
_UNLISTED: Final = regex.compile(r"(?r)(?<![^，。、；：“”（）《》\s])(?:中共)?(\p{Han}{2,3})")
_RANKS: Final = regex.compile(r"^(?:\L<ranks>)+", ranks=column("post_parts", "word", part="rank"))
_workplace: Final = WordsBefore(["公司", "企业", "集团", "厂", "合作社", "银行", "酒店", "车间"])
_MAX_UNIT: Final = 5
"""Characters between such a word and the post word: 公司|信息技术部|主管."""
_BODY_AFTER: Final = ("会", "团", "制", "令", "库", "组")
"""What makes a body or a thing of the post word before it: 常委|会, 主席|团."""
_LEVEL: Final = frozenset("省市县区州盟旗镇乡")
_STATE: Final = ("部", "委", "厅", "局", "署", "政府", "委员会", "法院", "检察院", "海关")
_MAX_FIELD: Final = 12
"""Characters between an employer and the post word: 海外健康营养事业部."""
_INSTITUTIONS = column("institutions", "word")


class Post:
    """One office in a title. `start` is where its title begins, with the organisation (`organisation`, if it has one).

    private: of a company or an institution, so that it is no office of the state. place: the one that opens the title; a
    head of government later in the same stack is its head. bare: the post word alone, without ranks or organs.
    """

    def __init__(
        self,
        hit: Hit,
        sphere: str,
        start: int,
        post_start: int,
        organisation: str | None,
        private: bool = False,
        place: str | None = None,
    ):
        self.start = start
        self.post_start = post_start
        self.end = hit.end
        self.sphere = sphere
        self.after = hit.row["place"] == "after"
        self.organisation = organisation
        self.private = private
        self.place = place
        self.bare = post_start == hit.start

    def text(self, text: str) -> str:
        return text[self.post_start : self.end]


def title_start(text: str, post: Hit) -> int:
    """Where the title begins that a post word ends, with its ranks and organs but without an organisation's name."""
    start = post.start
    if post.row["sphere"] != "group":
        for _ in range(_MAX_PARTS):
            part_start = _before.start(text, start)
            if part_start == start:
                break
            start = part_start
    return start


def find_posts(text: str, hits: dict[str, list[Hit]], readings: list[Mention]) -> list[Post]:
    """Every post in the text, in order, with the organisation written directly before it."""
    body_at: dict[int, Mention] = {}  # the longest that ends there, of two alike the first by label and rule
    for reading in readings:
        other = body_at.get(reading.end)
        if not reading.nominal and (other is None or _rank(reading) < _rank(other)):
            body_at[reading.end] = reading
    nominal_at = {mention.end: mention for mention in readings if mention.nominal}
    bodies = longest(readings)
    places = hits["place"]
    inside = SpanSet([(mention.start, mention.end) for mention in bodies])
    posts: list[Post] = []
    for hit in hits["post"]:
        start = title_start(text, hit)
        i = last_ending(places, hit.start)
        if i >= 0 and places[i].end > start + 2 and places[i].start < start:
            start = places[i].end  # 凉山彝族自治州|州长
        if inside.overlaps(hit.start, hit.end) or (
            text[hit.end : hit.end + 1] in _BODY_AFTER and text[hit.end : hit.end + 2] != "令狐"
        ):
            continue
        posts.append(_with_organisation(text, hit, start, body_at, nominal_at, places))
    return posts


def _rank(reading: Mention) -> tuple[int, str, str]:
    return reading.start, reading.label, reading.by


def _with_organisation(
    text: str,
    hit: Hit,
    start: int,
    body_at: dict[int, Mention],
    nominal_at: dict[int, Mention],
    places: list[Hit],
) -> Post:
    sphere = hit.row["sphere"]
    # 云州区委|书记: the Party organ carries a place, so it is the organisation.
    party = _PARTY.longest(text, start)
    party_end = start + len(party)
    i = last_ending(places, start + 1)
    place = places[i] if i >= 0 and places[i].end >= start and places[i].start < start else None
    shares_level = place is not None and place.end == start + 1 and text[start] in _LEVEL
    if place and party and party_end <= hit.end and (place.end == start or shares_level):
        first = _chain_start(places, i)
        begin = places[first].start
        name = text[begin:party_end]
        return Post(
            hit,
            sphere,
            begin,
            party_end,
            name,
            place=text[place.start : place.end] if shares_level else _with_level(text, place, start),
        )
    if (
        party
        and text[start] in _LEVEL
        and (unlisted := _UNLISTED.match(text, max(0, start - 5), start))
        and not is_word(unlisted[1])
    ):
        name = unlisted[1] + text[start]
        return Post(hit, sphere, unlisted.start(1), party_end, unlisted[1] + party, place=name)
    if place and shares_level:  # 黄石|市县领导, 山西省|长
        group = sphere == "group"
        name = text[place.start : start] if group else text[place.start : place.end]
        return Post(hit, sphere, place.start, start, name, place=None if group else name)
    body = (
        body_at.get(start)
        or (text[start] in _LEVEL and body_at.get(start + 1))
        or _body_over(body_at, start, hit.start)
    )
    if body:
        if sphere == "company" and body.label == "ORG" and text.endswith(_STATE, body.start, body.end):
            sphere = "state"  # 工业和信息化部|总工程师
        post_start = max(body.end, start)
        return Post(hit, sphere, body.start, post_start, text[body.start : body.end], private=_is_private(body, text))
    if place and place.end == start:
        first = _chain_start(places, i)
        name = text[places[first].start : place.end]
        return Post(hit, sphere, places[first].start, start, name, place=name)
    if sphere in ("company", "any") and (body := _employer(text, body_at, start)):  # 某期货公司|油料|分析师
        return Post(hit, sphere, body.start, body.end, text[body.start : body.end], private=_is_private(body, text))
    if nominal := nominal_at.get(start):
        return Post(hit, sphere, nominal.start, start, text[nominal.start : nominal.end])
    return Post(hit, sphere, start, start, None, private=_in_company(text, start))


def _in_company(text: str, start: int) -> bool:
    """Whether a word for a company stands before the post, which may open the next line."""
    end = start - 1 if text[start - 1 : start] == "\n" else start
    edge = max(0, end - _MAX_UNIT)
    while _workplace.start(text, end) == end:
        if end == edge or not is_han(text[end - 1]):
            return False
        end -= 1
    return True


def _employer(text: str, body_at: dict[int, Mention], start: int) -> Mention | None:
    """The company or institution whose name words of a field or a department separate from the post."""
    for end in range(start - 2, max(0, start - _MAX_FIELD) - 1, -1):
        body = body_at.get(end)
        if body and _is_private(body, text):
            field = text[end:start]
            return body if field.isalnum() and all(part.word_class not in ("v", "d") for part in parts(field)) else None
    return None


def _is_private(body: Mention, text: str) -> bool:
    return body.label == "COMPANY" or text.endswith(_INSTITUTIONS, body.start, body.end)


def _body_over(body_at: dict[int, Mention], start: int, end: int) -> Mention | None:
    """A body that ends inside the parts of the post: 阳新县纪委|书记 where 纪委 was read as a part."""
    for position in range(end, start, -1):
        body = body_at.get(position)
        if body and (body.start < start or (body.start == start and body.by == "lexicon:organs")):
            return body  # 阳新县纪委|书记, 中央军委|主席
    return None


def _chain_start(places: list[Hit], i: int) -> int:
    """The first of the places that follow each other without a gap up to the i-th: 山西省|太原市."""
    while i > 0 and places[i - 1].end == places[i].start:
        i -= 1
    return i


def _with_level(text: str, place: Hit, start: int) -> str:
    """黄石|市委 → 黄石市, 内蒙古自治区|党委 → 内蒙古自治区."""
    name = text[place.start : place.end]
    return name + text[start] if text[start] in _LEVEL else name


def inherited(post: Post, earlier: Post, text: str) -> str | None:
    """The organisation that a post takes from the one before it in its stack (黄石市委副书记、市长 → 黄石市)."""
    word = post.text(text)
    if earlier.place and _RANKS.sub("", word) in _PLACED_GOVERNMENT:
        return earlier.place
    return earlier.organisation
