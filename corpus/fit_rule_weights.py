"""Fit ``lexicon/rule_weights.tsv``: how much each trait of a learnt rule says about how often it is right.

Usage: python corpus/fit_rule_weights.py DATA corpus/lexicon   (DATA holds the public sets: README of the project)

Rules are proposed from small draws of annotated text, with and without sentences that have no name, with and without
unlabelled text, and counted on other text. What one rule is right in varies more than chance would let it: a rule counts as
many finds as a beta-binomial with this spread is worth.
Government, companies and titles are left out: the learning curve (`tests/bench/rules.py`) is measured on them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from zhengwen.rules.candidates import Marked, edges_of
from zhengwen.rules.evidence import evidence, run
from zhengwen.rules.scores import traits
from zhengwen.train.corpora import DataSet, Example, examples

SETS = (
    (
        "cluener",
        "cluener2020/train.json",
        "cluener2020/test.json",
        "organization scene book position address game movie name",
    ),
    ("conll", "resume_ner/train.char.bmes", "resume_ner/test.char.bmes", "ORG EDU PRO"),
    ("conll", "msra_ner/msra_train_bio.txt", "msra_ner/msra_train_bio.txt", "LOC ORG PER"),
)
FIRST, TESTED = 12_000, 4000
"""Texts of the training part that are drawn from; texts from its end, where it is the test part too."""
DRAWS, SIZES, UNLABELLED = 3, (10, 30, 100), 3000
SPREAD, PENALTY = 0.15, 10.0
HEADER = """\
# How much each trait of a learnt rule says about how often it is right: weights of a logistic regression (`rules/scores.py`).
# Fitted to rules for kinds of names in public data, of which nothing but the weights is kept:
{sources}# Made by fit_rule_weights.py.
trait\tweight
"""
Row = tuple[dict[str, float], int, int]


def main(data: Path, out: Path) -> None:
    rows: list[Row] = []
    with ProcessPoolExecutor() as pool:
        kinds = [(data, *paths, label) for *paths, labels in SETS for label in labels.split()]
        for (*_, label), found in zip(kinds, pool.map(of_kind, kinds), strict=True):
            rows += found
            print(f"{label}: {len(found):,} rules", flush=True)
    names, weights = fitted(rows)
    sources = "".join(f"# {Path(train).parent}: {labels}\n" for _, train, _, labels in SETS)
    lines = [f"{name}\t{weight:.4f}\n" for name, weight in zip(names, weights.tolist(), strict=True)]
    (out / "rule_weights.tsv").write_text(HEADER.format(sources=sources) + "".join(lines), encoding="utf-8")


def of_kind(kind: tuple[Path, str, str, str, str]) -> list[Row]:
    data, format_, train, test, label = kind
    known, tested = (examples(DataSet(path=part, format=format_), data) for part in (train, test))
    known, tested = known[:FIRST], tested[-TESTED:]
    texts = [one.text for one in Random(1).sample(known, min(UNLABELLED, len(known)))]
    rows: list[Row] = []
    for size, draw, every in product(SIZES, range(DRAWS), (True, False)):
        drawn = list(drawing(known, label, size, draw, every))
        rows += counted(drawn, label, texts, marked(tested, label))
    return rows


def marked(found: list[Example], label: str) -> list[Marked]:
    return [
        Marked(str(number), one.text, tuple((a, b) for a, b, kind in one.spans if kind == label), frozenset())
        for number, one in enumerate(found)
    ]


def drawing(found: list[Example], label: str, size: int, seed: int, every: bool) -> Iterator[Marked]:
    """Texts in random order, every one or only those with names, until so many names of the label are marked in them."""
    names = 0
    for one in marked(Random(seed).sample(found, len(found)), label):
        if names >= size:
            break
        if every or one.names:
            yield one
        names += len(one.names)


def counted(drawn: list[Marked], label: str, texts: list[str], tested: list[Marked]) -> Iterator[Row]:
    """The traits of each rule that the draw gives, and what it is right and wrong in."""
    edges = edges_of(drawn, label)
    for unlabelled in (texts, []):
        seen = evidence(drawn, label, edges, unlabelled)
        for one, hits in zip(seen, run([one.rule for one in seen], tested, [edges] if edges else []), strict=True):
            if hits.right or hits.wrong:
                yield traits(one), len(hits.right), len(hits.wrong)


def fitted(rows: list[Row]) -> tuple[list[str], NDArray[np.float64]]:
    """Weights by Newton's method; the traits are brought to one scale, so that the penalty is the same for all."""
    names = list(rows[0][0])
    traits = np.array([[row[0][name] for name in names] for row in rows])
    right, wrong = np.array([row[1:] for row in rows], float).T
    found = right + wrong
    worth = found / (1 + (found - 1) * SPREAD)
    middle, scale = traits.mean(0), traits.std(0)
    middle[0], scale[0] = 0, 1
    design = (traits - middle) / scale
    penalty = np.full(len(names), PENALTY)
    penalty[0] = 0
    weights = np.zeros(len(names))
    for _ in range(50):
        guess = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (worth * (guess - right / found)) + penalty * weights
        curve = (design.T * (worth * guess * (1 - guess))) @ design + np.diag(penalty)
        weights -= np.linalg.solve(curve, slope)
    weights /= scale
    weights[0] -= weights[1:] @ middle[1:]
    return names, weights


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
