"""What components wrote survives: bytes, DocBin, pickle, other processes, and tokens that are cut after them."""

import pickle

import msgspec
import pytest
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from zhengwen import load
from zhengwen.extensions import LISTS, cut_tokens
from zhengwen.pipeline import Pipeline
from zhengwen.records import Layout, RawDocument
from zhengwen.segment.chars import CharTokenizer

TEXT = "5月6日，省长章伯恺在浦阳经济技术开发区宣布，中创新航独立储能项目开工，总投资13.96亿元，比去年增长12.5%。"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load("fast")


@pytest.fixture
def doc(fast: Pipeline) -> Doc:
    """As the pipeline makes it, its layout with it."""
    (layout,) = fast.layout(RawDocument("text", TEXT, "", "", 0, False, date="2024-05-07"))
    made = fast.nlp.make_doc(layout.text)
    made._.layout = layout
    for _, component in fast.nlp.pipeline:
        made = component(made)
    return made


def records(doc: Doc) -> dict[str, list[object]]:
    return {name: list(getattr(doc._, name)) for name in LISTS}


def same(found: Doc, doc: Doc) -> None:
    """The same text, tokens and records, as the types they are declared as."""
    assert found.text == doc.text
    assert [token.idx for token in found] == [token.idx for token in doc]
    assert records(found) == records(doc)
    assert all(len(records(doc)[name]) > 0 for name in LISTS)
    assert found._.layout == doc._.layout
    for items in records(found).values():
        assert all(isinstance(item, msgspec.Struct) for item in items)


def test_doc_comes_back_from_bytes(doc: Doc) -> None:
    same(Doc(doc.vocab).from_bytes(doc.to_bytes()), doc)
    assert isinstance(Doc(doc.vocab).from_bytes(doc.to_bytes())._.layout, Layout)


def test_doc_comes_back_from_a_doc_bin(doc: Doc) -> None:
    packed = DocBin(store_user_data=True, docs=[doc, doc]).to_bytes()
    for found in DocBin().from_bytes(packed).get_docs(doc.vocab):
        same(found, doc)


def test_doc_comes_back_from_pickle(doc: Doc) -> None:
    same(pickle.loads(pickle.dumps(doc)), doc)


def test_doc_copied_keeps_its_records(doc: Doc) -> None:
    same(doc.copy(), doc)


def test_language_comes_back_from_pickle(nlp: Language) -> None:
    again = pickle.loads(pickle.dumps(nlp))
    assert again.pipe_names == nlp.pipe_names
    assert records(again(TEXT)) == records(nlp(TEXT))


def test_language_works_in_other_processes(nlp: Language) -> None:
    texts = [TEXT, "", "会议召开。", TEXT.replace("13.96", "7.5")]
    found = nlp.pipe(texts, n_process=2, batch_size=1)
    assert [records(doc) for doc in found] == [records(nlp(text)) for text in texts]


def test_docs_do_not_share_their_lists(nlp: Language) -> None:
    nlp(TEXT)
    assert records(nlp("会议召开。")) == {name: [] for name in LISTS}
    assert records(nlp.make_doc(TEXT)) == {name: [] for name in LISTS}


def annotate(doc: Doc) -> Doc:
    """A component before ours: spans over whole tokens, tags on each."""
    for token in doc:
        token.tag_, token.pos_, token.lemma_ = f"T{token.i}", "NOUN", token.text
        token.set_morph("Number=Sing")
    doc.ents = [Span(doc, 1, 2, "X", kb_id="Q1")]
    doc.spans["sc"] = [Span(doc, 0, 2, "Y", span_id="s1"), Span(doc, 1, 3, "Z")]
    doc.spans["none"] = []
    doc.cats["news"] = 0.5
    doc.user_data["more"] = "kept"
    return doc


@pytest.fixture
def annotated(nlp: Language) -> Doc:
    return annotate(Doc(nlp.vocab, words=["浦阳", "经济技术开发区", "签约"], spaces=[False] * 3))


def test_cut_tokens_keeps_spans_and_tags(annotated: Doc) -> None:
    cut = cut_tokens(annotated, [4, 6])
    assert [token.text for token in cut] == ["浦阳", "经济", "技术", "开发区", "签约"]
    assert [token.tag_ for token in cut] == ["T0", "T1", "T1", "T1", "T2"]
    assert {(token.pos_, str(token.morph)) for token in cut} == {("NOUN", "Number=Sing")}
    assert [(span.text, span.label_, span.kb_id_) for span in cut.ents] == [("经济技术开发区", "X", "Q1")]
    spans = [(span.text, span.label_, span.id_) for span in cut.spans["sc"]]
    assert spans == [("浦阳经济技术开发区", "Y", "s1"), ("经济技术开发区签约", "Z", "")]
    assert list(cut.spans["none"]) == []
    assert cut.cats == {"news": 0.5}
    assert cut.user_data["more"] == "kept"


def test_cut_tokens_keeps_what_spans_and_tokens_carry(annotated: Doc) -> None:
    """Extensions of other packages lie in the user data, by character for spans and tokens."""
    Span.set_extension("note", default=None, force=True)
    annotated.ents[0]._.note = "vast"
    cut = cut_tokens(annotated, [4])
    assert cut.ents[0]._.note == "vast"


def test_cut_tokens_keeps_sentences(annotated: Doc) -> None:
    for token in annotated:
        token.is_sent_start = token.i in (0, 2)
    assert [sentence.text for sentence in cut_tokens(annotated, [4]).sents] == ["浦阳经济技术开发区", "签约"]


def test_cut_tokens_leaves_unknown_sentences_unknown(annotated: Doc) -> None:
    assert not annotated.has_annotation("SENT_START")
    assert not cut_tokens(annotated, [4]).has_annotation("SENT_START")


def test_annotation_survives_the_whole_pipeline() -> None:
    nlp = load("fast")
    nlp.tokenizer = CharTokenizer(nlp.vocab)
    Language.component("annotate_before", func=annotate)
    nlp.add_pipe("annotate_before", first=True)
    doc = nlp(TEXT)
    assert [span.text for span in doc.spans["sc"]] == ["5月", "月6"]
    assert doc[0].tag_ == "T0"
    assert records(doc) == records(load("fast")(TEXT))
