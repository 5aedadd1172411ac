"""`zhengwen_tagger`: the rules win, the model fills gaps, and both come out as one list."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from tests.tagger.support import model
from zhengwen.errors import ConfigError
from zhengwen.loading import load
from zhengwen.records import Entity, Role

TEXT = "省长王启明昨天说，上午，郑国安来到蓝桥时光的车间参观。\n看了，有郑国安，也有别人。"
LEAST = {"PERSON": 0.5, "COMPANY": 0.5}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("models") / "small"
    model().save(path)
    return path


@pytest.fixture
def nlp(folder: Path) -> Iterator[Language]:
    nlp = load("entities")
    nlp.add_pipe("zhengwen_tagger", before="zhengwen_resolve", config={"model": str(folder), "least": LEAST})
    yield nlp


def test_tagger_adds_to_what_the_rules_found(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [(one.id, one.text, one.label) for one in doc._.entities] == [
        ("e1", "王启明", "OFFICIAL"),
        ("e2", "郑国安", "PERSON"),
        ("e3", "蓝桥时光", "COMPANY"),
        ("e4", "郑国安", "PERSON"),
    ]
    assert [one.by for one in doc._.entities[1:]] == ["model:small"] * 3
    assert doc._.entities[1].key == "person:郑国安"
    assert [(role.person, role.post) for role in doc._.roles] == [("e1", "省长")]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [(one.text, one.label) for one in doc._.entities]
    assert doc.text == TEXT


def test_tagger_mends_a_name_and_its_role_stays(nlp: Language) -> None:
    doc = nlp.make_doc("上午，省长王启明来到会场。")
    wrong = Entity("e1", "OFFICIAL", "王启明来到", 5, 10, 5, 10, False, "王启明来到", None, "rule:title-name")
    doc._.entities, doc._.roles = [wrong], [Role("e1", "省长", None, 3, 5)]
    nlp.get_pipe("zhengwen_tagger")._least = {"PERSON": 0.0}
    doc = nlp.get_pipe("zhengwen_tagger")(doc)
    assert [(one.id, one.text, one.label) for one in doc._.entities] == [("e1", "王启明", "OFFICIAL")]
    assert doc._.roles == [Role("e1", "省长", None, 3, 5)]


def test_tagger_keeps_what_a_lexicon_excludes(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "none.csv").write_text("text,label\n蓝桥时光,-\n", encoding="utf-8")
    nlp = spacy.blank("zh")
    nlp.add_pipe("zhengwen_entities", config={"override": [str(tmp_path / "none.csv")]})
    nlp.add_pipe("zhengwen_tagger", config={"model": str(folder), "least": LEAST})
    assert "蓝桥时光" not in [one.text for one in nlp(TEXT)._.entities]


def test_tagger_leaves_out_labels_and_names_that_are_not_sure(nlp: Language) -> None:
    tagger = nlp.get_pipe("zhengwen_tagger")
    tagger._least = {"PERSON": 1.01}
    assert [one.text for one in nlp(TEXT)._.entities] == ["王启明"]


def test_tagger_pipes_what_it_calls(nlp: Language) -> None:
    texts = [TEXT, "会议召开。", TEXT * 2]
    assert [doc._.entities for doc in nlp.pipe(texts)] == [nlp(text)._.entities for text in texts]


def test_tagger_survives_the_disk(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert again(TEXT)._.entities == nlp(TEXT)._.entities


def test_tagger_names_a_label_that_its_model_lacks(folder: Path) -> None:
    nlp = spacy.blank("zh")
    with pytest.raises(ConfigError, match="'SHIP' is no label of"):
        nlp.add_pipe("zhengwen_tagger", config={"model": str(folder), "least": {"SHIP": 0.5}})
