"""`zhengwen.chars.v1`: every character is a word; runs of digits and of Latin letters stay whole. The fastest."""

from collections.abc import Callable, Iterator, Sequence

import regex
from spacy.language import Language

from .base import SentenceTokenizer

_CHARACTER = regex.compile(r"[0-9０-９.．]++|[A-Za-zＡ-Ｚａ-ｚ]++|.", regex.DOTALL)


class CharTokenizer(SentenceTokenizer):
    @classmethod
    def factory(cls) -> Callable[[Language], "CharTokenizer"]:
        return lambda nlp: cls(nlp.vocab)

    def lengths(self, pieces: Sequence[str]) -> Iterator[int]:
        for piece in pieces:
            yield from map(len, _CHARACTER.findall(piece))
