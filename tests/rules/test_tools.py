"""check, explain, test: what they say of rules."""

from pathlib import Path

import pytest

from tests.rules.support import matcher, rule
from zhengwen.rules import examples as beside
from zhengwen.rules.check import check, lines_of
from zhengwen.rules.examples import mark, unmark
from zhengwen.rules.explain import explain
from zhengwen.rules.read import dump
from zhengwen.rules.records import Examples, Rule


def checked(folder: Path, *rules: Rule, texts: list[str] | None = None) -> list[tuple[str, str]]:
    path = folder / "own.jsonl"
    path.write_bytes(dump(rules))
    findings, counted = check([path], texts)
    assert list(lines_of(findings, counted))[-1].endswith("warnings")
    return [(one.where.rpartition(":")[2], one.code) for one in findings]


@pytest.mark.parametrize(
    ("rules", "texts", "expected"),
    [
        ([rule(pattern="西湖")], ["在西湖"], []),
        ([rule(pattern="西湖"), rule(pattern="西湖")], None, [("2", "duplicate")]),
        ([rule(gazetteer=["西湖"]), rule(gazetteer=["东湖", "西湖"])], None, [("2", "duplicate")]),
        ([rule(gazetteer=["湖"])], None, [("1", "broad")]),
        ([rule(shape="H{2,9}")], None, [("1", "broad")]),
        ([rule(regex="湖*")], None, [("1", "broad")]),
        ([rule(suffix=["管理办法"], length=(1, 3))], None, [("1", "never")]),
        ([rule(pattern="西湖")], ["在东湖"], [("1", "never")]),
        ([rule(pattern="西湖"), rule(pattern="西湖景区")], ["在西湖景区"], [("1", "shadowed")]),
        ([rule(pattern="西湖")], ["在西湖。" * 10], [("1", "broad")]),
        ([rule(pattern="西湖", off=True)], ["在东湖"], []),
    ],
)
def test_check_finds(tmp_path: Path, rules: list[Rule], texts: list[str] | None, expected: list[object]) -> None:
    assert checked(tmp_path, *rules, texts=texts) == expected


def test_check_lists_every_line_that_is_no_rule(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text('{"label": "a"}\n{"label": "A", "pattern": "x"}\n{\n', encoding="utf-8")
    findings, _ = check([path])
    assert [(one.where.rpartition(":")[2], one.severity) for one in findings] == [("1", "error"), ("3", "error")]


def test_check_tells_a_slow_expression(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhengwen.rules.check._MEASURABLE", 0)
    monkeypatch.setattr("zhengwen.rules.check.SLOW", 0)
    assert ("1", "slow") in checked(tmp_path, rule(regex="[一-龥]+局"), texts=["汉字" * 500])


def test_explain_says_who_won_who_lost_and_who_refused() -> None:
    one = matcher(
        rule(pattern="西湖", id="short"),
        rule(pattern="西湖景区", id="long", precision=0.9),
        rule(suffix=["景区"], length=(9, 20), id="far"),
    )
    outcomes = {outcome.line.id: (outcome.what, outcome.why) for outcome in explain(one, "在西湖景区")}
    assert outcomes["long"] == ("taken", "right in 90% of what it finds")
    assert outcomes["short"] == ("lost", "to 西湖景区 of long: longer")
    assert outcomes["far"][0] == "refused" and "9 to 20" in outcomes["far"][1]


@pytest.mark.parametrize(
    ("examples", "expected"),
    [
        (Examples(match=["在【西湖】划船"]), []),
        (Examples(match=["在【东湖】划船"]), ["the rule does not find 东湖"]),
        (Examples(match=["在西湖划船"]), ["no name is marked; expected 【】 around one"]),
        (Examples(match=["在【西湖】景区"]), ["西湖 loses to another name"]),
        (Examples(no_match=["在【西湖】划船"]), ["西湖 is found"]),
        (Examples(no_match=["在西湖划船"]), ["西湖 is found"]),
        (Examples(no_match=["在【西湖】景区", "在东湖"]), []),
    ],
)
def test_examples_are_tried(examples: Examples, expected: list[str]) -> None:
    rules = matcher(rule(pattern="西湖", examples=examples), rule(pattern="西湖景区"))
    assert [failed.why for failed in beside.test(rules)] == expected


def test_mark_is_undone_by_unmark() -> None:
    assert mark("前。他在西湖。后", 4, 6) == "他在【西湖】"
    assert unmark("他在【西湖】划船") == ("他在西湖划船", {(2, 4)})
