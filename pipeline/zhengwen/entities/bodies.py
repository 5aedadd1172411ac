"""Zones, companies and organisations: from the last word of a name back to where it begins.

A name is read leftwards from its last word (开发区, 有限公司, 商务局) to a boundary: punctuation, or a word of `stops`.
If a place stands in that stretch the name opens with it. Words of kind alone (高新技术产业, 科技) make no name.
"""

from bisect import bisect_left
from collections.abc import Iterator

import regex

from ..lexicon import column
from .scan import Hit
from .spans import EVENT, Mention, last_before
from .words import is_word, name_start, parts, word_class

MAX_NAME = 32
"""Characters before the last word; the longest registered company names have some thirty in all."""
_MAX_PLACE = 8
"""Characters between the beginning of a place and a last word directly behind it."""
_MAX_GAP = 14
"""Characters between the place that opens an organisation's name and its last word."""
_MAX_UNIT = 12
"""Characters between a body and the last word of its unit, branch or part."""

_NAME_CHARACTERS = regex.compile(r"(?r)[\p{Han}A-Za-zＡ-Ｚａ-ｚ0-9·（）()\-&]*")
_KINDS = regex.compile(r"(?:\L<kinds>)*", kinds=column("kinds", "word"))
_BRACKETS = regex.compile(r"[（(][^（）()]*[）)]")
_TITLE = regex.compile(r"《[^《》\n]{1,60}》")
_MEDIUM = regex.compile(r"\p{Han}{1,10}(?:报|周刊|杂志|新闻|时报|月刊|网|评论|学习|求是|瞭望)")
_PART = regex.compile(
    r"(?:[（(][A-Z一二三四五六七八九十东西南北中]{1,2}(?:区|片区|园|期)[）)]|[（(]\p{Han}{2,10}(?:区|园)[）)]|[A-Z](?:区|片区|园)(?!域))"
)
# What makes another word of the last character: 局|势, 部|门, 厅|堂; 局|长 is a post.
_GOES_ON = {
    "局": tuple("势面部限长"),
    "部": tuple("门分署队位长件落下级"),
    "厅": tuple("堂长局级"),
    "报": tuple("道告名价送批警废"),
    "网": tuple("络点格红上购民友站"),
    "会": tuple("议长堂商谈晤"),
    "券": tuple("部业商化公"),
    "学": tuple("位生校"),
    "厂": tuple("商房家区长子址矿界"),
    "府": tuple("采购债职储性"),
    "委": tuple("员托任派屈办书"),
    "处": tuple("长于理级在"),
    "科": tuple("长技学研级员目"),
    "室": tuple("主内"),
    "司": tuple("长机法令"),
    "办": tuple("公法理事学主"),
    "行": tuple("业长间家为动"),
    "团": tuple("化军队"),
    "司": tuple("长机法令化"),
}
_SOFT = frozenset(["soft", "class"])
_CLASSES = frozenset(["class", "generic"])
_LEADER = ("长",)
_RELATIVE = frozenset("子母该本贵")
_COUNT = regex.compile(
    r"[第\d一二三四五六七八九十百千两几数多\-~—至]+[余多]?(?:个|家|笔|批|座|片|处|条|项|名|位|类|种|大)"
)
_LEVEL = frozenset("省市县区州盟旗")
_LEVELS_OWNING = frozenset("省市县")
_MEETING = regex.compile(
    r"(?:[、和](?:省委|市委|县委|区委|省政府|市政府|县政府|区政府))*(?:全会|全体|会议|工作会议|经济工作会|[一二三四五六七八九十]+届|常委(?!会)|委员|机关报|大院|大楼|候补)"
)
_ZONE_ENDS = ("区", "园", "港")
_SESSION = regex.compile(r"[一二三四五六七八九十]+(?:届[一二三四五六七八九十]+)?次(?:全体)?(?:会议|全会)(?!主席团)")
_MEDIA_AFTER = regex.compile(r"讯|消息|记者|报道|通讯员|[—-]")
_PRESIDIUM = regex.compile(
    r"(?:第?[一二三四五六七八九十]+届)?(?:人民代表大会)?第?[一二三四五六七八九十]+次(?:全体)?会议主席团"
)
_TERM = regex.compile(r"(?r)(?<![、届])第?[一二三四五六七八九十]{1,3}届")
"""The term of a congress belongs to its name: 第十四届|全国人大常委会."""
_HOSTS: dict[str, tuple[str, ...]] = {
    "unit": ("ORG",),
    "branch": ("COMPANY",),
    "part": ("ZONE",),
    "shop": ("COMPANY",),
}
_WIDE: dict[tuple[str, str], tuple[tuple[str, ...], int]] = {
    ("ORG", "anchored"): (("ORG",), _MAX_GAP),
    ("ORG", "yes"): (("ORG",), _MAX_UNIT),
    ("ZONE", "yes"): (("ZONE", "ORG"), 8),
    ("ZONE", "anchored"): (("ZONE", "ORG"), 8),
}
"""Bodies that go on with the name of another, and how many characters may lie between."""


