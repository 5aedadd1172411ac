"""The learning curve of rules for a new kind of entity, beside a CRF on characters that learns from the same examples.

    python tests/bench/rules.py DATA [DRAWS [SIZE,SIZE…]]

DATA holds `cluener2020` and `resume_ner` (README of the project: public data). Each draw takes sentences in random order
until 10, 30, 100 or 300 names are marked; with `all` those without a name are kept, as somebody who reads on would meet them,
with `only` they are left out. 3,000 sentences of the training part, which may be among those, are the unlabelled text. Both learners are scored
on the whole test part, span for span: precision over all finds of all draws, mean and standard deviation of the draws that
found anything, recall, F1. The CRF (python-crfsuite, L-BFGS, characters and pairs of them up to two places away) has no
other knowledge.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from statistics import mean, pstdev
from typing import Any

import msgspec

from zhengwen.gold.documents import GoldDocument, GoldEntity
from zhengwen.rules.candidates import Marked, marked
from zhengwen.rules.learn import learn
from zhengwen.rules.matcher import Matcher
from zhengwen.rules.read import Line

KINDS = (("cluener2020", "GOVERNMENT"), ("cluener2020", "COMPANY"), ("resume_ner", "TITLE"))
SIZES, DRAWS, UNLABELLED = (10, 30, 100, 300), 8, 3000
Span = tuple[int, int]


def main(data: Path, draws: int = DRAWS, sizes: Iterable[int] = SIZES) -> None:
    print(
        f"{'kind':<11}{'names':>6} {'drawn':<5} {'learner':<6}{'precision':>10}{'of draws':>16}{'recall':>8}{'F1':>7}{'rules':>7}"
    )
    for folder, label in KINDS:
        train, test = (list(load(data / folder, part)) for part in ("train", "test"))
        tested = marked(test, label)
        texts = [one.text for one in Random(1).sample(train, UNLABELLED)]
        for size in sizes:
            for whole in (True, False):
                rules: list[tuple[int, int, int]] = []
                crf: list[tuple[int, int, int]] = []
                lines = 0
                for seed in range(draws):
                    drawn = draw(train, label, size, seed, whole)
                    learnt = learn(drawn, label, texts)
                    lines += len(learnt.rules)
                    matcher = Matcher([Line(rule, rule.id) for rule in learnt.rules])
                    rules.append(score(tested, (spans(matcher, one.text) for one in tested)))
                    crf.append(score(tested, tagged(marked(drawn, label), [one.text for one in tested])))
                for name, counts in (("rules", rules), ("CRF", crf)):
                    print(
                        f"{label:<11}{size:>6} {'all' if whole else 'only':<5} {name:<6}{figures(counts)}"
                        + (f"{lines / draws:>7.1f}" if name == "rules" else ""),
                        flush=True,
                    )


def load(folder: Path, part: str) -> Iterator[GoldDocument]:
    """CLUENER (JSON, ends inclusive) or the résumés (a character and its BMES tag a line)."""
    if (path := folder / f"{part}.json").exists():
        for number, line in enumerate(path.read_bytes().splitlines()):
            row = msgspec.json.decode(line)
            names = [
                GoldEntity(label=label.upper(), start=start, end=end + 1)
                for label, found in row["label"].items()
                for places in found.values()
                for start, end in places
            ]
            yield GoldDocument(id=f"{part}-{number}", text=row["text"], entities=names)
        return
    blocks = (folder / f"{part}.char.bmes").read_text(encoding="utf-8").split("\n\n")
    for number, block in enumerate(filter(str.strip, blocks)):
        rows = [line.rsplit(" ", 1) for line in block.strip("\n").splitlines()]
        names, start = [], 0
        for at, (_, tag) in enumerate(rows):
            if tag[:2] in ("B-", "S-"):
                start = at
            if tag[:2] in ("E-", "S-"):
                names.append(GoldEntity(label=tag[2:], start=start, end=at + 1))
        yield GoldDocument(id=f"{part}-{number}", text="".join(row[0][:1] or "?" for row in rows), entities=names)


def draw(documents: list[GoldDocument], label: str, size: int, seed: int, whole: bool) -> list[GoldDocument]:
    drawn: list[GoldDocument] = []
    names = 0
    for document in Random(seed).sample(documents, len(documents)):
        if names >= size:
            break
        here = sum(one.label == label for one in document.entities or ())
        if here or whole:
            drawn.append(document)
            names += here
    seen: dict[str, GoldDocument] = {}
    for document in drawn:  # a few sentences stand there twice, marked in two ways
        seen.setdefault(document.text, document)
    return list(seen.values())


def spans(matcher: Matcher, text: str) -> set[Span]:
    return {(one.start, one.end) for one in matcher.settle(matcher(text))}


def tagged(documents: list[Marked], texts: Iterable[str]) -> Iterator[set[Span]]:
    """What a CRF trained on the documents finds in the texts."""
    import pycrfsuite

    trainer: Any = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": 0.05, "c2": 0.05, "max_iterations": 100, "feature.possible_transitions": True})
    for one in documents:
        tags = ["O"] * len(one.text)
        for start, end in one.names:
            tags[start:end] = ["B", *["I"] * (end - start - 1)]
        trainer.append(features(one.text), tags)
    path = Path(f"/tmp/zhengwen-bench-{id(trainer)}.crf")
    trainer.train(str(path))
    tagger: Any = pycrfsuite.Tagger()
    tagger.open(str(path))
    path.unlink()
    for text in texts:
        found, start = set(), None
        for at, tag in enumerate([*tagger.tag(features(text)), "O"]):
            if tag != "I" and start is not None:
                found.add((start, at))
                start = None
            if tag == "B":
                start = at
        yield found


def features(text: str) -> list[list[str]]:
    padded = f"\x02\x02{text}\x03\x03"
    return [
        [f"{k}:{padded[at + k]}" for k in range(5)] + [f"{k}+:{padded[at + k : at + k + 2]}" for k in range(4)]
        for at in range(len(text))
    ]


def score(documents: Iterable[Marked], found: Iterable[set[Span]]) -> tuple[int, int, int]:
    """Right, found and marked names."""
    pairs = [(set(one.names), spans) for one, spans in zip(documents, found, strict=True)]
    return sum(len(a & b) for a, b in pairs), sum(len(b) for _, b in pairs), sum(len(a) for a, _ in pairs)


def figures(counts: list[tuple[int, int, int]]) -> str:
    right, found, wanted = (sum(column) for column in zip(*counts, strict=True))
    of_draws = [a / b for a, b, _ in counts if b] or [0.0]
    spread = f"{mean(of_draws):.2f} ± {pstdev(of_draws):.2f} ({len([1 for _, b, _ in counts if b])})"
    return f"{right / max(found, 1):>10.3f}{spread:>16}{right / wanted:>8.3f}{2 * right / (found + wanted):>7.3f}"


if __name__ == "__main__":
    main(
        Path(sys.argv[1]), *map(int, sys.argv[2:3]), *([int(size) for size in one.split(",")] for one in sys.argv[3:4])
    )
