"""`zhengwen train segment`: spacy-pkuseg's trainer, the same bytes twice."""

from pathlib import Path

import pytest

from zhengwen.errors import GoldError
from zhengwen.segment.crf_model import Crf
from zhengwen.train import segment
from zhengwen.train.settings import SegmentSettings, read
from zhengwen.train.wordlist import divided

CONFIG = """
[train]
path = "train.utf8"
output = "words"
iterations = 3
rare = 0
least = 0.0
terms = "ours"

[test]

[test.again]
path = "train.utf8"
format = "words"
"""
LINES = [
    "全市  新  签约  项目  ３０  个  。",
    "项目  总  投资  ２０亿  元  ，",
    "记者  了解  到  ，  园区  正在  建设  。",
] * 10


def write(folder: Path, text: str) -> Path:
    (folder / "train.utf8").write_text(text, encoding="utf-8")
    (folder / "train.cfg").write_text(CONFIG, encoding="utf-8")
    return folder / "train.cfg"


def test_train_writes_a_model_and_its_card_and_the_same_bytes_twice(tmp_path: Path) -> None:
    config = read(write(tmp_path, "\n".join(LINES)), SegmentSettings)
    folder = segment.train(config)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sorted(first) == ["README.md", "features.msgpack", "index.npz", "weights.npz"]
    assert "| again | 1.0000 |" in first["README.md"].decode()
    assert Crf.load(folder).lengths(["园区新签约"]).tolist() == [2, 1, 2]
    segment.train(config)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_empty_data_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(GoldError, match=r"train\.utf8: no words"):
        segment.train(read(write(tmp_path, text), SegmentSettings))


def test_words_that_a_list_lacks_are_divided() -> None:
    sentences = [["放在", "桌上", "更是"], ["放", "在"], ["在", "桌上"]]
    assert divided(sentences, frozenset(["桌上", "放", "在"])) == [
        ["放", "在", "桌上", "更", "是"],
        ["放", "在"],
        ["在", "桌上"],
    ]