class BodyFinder:
    def __call__(self, text: str, hits: dict[str, list[Hit]], stops: list[Hit], companies: list[Hit]) -> list[Mention]:
        """All readings, overlapping ones too; the caller settles them.

        stops: see `boundaries`. companies: known ones, which open names as places do.
        """
        found = [Mention(hit.start, hit.end, "ZONE", "lexicon:zones") for hit in hits["zone"]]
        found.extend(_organs(text, hits["organ"], hits["place"]))
        found.extend(_titles(text))
        hosts = {mention.end: mention for mention in found}
        hosts.update((hit.end, Mention(hit.start, hit.end, "COMPANY", "")) for hit in companies)
        for mention in self._by_last_word(text, hits, stops, companies, hosts):
            hosts[mention.end] = mention
            found.append(mention)
        return found

    def _by_last_word(
        self,
        text: str,
        hits: dict[str, list[Hit]],
        stops: list[Hit],
        companies: list[Hit],
        hosts: dict[int, Mention],
    ) -> Iterator[Mention]:
        stop_ends = [stop.end for stop in stops]
        hard_ends = [stop.end for stop in stops if stop.row.get("kind") not in _SOFT]
        named = sorted([*hits["place"], *companies])
        openers = sorted([*named, *hits["organ"]])  # an organ opens no company's name
        named_starts, opener_starts = [hit.start for hit in named], [hit.start for hit in openers]
        countries = {place.start: place.end for place in hits["place"] if place.row.get("kind") == "country"}
        countries |= {
            place.start: place.end for place in hits["place"] if place.row["name"][:2] in ("台湾", "香港", "澳门")
        }
        for company in companies:
            countries.pop(company.start, None)  # 沙特阿美|公司
        places = {place.start: place.end for place in hits["place"]}
        bodies = hits["body"]
        for number, body in enumerate(bodies):
            if text.startswith(_GOES_ON.get(text[body.end - 1], _LEADER), body.end):
                continue
            if body.row["word"] == "公司" and text[body.start - 1 : body.start] in _RELATIVE:
                continue  # 其|子公司
            if body.end - body.start == 1 and is_word(text[body.start - 1 : body.end]):
                continue  # 布|局, 结|局
            i = last_before(stop_ends, body.start)
            soft_end = stop_ends[i] if i >= 0 else 0
            how = body.row["open"]
            if how in _HOSTS:
                if mention := _hosted(text, body, hosts, soft_end):
                    yield mention
                    continue
                if how != "branch":
                    continue
                how = "anchored"
            if how == "media":
                yield from _media(text, body, soft_end)
                continue
            stretch = _NAME_CHARACTERS.match(text, max(0, body.start - MAX_NAME), body.start)
            edge = stretch.start() if stretch else body.start
            soft_edge = max(edge, soft_end)
            classed = i >= 0 and soft_end == soft_edge and stops[i].row.get("kind") in _CLASSES
            i = last_before(hard_ends, body.start)
            hard_edge = max(edge, hard_ends[i]) if i >= 0 else edge
            if (
                number
                and bodies[number - 1].end == body.start
                and body.row["bare"] == bodies[number - 1].row["bare"] == "alone"
            ):
                hard_edge = soft_edge = body.start  # 市委|市政府
            if body.row["label"] == "COMPANY":
                opening = _opening(text, named, named_starts, hard_edge, soft_edge, body.start)
            else:
                opening = _opening(text, openers, opener_starts, hard_edge, soft_edge, body.start)
            if opening is not None and text[opening - 1 : opening] == "驻":  # 省政府|驻天津|办事处
                opening = _sender(text, hosts, hits["place"], opening - 1)
            if how == "anchored" and body.start > 0 and text[body.start - 1] == "、" and _joins(hosts, body.start - 1):
                yield Mention(body.start, body.end, body.row["label"], "rule:joint-organ")
                continue  # 市发改委、|经信委
            if (
                how == "anchored"
                and opening is None
                and (item := text.rfind("、", max(0, body.start - 6), body.start)) >= 0
            ):
                if _joins(hosts, item) and _NAME_CHARACTERS.fullmatch(text, item + 1, body.start):
                    yield Mention(item + 1, body.end, body.row["label"], "rule:joint-organ")
                    continue  # 市发改委、|环保局
            wide = _WIDE.get((body.row["label"], how))
            if wide and (host := _host(hosts, body, wide[0], hard_edge, wide[1], body.row["label"] == "ZONE")):
                apart = how == "yes" and opening is not None and opening >= host.end  # another name begins between
                if not apart and text[host.end] not in _LEVEL and _joined(text, host.end, body.start):
                    # 市住建委|建筑材料|办公室, 某某开发区|智能产业园
                    opening = host.start if opening is None else min(opening, host.start)
                    yield Mention(opening, body.end, body.row["label"], "rule:unit")
                    continue
            yield from _name(text, body, how, opening, hard_edge, soft_edge, classed, countries, places)


