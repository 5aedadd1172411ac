"""What the tokenizers share: text → pieces short enough for any segmenter → one Doc with sentence starts.

Words are asked for piece by piece, so that no segmenter meets a text whose length it cannot bear. White space becomes
tokens of its own: the Doc's text is the text given, character for character.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex
from spacy.tokens import Doc
from spacy.util import DummyTokenizer
from spacy.vocab import Vocab

from ..script import simplified
from .sentences import sentence_spans

_PIECE = regex.compile(r"[\s\x1c-\x1f]++|[^\s\x1c-\x1f]{1,400}")  # what str.isspace calls white space


class SentenceTokenizer(DummyTokenizer):
    """Base of our tokenizers: a subclass has `cut`, which divides a piece without white space into words.

    It is shown the text in simplified script, and only the lengths of its words count.
    """

    def __init__(self, vocab: Vocab):
        self.vocab = vocab

    def cut(self, piece: str) -> Sequence[str]:
        raise NotImplementedError

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        starts: list[bool | int | None] = []
        position = 0
        for sentence in self._sentences(simplified(text)):
            before = len(words)
            for piece in _PIECE.findall(sentence):
                for word in (piece,) if piece.isspace() else self.cut(piece):
                    words.append(text[position : position + len(word)])
                    position += len(word)
            starts.append(True)
            starts.extend([False] * (len(words) - before - 1))
        return Doc(self.vocab, words=words, spaces=[False] * len(words), sent_starts=starts)

    @staticmethod
    def _sentences(text: str) -> Iterator[str]:
        """The sentences with the white space that follows them, so that nothing is left out."""
        spans = sentence_spans(text)
        starts = [0, *(start for start, _ in spans[1:]), len(text)]
        for start, end in pairwise(starts):
            if start < end:
                yield text[start:end]
