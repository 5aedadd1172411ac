"""Makes `weights.tsv` again: a conditional log-linear model over the candidates of each choice, fitted to gold facts.

    python models/facts/recipe.py GOLD.jsonl …        a file that is named twice counts twice

GOLD: documents with text, date, quantities and facts as the annotation guidelines define them. The texts are read by
the pipeline itself, first with the gold choices carried on from fact to fact, then, to meet its own mistakes, with the
choices of the weights so far. A candidate is right if it says what gold puts first, else what gold accepts, else words
that hold one another. The weights begin with those of `prior.tsv` and are drawn to them. Fitting is by full batches
(Adam); no random numbers are drawn, so that the same gold gives the same weights.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import zhengwen
from zhengwen.facts import scores
from zhengwen.facts.clauses import Reading
from zhengwen.facts.decide import decide
from zhengwen.facts.times import find_times
from zhengwen.script import simplified

PRIOR = {"metric": 8, "subject": 60, "time": 100, "kind": 3, "modality": 40}
"""Weight of the squared weights in the loss, for each field."""
STEPS, RATE = 400, 0.05
RARE = 12
"""Features of fewer choices are left out."""
LEAST = 0.02
"""Weights nearer to zero are left out of the table."""

Case = tuple[list[list[str]], list[bool]]
"""The features of each candidate of a choice, and which are right."""


def main(paths: Sequence[str]) -> None:
    documents = [json.loads(line) for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines()]
    write(fit(read(documents)), Path(__file__).parent / "weights.tsv")


def read(documents: Iterable[dict[str, Any]]) -> list[tuple[dict[str, Any], Reading]]:
    nlp = zhengwen.load("fast")
    readings = []
    for document in documents:
        text = simplified(document["text"])
        doc = nlp.make_doc(document["text"])
        for name in ("zhengwen_entities", "zhengwen_resolve", "zhengwen_quantities"):
            doc = nlp.get_pipe(name)(doc)
        starts = [quantity.start for quantity in doc._.quantities]
        times = find_times(text, document.get("date"), document["text"], starts)
        readings.append((document, Reading(text, doc._.entities, doc._.quantities, times)))
    return readings


def fit(readings: list[tuple[dict[str, Any], Reading]], rounds: int = 2) -> dict[str, dict[str, float]]:
    """The weights of each field. The first round goes on from the right choices, the others from its own."""
    start = prior()
    weights = {field: dict(found) for field, found in start.items()}
    cases: dict[str, list[Case]] = {field: [] for field in scores.FIELDS}
    for turn in range(rounds):
        weigh = scored(weights)
        for document, reading in readings:
            collect(document, reading, cases, weigh, forced=turn == 0)
        weights = {field: fitted(cases[field], PRIOR[field], start[field]) for field in scores.FIELDS}
    return weights


def write(weights: dict[str, dict[str, float]], path: Path) -> None:
    lines = ["# field, feature, weight: made by recipe.py"]
    for field in scores.FIELDS:
        kept = sorted(item for item in weights[field].items() if abs(item[1]) >= LEAST)
        lines += [f"{field}\t{feature}\t{weight:.2f}" for feature, weight in kept]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def prior() -> dict[str, dict[str, float]]:
    """The weights that fitting begins with and is drawn to, from `prior.tsv`."""
    weights: dict[str, dict[str, float]] = {field: {} for field in scores.FIELDS}
    for line in (Path(__file__).parent / "prior.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            field, feature, weight = line.split("\t")
            weights[field][feature] = float(weight)
    return weights


def scored(weights: dict[str, dict[str, float]]) -> dict[str, scores.Scorer]:
    return {field: scores.Scorer(found) for field, found in weights.items()}


def collect(
    document: dict[str, Any],
    reading: Reading,
    cases: dict[str, list[Case]],
    weigh: dict[str, scores.Scorer],
    forced: bool,
) -> None:
    """The choices of one document with what is right; forced: go on from the right ones."""
    gold = {tuple(fact["quantity"]): fact for fact in document["facts"]}

    def judge(field: str, number: int, candidates: Sequence[Any], context: scores.Context, best: int) -> int:
        quantity = reading.quantities[number]
        fact = gold.get((quantity.start, quantity.end))
        if fact is None:
            return best
        right = rightness(field, fact, candidates, reading)
        if any(right) and not all(right):
            cases[field].append(([list(scores.features(one.traits, context)) for one in candidates], right))
        if forced and any(right) and not right[best]:
            return right.index(True)
        return best

    decide(reading, document.get("date"), judge, weigh)


def rightness(field: str, fact: dict[str, Any], candidates: Sequence[Any], reading: Reading) -> list[bool]:
    wanted = [fact.get(field), *fact.get(f"{field}_or", [])]
    if field in ("time", "subject") and any(wanted):  # where gold takes silence too, what is said is better
        wanted = [one for one in wanted if one]
    if field in ("kind", "modality"):
        return [one.kind in wanted for one in candidates]
    if field == "time":
        said = [reading.times[one.number].time.text if one.number >= 0 else None for one in candidates]
    else:
        said = [one.text for one in candidates]
    if field in ("subject", "metric") and any(same(text, wanted[0]) for text in said):
        return [same(text, wanted[0]) for text in said]  # the reading that gold puts first
    exact = [any(same(text, one) for one in wanted) for text in said]
    return exact if any(exact) else [any(alike(one, text) for one in wanted) for text in said]


def norm(text: str | None) -> str:
    return "".join(c for c in text or "" if c not in " \u3000\n“”\"'‘’「」『』《》()（）,，、.。:：的")


def same(a: str | None, b: str | None) -> bool:
    return norm(a) == norm(b)


def alike(gold: str | None, said: str | None) -> bool:
    """Whether one holds the other and is not much longer, as the scorer of the gold set has it."""
    a, b = norm(gold), norm(said)
    if not a or not b:
        return a == b
    return (a in b and len(b) <= 3 * len(a) + 4) or (b in a and len(a) <= 3 * len(b) + 4)


def fitted(cases: list[Case], prior: float, start: dict[str, float]) -> dict[str, float]:
    """Weights that make the right candidates of the cases likely."""
    seen = Counter(feature for candidates, _ in cases for feature in {one for found in candidates for one in found})
    index: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    case_of: list[int] = []
    right: list[bool] = []
    for number, (candidates, marks) in enumerate(cases):
        for found, mark in zip(candidates, marks, strict=True):
            for feature in found:
                if seen[feature] < RARE and feature not in start:
                    continue
                rows.append(len(case_of))
                columns.append(index.setdefault(feature, len(index)))
            case_of.append(number)
            right.append(mark)
    row, column, case = np.array(rows), np.array(columns), np.array(case_of)
    good, count = np.array(right), len(cases)
    begin = np.array([start.get(feature, 0.0) for feature in index])
    weights = begin.copy()
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        value = np.bincount(row, weights[column], len(case)).astype(float)
        value -= np.maximum.reduceat(value, np.flatnonzero(np.diff(case, prepend=-1)))[case]
        odds = np.exp(value)
        likely = odds / np.bincount(case, odds, count)[case]
        right_odds = np.where(good, odds, 0)
        posterior = right_odds / np.bincount(case, right_odds, count)[case]
        gradient = np.bincount(column, (likely - posterior)[row], len(weights)) + prior * (weights - begin)
        mean, square = 0.9 * mean + 0.1 * gradient, 0.99 * square + 0.01 * gradient**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return start | dict(zip(index, weights.round(4).tolist(), strict=True))


if __name__ == "__main__":
    main(sys.argv[1:])
