"""Whole runs over texts of one's own, as ratios to jieba's segmentation of them.

    python -m tests.bench.texts FILE.jsonl…

Each line has a `text`; of a file the first 300,000 characters count, or all of it, again and again.
"""

import sys
import tempfile
from pathlib import Path

import jieba
import msgspec
from tests.bench import report, speed


def main(*files: str) -> None:
    jieba.setLogLevel("ERROR")
    for file in files:
        texts: list[str] = []
        with Path(file).open("rb") as lines:
            for line in lines:
                texts.append(msgspec.json.decode(line)["text"])
                if sum(map(len, texts)) > report.CHARACTERS:
                    break
        with tempfile.TemporaryDirectory() as folder:
            for row in speed.over(Path(file).stem, speed.repeated(texts, report.CHARACTERS), Path(folder)):
                report.show(row)


if __name__ == "__main__":
    main(*sys.argv[1:])
