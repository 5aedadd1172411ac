"""Measure ``lexicon/confidence.tsv``: how often what each rule finds is right in gold annotation.

Usage: zhengwen run GOLD.jsonl -o OUTPUT.jsonl; python corpus/measure_confidence.py GOLD.jsonl OUTPUT.jsonl corpus/lexicon
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

HEADER = """\
# How often what a rule finds is right, label and span: `confidence` of an entity is (right + 1) / (found + 2).
# Counted in {documents} texts of news annotated by hand, most of it real; no text is kept. Made by measure_confidence.py.
by\tlabel\tright\tfound
"""


def main(gold_path: Path, output_path: Path, out: Path) -> None:
    gold: dict[str, dict[tuple[int, int, str], bool]] = {}
    for line in gold_path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold[row["id"]] = {(e["start"], e["end"], e["label"]): e.get("nominal", False) for e in row["entities"]}
    right: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for line in output_path.read_text(encoding="utf-8").splitlines():
        article: dict[str, Any] = json.loads(line)
        expected = gold[article["source"]["id"]]
        nominal = {(start, end) for (start, end, _), is_nominal in expected.items() if is_nominal}
        for entity in article["entities"]:
            span = (entity["source_start"], entity["source_end"])
            if span in nominal and not entity["nominal"]:
                continue  # neither right nor wrong
            by = (entity["by"], entity["label"])
            found[by] += 1
            right[by] += (*span, entity["label"]) in expected or span in nominal
    rows = [f"{by}\t{label}\t{right[by, label]}\t{count}" for (by, label), count in sorted(found.items())]
    (out / "confidence.tsv").write_text(HEADER.format(documents=len(gold)) + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