def _organs(text: str, organs: list[Hit], places: list[Hit]) -> Iterator[Mention]:
    divisions = {place.end: place.start for place in places if "code" in place.row}
    for organ in organs:
        if text.startswith(_GOES_ON.get(text[organ.end - 1], _LEADER), organ.end):
            continue
        if text[organ.end - 1] in "大协委" and _SESSION.match(text, organ.end):
            yield Mention(organ.start, organ.end, EVENT, "rule:session")
            continue
        if text[organ.end - 1] in "院馆" and organ.start in divisions:
            yield Mention(divisions[organ.start], organ.end, "ORG", "rule:org-place")  # 北京|故宫博物院
            continue
        presidium = _PRESIDIUM.match(text, organ.end)
        end = presidium.end() if presidium else organ.end
        yield Mention(_prefixed(text, organ.start), end, "ORG", "lexicon:organs")


def _titles(text: str) -> Iterator[Mention]:
    """What stands in 《》 is the name of a paper, a law or a book: a medium is an organisation, the others are nothing."""
    if "《" not in text:
        return
    for title in _TITLE.finditer(text):
        if _MEDIUM.fullmatch(text, title.start() + 1, title.end() - 1):
            yield Mention(title.start() + 1, title.end() - 1, "ORG", "rule:media")
        else:
            yield Mention(title.start(), title.end(), EVENT, "rule:title")


def _host(
    hosts: dict[int, Mention],
    body: Hit,
    labels: tuple[str, ...],
    soft_end: int,
    gap: int,
    nominal: bool = False,
) -> Mention | None:
    """The body whose name goes on up to `body`: the last one before it that no boundary separates from it."""
    for end in range(body.start, max(soft_end, body.start - gap) - 1, -1):
        host = hosts.get(end)
        if host and (nominal or not host.nominal) and host.label in labels:
            return host
    return None


def _joined(text: str, start: int, end: int) -> bool:
    """Whether nothing but the characters of a name stand between, and no bracket opens."""
    return bool(_NAME_CHARACTERS.fullmatch(text, start, end)) and not _open_bracket(text, start, end)


def _hosted(text: str, body: Hit, hosts: dict[int, Mention], soft_end: int) -> Mention | None:
    """A unit, branch or part with the body it belongs to: 市发改委|能源处, 自贸试验区|喀什片区."""
    how: str = body.row["open"]
    label = body.row["label"]
    host = _host(hosts, body, _HOSTS[how], soft_end, _MAX_UNIT)
    if host and _joined(text, host.end, body.start) and (how != "unit" or body.start - host.end > 1):
        return Mention(host.start, body.end, label, f"rule:{label.lower()}-{how}")
    return None


def _joins(hosts: dict[int, Mention], end: int) -> bool:
    """Whether the organ that ends at `end` opens with a level word, so that the next of the list does without."""
    host = hosts.get(end)
    return (
        host is not None
        and host.label == "ORG"
        and host.by in ("rule:level-organ", "rule:joint-organ", "rule:bare-organ")
    )


