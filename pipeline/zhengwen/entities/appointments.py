"""Appointments and lives: 任命李某为…厅长, 李某任…书记, 免去李某的…职务; 李某，男，…现任…主任.

Here the post stands behind the name. A post is the key: before it a linking word (为, 任, 当选), before that one name or a list.
"""

from typing import Final

import regex

from ..lexicon import column
from .names import listed_name_at, name_at
from .posts import Post, inherited
from .words import WordsBefore, is_unusual

_link: Final = WordsBefore(column("names", "word", kind="link"))
_now: Final = WordsBefore(column("names", "word", kind="career"))
_ASIDE: Final = regex.compile(r"(?r)[（(][^（）()\n]{1,20}[）)]")
_NAME: Final = regex.compile(r"(?r)(?:\p{Han}[ 　]{1,4}\p{Han}|[\p{Han}·]{2,12})")
_LEAD: Final = regex.compile(r"(?r)(?:^|[，。；：、\n 　“]|\L<verbs>)", verbs=column("names", "word", kind="appoint"))
_OFFICE: Final = regex.compile(r"的[^，。；\n]{0,48}?职务")
_LIFE: Final = regex.compile(r"，[男女][，,]|（\d{4}年|（[男女]，")
_LIFE_SIGNS: Final = ("，男", "，女", "（19", "（男，", "（女，")
_WHOSE: Final = regex.compile(r"(?r)(?<=\n|^|。)(?:\p{Han}[ 　]{1,4}\p{Han}|[\p{Han}·]{2,10})")


class Appointed:
    """A person named before the post."""

    def __init__(self, start: int, end: int, post: Post, organisation: str | None):
        self.start = start
        self.end = end
        self.post = post
        self.organisation = organisation


def appointed(text: str, posts: list[Post]) -> list[Appointed]:
    found: list[Appointed] = []
    carrier: Post | None = None
    read = 0  # up to there no sentence ends behind the carrier
    for number, post in enumerate(posts):
        if carrier:
            if _ends_between(text, read, post.start + 1):
                carrier = None
            read = max(read, post.start + 1)
        people = _people_before(text, post.start)
        if not people:
            continue
        stack = [post]
        for i in range(number + 1, len(posts)):
            later = posts[i]
            if text[stack[-1].end : later.start] not in ("、", "，", "兼", "、兼", "，兼", "兼任", "，兼任"):
                break
            if "，" in text[stack[-1].end : later.start] and not later.organisation:
                break
            stack.append(later)
        for held in stack:
            organisation = held.organisation
            if organisation is None and carrier is not None:
                organisation = inherited(held, carrier, text)
            elif held.organisation:
                carrier, read = held, held.end + 1
            for start, end in people:
                found.append(Appointed(start, end, held, organisation))
    return found


def _ends_between(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends in a stretch."""
    return text.find("。", start, end) >= 0 or text.find("\n", start, end) >= 0


def _people_before(text: str, position: int) -> list[tuple[int, int]]:
    """The names that a linking word joins to the title which begins at `position`."""
    end = _link.start(text, position)
    if end == position:
        return []
    if text.endswith("同志", 0, end):
        end -= len("同志")
    elif text[end:position] == "的" and not _OFFICE.match(text, end):
        return []
    found: list[tuple[int, int]] = []
    while True:
        if aside := _ASIDE.match(text, max(0, end - 24), end):
            end = aside.start()
        start = _name_before(text, end)
        if start is None:
            return found
        found.append((start, end))
        if start == 0 or text[start - 1] not in "、和与及":
            return found
        end = start - 1


def _name_before(text: str, end: int) -> int | None:
    """Where the name begins that ends at `end`, behind a boundary or a verb of appointing."""
    stretch = _NAME.match(text, max(0, end - 12), end)
    if not stretch:
        return None
    for start in range(stretch.start(), end - 1):
        if _LEAD.match(text, max(0, start - 6), start) or text[start - 1] in "和与及":
            if end in (name_at(text, start), listed_name_at(text, start)):
                return start
            if end - start <= 4 and is_unusual(text[start:end]):
                return start
    return None


def lives(text: str, posts: list[Post]) -> list[Appointed]:
    """People whose life is told: 李某，男，汉族，…现任…主任. Their posts stand behind 现任, 曾任, 拟任."""
    if not posts or ("男" not in text and "女" not in text and "（19" not in text):
        return []
    if not any(sign in text for sign in _LIFE_SIGNS):
        return []
    people: list[tuple[int, int]] = []
    for life in _LIFE.finditer(text):
        end = life.start()
        name = _WHOSE.match(text, max(0, end - 12), end)
        if name and name_at(text, name.start()) == end:
            people.append((name.start(), end))
    if not people:
        return []
    found: list[Appointed] = []
    i = 0
    told: tuple[int, int] | None = None
    ends = -1
    for post in posts:
        while i < len(people) and people[i][1] <= post.start:
            told = people[i]
            line = text.find("\n", told[1])
            ends = line if line >= 0 else len(text)
            i += 1
        if told and post.start < ends and _now.start(text, post.start) < post.start:
            found.append(Appointed(told[0], told[1], post, post.organisation))
    return found
