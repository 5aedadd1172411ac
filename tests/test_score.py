"""The figures on real annotated text, which stays outside of the repository, as floors a little below what is reached."""

import importlib.util
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, lines
from tests.marked import roles
from zhengwen.pipeline import Pipeline
from zhengwen.records import Article

SHARED = ROOT.parent / "shared"
NEEDED = ("score.py", "gold/dev.jsonl", "gold/seed.txt")
pytestmark = pytest.mark.skipif(
    not all((SHARED / name).exists() for name in NEEDED), reason=f"no annotated text: {SHARED} has not all of {NEEDED}"
)


def score_module() -> Any:
    spec = importlib.util.spec_from_file_location("zhengwen_score", SHARED / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def records(pipeline: Pipeline, path: Path) -> Iterator[Article]:
    for document in pipeline.reader([str(path)]):
        for article in pipeline.articles(document):  # type: ignore[arg-type]
            assert isinstance(article, Article), article
            yield article


@pytest.fixture(scope="module")
def figures(default: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    from zhengwen.writers.jsonl import JsonlWriter

    output = tmp_path_factory.mktemp("score") / "dev.jsonl"
    sink = JsonlWriter()(output, "articles")
    for article in records(default, SHARED / "gold" / "dev.jsonl"):
        sink.write(article)
    sink.close()
    gold = lines(SHARED / "gold" / "dev.jsonl")
    found, seen = score_module().evaluate(gold, lines(output))
    assert seen == len(gold)
    return found


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("entity strict all", 0.92),
        ("entity strict mission", 0.92),
        ("quantity found", 0.98),
        ("quantity exact", 0.98),
        ("role", 0.95),
        ("role organisation (accuracy)", 0.93),
        ("fact", 0.68),
        ("fact metric (accuracy)", 0.93),
        ("fact subject (accuracy)", 0.70),
        ("fact kind (accuracy)", 0.96),
        ("fact modality (accuracy)", 0.94),
        ("fact time (accuracy)", 0.90),
    ],
)
def test_score_does_not_fall_below_its_floor(figures: dict[str, dict[str, float]], name: str, floor: float) -> None:
    assert figures[name]["f1"] >= floor


@pytest.fixture(scope="module")
def seed(default: Pipeline) -> list[Article]:
    return list(records(default, SHARED / "gold" / "seed.txt"))


@pytest.mark.parametrize(
    ("text", "label"),
    [("金湘军", "OFFICIAL"), ("大同经济技术开发区", "ZONE"), ("山西鑫格林清源循环科技有限公司", "COMPANY")],
)
def test_seed_page_has_the_entity(seed: list[Article], text: str, label: str) -> None:
    assert {entity.label for article in seed for entity in article.entities if entity.text == text} == {label}


@pytest.mark.parametrize("role", ["金湘军: 省委副书记", "金湘军: 省长"])
def test_seed_page_has_the_role(seed: list[Article], role: str) -> None:
    assert role in [found for article in seed for found in roles(article)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("13.9亿元", 1390000000, "CNY"),
        ("400MW", 400, "MW"),
        ("800MWh", 800, "MWh"),
        ("1.58万亿元", 1580000000000, "CNY"),
    ],
)
def test_seed_page_has_the_quantity(seed: list[Article], text: str, value: int, unit: str) -> None:
    found = {(q.value, q.unit) for article in seed for q in article.quantities if q.text == text}
    assert found == {(Decimal(value), unit)}
