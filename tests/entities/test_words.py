"""Everyday words: which part of a phrase is a name."""

import pytest

from zhengwen.entities.words import WordsAt, WordsBefore, is_unusual, name_start, parts, run_start


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("恒岚电气", 0),
        ("国家电网", None),
        ("清洁能源", None),
        ("事实上雀巢", 3),
        ("有关部门", None),
        ("SK海力士", 0),
        ("", None),
    ],
)
def test_name_starts_at_the_first_unusual_run(text: str, start: int | None) -> None:
    assert name_start(text) == start


@pytest.mark.parametrize(("text", "unusual"), [("鑫磊峰", True), ("产业园区", False), ("优质鑫格", False)])
def test_unusual_text_has_no_everyday_word(text: str, unusual: bool) -> None:
    assert is_unusual(text) is unusual


def test_parts_cover_the_text_without_overlap() -> None:
    text = "清洁能源恒岚电气有关部门"
    cut = parts(text)
    assert "".join(text[part.start : part.end] for part in cut) == text


def test_words_at_a_position_are_found_whatever_their_length() -> None:
    found = WordsAt(["经", "经济", "高新技术"])
    assert [i for i in range(8) if found("的经济与高新技术", i)] == [1, 4]


def test_longest_word_before_a_position() -> None:
    found = WordsBefore(["委", "省委", "常委"])
    assert [found.start("省委常委会", end) for end in range(6)] == [0, 1, 0, 3, 2, 5]


@pytest.mark.parametrize(
    ("text", "covered"), [("高新技术产业", True), ("高新技术恒岚", False), ("高新技", True), ("", True)]
)
def test_words_cover_a_text_in_any_cut(text: str, covered: bool) -> None:
    assert WordsAt(["高新", "高新技术", "技", "产业"]).covers(text) is covered


def test_run_of_chinese_characters_before_a_position() -> None:
    assert run_start("在，A恒岚B电气", 0, 8, frozenset("AB")) == 2
    assert run_start("在，A恒岚B电气", 0, 8) == 6
    assert run_start("在，A恒岚B电气", 7, 8) == 7
    assert run_start("在，𬇙恒", 0, 4) == 2
