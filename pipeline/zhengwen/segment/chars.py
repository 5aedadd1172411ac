"""`zhengwen.chars.v1`: every character is a word; runs of digits and of Latin letters stay whole. The fastest."""

import re
from collections.abc import Callable, Iterator, Sequence

from spacy.language import Language

from .base import SentenceTokenizer

_CHARACTER = re.compile(r"[0-9０-９.．]++|[A-Za-zＡ-Ｚａ-ｚ]++|.", re.DOTALL)


class CharTokenizer(SentenceTokenizer):
    @classmethod
    def factory(cls) -> Callable[[Language], "CharTokenizer"]:
        return lambda nlp: cls(nlp.vocab)

    def lengths(self, pieces: Sequence[str]) -> Iterator[int]:
        for piece in pieces:
            yield from map(len, _CHARACTER.findall(piece))
