"""`zhengwen train segment`: spacy-pkuseg's own trainer and a second one, their mean made small and measured.

The second trainer is that of the entity model (`fit.py`), over the features that the first found worth keeping. The two err in
different places: the mean of their weights is better than either (F1 on pku test 0.9498 where they reach 0.948 and 0.949).

Files are of the SIGHAN bakeoffs' form: a sentence a line, words set apart by spaces, digits and Latin letters full-width (the
tests' are widened here). spacy-pkuseg begins with zero weights and draws the order of the sentences from `random`, which is
seeded here.
"""

import contextlib
import io
import random
import tempfile
from array import array
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import srsly

from ..crf.row_map import Ints
from ..crf.spans import tag_numbers
from ..errors import GoldError, ResourceError
from ..gold.formats import files
from ..segment.crf_index import Index
from ..segment.crf_model import Crf
from . import card
from .fit import batches, fit
from .settings import SegmentSettings, TrainConfig
from .wordlist import divided

_STEP = 64
"""Weights are rounded to 1/STEP, which makes the file compress to a quarter."""
_TAGS = {"B": 1, "I_first": 2, "I": 2, "I_end": 3, "B_single": 4}
"""spacy-pkuseg's tags, and the number of each among O, B, I, E, S of `crf/spans.py`."""
_BEFORE: dict[str, tuple[str, ...]] = {
    "B": ("I_end", "B_single"),
    "B_single": ("I_end", "B_single"),
    "I_first": ("B",),
    "I": ("I_first", "I"),
    "I_end": ("B", "I_first", "I"),
}
"""What may stand before a tag: the second model has no weights for transitions."""
_NEVER = -30.0
_MARKS = "，。；：！？、"
_EXPECTED = "words set apart by spaces, a sentence a line"


def train(config: TrainConfig, say: Callable[[str], None] = lambda line: None) -> Path:
    """Writes weights and card, and gives back their folder. The same config, data and seed give the same bytes.

    Raises GoldError for a file that cannot be read or holds no words, and ResourceError without scipy.
    """
    settings = config.settings
    assert isinstance(settings, SegmentSettings)
    if settings.epochs and find_spec("scipy") is None:
        raise ResourceError('train segment needs scipy, or epochs = 0: pip install "zhengwen[train]"')
    sentences = _sentences(config.file(settings.path))
    listed = files.text(config.file(settings.words), "words, one a line").split() if settings.words else []
    tests = {name: _sentences(config.file(data.path)) for name, data in config.test.items()}
    folder = config.file(settings.output)
    size = f"{sum(map(len, sentences)):,} words, {sum(len(word) for words in sentences for word in words):,} characters"
    say(size)
    _fit(sentences, folder, settings)
    compact(folder, settings.least)
    if settings.epochs:
        say("the second trainer")
        _add_second(divided(sentences, frozenset(listed)) if listed else sentences, folder, settings)
        compact(folder, 0)
    scores = {name: score(folder, found) for name, found in tests.items()}
    card.write_segment(folder, settings, config.path, size, scores)
    return folder


def _sentences(path: Path) -> list[list[str]]:
    sentences = [words for _, line in files.lines(path, _EXPECTED) if (words := line.split())]
    if not sentences:
        raise GoldError(f"{path}: no words; expected {_EXPECTED}")
    return sentences


def _fit(sentences: list[list[str]], folder: Path, settings: SegmentSettings) -> None:
    import spacy_pkuseg
    from spacy_pkuseg.config import config

    random.seed(settings.seed)
    np.random.seed(settings.seed)
    config.featureTrim = settings.rare
    with tempfile.TemporaryDirectory() as scratch, contextlib.redirect_stdout(io.StringIO()):
        text, few = Path(scratch) / "training.utf8", Path(scratch) / "few.utf8"
        lines = ["  ".join(words) for words in sentences]
        text.write_text("\n".join(lines) + "\n", encoding="utf-8")
        few.write_text("\n".join(lines[:10]) + "\n", encoding="utf-8")  # it scores them after each iteration
        spacy_pkuseg.train(str(text), str(few), str(folder), train_iter=settings.iterations)


