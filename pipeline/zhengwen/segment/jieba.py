"""`zhengwen.jieba.v1`: jieba's dictionary and hidden Markov model, in the Rust implementation (extra `jieba`)."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from spacy.language import Language
from spacy.vocab import Vocab

from ..errors import ResourceError
from .base import SentenceTokenizer


class JiebaTokenizer(SentenceTokenizer):
    def __init__(self, vocab: Vocab):
        super().__init__(vocab)
        try:
            import rjieba
        except ImportError:
            raise ResourceError('zhengwen.jieba.v1 needs rjieba: pip install "zhengwen[jieba]"') from None
        self._jieba: Any = rjieba

    @classmethod
    def factory(cls) -> Callable[[Language], "JiebaTokenizer"]:
        return lambda nlp: cls(nlp.vocab)

    def lengths(self, pieces: Sequence[str]) -> Iterator[int]:
        for piece in pieces:
            yield from map(len, self._jieba.cut(piece))
