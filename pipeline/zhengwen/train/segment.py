"""`zhengwen train segment`: spacy-pkuseg's own trainer, its model made small and measured.

Files are of the SIGHAN bakeoffs' form: a sentence a line, words set apart by spaces, digits and Latin letters full-width (the
tests' are widened here). spacy-pkuseg begins with zero weights and draws the order of the sentences from `random`, which is
seeded here.
"""

import contextlib
import io
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import srsly

from ..errors import GoldError
from ..gold.formats import files
from ..segment.crf_model import Crf
from . import card
from .settings import SegmentSettings, TrainConfig

_STEP = 64
"""Weights are rounded to 1/STEP, which makes the file compress to a quarter."""
_EXPECTED = "words set apart by spaces, a sentence a line"


def train(config: TrainConfig, say: Callable[[str], None] = lambda line: None) -> Path:
    """Writes weights and card, and gives back their folder. The same config, data and seed give the same bytes.

    Raises GoldError for a file that cannot be read or holds no words.
    """
    settings = config.settings
    assert isinstance(settings, SegmentSettings)
    sentences = _sentences(config.file(settings.path))
    tests = {name: _sentences(config.file(data.path)) for name, data in config.test.items()}
    folder = config.file(settings.output)
    size = f"{sum(map(len, sentences)):,} words, {sum(len(word) for words in sentences for word in words):,} characters"
    say(size)
    _fit(sentences, folder, settings)
    compact(folder, settings.least)
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
