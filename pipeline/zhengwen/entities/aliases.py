"""Short forms that an article makes for itself: by definition （以下简称“山钢”）, or of a full name it has given.

鑫磊峰 stands for 江州鑫磊峰清源循环科技有限公司, 喀什片区 for 自由贸易试验区喀什片区, 富池 for 富池镇.
"""

from functools import lru_cache
from typing import Final

import regex

from ..lexicon import column
from .hits import Hit
from .occurrences import occurrences
from .spans import Mention
from .words import WordsAt, is_unusual, is_word, name_start, parts

_DEFINED: Final = regex.compile(
    r"[（(](?:以下|下文|股票)?(?:统称|简称|下称|以下称|合称)为?[：:]?[“\"「《]?(?P<short>[\p{Han}A-Za-z0-9·]{2,20})[”\"」》]?"
    r"(?:[或、及和][“\"「《](?P<other>[\p{Han}A-Za-z0-9·]{2,20})[”\"」》])?"
)
_LAST: Final = regex.compile(r"(?r)(?:\L<words>)+", words=column("bodies", "word", label="COMPANY"))
_TAIL: Final = regex.compile(
    r"(?r)(?:\L<words>)+",
    words=[*column("trades", "word"), *(word for word in column("kinds", "word") if len(word) > 1)],
)
_CLASSES: Final = frozenset([*column("bodies", "word"), *column("kinds", "word")])
"""What stands for a class of things even where an article defines it: （以下简称“公司”）."""
_TRADES: Final = WordsAt(column("trades", "word"))
_BRACKETS: Final = regex.compile(r"[（(][^（）()]*[）)]")


def short_forms(text: str, hits: dict[str, list[Hit]], readings: list[Mention]) -> list[Mention]:
    """Every mention of a short form, with the name it is short for in `full`."""
    forms: dict[str, Mention] = {}
    for form, mention in [*_defined(text, readings), *_derived(text, hits, readings)]:
        if form != text[mention.start : mention.end] and form not in _CLASSES:
            forms.setdefault(form, mention)
    if not forms:
        return []
    names = sorted(forms)
    found: list[Mention] = []
    for i, start, end in occurrences(names, text):
        whole = forms[names[i]]
        if not _straddled(text, start, end):
            found.append(Mention(start, end, whole.label, "rule:short-form", False, text[whole.start : whole.end]))
    return found


def _defined(text: str, readings: list[Mention]) -> list[tuple[str, Mention]]:
    found: list[tuple[str, Mention]] = []
    if "称" not in text:
        return found
    longest_at: dict[int, Mention] = {}
    for reading in readings:
        known = longest_at.get(reading.end)
        if not reading.nominal and (known is None or reading.start < known.start):
            longest_at[reading.end] = reading
    for definition in _DEFINED.finditer(text):
        if whole := longest_at.get(definition.start()):
            found.append((definition["short"], whole))
            if definition["other"]:
                found.append((definition["other"], whole))
    return found


def _derived(text: str, hits: dict[str, list[Hit]], readings: list[Mention]) -> list[tuple[str, Mention]]:
    found: list[tuple[str, Mention]] = []
    place_at = {place.start: place for place in hits["place"]}
    for reading in readings:
        if reading.label == "COMPANY":
            start = reading.start
            while (place := place_at.get(start)) and place.end < reading.end:
                start = place.end
            for form in _company_forms(text[start : reading.end]):
                found.append((form, reading))
                if start > reading.start and name_start(form) == 0:
                    found.append((text[reading.start : start] + form, reading))
        elif reading.by in ("rule:town", "lexicon:towns") and reading.end - reading.start > 2:
            form = text[reading.start : reading.end].removesuffix("街道")[
                : -1 if text[reading.end - 1] in "镇乡" else None
            ]
            if len(form) > 1 and is_unusual(form):
                found.append((form, reading))
        elif reading.by == "rule:zone-part":
            inner = [start for start in place_at if reading.start < start < reading.end]
            if inner:
                found.append((text[max(inner) : reading.end], reading))
    return found


@lru_cache(maxsize=4096)
def _company_forms(name: str) -> tuple[str, ...]:
    return tuple(_beginnings(name))


def _beginnings(name: str) -> list[str]:
    """Beginnings of a company's name, less place and last word, that can stand for it: 鑫磊峰, 鑫磊峰清源, …"""
    found: list[str] = []
    last = _LAST.match(name, 0, len(name))
    core = _BRACKETS.sub("", name[: last.start()] if last else name)
    if len(core) < 2:
        return found
    tail = _TAIL.match(core, 0, len(core))
    brand = core[: tail.start()] if tail else core
    if 2 <= len(brand) < len(core) and is_unusual(brand):
        found.append(brand)  # 滇润红|糖业
        if trade := _TRADES.longest(core, len(brand)):
            found.append(brand + trade)
        core = brand
    cut = parts(core)
    first = core[: cut[0].end]
    unusual = not cut[0].word_class
    if unusual and len(first) > 1:
        found.append(first)
        if trade := _TRADES.longest(core, len(first)):
            found.append(first + trade)
    end = cut[0].end
    for part in cut[1:]:
        end = part.end
        if unusual or (end > 3 and not is_word(core[:end])):
            found.append(core[:end])
    return found


def _straddled(text: str, start: int, end: int) -> bool:
    """Whether everyday words lie across both edges, so that the form is there by accident."""
    return end - start < 4 and start > 0 and is_word(text[start - 1 : start + 1]) and is_word(text[end - 1 : end + 1])
