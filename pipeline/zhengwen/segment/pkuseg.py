"""`zhengwen.crf.v1`: words by our own weights, the default; `zhengwen.pkuseg.v1`: the same, by spacy-pkuseg itself.

The weights come from news of 1998, where digits and Latin letters are full-width: they are read so, and the words are cut
from the original. spacy-pkuseg would download a model that it does not find: it is only ever given a folder that is
there, and no dictionary of its own.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from spacy.language import Language
from spacy.vocab import Vocab

from .. import resources
from .base import SentenceTokenizer
from .crf_model import FILES, Crf, check

_WIDEN = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


class CrfTokenizer(SentenceTokenizer):
    """model: the name of a folder under `models/`, or a path, in spacy-pkuseg's own format. It is loaded on first use."""

    def __init__(self, vocab: Vocab, model: str):
        super().__init__(vocab)
        self.model = model
        self._segmenter: Any = None

    @classmethod
    def factory(cls, model: str = "segment-pku") -> Callable[[Language], Self]:
        return lambda nlp: cls(nlp.vocab, model)

    def lengths(self, pieces: Sequence[str]) -> Iterable[int]:
        if self._segmenter is None:
            self._segmenter = self.load(resources.find("models", self.model))
        return self.cut(pieces)

    def load(self, folder: Path) -> Any:
        return Crf.load(folder)

    def cut(self, pieces: Sequence[str]) -> Iterable[int]:
        lengths: list[int] = self._segmenter.lengths(pieces).tolist()
        return lengths

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        source = resources.find("models", self.model)
        for file in FILES:
            (folder / file).write_bytes((source / file).read_bytes())

    def from_disk(self, path: str | Path, **kwargs: Any) -> Self:
        self.model = str(path)
        self._segmenter = self.load(Path(path))
        return self

    def to_bytes(self, **kwargs: Any) -> bytes:
        return self.model.encode()

    def from_bytes(self, data: bytes, **kwargs: Any) -> Self:
        self.model = data.decode()
        self._segmenter = None
        return self


class PkusegTokenizer(CrfTokenizer):
    def load(self, folder: Path) -> Any:
        check(folder)
        import spacy_pkuseg

        return spacy_pkuseg.pkuseg(str(folder), user_dict=None)

    def cut(self, pieces: Sequence[str]) -> Iterator[int]:
        for piece in pieces:
            yield from map(len, self._segmenter.cut(piece.translate(_WIDEN)))
