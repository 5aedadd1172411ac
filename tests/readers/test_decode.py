"""Encodings: found without being told, by declaration, by order; texts that were spoilt before are said to be."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readers.support import PAGE, codes, one, read, write
from zhengwen.pipeline import Pipeline
from zhengwen.readers.decode import decode, garbled
from zhengwen.records import Article

TRADITIONAL = "# 集中開工\n\n五月六日，經濟技術開發區九個項目集中開工，總投資二十三億元，省長出席並講話。\n"
SIMPLE = [bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
FULL = [
    bytes((row, cell)).decode("big5", "ignore")
    for row in range(0xA4, 0xC6)
    for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
]
MARKS = "，。、；：“”\n"
"""Punctuation that all encodings have."""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig"])
def test_page_is_decoded(tmp_path: Path, encoding: str) -> None:
    assert one(write(tmp_path / "page.txt", PAGE.encode(encoding))).text == PAGE


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8"])
def test_traditional_page_is_decoded(tmp_path: Path, encoding: str) -> None:
    assert one(write(tmp_path / "page.txt", TRADITIONAL.encode(encoding))).text == TRADITIONAL


@pytest.mark.parametrize("lead", ["", "\n", "2024年", "ABC 123 ", "　　"])
@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16-le", "utf-16-be"])
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), length=st.integers(60, 200))
def test_text_of_common_characters_decodes_to_itself(encoding: str, lead: str, seed: int, length: int) -> None:
    rng = random.Random(seed)
    alphabet = [character for character in (FULL if encoding == "big5" else SIMPLE) if character]
    text = lead + "".join(rng.choice(MARKS if rng.random() < 0.1 else alphabet) for _ in range(length))
    assert decode(text.encode(encoding)) == text


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters=[*map(chr, range(32)), "\x7f", "\ufeff"]), min_size=60))
def test_any_text_in_utf8_decodes_to_itself(text: str) -> None:
    assert decode(text.encode()) == text
    assert decode(text.encode("utf-8-sig")) == text


@pytest.mark.parametrize(
    "head",
    [
        '<html><head><meta charset="{}">',
        "<HTML><HEAD><META http-equiv=Content-Type content='text/html; charset={}'>",
        "<?xml version='1.0' encoding='{}'?><html><head>",
    ],
)
@pytest.mark.parametrize(("declared", "encoding"), [("GB2312", "gbk"), ("gbk", "gb18030"), ("Big5", "big5")])
def test_declared_encoding_is_taken(tmp_path: Path, head: str, declared: str, encoding: str) -> None:
    page = head.format(declared) + "<title>開</title></head><body>開工</body></html>"
    assert one(write(tmp_path / "page.html", page.encode(encoding))).text == page


def test_declared_encoding_that_does_not_fit_is_passed_over(tmp_path: Path) -> None:
    page = '<html><head><meta charset="{}"></head><body>开工，投产。</body></html>'
    for declared in ("nonsense", "ascii", "utf-8"):
        text = page.format(declared)
        assert one(write(tmp_path / "page.html", text.encode("gbk"))).text == text


@pytest.mark.parametrize(
    "declared", ["hex", "rot13", "base64", "zip", "idna", "undefined", "utf-7", "unicode_escape", "utf-16"]
)
def test_declared_codec_that_is_no_encoding_is_passed_over(tmp_path: Path, declared: str) -> None:
    text = f'<html><head><meta charset="{declared}"></head><body>开工，投产。</body></html>'
    items = read(write(tmp_path / "page.html", text), write(tmp_path / "next.txt", PAGE))
    assert codes(items) == ["ok", "ok"]
    assert one(tmp_path / "page.html").text == text


def test_given_encoding_goes_before_all_else(tmp_path: Path) -> None:
    page = '<html><head><meta charset="utf-8"></head><body>開工</body></html>'
    assert one(write(tmp_path / "page.html", page.encode("big5")), encoding="big5").text == page
    assert codes(read(write(tmp_path / "page.txt", PAGE.encode("gbk")), encoding="utf-8")) == ["D102"]


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
def test_lines_of_json_are_decoded(tmp_path: Path, encoding: str) -> None:
    texts = ["會議召開。", "九個項目集中開工，總投資二十三億元。", "開工", "省長出席並講話。"]
    data = "".join(f'{{"text": "{text}"}}\n' for text in texts)
    items = read(write(tmp_path / "news.jsonl", data.encode(encoding)))
    assert [getattr(item, "text", item) for item in items] == texts


def test_lines_of_json_in_utf16_are_decoded(tmp_path: Path) -> None:
    data = '{"text": "开工。"}\n{"text": "投产。"}\n'
    items = read(write(tmp_path / "news.jsonl", data.encode("utf-16")))
    assert [getattr(item, "text", item) for item in items] == ["开工。", "投产。"]


SPOILT = {
    "replaced": "锟斤拷锟斤拷开发区锟斤拷目集中开工，总投资23亿元。",
    "utf-8 as gbk": PAGE.replace("\n", "").encode()[:60].decode("gbk", "ignore"),
    "utf-8 as latin-1": PAGE.encode().decode("latin-1").replace("\x85", "").replace("\x80", "€"),
    "undecodable": "开发区\ufffd\ufffd\ufffd目集中开工。",
}


@pytest.mark.parametrize("how", SPOILT)
def test_spoilt_text_is_warned_of_in_its_articles(tmp_path: Path, fast: Pipeline, how: str) -> None:
    text = "".join(character for character in SPOILT[how] if character.isprintable())
    articles = list(fast.articles(one(write(tmp_path / "page.txt", text))))
    assert articles
    for article in articles:
        assert isinstance(article, Article)
        assert any("mojibake" in warning for warning in article.warnings)


@pytest.mark.parametrize("text", [PAGE, TRADITIONAL, "GDP grew 5.2%", "é à ü", "镕喆堃昇珺瑀昉翀旻媛", "", "😀" * 50])
def test_sound_text_is_not_warned_of(text: str) -> None:
    assert not garbled(text)
