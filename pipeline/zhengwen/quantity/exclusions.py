"""Numbers that count nothing: names and fixed words with a numeral, ranks, durations, 一个 as an article."""

import re

import ahocorasick_rs

from ..lexicon import column
from .numerals import has_digit
from .units import Unit

_GUARDS = ahocorasick_rs.AhoCorasick(
    list(column("numeral_guards", "word")), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
)
_NOT_BEFORE = ("第", "“", "几", "数", "两", "每")
_RANKED = ("名", "位", "大", "强", "家", "个")
_RANK = re.compile(r"(?<![目日之以年会当提先])前$|(?:排名|位列|位居|居|列|排在|排)(?:全[国省市球区县])?$")
_RANK_ENDS = frozenset("前名列居在排国省市球区县")
"""Last characters of what the expression finds: most numbers have none of them before them."""
_DURATION = re.compile(r"个[多半]?(?:月|小时|星期|工作日|交易日|季度|年头|年|世纪|百分)")
_BARE_SCALE = re.compile(r"[十百千万亿]+")


class Surroundings:
    """One text: where its guard words are, asked for each number found."""

    def __init__(self, text: str):
        self.text = text
        self._guards = {start: end for _, start, end in _GUARDS.find_matches_as_indexes(text)}

    def excluded(self, start: int, end: int, number: str, word: str, unit: Unit, exact: bool) -> bool:
        """Whether the number with its unit word at [start, end) counts nothing; `exact`: no word of bound goes with it."""
        text = self.text
        if self._guards:
            least = min(end, start + len(number) + 1)
            for begin in range(start - 3, start + 1):
                if self._guards.get(begin, 0) >= least:
                    return True
        counts = unit.dimension == "count"
        if counts and (self._quoted(start) or (word == "个" and _DURATION.match(text, end - 1))):
            return True
        if (
            counts
            and word in _RANKED
            and text[start - 1 : start] in _RANK_ENDS
            and _RANK.search(text, max(0, start - 4), start)
        ):
            return True
        if has_digit(number):
            return False
        before = text[max(0, start - 1) : start]
        bare = is_bare(number)
        if before in _NOT_BEFORE or (before == "上" and not bare):
            return True
        if number == "一":
            return (counts and word != "番") or before == "每" or unit.dimension not in ("ratio", "money", "count")
        if number[0] in "几数":  # 数十家 says no number, 数百万元 does
            return counts and not number.endswith(("万", "亿"))
        return bare and exact and not text.startswith("级", end)

    def _quoted(self, start: int) -> bool:
        """Inside a short quotation: the name of a campaign or a slogan, “奋斗两个五年”."""
        opened = self.text.rfind("“", max(0, start - 13), start)
        if opened < 0 or self.text.find("”", opened, start) >= 0:
            return False
        return self.text.find("”", start, start + 20) > 0 and "\n" not in self.text[opened:start]


def is_bare(number: str) -> bool:
    """A scale word without a number of its own: 万, 百万; 十 is ten."""
    return number != "十" and bool(_BARE_SCALE.fullmatch(number))
