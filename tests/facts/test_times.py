"""Dates and periods: the table of `specs/times.jsonl`, resolved against 12 June 2024."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.marked import expect, spec
from zhengwen.facts.times import find_times

TODAY = "2024-06-12"


@pytest.mark.parametrize("case", spec("times"))
def test_time_table(case: dict[str, Any]) -> None:
    found = find_times(case["text"], TODAY, case["text"])
    assert all(case["text"][one.start : one.end] == one.time.text for one in found)
    expect(case, [f"{one.time.text} = {one.time.start or '-'}..{one.time.end or '-'}" for one in found], case["times"])


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_time_written_out_is_read_back(day: date) -> None:
    (found,) = find_times(
        f"于{day.year}年{day.month}月{day.day}日开工", TODAY, f"于{day.year}年{day.month}月{day.day}日开工"
    )
    assert found.time.start == found.time.end == day.isoformat()
    assert found.grain == "day"


def test_time_is_looked_for_in_the_lines_named_alone() -> None:
    text = "去年的事。\n今年的事。\n明年的事。"
    assert [one.time.text for one in find_times(text, TODAY, text, [text.index("今年")])] == ["今年"]


def test_time_without_date_of_the_article_keeps_its_own_year() -> None:
    text = "2023年3月；3月"
    assert [one.time.start for one in find_times(text, None, text)] == ["2023-03-01", None]
