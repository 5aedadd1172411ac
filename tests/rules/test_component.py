"""`zhengwen_rules` in a pipeline: beside, before, after and over what the entity rules find."""

from pathlib import Path

import pytest
from spacy.lang.zh import Chinese

import zhengwen
from tests.conftest import ROOT
from tests.rules.support import rule
from zhengwen.errors import ConfigError
from zhengwen.rules.component import RuleFinder
from zhengwen.rules.read import dump
from zhengwen.rules.records import Rule

TEXT = "江州市委书记周明远在合肥市发改委和合肥说，按《江州市用水管理条例》办。"


@pytest.fixture(scope="module")
def nlp() -> Chinese:
    return zhengwen.load("entities")  # type: ignore[return-value]


def run(nlp: Chinese, folder: Path, key: str, *rules: Rule, text: str = TEXT) -> list[tuple[str, str, str]]:
    path = folder / "own.jsonl"
    path.write_bytes(dump(rules))
    doc = RuleFinder(nlp, "rules", **{key: [str(path)]})(nlp(text))
    assert [one.id for one in doc._.entities] == [f"e{i + 1}" for i in range(len(doc._.entities))]
    assert all(doc.text[one.start : one.end] == one.text for one in doc._.entities)
    assert {role.person for role in doc._.roles} <= {one.id for one in doc._.entities}
    assert [(one.text, one.label_) for one in doc.ents] == [(one.text, one.label) for one in doc._.entities]
    return [(one.text, one.label, one.by) for one in doc._.entities]


@pytest.mark.parametrize(
    ("key", "pattern", "there"),
    [
        ("before", "江州市用水管理条例", True),
        ("after", "江州市用水管理条例", True),
        ("before", "发改委", False),
        ("after", "发改委", False),
        ("override", "发改委", True),
        ("before", "周明远在", True),
        ("after", "周明远", False),
    ],
)
def test_rule_stands_where_its_setting_says(nlp: Chinese, tmp_path: Path, key: str, pattern: str, there: bool) -> None:
    found = run(nlp, tmp_path, key, rule(label="POLICY", pattern=pattern, id="mine"))
    assert ((pattern, "POLICY", "rules:mine") in found) is there


def test_precision_is_the_confidence(nlp: Chinese, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(dump([rule(pattern="用水", precision=0.8), rule(pattern="说")]))
    doc = RuleFinder(nlp, "rules", after=[str(tmp_path / "a.jsonl")])(nlp(TEXT))
    assert [(one.text, one.confidence) for one in doc._.entities if one.label == "X"] == [("说", 1.0), ("用水", 0.8)]


def test_file_of_another_kind_is_refused_when_the_pipeline_is_made(nlp: Chinese, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(dump([rule(pattern=[{"TEXTT": "x"}])]))
    with pytest.raises(ConfigError, match=r"a\.jsonl:1"):
        RuleFinder(nlp, "rules", before=[str(tmp_path / "a.jsonl")])
    with pytest.raises(ConfigError, match="list of paths"):
        RuleFinder(nlp, "rules", before="a.jsonl")


def test_packaged_config_finds_policies() -> None:
    doc = zhengwen.load(ROOT / "configs" / "rules.cfg")("依据《江州市户外广告设置细则》拆除。")
    assert [(one.text, one.label) for one in doc._.entities] == [("江州市户外广告设置细则", "POLICY")]
