"""Texts without annotation, to count what rules find in them: anything that the file reader reads."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import InputError
from ..readers.files import FileReader
from ..records import RawDocument

MOST = 2_000_000
"""Characters that are looked at: more tell hardly more."""


def texts(paths: Iterable[Path], most: int = MOST) -> Iterator[str]:
    """The texts of the documents, until they have so many characters. Raises InputError if there are none."""
    size = 0
    for document in FileReader()([str(path) for path in paths]):
        if isinstance(document, RawDocument):
            yield document.text[: most - size]
            size += len(document.text)
            if size >= most:
                return
    if not size:
        raise InputError(
            f"{' '.join(map(str, paths))}: no text to count in; expected documents that zhengwen run reads"
        )
