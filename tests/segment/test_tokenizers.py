"""The tokenizers: the text comes back character for character, whatever it holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.vocab import Vocab

import zhengwen
from zhengwen.extensions import cut_tokens
from zhengwen.loading import cached
from zhengwen.segment.chars import CharTokenizer
from zhengwen.segment.sentences import sentence_spans

SEPARATORS = "\x1c\x1d\x1e\x1f"
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            ["开发区签约9个项目。", "总投资13.9亿元，", "Ａ１　", " \t", "\n", "“好！”", "😀", "中水回用率"]
        ),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    ),
    max_size=10,
).map("".join)


@pytest.mark.parametrize("config", ["default", "fast", "jieba"])
@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_tokenizer_keeps_the_text(config: str, text: str) -> None:
    if config == "jieba":
        pytest.importorskip("rjieba")
    assert cached(config).nlp.make_doc(text).text == text


@pytest.mark.parametrize("config", ["default", "fast"])
def test_tokenizer_keeps_separators(config: str) -> None:
    text = f"开发区{SEPARATORS}签约。"
    assert cached(config).nlp.make_doc(text).text == text


def test_tokenizer_by_pkuseg_makes_words() -> None:
    words = [token.text for token in cached("default").nlp.make_doc("全省开发区共签约项目。")]
    assert "项目" in words
    assert len(words) < 9


def test_tokenizer_by_characters_keeps_numbers_whole() -> None:
    words = [token.text for token in CharTokenizer(Vocab())("投资13.9亿元MW")]
    assert words == ["投", "资", "13.9", "亿", "元", "MW"]


def test_tokenizer_without_segmentation_makes_sentences_that_spans_are_cut_out_of() -> None:
    nlp = cached("entities").nlp
    text = "省长章伯恺讲话。 会议结束。"
    assert [token.text for token in nlp.make_doc(text)] == ["省长章伯恺讲话。", " ", "会议结束。"]
    doc = nlp(text)
    assert [ent.text for ent in doc.ents] == ["章伯恺"]
    assert [sentence.text for sentence in doc.sents] == ["省长章伯恺讲话。 ", "会议结束。"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("开工。投产！\n签约？", ["开工。", "投产！", "签约？"]),
        ("他说：“开工了。”大家都笑了。", ["他说：“开工了。”", "大家都笑了。"]),
        ("开工；投产……签约", ["开工；", "投产……", "签约"]),
        ("　　开工。 \n\n ", ["开工。"]),
        ("", []),
    ],
)
def test_sentences_end_at_stops_and_lines(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


def test_sentences_start_where_the_doc_says() -> None:
    doc = zhengwen.load("fast").make_doc("开工。投产！\n签约？")
    assert [sentence.text.strip() for sentence in doc.sents] == ["开工。", "投产！", "签约？"]


@settings(max_examples=60, deadline=None)
@given(TEXTS.filter(bool), st.lists(st.integers(0, 40), max_size=6))
def test_tokens_are_cut_where_spans_need_it(text: str, positions: list[int]) -> None:
    inside = [position for position in positions if position <= len(text)]
    doc = cut_tokens(cached("default").nlp.make_doc(text), inside)
    assert doc.text == text
    assert set(inside) <= {*(token.idx for token in doc), len(text)}
