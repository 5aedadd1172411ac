"""`zhengwen train ner`: from a config to weights and a card, the same bytes twice, and one line for every mistake."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import ROOT, Ran
from tests.tagger.support import sentences
from zhengwen.errors import ConfigError, GoldError, ResourceError, ZhengwenError
from zhengwen.tagger.model import Model
from zhengwen.train import ner
from zhengwen.train.corpora import DOUBT, Example
from zhengwen.train.settings import NerSettings, read

CONFIG = """
[train]
labels = ["COMPANY", "PERSON"]
output = "small"
epochs = 4
lexicon = false
segmented = "segment-pku"
clusters = [3]
texts = ["bare.jsonl"]

[data]

[data.hand]
path = "train.bio"
format = "conll"
labels = {"PER": "PERSON", "ORG": "COMPANY"}
terms = "ours"

[data.rules]
path = "bare.jsonl"
format = "texts"
without = "held-out.txt"
labels = {"PERSON": "PERSON", "OFFICIAL": "PERSON", "COMPANY": "COMPANY", "ORG": "-", "PLACE": "-", "ZONE": "-"}

[test]

[test.again]
path = "train.bio"
format = "conll"
labels = ${data.hand.labels}
"""


def write(folder: Path, config: str = CONFIG) -> Path:
    named = {"PERSON": "PER", "COMPANY": "ORG"}
    lines = []
    for example in sentences():
        tags = ["O"] * len(example.text)
        for start, end, label in example.spans:
            tags[start:end] = [f"B-{named[label]}"] + [f"I-{named[label]}"] * (end - start - 1)
        lines += [f"{c}\t{tag}" for c, tag in zip(example.text, tags, strict=True)] + [""]
    (folder / "train.bio").write_text("\n".join(lines), encoding="utf-8")
    bare = [f'{{"id": "{i}", "text": "省长李明昨天在太原市考察恒远重工有限公司。"}}' for i in range(9)]
    (folder / "bare.jsonl").write_text("\n".join(bare) + "\n", encoding="utf-8")
    (folder / "held-out.txt").write_text("0\n1\n", encoding="utf-8")
    path = folder / "train.cfg"
    path.write_text(config, encoding="utf-8")
    return path


def test_train_writes_a_model_and_its_card_and_the_same_bytes_twice(tmp_path: Path) -> None:
    config = read(write(tmp_path), NerSettings)
    said: list[str] = []
    folder = ner.train(config, said.append)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sorted(first) == ["README.md", "model.json", "weights.npz"]
    card = first["README.md"].decode()
    for part in (
        "# Model card: small",
        "COMPANY, PERSON",
        "| hand | 30 | 1 | conll | ours |",
        "| rules | 7 |",
        "seed 0",
        "the words of segment-pku",
    ):
        assert part in card
    assert "| all | 1.0000 | 1.0000 | 1.0000 |" in card
    assert said[0].startswith("hand: 30 texts, ")
    assert Model.load(folder).calibration["gap"].keys() == {"COMPANY", "PERSON"}
    assert ner.train(config) == folder
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_names_that_the_rules_missed_are_not_learnt_as_none() -> None:
    example = sentences()[0]
    model = ner.fitted([(one, 1.0) for one in sentences()], [], NerSettings(labels=["COMPANY", "PERSON"], epochs=6))
    person, firm = example.spans
    (found,) = ner.doubted(model, [Example(example.text, [person])])
    assert found.spans == [person, (firm[0], firm[1], DOUBT)]


@pytest.mark.parametrize(
    ("old", "new", "error", "parts"),
    [
        ('path = "train.bio"', 'path = "gone.bio"', GoldError, ["gone.bio: No such file"]),
        ('"PER": "PERSON", ', "", GoldError, ["train.bio: label 'PER' of '王启明' is not among labels; expected one of ORG"]),
        ('"PER": "PERSON"', '"PER": "MAN"', ConfigError, ["[data.hand] labels: 'MAN' ('王启明')", "expected COMPANY, PERSON, -"]),
        ('format = "conll"', 'format = "corn"', GoldError, ["format 'corn': expected one of texts, pfr, cluener, gold"]),
        ("epochs = 4", "epoch = 4", ConfigError, ["[train]: Object contains unknown field epoch"]),
        ("epochs = 4", 'epochs = "4"', ConfigError, ["[train] epochs: Expected int, got str"]),
        ('segmented = "segment-pku"', 'segmented = "gone"', ResourceError, ["no such file in models: 'gone'"]),
        ("[train]\n", "[tests]\n[train]\n", ConfigError, ["[tests]: unknown section; expected train, data.NAME, test.NAME"]),
        ("[data]\n", "", ConfigError, ["not a config file"]),
    ],
)  # fmt: skip
def test_mistake_is_named(tmp_path: Path, old: str, new: str, error: type[ZhengwenError], parts: list[str]) -> None:
    config = CONFIG.replace("clusters = [3]\n", "").replace(old, new, 1)
    with pytest.raises(error) as caught:
        ner.train(read(write(tmp_path, config), NerSettings))
    assert all(part in str(caught.value) for part in parts), str(caught.value)


def test_config_without_data_is_named(tmp_path: Path) -> None:
    path = tmp_path / "train.cfg"
    path.write_text('[train]\nlabels = ["PERSON"]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"no data; expected a section \[data\.NAME\]"):
        read(path, NerSettings)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "no text; expected at least one document"),
        ("王\tB-PER\n启明\n", "train.bio:2: '启明': no tag"),
    ],
)
def test_broken_data_is_named(tmp_path: Path, text: str, part: str) -> None:
    path = write(tmp_path, CONFIG.replace("clusters = [3]\n", ""))
    (tmp_path / "train.bio").write_text(text, encoding="utf-8")
    with pytest.raises(GoldError, match=part):
        ner.train(read(path, NerSettings))


def test_command_trains_the_packaged_example(zhengwen: Callable[..., Ran], tmp_path: Path) -> None:
    config = (ROOT / "configs" / "train" / "ner.cfg").read_text(encoding="utf-8")
    small = config.replace("../../corpus", str(ROOT / "corpus")).replace("epochs = 10", "epochs = 1\nlexicon = false")
    (tmp_path / "ner.cfg").write_text(small, encoding="utf-8")
    ran = zhengwen("train", "ner", "ner.cfg")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "model: my-entities")
    assert "On dev, 16 texts" in (tmp_path / "my-entities" / "README.md").read_text(encoding="utf-8")


def test_command_says_a_mistake_in_one_line(zhengwen: Callable[..., Ran]) -> None:
    zhengwen("train", "ner", "gone.cfg").fails("gone.cfg: cannot be read")


def test_clause_of_a_name_that_holds_a_mark_is_left_out() -> None:
    text = "王启明来了，蓝桥、恒远重工也来了。"
    example = Example(text, [(0, 3, "PERSON"), (6, 13, "COMPANY")])
    tags, doubtful = ner._tags([example], ["COMPANY", "PERSON"], np.array([6, 3, 8]))
    importance = ner._importance([(example, 2.0)], np.array([6, 3, 8]), doubtful)
    assert importance.tolist() == [2, 0, 0]
    assert len(tags) == len(text)
