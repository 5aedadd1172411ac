"""Examples beside rules: sentences in which 【】 marks what a rule finds, or must not find."""

from collections.abc import Iterator
from typing import NamedTuple

import regex

from .matcher import Matcher
from .read import Line

_MARK = regex.compile("【([^【】]+)】")


class Failed(NamedTuple):
    """An example that is not as it says. `line` is the rule it stands beside."""

    line: Line
    example: str
    why: str


def unmark(marked: str) -> tuple[str, set[tuple[int, int]]]:
    """The plain sentence and the marked spans in it."""
    text, spans, end = "", set(), 0
    for mark in _MARK.finditer(marked):
        text += marked[end : mark.start()]
        spans.add((len(text), len(text) + len(mark[1])))
        text, end = text + mark[1], mark.end()
    return text + marked[end:], spans


def mark(text: str, start: int, end: int) -> str:
    """The sentence around a span, the span marked."""
    first = max(text.rfind(one, 0, start) for one in "。！？；\n") + 1
    last = min((at for one in "。！？；\n" if (at := text.find(one, end)) >= 0), default=len(text))
    return f"{text[first:start]}【{text[start:end]}】{text[end:last]}"


def test(matcher: Matcher) -> Iterator[Failed]:
    """The examples that fail: a marked name that its rule does not find or that another name of the rules hides; a name
    of `no_match` that the rules give its label."""
    for number, line in enumerate(matcher.lines):
        if line.rule.off:
            continue
        for example in line.rule.examples.match:
            text, wanted = unmark(example)
            found = matcher(text)
            mine = {(one.start, one.end) for one in found if one.rule == number}
            kept = _labelled(matcher, text, line.rule.label)
            if not wanted:
                yield Failed(line, example, "no name is marked; expected 【】 around one")
            for start, end in sorted(wanted - mine):
                yield Failed(line, example, f"the rule does not find {text[start:end]}")
            for start, end in sorted((wanted & mine) - kept):
                yield Failed(line, example, f"{text[start:end]} loses to another name")
        for example in line.rule.examples.no_match:
            text, marked = unmark(example)
            mine = {(one.start, one.end) for one in matcher(text) if one.rule == number}
            wrong = _labelled(matcher, text, line.rule.label) & marked if marked else mine
            for start, end in sorted(wrong):
                yield Failed(line, example, f"{text[start:end]} is found")


def _labelled(matcher: Matcher, text: str, label: str) -> set[tuple[int, int]]:
    kept = matcher.settle(matcher(text))
    return {(one.start, one.end) for one in kept if matcher.lines[one.rule].rule.label == label}
