"""Zones, companies and organisations: from the last word of a name back to where it begins.

A name is read leftwards from its last word (开发区, 有限公司, 商务局) to a boundary: punctuation, or a word of `stops`.
If a place stands in that stretch the name opens with it. Words of kind alone (高新技术产业, 科技) make no name.
"""

from collections.abc import Iterator

import regex

from ..lexicon import column
from .scan import Hit
from .spans import Mention, MentionLabel, last_before

MAX_NAME = 32
"""Characters before the last word; the longest registered company names have some thirty in all."""
_MAX_PLACE = 8
"""Characters between the beginning of a place and a last word directly behind it."""
_MAX_GAP = 14
"""Characters between the place that opens an organisation's name and its last word."""

_NAME_CHARACTERS = regex.compile(r"(?r)[\p{Han}A-Za-zＡ-Ｚａ-ｚ0-9·（）()\-&]*")
_KINDS = regex.compile(r"(?:\L<kinds>)*", kinds=column("kinds", "word"))
_BRACKETS = regex.compile(r"[（(][^（）()]*[）)]")
_PART = regex.compile(r"[（(][A-Z一二三四五六七八九十东西南北中]{1,2}(?:区|片区|园|期)[）)]")
# What makes another word of the last character: 局|势, 部|门, 厅|堂; 局|长 is a post.
_GOES_ON = {"局": tuple("势面部限长"), "部": tuple("门分署队位长"), "厅": tuple("堂长"), "会": tuple("议长")}
_LEADER = ("长",)
_COUNT = regex.compile(r"[第\d一二三四五六七八九十百千两几数多]+[余多]?(?:个|家|笔|批|座|片|处|条|项|名|位|类|种|大)")
_LEVEL = frozenset("省市县区州盟旗")
_MEETING = regex.compile(
    r"(?:常委会|全会|全体|会议|工作会议|经济工作会|[一二三四五六七八九十]+届|常委|委员|机关报|大院|大楼)"
)


class BodyFinder:
    def __call__(self, text: str, hits: dict[str, list[Hit]]) -> list[Mention]:
        """All readings, overlapping ones too; the caller settles them."""
        found = [Mention(hit.start, hit.end, "ZONE", "lexicon:zones") for hit in hits["zone"]]
        found += [Mention(hit.start, hit.end, "COMPANY", "lexicon:companies") for hit in hits["company"]]
        found += [
            Mention(hit.start, hit.end, "ORG", "lexicon:organs")
            for hit in hits["organ"]
            if not text.startswith(_GOES_ON.get(text[hit.end - 1], _LEADER), hit.end)
        ]
        found.extend(self._by_last_word(text, hits))
        return found

    def _by_last_word(self, text: str, hits: dict[str, list[Hit]]) -> Iterator[Mention]:
        stops = _unprotected(hits)
        stop_ends = [stop.end for stop in stops]
        hard_ends = [stop.end for stop in stops if stop.row["kind"] in ("verb", "preposition")]
        openers = sorted([*hits["place"], *hits["organ"], *hits["company"]])
        opener_starts = [opener.start for opener in openers]
        bodies = hits["body"]
        for number, body in enumerate(bodies):
            if text.startswith(_GOES_ON.get(text[body.end - 1], _LEADER), body.end):
                continue
            stretch = _NAME_CHARACTERS.match(text, max(0, body.start - MAX_NAME), body.start)
            edge = stretch.start() if stretch else body.start
            i = last_before(hard_ends, body.start)
            hard_edge = max(edge, hard_ends[i]) if i >= 0 else edge
            i = last_before(stop_ends, body.start)
            soft_edge = max(edge, stop_ends[i]) if i >= 0 else edge
            classed = i >= 0 and stop_ends[i] == soft_edge and stops[i].row["kind"] == "class"
            if (
                number
                and bodies[number - 1].end == body.start
                and body.row["bare"] == bodies[number - 1].row["bare"] == "alone"
            ):
                hard_edge = soft_edge = body.start  # 市委|市政府
            opening = _opening(text, openers, opener_starts, hard_edge, soft_edge, body.start)
            if opening is not None and text[opening - 1 : opening] == "驻":  # 省政府|驻天津|办事处
                opening = _sender(text, bodies, number, opening - 1) or opening
            yield from _name(text, body, opening, hard_edge, soft_edge, classed)


