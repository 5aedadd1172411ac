"""Kinds of words by what stands beside them in unlabelled text: names of persons, of bodies, of places come together.

Words of our segmentation; counts of the words up to two off, weighed as positive pointwise mutual information (Levy and
Goldberg 2014), cut to the first dimensions of a singular value decomposition; k-means by direction.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import resources
from ..errors import GoldError
from ..gold.formats import files
from ..script import simplified
from ..segment.crf_model import Crf
from ..segment.sentences import sentence_spans
from ..tagger.walk import folded

_DIMENSIONS, _NEIGHBOURS, _ROUNDS = 80, 4000, 25
_RARE = 8
"""Words seen less often are in no cluster."""
_LONGEST = 8
_AT_ONCE = 3000
"""Sentences whose words are looked up at once."""


def clustered(paths: Sequence[Path], sizes: Sequence[int], seed: int) -> list[tuple[str, str, str]]:
    """(layer, word, cluster) for every word of the texts that is frequent enough, once for each size."""
    words = list(_words(paths))
    counts = Counter(words)
    vocabulary = [word for word, count in counts.most_common() if count >= _RARE and word != ""]
    vectors = _vectors(words, vocabulary, seed)
    return [
        (f"clusters-{size}", word, str(cluster))
        for size in sizes
        for word, cluster in zip(vocabulary, _means(vectors, size, seed).tolist(), strict=True)
        if len(word) <= _LONGEST
    ]


def _words(paths: Iterable[Path]) -> Iterable[str]:
    """All words, sentences parted by an empty one."""
    crf = Crf.load(resources.find("models", "segment-pku"))
    for path in paths:
        sentences: list[str] = []
        for where, line in files.lines(path, "JSON Lines with text"):
            if line:
                text = files.decoded(line, dict[str, Any], where).get("text")
                if not isinstance(text, str):
                    raise GoldError(f"{where}: no text; expected a string under the key text")
                text = simplified(text)
                for start, end in sentence_spans(text):
                    sentences += [
                        part[i : i + 300] for part in text[start:end].split() for i in range(0, len(part), 300)
                    ]
        for i in range(0, len(sentences), _AT_ONCE):
            lengths = iter(crf.lengths(sentences[i : i + _AT_ONCE]).tolist())
            for sentence in sentences[i : i + _AT_ONCE]:
                yield ""
                position, plain = 0, folded(sentence)
                while position < len(plain):
                    end = position + next(lengths)
                    yield plain[position:end]
                    position = end


def _vectors(words: Sequence[str], vocabulary: Sequence[str], seed: int) -> NDArray[np.float32]:
    """(words, dimensions), of length one."""
    import scipy.sparse
    from scipy.sparse.linalg import svds

    number = {word: i for i, word in enumerate(vocabulary)}
    ids = np.fromiter((number.get(word, -1) for word in words), np.int64, len(words))
    size, wide = len(vocabulary), min(_NEIGHBOURS, len(vocabulary))
    blocks = []
    for offset in (-2, -1, 1, 2):
        word, beside = ids[max(0, -offset) : len(ids) - max(0, offset)], ids[max(0, offset) : len(ids) + min(0, offset)]
        both = (word >= 0) & (beside >= 0) & (beside < wide)
        pairs = (word[both], beside[both])
        blocks.append(scipy.sparse.csr_matrix((np.ones(len(pairs[0]), np.float32), pairs), shape=(size, wide)))
    counts = scipy.sparse.hstack(blocks).tocoo()
    counts.sum_duplicates()
    total = counts.sum()
    of_word, of_place = np.asarray(counts.sum(1)).ravel(), np.asarray(counts.sum(0)).ravel() ** 0.75
    of_place *= total / of_place.sum()
    information = np.log(counts.data * total / (of_word[counts.row] * of_place[counts.col] + 1e-9))
    good = information > 0
    shape = (counts.row[good], counts.col[good])
    matrix = scipy.sparse.csr_matrix((information[good].astype(np.float32), shape), shape=counts.shape)
    dimensions = min(_DIMENSIONS, min(matrix.shape) - 1)
    # not ARPACK, which svds does not give the generator to start again with
    left, singular, _ = svds(matrix, k=dimensions, solver="propack", rng=np.random.default_rng(seed))
    vectors = left * np.sqrt(singular)
    found: NDArray[np.float32] = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)
    return found


def _means(vectors: NDArray[np.float32], size: int, seed: int) -> NDArray[np.int64]:
    """The cluster of each word."""
    size = min(size, len(vectors))
    begin = np.random.default_rng(seed).permutation(min(len(vectors), 10_000))[:size]
    centres = vectors[begin].copy()
    nearest = np.zeros(len(vectors), np.int64)
    for _ in range(_ROUNDS):
        nearest = np.concatenate([(part @ centres.T).argmax(1) for part in np.array_split(vectors, 20)])
        for i in range(size):
            if len(members := vectors[nearest == i]):
                centre = members.mean(0)
                centres[i] = centre / (np.linalg.norm(centre) + 1e-9)
    return nearest
