"""The scan for all lexicons, and the search for an article's own names."""

from itertools import pairwise

import pytest

from zhengwen.entities.occurrences import occurrences
from zhengwen.entities.scan import scanner

TEXT = "山西省太原市人民政府副市长王某在太原市商务局调研时指出，中国人民银行将支持太原经济技术开发区。"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("place", ["山西省", "太原市", "太原市", "中国", "太原"]),
        ("organ", ["中国人民银行"]),
        ("speech", ["指出"]),
        ("body", ["人民政府", "局", "银行", "经济技术开发区"]),
    ],
)
def test_hits_of_a_class_are_leftmost_then_longest(name: str, words: list[str]) -> None:
    assert [TEXT[hit.start : hit.end] for hit in scanner()(TEXT)[name]] == words


@pytest.mark.parametrize("text", ["", "的", "市", "😀", "中国", "\ud800中国"])
def test_hits_end_with_the_text(text: str) -> None:
    assert all(0 <= hit.start < hit.end <= len(text) for hits in scanner()(text).values() for hit in hits)


def test_hits_of_a_class_are_in_order_and_disjoint() -> None:
    for hits in scanner()(TEXT * 20).values():
        assert all(before.end <= after.start for before, after in pairwise(hits))


@pytest.mark.parametrize("others", [0, 100], ids=["few", "many"])
def test_names_are_found_leftmost_then_longest(others: int) -> None:
    names = ["恒岚", "恒岚电气", "电气", "气恒", "岚岚", *(f"某{i}" for i in range(others))]
    text = "恒岚电气恒岚、电气、岚岚岚"
    assert [(names[i], start) for i, start, _ in occurrences(names, text)] == [
        ("恒岚电气", 0),
        ("恒岚", 4),
        ("电气", 7),
        ("岚岚", 10),
    ]
