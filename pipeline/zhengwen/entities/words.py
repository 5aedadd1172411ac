"""Everyday words: how a name (恒岚, 宁德) is told from a phrase (清洁能源, 有关部门).

What no everyday word of the lexicon covers is unusual, and a run of two unusual characters or more is taken for a name.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import regex

from ..lexicon import column, pairs

_FOREIGN: Final = regex.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")
_LONGEST: Final = 4
LETTERS: Final = frozenset([chr(first + i) for first in (ord("A"), ord("a"), ord("Ａ"), ord("ａ")) for i in range(26)])
"""Of the Latin alphabet, in both widths."""


class Part:
    """A stretch of a text: an everyday word with its class (k: a word of kind), or unusual characters (class '')."""

    def __init__(self, start: int, end: int, word_class: str):
        self.start = start
        self.end = end
        self.word_class = word_class


class WordsAt:
    """Which of some words stands at a position: a few set look-ups, where a pattern of thousands takes ten times that."""

    def __init__(self, words: Iterable[str]):
        by_length: dict[int, set[str]] = {}
        for word in words:
            by_length.setdefault(len(word), set()).add(word)
        self._words = sorted(by_length.items())
        self._first = {word[0] for found in by_length.values() for word in found}

    def __call__(self, text: str, start: int) -> bool:
        if text[start : start + 1] not in self._first:
            return False
        for length, words in self._words:  # noqa: SIM110  (any() would double the time)
            if text[start : start + length] in words:
                return True
        return False

    def longest(self, text: str, start: int) -> str:
        """The longest of the words at a position, '' if none stands there."""
        if text[start : start + 1] in self._first:
            for length, words in reversed(self._words):
                if (word := text[start : start + length]) in words:
                    return word
        return ""

    def covers(self, text: str) -> bool:
        """Whether the text is nothing but such words."""
        reached = {0}
        for start in range(len(text)):
            if start in reached:
                for length, words in self._words:
                    if text[start : start + length] in words:
                        reached.add(start + length)
        return len(text) in reached


class WordsBefore:
    """Which of some words ends at a position."""

    def __init__(self, words: Iterable[str]):
        by_length: dict[int, set[str]] = {}
        for word in words:
            by_length.setdefault(len(word), set()).add(word)
        self._words = sorted(by_length.items(), reverse=True)
        self._last = {word[-1] for found in by_length.values() for word in found}

    def start(self, text: str, end: int) -> int:
        """Where the longest of the words that end at a position begins; the position itself if none does."""
        if end and text[end - 1] in self._last:
            for length, words in self._words:
                if length <= end and text[end - length : end] in words:
                    return end - length
        return end


def run_start(text: str, edge: int, end: int, others: frozenset[str] = frozenset()) -> int:
    """Where the run of Chinese characters, and of `others`, begins that ends at `end`; not before `edge`."""
    while end > edge:
        code = ord(text[end - 1])
        if not (0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x323AF or text[end - 1] in others):
            break
        end -= 1
    return end


def is_han(character: str) -> bool:
    return "㐀" <= character <= "鿿"


_CLASSES: Final[dict[str, str]] = dict(pairs("words")) | dict.fromkeys(column("kinds", "word"), "k")


def is_word(text: str) -> bool:
    return text in _CLASSES


def word_class(text: str) -> str:
    """The class of an everyday word: n, v, a, d, x, or k for a word of kind; '' for anything else."""
    return _CLASSES.get(text, "")


@lru_cache(maxsize=4096)
def parts(text: str) -> tuple[Part, ...]:
    """The text cut into everyday words and unusual stretches, so that as few characters as can be are unusual."""
    costs, lengths = [0], [0]  # of the best cut up to each position, and of its last part
    for end in range(1, len(text) + 1):
        cost, length = costs[end - 1] + 10, 1
        for size in range(2, min(_LONGEST, end) + 1):
            if costs[end - size] + 1 < cost and text[end - size : end] in _CLASSES:
                cost, length = costs[end - size] + 1, size
        costs.append(cost)
        lengths.append(length)
    found: list[Part] = []
    end = len(text)
    while end:
        start = end - lengths[end]
        word_class = _CLASSES.get(text[start:end], "") if end - start > 1 else ""
        if not word_class and found and not found[-1].word_class:
            found[-1] = Part(start, found[-1].end, "")
        else:
            found.append(Part(start, end, word_class))
        end = start
    return tuple(reversed(found))


def is_unusual(text: str) -> bool:
    """Whether no everyday word is in the text."""
    return all(not part.word_class for part in parts(text))


def name_start(text: str) -> int | None:
    """Where the first run of two or more unusual characters, or of Latin letters, begins; None if there is none."""
    for part in parts(text):
        if not part.word_class and (part.end - part.start > 1 or _FOREIGN.search(text, part.start, part.end)):
            return part.start
    return None
