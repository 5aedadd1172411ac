"""Our own gold, JSON Lines: see `documents`."""

from collections.abc import Iterable
from pathlib import Path

from .. import documents as gold
from ..documents import GoldDocument
from . import files


def read(path: Path) -> list[GoldDocument]:
    """Raises GoldError for a line that is no gold document."""
    return gold.read([path])


def write(documents: Iterable[GoldDocument], path: Path) -> None:
    files.write(path, gold.dump(documents))
