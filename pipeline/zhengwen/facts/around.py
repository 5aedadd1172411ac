"""What stands at a place of a text and around it: the properties of candidates speak of it."""

from typing import Final

from ..lexicon import pairs
from .clauses import Item, Phrase, Reading
from .topics import HEADS

REACH = 14
"""Items looked at on each side of a quantity inside its clause."""
EARLIER = 40
"""Items looked back over beyond the clause, so that a text without full stops costs linear time."""
RANKS: Final = ["n0", "n1", "n2"]
BEHIND: Final = ["r0", "r1"]
"""The nearest, the next, and the one after that, of phrases before a quantity and behind it."""
_HEAD_ENDS: Final = {ord(head[-1]) for head in HEADS}
_CLASSES: Final = {word: kind for word, kind in pairs("words") if len(word) < 3}


def first_class(text: str, start: int, end: int) -> str:
    """The class of the everyday word that a stretch begins with (n, v, a, d, x), '' if it begins with none."""
    return _CLASSES.get(text[start : min(end, start + 2)], "")


def last_class(text: str, start: int, end: int) -> str:
    return _CLASSES.get(text[max(start, end - 2) : end], "")


def core(text: str, phrase: Phrase) -> tuple[int, int]:
    """A phrase less the bearers it names, if words are left behind them: 全省|签约项目, 鄂尔多斯市|援建项目."""
    start = phrase.start
    for mark in phrase.marks:
        if mark.kind in "ega" and mark.end <= phrase.end - 2:
            start = mark.end
    while start < phrase.end:
        character = ord(text[start])
        if character not in (ord("的"), ord("”"), ord("各"), ord(" ")):
            break
        start += 1
    return start, phrase.end


def led_by(reading: Reading, place: int) -> str:
    """What stands directly before an item: "start" of the clause, a word such as 在 or 对 itself, of other marks the kind."""
    if not place:
        return "start"
    item = reading.items[place - 1]
    if item.kind in ".,|)t":
        return "start"
    return reading.said(item) if item.kind in "xf" and item.end - item.start == 1 else item.kind


def followed_by(reading: Reading, place: int) -> str:
    """What follows an item: words of saying (said), a predicate (a verb, link, adverb or cue), or what kind of mark else."""
    items = reading.items
    if place + 1 >= len(items):
        return "."
    for j in range(place + 1, min(len(items), place + 4)):
        kind = items[j].kind
        if kind == "y":
            return "said"
        if kind == ",":
            break
    kind = items[place + 1].kind
    return "predicate" if kind in "xvplcu" else kind


def is_part(reading: Reading, place: int) -> bool:
    """Behind 其中 in its sentence, or in brackets."""
    items = reading.items
    for j in range(place - 1, max(items[place].sentence, place - 30) - 1, -1):
        kind = items[j].kind
        if kind == "o" or (kind == "(" and reading.text[items[j].start] in "（("):
            return True
        if kind == ")":
            return False
    return False


def shape(text: str, item: Phrase, begin: int, end: int) -> str:
    """What a phrase is like: is an entity or begins or ends with one, begins with a verb, ends in a thing that is built."""
    marks = item.marks
    opens = bool(marks) and marks[0].kind in "ega" and marks[0].start == begin
    if opens and marks[0].end >= end:
        return "anaphor" if marks[0].kind == "a" else "entity"
    if ord(text[begin]) == ord("“") or (begin and ord(text[begin - 1]) == ord("“")):
        return "quoted"
    begins = first_class(text, begin, end)
    thing = ord(text[end - 1]) in _HEAD_ENDS and text.endswith(HEADS, begin, end)
    if begins == "v" and not opens:
        return "v-head" if thing else "v"
    if thing:
        return "head"
    if opens:
        return "of-entity"
    if marks and marks[-1].kind == "e" and marks[-1].end == end:
        return "ends-entity"
    return begins or ("long" if end - begin > 6 else "short")


_WEIGHT: Final = {"adj": 0, "link": 1, "change": 2, "to": 3, "x": 4, "verb": 5, "time": 6, "list": 7, "etc": 8, "q": 9}
_CROSSED: Final = {"l": "link", "p": "link", "b": "link", "c": "change", "s": "change", "u": "to", "f": "to", "y": "verb", "v": "verb", "t": "time", "/": "list", "q": "q"}  # fmt: skip


def crossed(reading: Reading, near: str, item: Item) -> str:
    """The strongest kind of mark between a phrase and the quantity, once `item` is passed too."""
    if item.kind == "P":
        return "verb" if near == "adj" else near
    kind = _CROSSED.get(item.kind, "x")
    if item.kind == "x" and reading.text[item.start] == "等":
        kind = "etc"
    return kind if _WEIGHT[kind] > _WEIGHT[near] else near


def between(items: list[Item], first: int, last: int) -> str:
    """What parts two quantities: a list, a turn to parts, brackets, a clause, or other words."""
    opens = closes = clause = phrase = words = False
    last = min(last, first + 31)
    for j in range(first + 1, last):
        kind = items[j].kind
        if kind == "P":
            phrase = True
        elif kind == ",":
            clause = True
        elif kind == "o":
            return "其中"
        elif kind == "(":
            opens = True
        elif kind == ")":
            closes = True
        elif kind != "/":
            words = True
    if opens:
        return "out" if closes else "bracket"
    if clause:
        return "clause-P" if phrase else "clause"
    if phrase:
        return "words-P"
    if closes or words:
        return "words"
    return "list" if last > first + 1 else "adjacent"
