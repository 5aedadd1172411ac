"""A rule made ready for the scan: its words in simplified script, its lengths, and the words that it is found by."""

import sys
from collections.abc import Iterable
from typing import Literal, NamedTuple

import regex

from ..script import simplified
from .read import Line
from .records import Context, Rule
from .shapes import CLASSES, of_classes, pattern_of

LONGEST = 20
"""Characters of a name whose rule gives no length."""
Role = Literal["name", "suffix", "prefix", "before", "edge"]
_ANY = Context()
_WHOLE = ("gazetteer", "pattern", "regex", "shape")
"""Kinds of rules that say themselves how long a name is."""


class Compiled(NamedTuple):
    rule: Rule
    fewest: int
    most: int
    only: regex.Pattern[str]
    """The characters that a name may have besides prefix and suffix."""
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    before: tuple[str, ...]
    context: Context


def compiled(rule: Rule) -> Compiled:
    prefixes, suffixes = _plain(rule.prefix or ()), _plain(rule.suffix or ())
    context = rule.context or _ANY
    if context is not _ANY:
        context = Context(*(list(_plain(words)) for words in _of(context)))
    if rule.length:
        fewest, most = rule.length
    elif rule.kind in _WHOLE:
        fewest, most = 1, sys.maxsize
    else:
        fewest, most = min(map(len, prefixes + suffixes), default=0) + 1, LONGEST
    before = tuple(word for word in context.before if word != "^")
    return Compiled(rule, fewest, most, of_classes(rule.chars), prefixes, suffixes, before, context)


def _plain(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(simplified, words))


def _of(context: Context) -> tuple[list[str], ...]:
    return context.before, context.behind, context.not_before, context.not_behind


def anchors(line: Line, one: Compiled) -> tuple[Role, list[str]]:
    """The words by which a rule is found, and what they are to it."""
    rule = line.rule
    if isinstance(rule.pattern, str):
        return "name", [simplified(rule.pattern)]
    if rule.gazetteer is not None:
        return "name", [simplified(name) for name in line.names()]
    if rule.suffix is not None:
        return "suffix", list(one.suffixes)
    if rule.prefix is not None:
        return "prefix", list(one.prefixes)
    if rule.edges is not None:
        return "edge", list(map(simplified, rule.edges))
    return "before", list(one.before) if rule.kind == "context" else []


def shape_of(shape: str) -> tuple[regex.Pattern[str], str]:
    """The expression of a shape, no part of a longer run of letters or digits, and a text without which it finds nothing."""
    pattern = pattern_of(shape)
    if shape[0] in "0aA":
        pattern = r"(?<![\p{Latin}0-9])" + pattern
    if shape.rstrip("+")[-1:] in ("0", "a", "A") or shape.endswith("}"):
        pattern += r"(?![\p{Latin}0-9])"
    literal = next((one for one in shape if not one.isascii() and one not in CLASSES), "")
    return regex.compile(pattern), literal
