"""Persons and their offices: names after titles, in lists, before titles and verbs, in credits, and named again.

The title before a name may be a stack (大同经济技术开发区党委书记、管委会主任，云州区委书记宁某某): it is read leftwards from
the name, post by post. Later mentions of a name that was found once are found by the name itself.
"""

from typing import Final

import regex

from .again import named_again, settle_labels, surnames
from .appointments import appointed, lives
from .bylines import bylines
from .hits import Hit
from .names import bounded, doctrine_follows, fits, has_surname, listed_name_at, name_at, starts_free
from .posts import Post, inherited
from .spans import Mention, SpanSet
from .words import is_unusual, is_word

_BETWEEN_POSTS: Final = frozenset("、，,兼 　")
_JOINTS: Final = ("、", "和", "及", "以及")
_BRACKETS: Final = frozenset("（(")
_ASIDE: Final = regex.compile(r"[（(][^（）()\n]{1,20}[）)]")
_COMRADE = "同志"
"""Stands behind names alone: 李某同志|任书记."""
_OFFICIAL_ACTS: Final = frozenset(["出席", "主持", "主持会议", "列席", "陪同", "会见", "参加", "监誓"])


class Office:
    """A person's post, with the organisation, and its span."""

    def __init__(self, person: Mention, post: Post, organisation: str | None):
        self.person = person
        self.organisation = organisation
        self.start = post.post_start
        self.end = post.end


def find_people(
    text: str, hits: dict[str, list[Hit]], posts: list[Post], known: SpanSet
) -> tuple[list[Mention], list[Office]]:
    """Mentions of persons and their offices, one office for each person and post. `known`: where companies are."""
    people: dict[tuple[int, int], Mention] = {}
    offices: list[Office] = []
    for name, label, stack, by in _titled(text, posts):
        mention = people.setdefault(name, Mention(name[0], name[1], label, by))
        offices.extend(
            Office(mention, post, organisation)
            for post, organisation in stack
            if post.sphere != "other"  # 记者, 村民: an occupation is no office
        )
    for person in [*appointed(text, posts), *lives(text, posts)]:
        span = (person.start, person.end)
        mention = people.setdefault(span, Mention(person.start, person.end, _label([person.post]), "rule:appointment"))
        offices.append(Office(mention, person.post, person.organisation))
    for mention in [
        *_named_before(text, posts),
        *bylines(text, hits),
        *_speaking(text, hits, posts, known),
        *_before_group(text, posts),
    ]:
        people.setdefault((mention.start, mention.end), mention)
    mentions = list(people.values())
    settle_labels(text, mentions)
    again = named_again(text, mentions)
    for mention, post in _titled_before(text, posts, [*mentions, *again]):
        offices.append(Office(mention, post, post.organisation))
    return [*mentions, *again, *surnames(text, posts, mentions)], offices


def _titled(text: str, posts: list[Post]) -> list[tuple[tuple[int, int], str, list[tuple[Post, str | None]], str]]:
    """Names after titles: (span, label, the stack of posts, rule)."""
    found: list[tuple[tuple[int, int], str, list[tuple[Post, str | None]], str]] = []
    stack: list[Post] = []
    for post in posts:
        if stack and not _continues(text, stack[-1], post):
            stack = []
        stack.append(post)
        start = post.end
        while start < len(text) and text[start] in " 　":
            start += 1
        end = None if text[post.post_start : post.post_start + 2] == _COMRADE else name_at(text, start)
        if end is None or doctrine_follows(text, end):
            continue
        if post.sphere == "other" and not has_surname(text, start, end):
            continue  # 游客赏冰灯
        label = _label(stack)
        found.append(((start, end), label, _resolved(stack, text), "rule:title-name"))
        last = [(post, post.organisation)]
        for item in _list_after(text, end):
            found.append((item, label, last, "rule:title-list"))
        stack = []
    return found


def _continues(text: str, earlier: Post, later: Post) -> bool:
    """Whether two posts belong to one title. 各单位主要负责人，某某公司董事长 are two."""
    between = text[earlier.end : later.start]
    if later.start < earlier.end or len(between) > 2 or not _BETWEEN_POSTS.issuperset(between):
        return False
    return not ("，" in between and earlier.text(text).endswith("负责人"))


def _label(stack: list[Post]) -> str:
    spheres = {"company" if post.private else post.sphere for post in stack}
    if "state" in spheres or "group" in spheres:
        return "OFFICIAL"
    if spheres & {"company", "other"}:
        return "PERSON"
    return "OFFICIAL"


def _resolved(stack: list[Post], text: str) -> list[tuple[Post, str | None]]:
    """The posts of a stack with their organisations, given or taken over across 、 from the post before."""
    resolved: list[tuple[Post, str | None]] = []
    organisation: str | None = None
    carrier: Post | None = None
    for i, post in enumerate(stack):
        if i and text[stack[i - 1].end : post.start].strip(" 　") not in ("、", "", "兼"):
            organisation, carrier = None, None
        if post.organisation:
            organisation, carrier = post.organisation, post
        elif carrier:
            organisation = inherited(post, carrier, text)
        resolved.append((post, organisation))
    return resolved