def _media(text: str, body: Hit, soft_end: int) -> Iterator[Mention]:
    """粮油市场报|记者, 每日甘肃网|讯: back to a boundary."""
    if not _MEDIA_AFTER.match(text, body.end):
        return
    stretch = _NAME_CHARACTERS.match(text, max(0, body.start - 8), body.start)
    start = max(stretch.start() if stretch else body.start, soft_end)
    if body.start - start >= 1 and (start == 0 or text[start - 1] not in "本"):
        yield Mention(start, body.end, "ORG", "rule:media")


def _sender(text: str, hosts: dict[int, Mention], places: list[Hit], end: int) -> int:
    """Where the body begins that is posted (驻) elsewhere: 黄石市|驻汉|办事处, 省政府|驻天津|办事处."""
    if host := hosts.get(end):
        return host.start
    i = bisect_left(places, end, key=lambda place: place.end)
    if i < len(places) and places[i].end == end:
        return places[i].start  # 哈萨克斯坦|驻乌鲁木齐|总领馆
    return end - 1 if text[end - 1] in _LEVEL else end + 1


def _name(
    text: str,
    body: Hit,
    how: str,
    opening: int | None,
    hard_edge: int,
    soft_edge: int,
    classed: bool,
    countries: dict[int, int],
    places: dict[int, int],
) -> Iterator[Mention]:
    """The mention that ends with `body`, if there is one."""
    label = body.row["label"]
    end = body.end
    if label == "ZONE" and (part := _PART.match(text, end)):
        end = part.end()
    by = f"rule:{label.lower()}-name"
    if label == EVENT:
        if how == "yes":
            yield Mention(hard_edge, end, label, by)
        elif opening is not None and body.start - opening <= _MAX_PLACE:
            yield Mention(opening, end, label, by)  # 北京|马拉松
        return
    if opening is not None:
        if _COUNT.search(text, opening + 1, body.start):  # 吉林建设10个产业园区
            return
        if label == "ZONE" and any(part.word_class == "v" for part in parts(text[opening : body.start])):
            return  # 德州优化|开发区
        if label in ("ZONE", "COMPANY") and "项目" in text[opening : body.start]:
            return
        close = body.start - opening <= _MAX_GAP or how == "yes"
        if close and (how != "place" or body.start - opening <= _MAX_PLACE):
            if label == "ZONE":
                opening = _inner(text, opening, body.start, places)
            if label in ("ORG", "COMPANY"):
                opening = _foreign(text, opening, body.start, countries)
            if label == "ORG":
                opening = _prefixed(text, opening)
            if label == "ORG" and body.row["bare"] == "alone" and _MEETING.match(text, end):
                if not text[opening : body.start].endswith(_ZONE_ENDS):
                    yield Mention(opening, end, EVENT, "rule:session")  # 某市委|十三届六次全会
                return
            if label == "ORG" and (presidium := _PRESIDIUM.match(text, end)):
                end = presidium.end()
            elif label == "ORG" and _SESSION.match(text, end):
                label, by = EVENT, "rule:session"
            yield Mention(opening, end, label, by)
        return
    if how == "anchored":
        hard_edge = _level_start(text, hard_edge, body.start)
    if (
        how == "anchored"
        and hard_edge < body.start
        and (text[hard_edge] in _LEVEL or text.startswith(("自治区", "自治州"), hard_edge))
        and text[hard_edge + 1] not in "级域"
        and body.start - hard_edge <= _MAX_GAP
    ):
        yield Mention(hard_edge, body.end, label, "rule:level-organ")  # 省商务厅, 市发改委
        return
    start = _balanced(text, soft_edge, body.start)
    if count := _COUNT.match(text, start, body.start):  # 26个|园区: a class
        start, classed = count.end(), classed or count.end() == body.start
    modifier = _BRACKETS.sub("", text[start : body.start])
    if label == "COMPANY" and how == "yes" and modifier[:1] in _LEVELS_OWNING and len(modifier) > 2:
        yield Mention(start, end, label, "rule:level-company")  # 省电力公司
        return
    if not modifier:
        if body.row["bare"] == "alone" and not classed and not _MEETING.match(text, body.end):
            yield Mention(body.start, body.end, label, "rule:bare-organ")
        elif body.row["bare"] == "nominal" and not classed:
            yield Mention(body.start, body.end, label, "rule:bare-zone", nominal=True)
        return
    if how == "yes" and len(modifier) >= 2 and not classed and not _KINDS.fullmatch(modifier):
        proper = _proper(text[start : body.start], label, body.row["word"])
        if proper is not None:
            yield Mention(start + proper, end, label, by)


