"""spaCy's own ner, trained by its own command on gold converted to DocBin."""

from pathlib import Path

import spacy
from spacy.cli.train import train

from tests.conftest import ROOT
from zhengwen.gold.formats import convert


def test_spacy_trains_its_ner_on_converted_gold(tmp_path: Path) -> None:
    few = tmp_path / "few.jsonl"
    lines = (ROOT / "corpus" / "gold" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    few.write_text("\n".join(lines[:2]) + "\n", encoding="utf-8")
    convert([few], tmp_path / "few.spacy")
    small = {"components.tok2vec.model.width": 8, "components.tok2vec.model.embed_size": 100}
    paths = {f"paths.{part}": str(tmp_path / "few.spacy") for part in ("train", "dev")}
    steps = {"training.max_steps": 2, "training.eval_frequency": 2}
    train(ROOT / "configs" / "train" / "spacy-ner.cfg", tmp_path / "out", overrides=small | paths | steps)
    nlp = spacy.load(tmp_path / "out" / "model-last")
    assert "COMPANY" in nlp.get_pipe("ner").labels
    assert [token.text for token in nlp("签约了")] == ["签", "约", "了"]
