"""Measure ``lexicon/rule_classes.tsv``: how often rules of each class are right in text they were not learnt from.

Usage: python corpus/measure_rule_classes.py corpus/lexicon TRAIN.jsonl TEST.jsonl LABEL,LABEL … [TRAIN TEST LABELS] …

TRAIN and TEST are gold (`zhengwen gold convert` makes it). For each label rules are proposed from small draws of TRAIN and
counted on TEST; a rule weighs as much as 20 finds at most, and only such count as are right in all of their examples.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from random import Random

from zhengwen.gold.documents import GoldDocument, read
from zhengwen.rules.candidates import edges_of, marked, propose
from zhengwen.rules.scores import Class, class_of, run

HEADER = """\
# How often rules of a class were right, span for span, in text they were not learnt from; what rules of a new kind start from.
# Counted with CLUENER (organization, scene, book, position, address, game, movie) and résumés (ORG, EDU, PRO); only counts are
# kept. Made by measure_rule_classes.py.
parts\tstart\trest\talone\twords\teveryday\tsupport\tright\tfound
"""
DRAWS, SIZES, MOST = 2, (10, 30, 100), 20


def main(out: Path, *rest: str) -> None:
    counts: dict[Class, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for train, test, labels in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        documents, tested = read([train]), read([test])
        for label in labels.split(","):
            for size in SIZES:
                for seed in range(DRAWS):
                    _count(draw(documents, label, size, seed), tested, label, counts)
    rows = [
        f"{c.parts}\t{c.start}\t{c.rest}\t{_yes(c.alone)}\t{c.words}\t{_yes(c.everyday)}\t{c.support}\t{right:.1f}\t{found:.1f}"
        for c, (right, found) in sorted(counts.items())
        if found >= 1
    ]
    (out / "rule_classes.tsv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _count(drawn: list[GoldDocument], tested: list[GoldDocument], label: str, counts: dict[Class, list[float]]) -> None:
    seen = marked(drawn, label)
    edges = edges_of(seen, label)
    base, rules = [edges] if edges else [], propose(seen, label, edges)
    for rule, known, found in zip(rules, run(rules, seen, base), run(rules, marked(tested, label), base), strict=True):
        size = len(found.right) + len(found.wrong)
        if known.right and not known.wrong and size:
            count = counts[class_of(rule, len({document for document, _ in known.right}))]
            count[0] += len(found.right) * min(1, MOST / size)
            count[1] += min(size, MOST)


def draw(documents: list[GoldDocument], label: str, size: int, seed: int) -> list[GoldDocument]:
    """Documents in random order until so many names of the label are marked in them."""
    shuffled = Random(seed).sample(documents, len(documents))
    drawn: list[GoldDocument] = []
    names = 0
    for document in shuffled:
        if names >= size:
            break
        drawn.append(document)
        names += sum(one.label == label for one in document.entities or ())
    return drawn


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
