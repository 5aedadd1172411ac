"""Entities and roles: the marked-up sentences of `specs/entities.jsonl`."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.marked import expect, roles, spec, unmark
from zhengwen.records import Article

Run = Callable[..., list[Article]]


@pytest.mark.parametrize("case", spec("entities"))
def test_entity_table(articles: Run, case: dict[str, Any]) -> None:
    text, expected, optional = unmark(case["text"])
    (article,) = articles(text)
    found = [(e.label, e.start, e.end) for e in article.entities if not e.nominal]
    found = [entity for entity in found if entity not in optional]
    expect(case, (found, roles(article)), (expected, case["roles"]))


def test_entity_named_again_keeps_its_label(articles: Run) -> None:
    (article,) = articles("市长汪思源主持会议。\n汪思源指出，要抓好落实。\n汪思源强调，要加快进度。")
    assert [(e.text, e.label) for e in article.entities] == [("汪思源", "OFFICIAL")] * 3
    assert [role.post for role in article.roles] == ["市长"]


def test_entity_tells_the_rule_that_found_it(articles: Run) -> None:
    (article,) = articles("省长章伯恺在南浔经济开发区调研。")
    assert all(entity.by.partition(":")[0] in ("rule", "lexicon") for entity in article.entities)


def test_entity_spans_are_spacy_entities_too() -> None:
    import zhengwen

    doc = zhengwen.load("default")("省长章伯恺在南浔经济开发区调研。")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [(e.text, e.label) for e in doc._.entities]
