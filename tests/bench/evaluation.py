"""Seconds of a processor for `zhengwen.evaluate` on much gold, with and without a second output, and the peak memory.

The gold is made up: documents of fifty entities and ten quantities with a fact each. The outputs have errors in one of ten
and in one of twenty. Either call should stay under half a minute.
"""

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import msgspec
from tests.bench.report import Row

import zhengwen

DOCUMENTS, ENTITIES, FACTS = 5_000, 50, 10
LABELS = ("PERSON", "OFFICIAL", "ORG", "COMPANY", "ZONE", "PLACE")
METRICS = ("固定资产投资", "地区生产总值", "进出口总额", "财政收入")
Fields = dict[str, Any]


def rows() -> Iterator[Row]:
    random = Random(0)
    with tempfile.TemporaryDirectory() as folder:
        gold, output, better = (Path(folder) / f"{name}.jsonl" for name in ("gold", "output", "better"))
        made = [document(number, random) for number in range(DOCUMENTS)]
        write(gold, made)
        write(output, (found(one, random, 0.1) for one in made))
        write(better, (found(one, random, 0.05) for one in made))
        for name, against in (("evaluate", None), ("evaluate against another", better)):
            with ProcessPoolExecutor(
                1, multiprocessing.get_context("spawn")
            ) as pool:  # for the memory that it alone takes
                seconds, memory = pool.submit(evaluated, gold, output, against).result()
            yield Row(f"{name}: {DOCUMENTS:,} documents", memory=memory, seconds=seconds)


def evaluated(gold: Path, output: Path, against: Path | None) -> tuple[float, float]:
    """Seconds, and MiB of this process."""
    started = time.process_time()
    zhengwen.evaluate(gold, output=output, against=against)
    return time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def document(number: int, random: Random) -> Fields:
    """Names and numbers one after the other, each in a sentence of its own."""
    text, entities, quantities, facts = "", [], [], []
    for _ in range(ENTITIES):
        start = len(text) + 3
        text += "今天，" + "甲乙丙丁戊己庚辛"[: random.randint(2, 8)]
        entities.append({"label": random.choice(LABELS), "start": start, "end": len(text)})
        text += "发言。"
    for _ in range(FACTS):
        metric, value = random.choice(METRICS), random.randint(1, 9999)
        start = len(text) + len(metric)
        text += f"{metric}{value}亿元"
        span = (start, len(text))
        quantities.append({"start": span[0], "end": span[1], "value": value * 10**8, "unit": "CNY"})
        facts.append({"quantity": span, "metric": metric, "subject": "全市"})
        text += "。"
    return {"id": f"d{number}", "text": text, "source": f"paper{number % 5}:{number}", "date": f"20{number % 20:02}-01-01",
            "entities": entities, "quantities": quantities, "facts": facts}  # fmt: skip


def found(gold: Fields, random: Random, wrong: float) -> Fields:
    """The record of a document: some entities shifted, called another thing, left out or too many, some values and metrics wrong."""
    entities = []
    for one in gold["entities"]:
        error = random.choice(("boundary", "label", "missed", "spurious")) if random.random() < wrong else ""
        if error != "missed":
            label = random.choice(LABELS) if error == "label" else one["label"]
            entities.append({**one, "label": label, "end": one["end"] - (error == "boundary"), "by": f"rule:{label}"})
        if error == "spurious":
            entities.append({"label": "ZONE", "start": one["end"], "end": one["end"] + 2, "by": "rule:spurious"})
    quantities, facts = [], []
    for i, (quantity, fact) in enumerate(zip(gold["quantities"], gold["facts"], strict=True)):
        value = quantity["value"] * (10 if random.random() < wrong else 1)
        metric = random.choice(METRICS) if random.random() < wrong else fact["metric"]
        quantities.append({**quantity, "id": f"q{i}", "value": value})
        facts.append({**fact, "quantity": f"q{i}", "metric": metric, "by": "rule:near"})
    return {"id": f"{gold['id']}#1", "source": {"id": gold["id"]}, "entities": entities, "quantities": quantities, "facts": facts}  # fmt: skip


def write(path: Path, rows: Iterable[Fields]) -> None:
    path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
