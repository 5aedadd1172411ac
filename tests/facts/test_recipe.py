"""The recipe that fits the weights of facts: it learns what is right, and learns the same twice."""

import importlib.util
import math
from types import ModuleType
from typing import Any

import pytest

from tests.conftest import ROOT
from zhengwen.facts.circumstances import KIND_LABELS
from zhengwen.facts.scores import FIELDS


@pytest.fixture(scope="module")
def recipe() -> ModuleType:
    spec = importlib.util.spec_from_file_location("recipe", ROOT / "models" / "facts" / "recipe.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def document(text: str, number: str, **fact: Any) -> dict[str, Any]:
    start = text.index(number)
    known = {"metric": None, "subject": None, "time": None, "kind": "level", "modality": "actual"}
    return {"text": text, "date": "2023-05-06", "facts": [{"quantity": [start, start + len(number)], **known, **fact}]}


GOLD = [
    document("云河市去年完成投资12亿元。", "12亿元", metric="投资", subject="云河市", time="去年"),
    document("云河市力争年内新开工项目30个。", "30个", metric="新开工项目", subject="云河市", modality="planned"),
    document("云河市外贸同比增长8%。", "8%", metric="外贸", subject="云河市", kind="change"),
]


def test_rightness_takes_the_best_reading_there_is(recipe: ModuleType) -> None:
    right = recipe.rightness("kind", {"kind": "share"}, KIND_LABELS, None)
    assert [label.kind for label, good in zip(KIND_LABELS, right, strict=True) if good] == ["share"]


def test_fit_is_deterministic_and_moves_towards_gold(recipe: ModuleType) -> None:
    readings = recipe.read(GOLD * 8)  # features of few choices are left out
    start, weights = recipe.prior(), recipe.fit(readings, rounds=1)
    assert weights == recipe.fit(readings, rounds=1)
    cases: dict[str, list[Any]] = {field: [] for field in FIELDS}
    for one, reading in readings:
        recipe.collect(one, reading, cases, recipe.scored(start), forced=True)
    for field in FIELDS:
        assert likelihood(cases[field], start[field]) < likelihood(cases[field], weights[field]), field


def likelihood(cases: list[Any], weights: dict[str, float]) -> float:
    """The mean probability of what is right."""
    found = []
    for candidates, right in cases:
        odds = [math.exp(sum(weights.get(feature, 0.0) for feature in features)) for features in candidates]
        found.append(sum(one for one, good in zip(odds, right, strict=True) if good) / sum(odds))
    return sum(found) / len(found)
