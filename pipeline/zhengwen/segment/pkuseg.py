"""`zhengwen.pkuseg.v1`: spacy-pkuseg's segmenter with our own weights, the default.

The weights come from news of 1998, where digits and Latin letters are full-width; the text is shown to the segmenter
so, and the words are cut from the original. spacy-pkuseg would download a model that it does not find: it is only ever
given a folder that is there, and no dictionary of its own.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.vocab import Vocab

from .. import resources
from ..errors import ResourceError
from .base import SentenceTokenizer

_WIDEN = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
FILES = ("features.msgpack", "weights.npz")


class PkusegTokenizer(SentenceTokenizer):
    """model: the name of a folder under `models/`, or a path, in spacy-pkuseg's own format. It is loaded on first use."""

    def __init__(self, vocab: Vocab, model: str):
        super().__init__(vocab)
        self.model = model
        self._segmenter: Any = None

    @classmethod
    def factory(cls, model: str = "segment-pku") -> Callable[[Language], "PkusegTokenizer"]:
        return lambda nlp: cls(nlp.vocab, model)

    def cut(self, piece: str) -> Sequence[str]:
        if self._segmenter is None:
            self._segmenter = _load(resources.find("models", self.model))
        words: list[str] = self._segmenter.cut(piece.translate(_WIDEN))
        return words

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        source = resources.find("models", self.model)
        for file in FILES:
            (folder / file).write_bytes((source / file).read_bytes())

    def from_disk(self, path: str | Path, **kwargs: Any) -> "PkusegTokenizer":
        self.model = str(path)
        self._segmenter = _load(Path(path))
        return self

    def to_bytes(self, **kwargs: Any) -> bytes:
        return self.model.encode()

    def from_bytes(self, data: bytes, **kwargs: Any) -> "PkusegTokenizer":
        self.model = data.decode()
        self._segmenter = None
        return self


def _load(folder: Path) -> Any:
    for file in FILES:
        if not (folder / file).is_file():
            raise ResourceError(f"{folder}: no {file}: not a model of spacy-pkuseg; expected {' and '.join(FILES)}")
    import spacy_pkuseg

    return spacy_pkuseg.pkuseg(str(folder), user_dict=None)
