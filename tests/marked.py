"""Marked-up text: a sentence and what must be found in it, in one line.

Entities: `省长【OFFICIAL 章伯恺】在【ZONE 南浔经济开发区】调研`; a nominal mention is `【ZONE? 开发区】`, right or wrong either way.
Roles: `person: post @ organisation`. Quantities: `text = value unit bound`, a range `text = low..high unit`; exact goes unsaid.
"""

import json
from pathlib import Path
from typing import Any

import pytest
import regex

from zhengwen.records import Article, Quantity

SPECS = Path(__file__).parent / "specs"
MARK = regex.compile(r"【(?P<label>[A-Z]+)(?P<nominal>\??) (?P<name>[^【】]+)】")

Span = tuple[str, int, int]


def unmark(marked: str) -> tuple[str, list[Span], list[Span]]:
    """The plain text, its entities as (label, start, end), and the nominal ones."""
    text, entities, nominal, end = "", [], [], 0
    for mark in MARK.finditer(marked):
        text += marked[end : mark.start()]
        kind = nominal if mark["nominal"] else entities
        kind.append((mark["label"], len(text), len(text) + len(mark["name"])))
        text += mark["name"]
        end = mark.end()
    return text + marked[end:], entities, nominal


def mark(article: Article) -> str:
    """The text of an article with its entities marked: what `unmark` takes apart."""
    text, end = "", 0
    for entity in article.entities:
        text += article.text[end : entity.start] + f"【{entity.label}{'?' * entity.nominal} {entity.text}】"
        end = entity.end
    return text + article.text[end:]


def roles(article: Article) -> list[str]:
    """The roles of an article as `person: post @ organisation`, sorted."""
    names = {entity.id: entity.text for entity in article.entities}
    return sorted(
        f"{names[role.person]}: {role.post}" + (f" @ {role.organisation}" if role.organisation else "")
        for role in article.roles
    )


def quantity(found: Quantity) -> str:
    value = f"{found.low}..{found.high}" if found.bound == "range" else found.value
    bound = "" if found.bound in ("exact", "range") else f" {found.bound}"
    return f"{found.text} = {value} {found.unit}{bound}"


def spec(name: str) -> list[Any]:
    """The cases of `specs/<name>.jsonl` as pytest parameters, each named by its line."""
    lines = (SPECS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    return [pytest.param(case, id=f"line-{number}") for number, case in enumerate(cases, 1)]


def expect(case: dict[str, Any], found: object, expected: object) -> None:
    """Assert that they are equal; a case marked `xfail` may fail, and is counted as such."""
    if "xfail" in case and found != expected:
        pytest.xfail(case["xfail"])
    assert found == expected