def _foreign(text: str, opening: int, end: int, countries: dict[int, int]) -> int:
    """A foreign country before a name of its own is a place beside it: 英国|凯度公司, but 美国银行, 中国移动."""
    country_end = countries.get(opening)
    if country_end is None or text.startswith("中国", opening) or text.startswith("驻", country_end):
        return opening
    start = name_start(text[country_end:end])
    return opening if start is None else country_end + start


def _inner(text: str, opening: int, end: int, places: dict[int, int]) -> int:
    """Where the zone's own name begins: at the last place of a chain (湖南|长沙县经开区), behind a county before a name that
    has a word of its own (奇台县|喇嘛湖梁工业园)."""
    while (place_end := places.get(opening)) and place_end in places and places[place_end] <= end:
        opening = place_end
    place_end = places.get(opening, end)
    own = any(part.word_class != "k" for part in parts(text[place_end:end]))
    return place_end if own and text[place_end - 1] in "县区旗" and place_end - opening > 2 else opening


def _prefixed(text: str, opening: int) -> int:
    """Take in what opens the name of an organ before its place: 中共|阳新县委, 十四届|全国人大一次会议主席团."""
    if text[max(0, opening - 2) : opening] == "中共":
        return opening - 2
    if text[max(0, opening - 7) : opening] == "中华人民共和国":
        return opening - 7
    term = _TERM.match(text, max(0, opening - 6), opening)
    return term.start() if term else opening


def _level_start(text: str, edge: int, end: int) -> int:
    """Where a level word opens the name, behind a verb that is no stop: 叮嘱|市商务局."""
    if text.startswith(("自治区", "自治州"), edge):
        return edge
    for start in range(edge + 2, end):
        if text[start] in _LEVEL and word_class(text[start - 2 : start]) in ("v", "d"):
            return start
    return edge


def _proper(stretch: str, label: str, last: str) -> int | None:
    """Where in a stretch the name itself begins: behind the verbs and adverbs that lead to it (事实上|雀巢), if anything
    but everyday words is left there. None if the stretch is a phrase: 小厂请进|园区."""
    cut = parts(stretch)
    if (last == "公司" or label == "ORG") and len(cut) == 1 and cut[0].word_class in ("n", "v", "a"):
        return None  # 投标|公司, 孩子|大学
    leading = [part.end for part in cut if part.word_class in ("v", "d", "x")]
    if not leading:
        return 0
    for end in reversed(leading):
        if name_start(stretch[end:]) is not None:
            return end
    return 0 if name_start(stretch) is not None or "有限" in last else None


def _opening(text: str, openers: list[Hit], starts: list[int], hard_edge: int, soft_edge: int, end: int) -> int | None:
    """Where a name that ends at `end` opens with a place or a known body: the start of the last one before it, or of an
    earlier one that nothing but parts of a name separates from it. A place may share its level word with the last word
    (阳新县|县委)."""
    i = last_before(starts, end - 1)
    opening: int | None = None
    while i >= 0 and openers[i].start >= hard_edge:
        opener = openers[i]
        i -= 1
        if opener.end > end + (opening is None) or _bracketed(text, opener) or _open_bracket(text, opener.end, end):
            continue
        if opening is not None and text.startswith(("中国", "我国"), opener.start) and opener.end - opener.start == 2:
            continue  # 中国|扬州市政府
        if opening is None or opener.end >= opening or (opener.start >= soft_edge and opening - opener.end <= 8):
            opening = opener.start
        else:
            break
    return opening


def _open_bracket(text: str, start: int, end: int) -> bool:
    """Whether a bracket that opens between `start` and `end` is closed only behind: LME（伦敦金属|交易所."""
    stretch = text[start:end]
    return stretch.count("（") + stretch.count("(") > stretch.count("）") + stretch.count(")")


def _bracketed(text: str, place: Hit) -> bool:
    """Whether the place stands in a bracket inside the name: 某某电气（苏州）有限公司."""
    return place.start > 0 and text[place.start - 1] in "（(" and text[place.end : place.end + 1] in ("）", ")")


def _balanced(text: str, start: int, end: int) -> int:
    """Move `start` past a closing bracket whose opening one lies before it."""
    depth = 0
    for i in range(end - 1, start - 1, -1):
        if text[i] in "）)":
            depth += 1
        elif text[i] in "（(":
            depth -= 1
            if depth < 0:
                return i + 1
    if depth > 0:
        return max(text.rfind("）", start, end), text.rfind(")", start, end)) + 1
    return start