def _sender(text: str, bodies: list[Hit], number: int, end: int) -> int | None:
    """Where the body that ends at `end` begins: one that is posted (驻) elsewhere."""
    for body in reversed(bodies[max(0, number - 3) : number]):
        if body.end == end:
            return body.start
    return None


def _name(
    text: str, body: Hit, opening: int | None, hard_edge: int, soft_edge: int, classed: bool
) -> Iterator[Mention]:
    """The mention that ends with `body`, if there is one."""
    label: MentionLabel = body.row["label"]  # type: ignore[assignment]
    how = body.row["open"]
    end = body.end
    if label == "ZONE" and (part := _PART.match(text, end)):
        end = part.end()
    by = f"rule:{label.lower()}-name"
    if label == "EVENT":
        yield Mention(hard_edge, end, label, by)
        return
    if opening is not None:
        if _COUNT.search(text, opening, body.start):  # 吉林建设10个产业园区
            return
        close = body.start - opening <= _MAX_GAP or how == "yes"
        if close and (how != "place" or body.start - opening <= _MAX_PLACE):
            if label == "ORG" and text[max(0, opening - 2) : opening] == "中共":
                opening -= 2
            yield Mention(opening, end, label, by)
        return
    if (
        how == "anchored"
        and hard_edge < body.start
        and text[hard_edge] in _LEVEL
        and body.start - hard_edge <= _MAX_GAP
    ):
        yield Mention(hard_edge, body.end, label, by)  # 省商务厅, 市发改委
        return
    start = _balanced(text, soft_edge, body.start)
    if count := _COUNT.match(text, start, body.start):  # 26个|园区: a class
        start, classed = count.end(), classed or count.end() == body.start
    modifier = _BRACKETS.sub("", text[start : body.start])
    if not modifier:
        if body.row["bare"] == "alone" and not classed and not _MEETING.match(text, body.end):
            yield Mention(body.start, body.end, label, "rule:bare-organ")
        elif body.row["bare"] == "nominal" and not classed:
            yield Mention(body.start, body.end, label, "rule:bare-zone", nominal=True)
        return
    if how == "yes" and len(modifier) >= 2 and not classed and not _KINDS.fullmatch(modifier):
        yield Mention(start, end, label, by)


def _opening(text: str, openers: list[Hit], starts: list[int], hard_edge: int, soft_edge: int, end: int) -> int | None:
    """Where a name that ends at `end` opens with a place or a known body: the start of the last one before it, or of an
    earlier one that nothing but parts of a name separates from it. A place may share its level word with the last word
    (阳新县|县委)."""
    i = last_before(starts, end - 1)
    opening: int | None = None
    while i >= 0 and openers[i].start >= hard_edge:
        opener = openers[i]
        i -= 1
        if opener.end > end + (opening is None) or _bracketed(text, opener):
            continue
        if opening is None or opener.end >= opening or (opener.start >= soft_edge and opening - opener.end <= 8):
            opening = opener.start
        else:
            break
    return opening


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


def _unprotected(hits: dict[str, list[Hit]]) -> list[Hit]:
    """The stops that are no part of a longer word: not the 经 of 经济, the 同 of 大同."""
    guards = sorted(
        (hit.start, hit.end)
        for kind in ("place", "protected", "zone", "company", "organ", "body")
        for hit in hits[kind]
    )
    kept: list[Hit] = []
    i = 0
    live: list[tuple[int, int]] = []
    for stop in hits["stop"]:
        while i < len(guards) and guards[i][0] <= stop.start:
            live.append(guards[i])
            i += 1
        live = [guard for guard in live if guard[1] > stop.start]
        if not any(guard[1] >= stop.end and guard[1] - guard[0] > stop.end - stop.start for guard in live):
            kept.append(stop)
    return kept
