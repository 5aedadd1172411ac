"""The stages joined: articles go through a stage together, a failure is its own document's, other people's stages see spans."""

from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from zhengwen import resources
from zhengwen.config import read
from zhengwen.loading import build
from zhengwen.pipeline import Pipeline
from zhengwen.records import Article, Failure, RawDocument

TEXTS = ["省长章伯恺在浦阳经济技术开发区宣布开工。", "总投资13.96亿元，出错。", "浦阳经济技术开发区签约项目12个。"]


def documents() -> list[RawDocument]:
    return [RawDocument(str(i), text, "", "", 0, paged=False) for i, text in enumerate(TEXTS)]


@Language.factory("test_spans_seen")
class SpansSeen:
    """A stage of another's: keeps what spaCy's own entities and spans it saw, and fails where the text says so."""

    def __init__(self, nlp: Language, name: str):
        self.seen: list[list[str]] = []

    def __call__(self, doc: Doc) -> Doc:
        if "出错" in doc.text:
            raise ValueError("broken")
        self.seen.append([span.text for span in (*doc.ents, *doc.spans["quantities"])])
        return doc


@pytest.fixture
def own(tmp_path: Path) -> Pipeline:
    """`fast` with a stage of another's at its end."""
    config = resources.find("configs", "fast.cfg").read_text(encoding="utf-8")
    config = config.replace('"zhengwen_projects"]', '"zhengwen_projects", "test_spans_seen"]')
    config = config.replace("[writer]", '[components.test_spans_seen]\nfactory = "test_spans_seen"\n\n[writer]')
    (tmp_path / "own.cfg").write_text(config, encoding="utf-8")
    return build(read(tmp_path / "own.cfg"))


def test_stage_of_anothers_sees_entities_and_spans_and_fails_for_its_document_alone(own: Pipeline) -> None:
    first, second, third = (items for _, items in own.each(documents()))
    assert isinstance(own.nlp.get_pipe("test_spans_seen"), SpansSeen)
    assert own.nlp.get_pipe("test_spans_seen").seen == [
        ["章伯恺", "浦阳经济技术开发区"],
        ["浦阳经济技术开发区", "12个"],
    ]
    assert [type(one) for one in (*first, *second, *third)] == [Article, Failure, Article]
    (failure,) = second
    assert isinstance(failure, Failure)
    assert (failure.id, failure.stage, failure.message) == ("1", "test_spans_seen", "ValueError: broken")


def test_our_own_stages_give_the_same_records_without_spans(own: Pipeline, fast: Pipeline) -> None:
    assert fast.records_only and not own.records_only
    found = {document.id: items for document, items in own.each(documents())}
    expected = {document.id: items for document, items in fast.each(documents())}
    assert found["0"] == expected["0"] and found["2"] == expected["2"]
    assert isinstance(article := found["2"][0], Article) and (13, 16) in article.tokens  # cut at 12个


def test_articles_go_through_a_stage_together_unless_it_is_careful(fast: Pipeline) -> None:
    told: list[tuple[int, str]] = []
    list(fast.each(documents(), lambda number, stage: told.append((number, stage))))
    stages = list(dict.fromkeys(stage for _, stage in told))
    assert stages == ["layout", "segment", *fast.nlp.pipe_names, "record"]
    assert [number for number, stage in told if stage == "zhengwen_facts"] == [0, 1, 2]
    assert told == sorted(told, key=lambda one: stages.index(one[1]))
    told.clear()
    list(fast.each(documents(), lambda number, stage: told.append((number, stage)), careful=True))
    assert [number for number, _ in told] == sorted(number for number, _ in told)
