"""brat: a folder of pairs NAME.txt and NAME.ann. Offsets are code points.

What .ann does not say stands beside, in NAME.gold.json; annotation.conf has the labels, without which brat shows none.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from ...errors import GoldError, OutputError
from ..documents import GoldDocument
from . import files
from .marked import Mark, carried, document, labels, marks
from .units import bare

_EXPECTED = "a folder of pairs NAME.txt and NAME.ann"
_TEXT_BOUND = re.compile(r"(T[^\t]*)\t(\S+) (\d{1,18} \d{1,18}(?:;\d{1,18} \d{1,18})*)(?:\t(.*))?", re.DOTALL)
_PIECE = re.compile(f"[^{files.LINE_BREAKS}]+")
_UNSAFE = re.compile(r"[^\w.-]+")


def read(path: Path) -> list[GoldDocument]:
    """The pairs by name. Raises GoldError for a text without its .ann, and for a span in several parts."""
    try:
        texts = sorted(file for file in path.iterdir() if file.suffix == ".txt")
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}; expected {_EXPECTED}") from None
    return [_document(file) for file in texts]


def _document(file: Path) -> GoldDocument:
    text = files.text(file, _EXPECTED, "utf-8")  # a byte order mark counts as a character
    lines = files.lines(file.with_suffix(".ann"), f"the annotations of {file.name}")
    found = [_mark(line, text, where) for where, line in lines if line.startswith("T")]
    beside = file.with_suffix(".gold.json")
    gold = files.text(beside, "what zhengwen wrote") if beside.exists() else None
    return document(file.stem, text, found, str(file.with_suffix(".ann")), gold)


def _mark(line: str, text: str, where: str) -> Mark:
    if not (match := _TEXT_BOUND.fullmatch(line)):
        raise GoldError(f"{where}: {line[:40]!r}: expected T1, a tab, LABEL START END, a tab, and the covered text")
    name, label, offsets, covered = match.groups()
    pieces = [(int(start), int(end)) for start, end in (piece.split() for piece in offsets.split(";"))]
    for (_, before), (after, _) in pairwise(pieces):
        if before > after or text[before:after].strip():
            raise GoldError(f"{where}: {name}: {label} {offsets} is a span in several parts; expected one")
    there = " ".join(text[start:end] for start, end in pieces)
    if covered and bare(covered) != bare(there):
        raise GoldError(f"{where}: {name}: {label} {covered!r}: the text has {there!r} there")
    return Mark(pieces[0][0], pieces[-1][1], label)


def write(documents: Iterable[GoldDocument], path: Path) -> None:
    """Makes the folder. Raises OutputError if it holds annotations already: they may be somebody's work."""
    documents = list(documents)
    written = [(one, list(_lines(one))) for one in documents]
    try:
        path.mkdir(exist_ok=True)
        full = next(path.glob("*.ann"), None)
    except OSError as error:
        raise OutputError(f"{path}: cannot write: {error.strerror}; expected the name of a new folder") from None
    if full:
        raise OutputError(f"{path}: holds annotations already, {full.name}; expected a new or empty folder")
    files.write(path / "annotation.conf", _config(labels(documents)).encode())
    for (one, lines), name in zip(written, _names(documents), strict=True):
        files.write(path / f"{name}.txt", one.text.encode())
        files.write(path / f"{name}.gold.json", carried(one).encode())
        files.write(path / f"{name}.ann", "".join(f"{line}\n" for line in lines).encode())


def _names(documents: Iterable[GoldDocument]) -> Iterator[str]:
    """Ids as names of files, that differ also where upper and lower case do not."""
    taken: set[str] = set()
    for number, one in enumerate(documents, 1):
        name = _UNSAFE.sub("_", one.id)[:60].strip(".") or "_"
        if name.casefold() in taken:
            name = f"{name}-{number}"
        taken.add(name.casefold())
        yield name


def _lines(one: GoldDocument) -> Iterator[str]:
    for number, (start, end, label) in enumerate(marks(one), 1):
        pieces = [(start + found.start(), start + found.end()) for found in _PIECE.finditer(one.text[start:end])]
        if label.split() != [label] or not pieces or (pieces[0][0], pieces[-1][1]) != (start, end):
            raise GoldError(
                f"document {one.id!r}: {label!r} {one.text[start:end]!r} [{start}, {end}): white space in the label, or "
                "a line break at the edge, which brat cannot say"
            )
        offsets = ";".join(f"{first} {last}" for first, last in pieces)
        covered = " ".join(one.text[first:last] for first, last in pieces)
        yield f"T{number}\t{label} {offsets}\t{covered}"


def _config(names: Iterable[str]) -> str:
    rows = "".join(f"{name}\n" for name in names)
    return f"[entities]\n{rows}\n[relations]\n\n[events]\n\n[attributes]\n"
