"""The entity model: what it finds in texts alone and together, on disk and off, and in odd input."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tagger.support import cut, model, sentences
from zhengwen.errors import ResourceError
from zhengwen.tagger.model import Found, Model
from zhengwen.tagger.walk import LONGEST_CHAIN

NEW = "上午，郑国安来到蓝桥时光的车间参观。"


def test_model_finds_names_it_was_trained_on_and_new_ones() -> None:
    example = sentences()[7]
    (found, new) = model()([example.text, NEW])
    assert [(one.start, one.end, one.label) for one in found] == example.spans
    assert [NEW[one.start : one.end] for one in new] == ["郑国安", "蓝桥时光"]
    assert all(0.5 < one.odds <= 1 for one in [*found, *new])


def test_model_finds_in_many_texts_what_it_finds_in_each() -> None:
    texts = [NEW, "", *(example.text for example in sentences()), "\n", NEW + "\n" + NEW]
    assert model()(texts) == [model()([text])[0] for text in texts]


def test_model_survives_the_disk(tmp_path: Path) -> None:
    model().save(tmp_path / "again")
    assert Model.load(tmp_path / "again")([NEW]) == model()([NEW])


def test_model_that_looks_at_segmented_words_survives_the_disk(tmp_path: Path) -> None:
    found = cut()([NEW, "", "\n"])
    assert [NEW[one.start : one.end] for one in found[0]] == ["郑国安", "蓝桥时光"]
    cut().save(tmp_path / "again")
    assert Model.load(tmp_path / "again")([NEW, "", "\n"]) == found


def test_folder_without_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"no model\.json"):
        Model.load(tmp_path)


def test_confidence_is_what_was_measured() -> None:
    measured = {"gap": {"PERSON": [(0.0, 0.25), (0.5, 0.75)]}}
    again = Model(model().labels, model().walk, model().tables, calibration=measured)
    name = Found(3, 6, "PERSON", 0.6)
    assert (again.confidence(name, "gap"), again.confidence(name._replace(odds=0.1), "gap")) == (0.75, 0.25)
    assert again.confidence(name, "over") == 0.6


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(st.sampled_from("王启明来到蓝桥电子，。\n 3ａＡ𠮷\0\ud800"), max_size=40), max_size=4))
def test_model_bears_any_text(texts: list[str]) -> None:
    for text, names in zip(texts, model()(texts), strict=True):
        ends = [0, *(edge for one in names for edge in (one.start, one.end))]
        assert ends == sorted(ends)
        assert all(one.start < one.end <= len(text) for one in names)


def test_chains_end_at_marks_and_are_never_long() -> None:
    long = "啊" * (3 * LONGEST_CHAIN + 5)
    lengths = model().walk.read(["来了，看了。", "", long]).lengths
    assert lengths.tolist() == [3, 3, LONGEST_CHAIN, LONGEST_CHAIN, LONGEST_CHAIN, 5]
