"""The auto layout: the document says which layout is its own, and clean text passes through."""

import json
from pathlib import Path

import pytest

from zhengwen.layouts.auto import AutoLayout
from zhengwen.layouts.newspaper import NewspaperLayout
from zhengwen.layouts.plain import PlainLayout
from zhengwen.layouts.web import WebLayout
from zhengwen.records import Layout, RawDocument

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "dev.jsonl"
SENTENCES = "5月6日，浦阳经济技术开发区9个项目集中\n开工，总投资23亿元。"


def document(text: str, paged: bool) -> RawDocument:
    return RawDocument("page", text, "page", "0" * 64, len(text), paged)


@pytest.mark.parametrize(
    ("text", "paged", "chosen"),
    [
        (SENTENCES, True, NewspaperLayout),
        (SENTENCES, False, PlainLayout),
        (f"# 集中开工\n\n{SENTENCES}", False, NewspaperLayout),
        (f"<html><body><p>{SENTENCES}</p></body></html>", True, WebLayout),
        (f"<html><body><p>{SENTENCES}</p></body></html>", False, WebLayout),
        (f"\n<!-- cms -->\n<!DOCTYPE html>\n<html><body><p>{SENTENCES}</p>", False, WebLayout),
        (f'<?xml version="1.0"?><html><body><p>{SENTENCES}</p>', False, WebLayout),
        (f'<div class="TRS_Editor"><p>{SENTENCES}</p></div>', False, WebLayout),
        (f"产值<3亿元的企业。\n{SENTENCES}", False, PlainLayout),
        ("<开工>一文刊发。", False, PlainLayout),
        ("第#1号楼开工。", False, PlainLayout),
        ("", False, PlainLayout),
    ],
)
def test_auto_takes_the_layout_of_the_document(text: str, paged: bool, chosen: type) -> None:
    given = document(text, paged)
    found = list(AutoLayout()(given))
    assert found == list(chosen()(given))


def test_auto_leaves_clean_text_unchanged() -> None:
    text = "　　今天 开会 。\n\n１２ 个项目,总投资\n3亿元。\r\n（下转 03版）\n责任编辑：甲乙\n"
    (found,) = AutoLayout()(document(text, paged=False))
    assert (found.text, found.offsets) == (text, [(0, 0, len(text))])


@pytest.mark.skipif(not GOLD.exists(), reason="the gold documents are not beside this checkout")
def test_auto_leaves_gold_documents_unchanged() -> None:
    texts = [json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
    clean = [text for text in texts if not any(line.startswith("#") for line in text.splitlines())]
    assert len(clean) >= 10
    for text in clean:
        found: list[Layout] = list(AutoLayout()(document(text, paged=False)))
        assert [layout.text for layout in found] == [text]
