"""Words of bound around a number: 约30家, 超10亿元, 10亿元以上, 上万人. The table is `corpus/lexicon/bounds.tsv`."""

import re

from ..lexicon import column, table
from ..records import Bound
from .units import alternatives


class _Word:
    def __init__(self, bound: Bound, unless: str, bare: bool):
        self.bound, self.unless, self.bare = bound, tuple(unless), bare


def _side(side: str) -> dict[str, _Word]:
    rows = (row for row in table("bounds") if row["side"] == side)
    return {row["word"]: _Word(row["bound"], row["unless"], row["form"] == "bare") for row in rows}  # type: ignore[arg-type]


INSIDE = "".join(column("bounds", "word", side="inside"))
"""Characters of vagueness inside a numeral: 二十余万, 50几个."""
_BEFORE, _AFTER = _side("before"), _side("after")
_LENGTHS = sorted({len(word) for word in _BEFORE}, reverse=True)
_AFTER_FINDER = re.compile(alternatives(_AFTER))
_APART = ("至少", "最少", "至多", "最多")
"""Words that a verb may part from the number."""
_LINKS = ("达到", "达", "为", "了", "有", "在", "的", "要", "占", "翻", "翻了")
"""May stand between the word and the number: 约为5亿元, 超过了10%."""
_LAST = {word[-1] for word in (*_BEFORE, *_LINKS)}
"""Last characters of the words and the links: most numbers have none of them before them."""


def bound_of(text: str, start: int, end: int, bare: bool) -> Bound:
    """The bound of the number at [start, end); `bare`: it is a scale word alone (上万人)."""
    before = text[max(0, start - 8) : start]
    for link in ("", *_LINKS) if before[-1:] in _LAST else ():
        if link and not before.endswith(link):
            continue
        stem = before[: len(before) - len(link)] if link else before
        for length in _LENGTHS:
            word = _BEFORE.get(stem[-length:]) if length <= len(stem) else None
            if word and (bare or not word.bare) and not (word.unless and stem[:-length].endswith(word.unless)):
                return word.bound
    if before[-4:-2] in _APART:  # 至少培训8000人
        return _BEFORE[before[-4:-2]].bound
    if after := _AFTER_FINDER.match(text, end):
        word = _AFTER[after[0]]
        if not (word.unless and text.startswith(word.unless, after.end())):
            return word.bound
    return "exact"
