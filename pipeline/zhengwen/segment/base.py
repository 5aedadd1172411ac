"""What the tokenizers share: texts → pieces short enough for any segmenter → a Doc each, with sentence starts.

Words are asked for piece by piece, so that no segmenter meets a text whose length it cannot bear. White space becomes
tokens of its own: the Doc's text is the text given, character for character.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

import numpy as np
from spacy.attrs import SENT_START
from spacy.tokens import Doc
from spacy.util import DummyTokenizer
from spacy.vocab import Vocab

from ..script import simplified
from .sentences import sentence_spans

_PIECE = re.compile(r"\s++|\S{1,400}")  # what str.isspace calls white space


class SentenceTokenizer(DummyTokenizer):
    """Base of our tokenizers: a subclass has `lengths`, which divides pieces without white space into words.

    It is shown the text in simplified script.
    """

    def __init__(self, vocab: Vocab):
        self.vocab = vocab

    def lengths(self, pieces: Sequence[str]) -> Iterable[int]:
        """The lengths of all words of all pieces, in order."""
        raise NotImplementedError

    def __call__(self, text: str) -> Doc:
        (doc,) = self.docs([text])
        return doc

    def docs(self, texts: Sequence[str]) -> Iterator[Doc]:
        """A Doc of each text; words are asked for once, for all pieces of all texts."""
        sentences = [[_PIECE.findall(sentence) for sentence in _sentences(simplified(text))] for text in texts]
        pieces = [piece for text in sentences for sentence in text for piece in sentence if not piece.isspace()]
        lengths = list(self.lengths(pieces))
        ends = np.cumsum([len(piece) for piece in pieces], dtype=np.int64)
        counts = iter((np.searchsorted(np.cumsum(lengths), ends) + 1).tolist())  # of words up to the end of each piece
        count = 0
        for text, parts in zip(texts, sentences, strict=True):
            sizes: list[int] = []
            firsts: list[int] = []
            for sentence in parts:
                firsts.append(len(sizes))
                for piece in sentence:
                    if piece.isspace():
                        sizes.append(len(piece))
                    else:
                        before, count = count, next(counts)
                        sizes += lengths[before:count]
            edges = [0, *accumulate(sizes)]
            words = [text[start:end] for start, end in pairwise(edges)]
            starts = np.full(len(words), -1)
            starts[firsts] = 1
            # the argument `sent_starts` would take as long again as all the rest
            doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
            yield doc.from_array([SENT_START], starts.astype(np.uint64))  # type: ignore[arg-type]


def _sentences(text: str) -> Iterator[str]:
    """The sentences with the white space that follows them, so that nothing is left out."""
    spans = sentence_spans(text)
    starts = [0, *(start for start, _ in spans[1:]), len(text)]
    for start, end in pairwise(starts):
        if start < end:
            yield text[start:end]
