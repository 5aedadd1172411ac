"""Quantities: the table of `specs/quantities.jsonl`, and what the grammar must bear."""

from time import perf_counter
from typing import Any

import pytest

from tests.marked import expect, quantity, spec
from zhengwen import quantities


@pytest.mark.parametrize("case", spec("quantities"))
def test_quantity_table(case: dict[str, Any]) -> None:
    found = quantities(case["text"])
    assert all(case["text"][q.start : q.end] == q.text for q in found)
    expect(case, [quantity(q) for q in found], case["quantities"])


def test_quantity_ids_count_from_one() -> None:
    assert [q.id for q in quantities("签约9个、开工7个、投产5个")] == ["q1", "q2", "q3"]


def test_quantity_is_found_across_full_width_text_at_its_own_offsets() -> None:
    text = "😀投资１３．９亿元，增长１２％。"
    assert [text[q.start : q.end] for q in quantities(text)] == ["１３．９亿元", "１２％"]


@pytest.mark.parametrize("unit", ["1", "１", "一", "万", "1,234,", "1.", "3亿元", "1至", "百分之", "十", "第1", "1×"])
def test_quantity_grammar_takes_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    started = perf_counter()
    quantities(text)
    assert perf_counter() - started < 10
