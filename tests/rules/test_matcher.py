"""What each kind of rule finds, and what it leaves."""

import itertools
import pickle

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.support import found, matcher, rule
from zhengwen.errors import ConfigError, DocumentError
from zhengwen.rules.matcher import Matcher
from zhengwen.rules.records import Rule


@pytest.mark.parametrize(
    ("rules", "text", "expected"),
    [
        ([rule(pattern="西湖")], "他到西湖和东湖。", ["西湖"]),
        ([rule(gazetteer=["国航"])], "国航和中国航空", ["国航"]),
        ([rule(gazetteer=["银行"])], "银行业里的银行。", ["银行"]),
        ([rule(gazetteer=["央行"], alone=True)], "央行说，央行营业分行。中国央行", ["央行"]),
        ([rule(regex="第(?P<name>[一二三]+)号")], "第二号令", ["二"]),
        ([rule(shape="《H{2,20}》")], "读《江州史》。", ["《江州史》"]),
        ([rule(shape="A+0+")], "列车G123开出，XG12A不算。", ["G123"]),
        ([rule(suffix=["管理办法"], before=["《"])], "按《江州停车管理办法》办。", ["江州停车管理办法"]),
        ([rule(suffix=["法院"])], "记者从太原市中级人民法院获悉", ["太原市中级人民法院"]),
        ([rule(suffix=["法院"], start="place")], "记者从太原市法院获悉，在法院", ["太原市法院"]),
        ([rule(suffix=["局"], rest="name")], "由太原市水利局和有关局", ["太原市水利局"]),
        ([rule(suffix=["银行"])], "在各银行", []),
        ([rule(suffix=["银行"], length=(4, 5))], "在晋商银行，在晋商城市发展银行", ["晋商银行"]),
        ([rule(suffix=["经理"]), rule(edges=["公司"])], "任恒岚科技公司总经理", ["总经理"]),
        ([rule(suffix=["部长"]), rule(edges=["公司"], inside=["管理"])], "公司综合管理部部长", ["综合管理部部长"]),
        ([rule(prefix=["中共"], suffix=["委员会"])], "中共江州市委员会指出", ["中共江州市委员会"]),
        ([rule(prefix=["关于"], behind=["》"])], "印发《关于加快发展的意见》。", ["关于加快发展的意见"]),
        ([rule(before=["名叫"], behind=["的"])], "一个名叫青柚谷的地方", ["青柚谷"]),
        ([rule(pattern="西湖"), rule(pattern="西湖景区")], "西湖景区", ["西湖景区"]),
        ([rule(pattern="西湖", off=True)], "西湖", []),
        ([rule(pattern="灣區")], "大湾区", ["湾区"]),
    ],
)
def test_rule_finds_what_it_says(rules: list[Rule], text: str, expected: list[str]) -> None:
    assert found(rules, text) == expected


def test_surer_rule_wins_over_one_of_the_same_length() -> None:
    one = matcher(rule(pattern="西湖", precision=0.5), rule(pattern="西湖", label="Y", precision=0.9))
    assert [match.rule for match in one.settle(one("西湖"))] == [1]


def test_token_pattern_is_spacys_own() -> None:
    nlp = spacy.blank("zh")
    one = matcher(rule(pattern=[{"TEXT": "青"}, {"TEXT": {"IN": ["山", "水"]}}]))
    text = "看青山绿水"
    assert [text[a:b] for a, b, _ in one(text, nlp(text))] == ["青山"]
    assert one(text) == []
    assert len(Matcher(one.lines, nlp.make_doc)(text)) == 1
    with pytest.raises(ConfigError, match=r"own\.jsonl:1"):
        matcher(rule(pattern=[{"TEXTT": "青"}])).prepare(nlp.vocab)


def test_expression_that_runs_for_ever_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhengwen.rules.matcher.TIMEOUT", 0.05)
    with pytest.raises(DocumentError, match=r"own\.jsonl:1"):
        matcher(rule(regex="(汉|汉汉)+丁"))("汉" * 60 + "。丁")


def test_matcher_survives_pickling() -> None:
    one = pickle.loads(pickle.dumps(matcher(rule(pattern="西湖"))))
    assert len(one("西湖")) == 1
    assert pickle.loads(pickle.dumps(matcher()))("西湖") == []


RULES = (
    rule(suffix=["局", "法院"]),
    rule(suffix=["局"], start="place", rest="name", alone=True),
    rule(prefix=["太"], suffix=["局"]),
    rule(before=["在", "（"], behind=["。"]),
    rule(prefix=["省"], length=(2, 9)),
    rule(shape="《H+》"),
    rule(gazetteer=["太原", "局"], alone=True),
    rule(edges=["原"], inside=["在"]),
)


@given(st.text("太原市局法院在的《》（），。 省a1\n各", max_size=60))
def test_matches_lie_in_the_text_and_are_settled_flat(text: str) -> None:
    one = matcher(*RULES)
    matches = one(text)
    assert all(0 <= match.start < match.end <= len(text) for match in matches)
    kept = one.settle(matches)
    assert all(a.end <= b.start for a, b in itertools.pairwise(kept))
