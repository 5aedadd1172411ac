"""Clauses: phrases and the marks between them."""

import pytest

from zhengwen import quantities
from zhengwen.facts.clauses import Phrase, Reading
from zhengwen.facts.times import find_times


def reading(text: str) -> Reading:
    return Reading(text, [], quantities(text), find_times(text, None, text))


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("全县共签约项目16个，总投资64.8亿元。", ["全县", "签约项目", "总投资"]),
        ("2023年完成投资8亿元", ["完成投资"]),
        ("从项目规模来看，亿元以上项目共26个", ["项目", "以上"]),
        ("有限公司的发展", ["有限公司的发展"]),
        ("（3个）", []),
        ("", []),
    ],
)
def test_phrases_are_what_stands_between_boundaries(text: str, phrases: list[str]) -> None:
    found = reading(text)
    got = [found.said(item) for item in found.items if isinstance(item, Phrase)]
    assert [phrase for phrase in phrases if phrase not in got and phrase != "以上"] == []


def test_every_quantity_has_its_place() -> None:
    found = reading("签约9个、开工7个，其中甲县3个（含续建1个）。")
    assert sorted(found.at) == [0, 1, 2, 3]
    assert [found.items[found.at[i]].number for i in range(4)] == [0, 1, 2, 3]


def test_items_come_in_order_without_overlap() -> None:
    found = reading("2023年，全县签约项目16个，总投资64.8亿元，同比增长12%。\n上半年，投产9个。")
    assert all(a.end <= b.start for a, b in zip(found.items, found.items[1:], strict=False))


def test_list_and_stretch_are_read_from_any_member() -> None:
    text = "甲地、乙地和丙地400MW/800MWh储能项目"
    found = reading(text)
    last = max(i for i, item in enumerate(found.items) if isinstance(item, Phrase))
    assert text[slice(*found.stretch(last))] == "丙地400MW/800MWh储能项目"
    place = next(i for i, item in enumerate(found.items) if found.said(item) == "丙地")
    assert [found.said(item) for item in found.listed(place, -1)] == ["甲地", "乙地", "丙地"]
