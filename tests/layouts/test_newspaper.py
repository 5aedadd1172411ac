"""The newspaper layout: the broken pages of `specs/layout.jsonl`, and what becomes of their parts."""

import json
from typing import Any

import pytest

from tests.marked import SPECS, expect
from zhengwen.layouts.auto import AutoLayout
from zhengwen.layouts.newspaper import NewspaperLayout
from zhengwen.layouts.plain import PlainLayout
from zhengwen.records import Layout, RawDocument


def cases() -> list[Any]:
    rows = map(json.loads, (SPECS / "layout.jsonl").read_text(encoding="utf-8").splitlines())
    return [pytest.param(row, id=row["why"]) for row in rows]


def page(text: str, paged: bool = True, **values: Any) -> RawDocument:
    return RawDocument("page", text, "page.txt", "0" * 64, len(text), paged, **values)


def blocks(layout: Layout) -> list[str]:
    return [f"{block.kind}: {layout.text[block.start : block.end]}" for block in layout.blocks]


@pytest.mark.parametrize("case", cases())
def test_layout_table(case: dict[str, Any]) -> None:
    layouts = list(NewspaperLayout()(page(case["text"])))
    expect(case, [blocks(layout) for layout in layouts], case["articles"])
    for key, field in (("sections", "section"), ("dates", "date"), ("bylines", "byline")):
        if key in case:
            expect(case, [getattr(layout, field) for layout in layouts], case[key])


def test_layout_leaves_a_clean_document_as_it_is() -> None:
    text = "药材丰收\n太和县药材丰收，总产达到\n1.2万吨。"
    (layout,) = AutoLayout()(page(text, paged=False, title="药材丰收", date="2024-06-03"))
    assert (layout.text, layout.title, layout.date) == (text, "药材丰收", "2024-06-03")
    assert blocks(layout)[0] == "title: 药材丰收"


def test_layout_splits_a_document_with_heading_marks() -> None:
    assert len(list(NewspaperLayout()(page("# 甲县修路\n\n修路。\n\n# 乙县架桥\n\n架桥。", paged=False)))) == 2


def test_layout_keeps_date_and_title_that_the_document_brings() -> None:
    (layout,) = NewspaperLayout()(page("2024年6月3日，会议召开。", title="会议召开", date="2024-06-04"))
    assert (layout.title, layout.date) == ("会议召开", "2024-06-04")


def test_plain_layout_has_a_paragraph_for_each_line() -> None:
    (layout,) = PlainLayout()(page("今天开会。\n\n　　明天开工。\r\n"))
    assert blocks(layout) == ["paragraph: 今天开会。", "paragraph: 明天开工。"]


def test_plain_layout_names_a_title_that_is_not_in_the_text() -> None:
    (layout,) = PlainLayout()(page("今天开会。", paged=False, title="会议召开"))
    assert layout.title == "会议召开"
    assert blocks(layout) == ["paragraph: 今天开会。"]
