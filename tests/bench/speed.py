"""Speed of the stages, each alone, and of whole runs in this process, by processor time; jieba's segmentation comes first."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jieba
import jieba.posseg
import msgspec
import rjieba
import spacy_pkuseg
from tests.bench.report import Row
from tests.conftest import ROOT, SAMPLES

import zhengwen
from zhengwen import resources
from zhengwen.layouts.newspaper import NewspaperLayout
from zhengwen.readers.files import FileReader
from zhengwen.records import RawDocument
from zhengwen.runner.ids import unique
from zhengwen.runner.shards import shards
from zhengwen.tagger.model import Model


def rows(folder: Path, characters: int) -> Iterator[Row]:
    jieba.setLogLevel("ERROR")
    yield from over_samples(folder, characters)
    yield from over_gold(folder, characters)


def over_samples(folder: Path, characters: int) -> Iterator[Row]:
    documents = repeated([path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))], characters)
    total = sum(map(len, documents))
    archive = written(folder / "samples.jsonl", documents)

    def rules() -> Callable[[], object]:
        nlp = zhengwen.load("entities")
        find = nlp.get_pipe("zhengwen_entities")

        def run() -> None:
            for text in documents:
                with nlp.memory_zone():
                    find(nlp.make_doc(text))

        return run

    def numbers() -> Callable[[], object]:
        """Quantities and facts, given Docs with words and entities."""
        nlp = zhengwen.load("fast")
        entities = nlp.get_pipe("zhengwen_entities")
        docs = [entities(nlp.make_doc(text)) for text in documents]
        quantities, facts = nlp.get_pipe("zhengwen_quantities"), nlp.get_pipe("zhengwen_facts")
        return lambda: [facts(quantities(doc)) for doc in docs]

    def model() -> Callable[[], object]:
        """Names by the entity model alone, some 20,000 characters at once, as the pipeline does it."""
        find = Model.load(resources.find("models", "entities-news"))
        return lambda: [find(documents[i : i + 50]) for i in range(0, len(documents), 50)]

    def segmentation(config: str) -> Callable[[], object]:
        """In bulk, as the pipeline does it."""
        tokenizer: Any = zhengwen.load(config).tokenizer
        return lambda: list(tokenizer.docs(documents))

    def reference() -> Callable[[], object]:
        """Its own decoder, on the same weights."""
        folder = str(resources.find("models", "segment-pku"))
        cut = spacy_pkuseg.pkuseg(folder, user_dict=None).cut
        return lambda: [cut(text) for text in documents]

    newspaper = NewspaperLayout()
    pages = [RawDocument(str(i), text, "", "", 0, paged=True) for i, text in enumerate(documents)]
    tasks: list[tuple[str, Callable[[], object]]] = [
        ("segmentation: jieba", lambda: [jieba.lcut(text) for text in documents]),
        ("names: jieba's tags of words", lambda: [jieba.posseg.lcut(text) for text in documents]),
        ("names: rjieba's tags of words", lambda: [rjieba.tag(text) for text in documents]),
        ("reading: JSON Lines into shards", lambda: list(shards(unique(FileReader()([str(archive)])), 1_000_000))),
        ("layout: newspaper", lambda: [list(newspaper(page)) for page in pages]),
        ("segmentation: ours, pkuseg's weights", segmentation("default")),
        ("segmentation: spacy-pkuseg's own cut", reference()),
        ("segmentation: rjieba", lambda: [rjieba.cut(text) for text in documents]),
        ("segmentation: jieba as tokenizer", segmentation("jieba")),
        ("entities and roles, no segmentation", rules()),
        ("quantities and facts, given a Doc", numbers()),
        ("entity model alone", model()),
    ]
    yardstick: float | None = None
    for name, task in tasks:
        speed = total / best(task)
        yardstick = yardstick or speed
        yield Row(name, speed, yardstick)
    for config in ("default", "fast", "entities", "numbers"):
        yield Row(f"whole run: {config}", total / whole_run(archive, config), yardstick)


def over_gold(folder: Path, characters: int) -> Iterator[Row]:
    lines = [line for path in sorted((ROOT / "corpus" / "gold").glob("*.jsonl")) for line in path.open("rb")]
    yield from over(
        "gold articles", repeated([msgspec.json.decode(line)["text"] for line in lines], characters), folder
    )


def over(name: str, documents: list[str], folder: Path) -> Iterator[Row]:
    """jieba's segmentation of any texts, and whole runs over them."""
    total = sum(map(len, documents))
    archive = written(folder / "texts.jsonl", documents)
    yardstick = total / best(lambda: [jieba.lcut(text) for text in documents])
    yield Row(f"{name}: segmentation: jieba", yardstick, yardstick)
    for config in ("default", "fast"):
        yield Row(f"{name}: {config}", total / whole_run(archive, config), yardstick)


def repeated(texts: list[str], characters: int) -> list[str]:
    return [texts[i % len(texts)] for i in range(characters * len(texts) // sum(map(len, texts)))]


def written(path: Path, documents: list[str]) -> Path:
    path.write_bytes(b"\n".join(msgspec.json.encode({"id": str(i), "text": text}) for i, text in enumerate(documents)))
    return path


def whole_run(archive: Path, config: str) -> float:
    """Seconds of a run from files to JSON Lines, less those of a run over one document: the start is left aside."""
    one = archive.with_name("one.jsonl")
    with archive.open("rb") as lines:
        one.write_bytes(lines.readline())
    output = archive.with_name("out.jsonl")
    whole, start = (best(lambda path=path: zhengwen.run([str(path)], output, config=config)) for path in (archive, one))
    return whole - start


def best(task: Callable[[], object], rounds: int = 3) -> float:
    """Seconds of a processor in the fastest round."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        task()
        times.append(time.process_time() - started)
    return min(times)
