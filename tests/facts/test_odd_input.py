"""Bad input: linear time, no exception, a sensible nothing."""

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zhengwen
from tests.timing import assert_linear
from zhengwen import quantities
from zhengwen.pipeline import Pipeline
from zhengwen.records import Article

nlp = cache(lambda: zhengwen.load("fast"))
Run = Callable[..., list[Article]]
WORDS = ["签约", "项目", "16个", "总投资", "64.8亿元", "，", "。", "\n", "其中", "（", "）", "分别", "增长", "12%", "5%", "、", "和", "去年", "预计", "的", "占", "全省", "该项目", "2×34万千瓦", "以上", "“", "”", "亿", "每亩"]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["9" * 10_000, "亿亿亿", "万" * 5000, "1." * 3000, "一点" * 2000, "百分之", "至" * 500]
)
def test_what_is_no_number_gives_nothing(text: str) -> None:
    assert quantities(text) == []
    assert quantities(f"编号{text}。") == []


@pytest.mark.parametrize("text", ["亿元", "3", "12,", "1至", "万元以上", "个"])
def test_half_a_number_at_an_edge_is_borne(articles: Run, text: str) -> None:
    for whole in (text, f"{text}。", f"签约{text}", f"。{text}\n"):
        assert len(articles(whole)) == 1


def test_contradictory_units_give_the_first() -> None:
    assert [(q.text, q.unit) for q in quantities("产量5元吨，占3%个。")] == [("5元", "CNY"), ("3%", "%")]


def test_brackets_nested_deep_are_borne(articles: Run) -> None:
    (article,) = articles("签约9个" + "（其中3个" * 200 + "）" * 200)
    assert len(article.facts) == 201


@pytest.mark.parametrize(
    "unit",
    ["签约9个，", "其中3个", "5亿元", "（3个", "甲公司投资3亿元、", "增长5%和", "该项目总投资3亿元。", "去年3个"],
)
def test_facts_take_linear_time(articles: Run, fast: Pipeline, unit: str) -> None:
    assert_linear(lambda size: articles(unit * size, pipeline=fast), 250)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_any_order_of_words_gives_a_fact_for_each_quantity(text: str) -> None:
    doc = nlp()(text)
    assert [fact.quantity for fact in doc._.facts] == [quantity.id for quantity in doc._.quantities]
