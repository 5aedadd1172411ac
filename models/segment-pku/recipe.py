"""Makes the weights of this folder again, and measures them: train, drop features of little weight, store compactly.

    python recipe.py train TRAINING.utf8 TEST_GOLD.utf8 FOLDER     some 25 minutes on one core
    python recipe.py score FOLDER TEST_GOLD.utf8 …                 F1 of words as spans, as the SIGHAN bakeoff scores

Files are of the bakeoff's form: a sentence a line, words set apart by spaces, digits and Latin letters full-width.
spacy-pkuseg starts from zero weights and draws the order of the sentences from `random`, which is seeded here.
"""

import random
import sys
from pathlib import Path

import numpy as np
import spacy_pkuseg
import srsly
from spacy_pkuseg.config import config

ITERATIONS = 15
RARE = 1
"""A feature seen this often or less in training is never made: 529,692 of 1,240,927 are left."""
LEAST_SPREAD = 0.1
"""A feature whose weights for the five tags differ by less than this hardly decides anything: 252,923 are left."""
WIDEN = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
"""ASCII to full-width, as the training text has it; the tokenizer does the same."""
STEP = 64
"""Weights are rounded to 1/STEP, which makes the file compress to a quarter."""


def train(training: str, test: str, folder: str) -> None:
    random.seed(0)
    np.random.seed(0)
    config.featureTrim = RARE
    spacy_pkuseg.train(training, test, folder, train_iter=ITERATIONS)
    compact(Path(folder))


def compact(folder: Path) -> None:
    """Rewrite a trained model in place, still in spacy-pkuseg's own format. Word pairs are only needed for training."""
    features = srsly.read_msgpack(folder / "features.msgpack")
    with np.load(folder / "weights.npz") as weights:
        tags, count = (int(size) for size in weights["sizes"])
        nodes = weights["w"][: count * tags].reshape(count, tags)
        edges = weights["w"][count * tags :]
    keep = np.ptp(nodes, axis=1) >= LEAST_SPREAD
    keep[0] = True  # the feature of every position
    number = np.cumsum(keep) - 1
    index = features["feature_to_idx"]
    features["feature_to_idx"] = {feature: int(number[i]) for feature, i in index.items() if keep[i]}
    features["unigram"] = sorted(features["unigram"])
    features["bigram"] = []
    srsly.write_msgpack(folder / "features.msgpack", features)
    kept = np.concatenate([nodes[keep].ravel(), edges])
    sizes = np.array([tags, int(keep.sum())])
    np.savez_compressed(folder / "weights.npz", sizes=sizes, w=np.round(kept * STEP) / STEP)


def score(folder: str, gold: str) -> float:
    """F1 of words as spans."""
    segmenter = spacy_pkuseg.pkuseg(folder, user_dict=None)
    right = found = wanted = 0
    for line in Path(gold).read_text(encoding="utf-8").splitlines():
        words = line.split()
        spans = _spans(words)
        cut = _spans(segmenter.cut("".join(words).translate(WIDEN)))
        right += len(spans & cut)
        found += len(cut)
        wanted += len(spans)
    return 2 * right / (found + wanted)


def _spans(words: list[str]) -> set[tuple[int, int]]:
    spans, end = set(), 0
    for word in words:
        spans.add((end, end + len(word)))
        end += len(word)
    return spans


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    if command == "train":
        train(*arguments)
    else:
        for gold in arguments[1:]:
            print(f"{gold}: F1 {score(arguments[0], gold):.4f}")
