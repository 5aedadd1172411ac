"""`zhengwen.sentences.v1`: no segmentation. A sentence is one token (more, if it holds spaces); spans are cut out of it."""

import re
from collections.abc import Callable

from spacy.attrs import IS_DIGIT, IS_PUNCT, IS_SPACE, LOWER
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer
from spacy.vocab import Vocab

from .sentences import sentence_spans

_KEPT = (LOWER, IS_SPACE, IS_PUNCT, IS_DIGIT)
_PIECE = re.compile(r"\s++|\S++")  # what str.isspace calls white space is a token of its own


class WholeTokenizer(DummyTokenizer):
    @classmethod
    def factory(cls) -> Callable[[Language], "WholeTokenizer"]:
        return lambda nlp: cls(nlp.vocab)

    def __init__(self, vocab: Vocab):
        self.vocab = vocab
        getters = vocab.lex_attr_getters  # type: ignore[attr-defined]
        vocab.lex_attr_getters = {attr: getters[attr] for attr in _KEPT}  # type: ignore[attr-defined]
        # the shape or the prefix of a sentence says nothing, and takes longer than all rules

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        starts: list[bool | int | None] = []
        position = 0
        for start, end in sentence_spans(text):
            if position < start:
                words.append(text[position:start])
                starts.append(False)
            pieces = _PIECE.findall(text, start, end)
            words.extend(pieces)
            starts.append(True)
            starts.extend([False] * (len(pieces) - 1))
            position = end
        if position < len(text):
            words.append(text[position:])
            starts.append(False)
        return Doc(self.vocab, words=words, spaces=[False] * len(words), sent_starts=starts)
