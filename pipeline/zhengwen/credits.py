"""Credits: the reporters in the bracket that ends an article, （王媛）, （本报记者 刘成 通讯员 韩 春）."""

import re
from collections.abc import Iterator
from typing import Final

import regex

from .lexicon import column, table
from .records import Span
from .script import simplified

_CREDIT: Final = regex.compile("|".join(column("layout", "pattern", kind="credit")), regex.MULTILINE)
_BRACKETS: Final = ("（", "(")
_LINE_END: Final = re.compile(r"[（(][^（）()\n]++[）)](?=\s*$)", re.MULTILINE)
_NAME: Final = regex.compile(r"\p{Han}[ 　]\p{Han}(?!\p{Han})|\p{Han}{2,3}")
_WORDS: Final = regex.compile(r"(?:本报|本刊)?(?:特约|见习)?(?:记者|通讯员)|本报|本刊")
_SURNAMES: Final = {row["surname"] for row in table("surnames", "corpus/gazetteers")}


def is_credit(line: str) -> bool:
    """Whether a line is nothing but a credit."""
    return line[:1] in _BRACKETS and bool(_CREDIT.fullmatch(simplified(line)))


def _credits(text: str) -> Iterator[regex.Match[str]]:
    """The credits that end a line."""
    for bracket in _LINE_END.finditer(text):
        if credit := _CREDIT.match(text, bracket.start()):
            yield credit


def credited_names(text: str) -> list[Span]:
    """The spans of all names in credits. A bracket with anything that is no name (（据新华社）) is none."""
    spans: list[Span] = []
    text = simplified(text)
    for credit in _credits(text):
        inside = _WORDS.sub(lambda word: "，" * len(word[0]), credit[0])
        names = [(credit.start() + name.start(), credit.start() + name.end()) for name in _NAME.finditer(inside)]
        if all(text[start] in _SURNAMES or text[start : start + 2] in _SURNAMES for start, _ in names):
            spans.extend(names)
    return spans