def _add_second(sentences: list[list[str]], folder: Path, settings: SegmentSettings) -> None:
    """Makes the weights of a trained model the mean of its own and of those of the second trainer."""
    features = srsly.read_msgpack(folder / "features.msgpack")
    index, tags = features["feature_to_idx"], features["tag_to_idx"]
    generator = np.random.default_rng(settings.seed)
    spans, lengths = _words(sentences)
    positions = int(lengths.sum())
    work = batches(
        _matrix(sentences, folder, index),
        tag_numbers(spans, positions, 1),
        lengths,
        np.ones(len(lengths), np.float32),
        generator,
    )
    second = fit(
        work,
        (len(index), 5),
        epochs=settings.epochs,
        rate=settings.rate,
        penalty=settings.penalty,
        generator=generator,
    )
    names = sorted(tags, key=tags.get)
    second = second[:, [_TAGS[name] for name in names]]
    follows = np.array([[before in _BEFORE[name] for before in names] for name in names])
    with np.load(folder / "weights.npz") as weights:
        sizes, first = weights["sizes"], weights["w"]
    nodes, edges = first[: second.size].reshape(second.shape), first[second.size :].reshape(follows.shape)
    mean = np.concatenate([((nodes + second) / 2).ravel(), (edges / 2 + np.where(follows, 0, _NEVER)).ravel()])
    np.savez(folder / "weights.npz", sizes=sizes, w=mean)


def _words(sentences: list[list[str]]) -> tuple[list[tuple[int, int, int]], Ints]:
    """The words as spans of all positions, and the lengths of chains, which end behind marks and sentences."""
    spans: list[tuple[int, int, int]] = []
    lengths: list[int] = []
    begin = end = 0
    for words in sentences:
        for i, word in enumerate(words, 1):
            spans.append((end, end + len(word), 0))
            end += len(word)
            if word in _MARKS or i == len(words):
                lengths.append(end - begin)
                begin = end
    return spans, np.array(lengths, np.int64)


def _matrix(sentences: list[list[str]], folder: Path, index: dict[str, int]) -> Any:
    """(positions, features), sparse, as spacy-pkuseg sees them."""
    import scipy.sparse
    from spacy_pkuseg.feature_extractor import FeatureExtractor

    extractor = FeatureExtractor.load(str(folder))
    columns, ends = array("i"), array("q", [0])
    for words in sentences:
        characters = list(extractor.normalize_text("".join(words)))
        for i in range(len(characters)):
            columns.extend(index[name] for name in extractor.get_node_features(i, characters) if name in index)
            ends.append(len(columns))
    found = np.frombuffer(columns, np.int32)
    shape = (len(ends) - 1, len(index))
    return scipy.sparse.csr_matrix((np.ones(len(found), np.float32), found, np.frombuffer(ends, np.int64)), shape=shape)


def compact(folder: Path, least: float) -> None:
    """Rewrite a trained model in place, still in spacy-pkuseg's own format. Word pairs are only needed for training.

    least: a feature whose weights for the tags differ by less is left out.
    """
    features = srsly.read_msgpack(folder / "features.msgpack")
    with np.load(folder / "weights.npz") as weights:
        tags, count = (int(size) for size in weights["sizes"])
        nodes = weights["w"][: count * tags].reshape(count, tags)
        edges = weights["w"][count * tags :]
    keep = np.ptp(nodes, axis=1) >= least
    keep[0] = True  # the feature of every position
    number = np.cumsum(keep) - 1
    index = features["feature_to_idx"]
    features["feature_to_idx"] = {feature: int(number[i]) for feature, i in index.items() if keep[i]}
    features["unigram"] = sorted(features["unigram"])
    features["bigram"] = []
    srsly.write_msgpack(folder / "features.msgpack", features)
    kept = np.concatenate([nodes[keep].ravel(), edges])
    sizes = np.array([tags, int(keep.sum())])
    np.savez_compressed(folder / "weights.npz", sizes=sizes, w=np.round(kept * _STEP) / _STEP)
    Index.of(features).save(folder)


def score(folder: Path, sentences: list[list[str]]) -> float:
    """F1 of words as spans, as the SIGHAN bakeoffs score."""
    lengths = iter(Crf.load(folder).lengths(["".join(words) for words in sentences]).tolist())
    right = found = wanted = 0
    for words in sentences:
        gold, cut = _spans(map(len, words)), set()
        end, size = 0, sum(map(len, words))
        while end < size:
            start, end = end, end + next(lengths)
            cut.add((start, end))
        right, found, wanted = right + len(gold & cut), found + len(cut), wanted + len(gold)
    return 2 * right / (found + wanted)


def _spans(lengths: "map[int]") -> set[tuple[int, int]]:
    spans, end = set(), 0
    for length in lengths:
        spans.add((end, end + length))
        end += length
    return spans
