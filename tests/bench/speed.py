"""Speed of whole runs and of segmentation alone, as characters a second and as ratios to jieba in the same run.

    python tests/bench/speed.py [CHARACTERS]

The text is the sample archive, repeated to the given length (300,000 by default). Each figure is the best of three.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jieba
import msgspec
import rjieba
import spacy_pkuseg

import zhengwen
from zhengwen import resources
from zhengwen.layouts.newspaper import NewspaperLayout
from zhengwen.records import RawDocument

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"


def main(characters: int = 300_000) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    documents = [texts[i % len(texts)] for i in range(characters * len(texts) // sum(map(len, texts)))]
    total = sum(map(len, documents))
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive.jsonl"
        lines = (msgspec.json.encode({"id": str(i), "text": text}) for i, text in enumerate(documents))
        archive.write_bytes(b"\n".join(lines))
        output = Path(folder) / "out.jsonl"

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

        def segmentation(config: str) -> Callable[[], object]:
            """In bulk, as the pipeline does it."""
            tokenizer: Any = zhengwen.load(config).tokenizer
            return lambda: list(tokenizer.docs(documents))

        def reference() -> Callable[[], object]:
            """Its own decoder, on the same weights."""
            folder = str(resources.path("models", "segment-pku"))
            cut = spacy_pkuseg.pkuseg(folder, user_dict=None).cut
            return lambda: [cut(text) for text in documents]

        jieba.setLogLevel("ERROR")
        yardstick = total / best(lambda: [jieba.lcut(text) for text in documents])
        print(f"{total:,} characters; ratio 1.00 is jieba's segmentation alone: {yardstick:,.0f} characters a second")
        print(f"{'':36}{'characters/s':>14}{'ratio':>8}")
        newspaper = NewspaperLayout()
        pages = [RawDocument(str(i), text, "", "", 0, paged=True) for i, text in enumerate(documents)]
        for name, task in (
            ("layout: newspaper", lambda: [list(newspaper(page)) for page in pages]),
            ("segmentation: pkuseg, our weights", segmentation("default")),
            ("segmentation: spacy-pkuseg's own cut", reference()),
            ("segmentation: rjieba", lambda: [rjieba.cut(text) for text in documents]),
            ("segmentation: jieba as tokenizer", segmentation("jieba")),
            ("segmentation: characters", segmentation("fast")),
            ("segmentation: none, sentences", segmentation("entities")),
            ("entities and roles, no segmentation", rules()),
            ("quantities and facts, given a Doc", numbers()),
            ("whole run: default", whole_run("default")),
            ("whole run: fast", whole_run("fast")),
            ("whole run: entities", whole_run("entities")),
            ("whole run: numbers", whole_run("numbers")),
        ):
            speed = total / best(task)
            print(f"{name:36}{speed:>14,.0f}{speed / yardstick:>8.2f}")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory of this process: {peak:,.0f} MiB")


def best(task: Callable[[], object], rounds: int = 3) -> float:
    """Seconds of the fastest round."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        task()
        times.append(time.perf_counter() - started)
    return min(times)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
