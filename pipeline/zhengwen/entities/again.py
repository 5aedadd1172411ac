"""People named again: by the whole name, by the last part of a foreign one, or by a surname with a title (李|书记)."""

from .names import bounded, doctrine_follows, goes_on, is_surname, starts_free
from .occurrences import occurrences
from .posts import Post
from .spans import Mention, SpanSet, in_order


def settle_labels(text: str, mentions: list[Mention]) -> None:
    """One label for a name in an article: an official once is an official throughout. 同志 alone makes none."""
    titled = {
        text[mention.start : mention.end]
        for mention in mentions
        if mention.by in ("rule:title-name", "rule:name-title") and mention.label == "PERSON"
    }
    officials = {
        text[mention.start : mention.end]
        for mention in mentions
        if mention.label == "OFFICIAL"
        and not (mention.by == "rule:comrade" and text[mention.start : mention.end] in titled)
    }
    for mention in mentions:
        mention.label = "OFFICIAL" if text[mention.start : mention.end] in officials else "PERSON"


def named_again(text: str, mentions: list[Mention]) -> list[Mention]:
    """Every other place where a found name stands."""
    labels = {text[mention.start : mention.end]: mention.label for mention in mentions}
    if not labels:
        return []
    for name, label in list(labels.items()):
        labels.setdefault(_plain(name), label)  # 雷　震 is 雷震 later
        if "·" in name:
            first, *_, last = name.split("·")
            if len(last) > 1:
                labels.setdefault(last, label)  # 汉斯·彼得·洛伦岑 is 洛伦岑 later
            if len(first) > 2:
                labels.setdefault(first, label)  # 艾尼瓦尔·吐尔地 is 艾尼瓦尔
    names = sorted(labels)
    known = SpanSet([(mention.start, mention.end) for mention in mentions])
    return [
        Mention(start, end, labels[names[i]], "rule:name-again")
        for i, start, end in occurrences(names, text)
        if not known.overlaps(start, end)
        and not doctrine_follows(text, end)
        and (end - start > 2 or goes_on(text, end) or bounded(text, start))
    ]


def surnames(text: str, posts: list[Post], mentions: list[Mention]) -> list[Mention]:
    """李|书记, where one person named before has that surname: the name alone is marked, 李."""
    bare = [post for post in posts if post.bare and post.after and post.organisation is None]
    if not bare:
        return []
    found: list[Mention] = []
    holders: dict[str, list[Mention]] = {}
    named: set[str] = set()
    for mention in in_order(mentions):
        name = _plain(text[mention.start : mention.end])
        surname = name[:2] if len(name) > 3 and is_surname(name[:2]) and "·" not in name else name[:1]
        if name not in named:
            named.add(name)
            holders.setdefault(surname, []).append(mention)
    for post in bare:
        for length in (2, 1):
            start = post.start - length
            earlier = [holder for holder in holders.get(text[max(0, start) : post.start], ()) if holder.end <= start]
            if start >= 0 and len(earlier) == 1 and starts_free(text, start):
                whole = earlier[0]
                full = _plain(text[whole.start : whole.end])
                found.append(Mention(start, post.start, whole.label, "rule:surname-title", full=full))
                break
    return found


def _plain(name: str) -> str:
    """The name without the gaps that a page sets in it; those of a Latin name stay."""
    return name if name.isascii() else name.replace(" ", "").replace("\u3000", "")