def _list_after(text: str, end: int) -> list[tuple[int, int]]:
    """The names that follow in a list: 卢某某、韦某、汤某某参加."""
    found: list[tuple[int, int]] = []
    while True:
        if text[end : end + 1] in _BRACKETS and (aside := _ASIDE.match(text, end)):
            end = aside.end()
        start = _past_joint(text, end)
        item = name_at(text, start, strict=True) or listed_name_at(text, start) if start > end else None
        if item is None:
            return found
        found.append((start, item))
        end = item


def _past_joint(text: str, start: int) -> int:
    """Behind the joint of a list and the gaps around it; `start` itself if no joint stands there."""
    at = _past_gap(text, start)
    for joint in _JOINTS:
        if text[at : at + len(joint)] == joint:
            return _past_gap(text, at + len(joint))
    return start


def _past_gap(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _named_before(text: str, posts: list[Post]) -> list[Mention]:
    """Names directly before a post word, at a boundary: 习近平总书记, 李某同志."""
    found: list[Mention] = []
    for post in posts:
        if post.after and post.bare and post.organisation is None:
            for length in (3, 2, 4):
                start = post.start - length
                if (
                    start >= 0
                    and (name_at(text, start) == post.start or fits(text, start, post.start))
                    and (starts_free(text, start) or (post.sphere == "state" and _stands_out(text, start, post.start)))
                    and (post.sphere != "other" or has_surname(text, start, post.start, common=True))
                ):
                    label = "PERSON" if post.sphere in ("company", "other") else "OFFICIAL"
                    by = "rule:comrade" if text.startswith(_COMRADE, post.start) else "rule:name-title"
                    found.append(Mention(start, post.start, label, by))
                    break
    return found


def _stands_out(text: str, start: int, end: int) -> bool:
    """Whether a name of three characters is one unusual word where no everyday word could end or begin in it."""
    return (
        end - start == 3
        and has_surname(text, start, end, common=True)
        and is_unusual(text[start:end])
        and not is_word(text[start - 1 : start + 1])
    )


def _titled_before(text: str, posts: list[Post], mentions: list[Mention]) -> list[tuple[Mention, Post]]:
    found: list[tuple[Mention, Post]] = []
    ends = {mention.end: mention for mention in mentions}
    for post in posts:
        if post.sphere == "group" and text[post.start - 1 : post.start] == "等":  # 金某某、韦某等省领导
            end = post.start - 1
            while mention := ends.get(end):
                found.append((mention, post))
                end = mention.start - 1 if text[mention.start - 1 : mention.start] == "、" else -1
        if post.after and post.sphere == "state" and post.organisation is None and (mention := ends.get(post.start)):
            found.append((mention, post))
    return found


def _speaking(text: str, hits: dict[str, list[Hit]], posts: list[Post], known: SpanSet) -> list[Mention]:
    """Names between a boundary and a verb of saying, without a title. `known`: bodies, which speak, too."""
    found: list[Mention] = []
    titles = {post.end for post in posts}
    for verb in hits["speech"]:
        if verb.start:
            for length in (3, 2):
                start = verb.start - length
                if (
                    start >= 0
                    and verb.start not in titles
                    and bounded(text, start)
                    and name_at(text, start) == verb.start
                    and not known.overlaps(start, verb.start)
                    and has_surname(text, start, verb.start, common=True)
                ):
                    label = "OFFICIAL" if verb.row["word"] in _OFFICIAL_ACTS else "PERSON"
                    found.append(Mention(start, verb.start, label, "rule:name-verb"))
                    break
                elif (
                    text[start - 1 : start] == "、"
                    and verb.row["word"] in _OFFICIAL_ACTS
                    and fits(text, start, verb.start)
                ):
                    for item in _list_before(text, start, verb.start):
                        found.append(Mention(item[0], item[1], "OFFICIAL", "rule:name-list-verb"))
                    break
    return found


def _before_group(text: str, posts: list[Post]) -> list[Mention]:
    """The names of a list before a title for all of them: 邵某、汪某等|市领导."""
    found: list[Mention] = []
    for post in posts:
        end = post.start - 1
        if post.sphere == "group" and text[end : end + 1] == "等":
            start = next((end - size for size in (3, 2, 4) if end >= size and fits(text, end - size, end)), None)
            if start is not None:
                for item in _list_before(text, start, end):
                    found.append(Mention(item[0], item[1], "OFFICIAL", "rule:list-group"))
    return found


def _list_before(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A list of names from its last one leftwards: 石某、李某、王某|出席. Nothing if it does not begin at a boundary."""
    names = [(start, end)]
    while text[start - 1 : start] == "、":
        end = start - 1
        start = next(
            (
                end - size
                for size in (3, 2, 4)
                if end >= size and fits(text, end - size, end) and (bounded(text, end - size))
            ),
            -1,
        )
        if start < 0:
            return []
        names.append((start, end))
    return names if bounded(text, start) else []
