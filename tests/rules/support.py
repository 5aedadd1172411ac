"""Rules and documents written in a line each."""

import re
from collections.abc import Iterable
from typing import Any

from zhengwen.gold.documents import GoldDocument, GoldEntity
from zhengwen.rules.matcher import Matcher
from zhengwen.rules.read import Line
from zhengwen.rules.records import Context, Rule


def matcher(*rules: Rule) -> Matcher:
    return Matcher([Line(rule, rule.id or f"r{number}", "own.jsonl", number) for number, rule in enumerate(rules, 1)])


def rule(**values: Any) -> Rule:
    if "before" in values or "behind" in values:
        values["context"] = Context(before=values.pop("before", []), behind=values.pop("behind", []))
    return Rule(label=values.pop("label", "X"), **values)


def found(rules: Iterable[Rule], text: str) -> list[str]:
    """The names taken."""
    one = matcher(*rules)
    return [text[match.start : match.end] for match in one.settle(one(text))]


def gold(label: str, *sentences: str) -> list[GoldDocument]:
    """Documents with 【】 around the names of a label."""
    documents = []
    for number, sentence in enumerate(sentences, 1):
        text, names, end = "", [], 0
        for mark in re.finditer("【(.*?)】", sentence):
            text += sentence[end : mark.start()]
            names.append(GoldEntity(label=label, start=len(text), end=len(text) + len(mark[1]), text=mark[1]))
            text, end = text + mark[1], mark.end()
        documents.append(GoldDocument(id=f"d{number}", text=text + sentence[end:], entities=names))
    return documents
