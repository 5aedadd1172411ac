"""The speed of an entity model over the texts of a CoNLL file, as it is and as a ratio to jieba's segmentation of them.

python -m tests.bench.model MODEL FILE
"""

import sys
from pathlib import Path

import jieba
from tests.bench import report, speed

from zhengwen.tagger.model import Model
from zhengwen.train.corpora import DataSet, examples

AT_ONCE = 200
"""Texts that the model is given together, as in training's own tests."""


def main(model: Path, file: Path) -> None:
    jieba.setLogLevel("ERROR")
    found = Model.load(model)
    texts = [one.text for one in examples(DataSet(path=file.name, format="conll"), file.parent)]
    total = sum(map(len, texts))
    parts = [texts[i : i + AT_ONCE] for i in range(0, len(texts), AT_ONCE)]
    yardstick = total / speed.best(lambda: [jieba.lcut(text) for text in texts])
    report.show(speed.Row("segmentation: jieba", yardstick, yardstick))
    report.show(
        speed.Row(f"entity model: {model.name}", total / speed.best(lambda: list(map(found, parts))), yardstick)
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
