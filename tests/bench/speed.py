"""Speed of the stages, each alone, and of whole runs in this process; the first line is jieba's segmentation."""

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
from tests.conftest import SAMPLES

import zhengwen
from zhengwen import resources
from zhengwen.layouts.newspaper import NewspaperLayout
from zhengwen.readers.files import FileReader
from zhengwen.records import RawDocument
from zhengwen.runner.ids import unique
from zhengwen.runner.shards import shards
from zhengwen.tagger.model import Model


def rows(folder: Path, characters: int) -> Iterator[Row]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    documents = [texts[i % len(texts)] for i in range(characters * len(texts) // sum(map(len, texts)))]
    total = sum(map(len, documents))
    archive, output = folder / "archive.jsonl", folder / "out.jsonl"
    archive.write_bytes(
        b"\n".join(msgspec.json.encode({"id": str(i), "text": text}) for i, text in enumerate(documents))
    )

    def whole_run(config: str) -> Callable[[], object]:
        return lambda: zhengwen.run([str(archive)], output, config=config)

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

    jieba.setLogLevel("ERROR")
    newspaper = NewspaperLayout()
    pages = [RawDocument(str(i), text, "", "", 0, paged=True) for i, text in enumerate(documents)]
    for name, task in (
        ("segmentation: jieba", lambda: [jieba.lcut(text) for text in documents]),
        ("names: jieba's tags of words", lambda: [jieba.posseg.lcut(text) for text in documents]),
        ("reading: JSON Lines into shards", lambda: list(shards(unique(FileReader()([str(archive)])), 1_000_000))),
        ("layout: newspaper", lambda: [list(newspaper(page)) for page in pages]),
        ("segmentation: ours, pkuseg's weights", segmentation("default")),
        ("segmentation: spacy-pkuseg's own cut", reference()),
        ("segmentation: rjieba", lambda: [rjieba.cut(text) for text in documents]),
        ("segmentation: jieba as tokenizer", segmentation("jieba")),
        ("entities and roles, no segmentation", rules()),
        ("quantities and facts, given a Doc", numbers()),
        ("entity model alone", model()),
        ("whole run: default", whole_run("default")),
        ("whole run: accurate", whole_run("accurate")),
        ("whole run: fast", whole_run("fast")),
        ("whole run: entities", whole_run("entities")),
        ("whole run: numbers", whole_run("numbers")),
    ):
        yield Row(name, total / best(task))


def best(task: Callable[[], object], rounds: int = 3) -> float:
    """Seconds of the fastest round."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        task()
        times.append(time.perf_counter() - started)
    return min(times)
