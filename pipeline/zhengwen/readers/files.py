"""`zhengwen.files.v1`: .txt and .md (one page a file) and .jsonl (one document a line)."""

import glob
import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from ..errors import DocumentError
from ..records import Failure, RawDocument
from .decode import decode

PAGES = (".txt", ".md")
LINES = (".jsonl",)


class FileReader:
    """Reads the files that paths, folders and globs name, in sorted order within each of them.

    encoding: of all inputs; None finds it out for each file (see `decode`).
    max_bytes: a larger file or line is a failure, not read.
    id, text, title, date: the keys of a JSON line; only `text` must be there.

    A page's id is its path without suffix, relative to the folder or glob that named it; a line without an id gets
    that of its file and its line number. An id met again gets `~2`, `~3` …, so that ids are unique in a run.
    """

    def __init__(
        self,
        encoding: str | None = None,
        max_bytes: int = 100_000_000,
        id: str = "id",
        text: str = "text",
        title: str = "title",
        date: str = "date",
    ):
        if encoding is not None:
            try:
                "".encode(encoding)
            except LookupError:
                raise ValueError(
                    f"encoding: unknown encoding {encoding!r}; expected one such as utf-8, gb18030, big5"
                ) from None
        self.encoding = encoding
        self.max_bytes = max_bytes
        self.keys = {"id": id, "text": text, "title": title, "date": date}

    def __call__(self, inputs: Sequence[str]) -> Iterator[RawDocument | Failure]:
        seen: set[str] = set()
        again: Counter[str] = Counter()
        for path, name in self._files(inputs):
            read = self._lines if path.suffix.lower() in LINES else self._page
            try:
                for item in read(path, name):
                    unique = item.id
                    while unique in seen:
                        again[item.id] += 1
                        unique = f"{item.id}~{again[item.id] + 1}"
                    seen.add(unique)
                    yield item if unique == item.id else msgspec.structs.replace(item, id=unique)
            except DocumentError as error:
                yield Failure(name, _printable(path), "reader", error.code, str(error.args[0]), error.position)
            except OSError as error:
                yield Failure(name, _printable(path), "reader", "D100", error.strerror or str(error))

    def size(self, inputs: Sequence[str]) -> int:
        return sum(path.stat().st_size for path, _ in self._files(inputs) if path.is_file())

    def _files(self, inputs: Sequence[str]) -> Iterator[tuple[Path, str]]:
        """Each file with the name its documents go by. A missing one is yielded too: it is a failure, not silence."""
        for given in inputs:
            path = Path(given)
            if path.is_dir():
                for file in sorted(path.rglob("*")):
                    if file.suffix.lower() in PAGES + LINES and file.is_file():
                        yield file, _printable(file.relative_to(path).with_suffix("").as_posix())
            elif path.exists() or not glob.has_magic(given):
                yield path, _printable(path.stem)
            else:
                magic = next(i for i, character in enumerate(given) if character in "*?[")
                root = Path(given[:magic] + "_").parent
                for match in sorted(glob.glob(given, recursive=True)):  # noqa: PTH207  a pattern may be absolute
                    file = Path(match)
                    if file.is_file():
                        name = file.relative_to(root) if file.is_relative_to(root) else Path(file.name)
                        yield file, _printable(name.with_suffix("").as_posix())

    def _page(self, path: Path, name: str) -> Iterator[RawDocument]:
        if path.suffix.lower() not in PAGES:
            raise DocumentError(
                "D106", f"unknown kind of file {path.suffix!r}; expected one of {', '.join(PAGES + LINES)}"
            )
        size = path.stat().st_size
        if size > self.max_bytes:
            raise DocumentError("D105", f"{size} bytes are more than max_bytes = {self.max_bytes}")
        data = path.read_bytes()
        text = decode(data, self.encoding)
        if not text.strip():
            raise DocumentError("D101", "the file is empty")
        yield RawDocument(name, text, _printable(path), hashlib.sha256(data).hexdigest(), size, paged=True)

    def _lines(self, path: Path, name: str) -> Iterator[RawDocument | Failure]:
        empty = True
        with path.open("rb") as lines:
            number = 0
            while line := lines.readline(self.max_bytes + 1):
                number += 1
                size = len(line)
                if size > self.max_bytes:
                    while line and not line.endswith(b"\n"):  # pass over the rest of the line, a piece at a time
                        line = lines.readline(self.max_bytes)
                        size += len(line)
                    where = f"{name}:{number}"
                    message = f"line {number}: {size} bytes are more than max_bytes = {self.max_bytes}"
                    yield Failure(where, _printable(path), "reader", "D105", message, size=size)
                    continue
                if not line.strip():
                    continue
                empty = False
                try:
                    yield self._document(line, path, f"{name}:{number}")
                except DocumentError as error:
                    message = f"line {number}: {error.args[0]}"
                    yield Failure(
                        f"{name}:{number}", _printable(path), "reader", error.code, message, error.position, size
                    )
        if empty:
            raise DocumentError("D101", "the file is empty")

    def _document(self, line: bytes, path: Path, where: str) -> RawDocument:
        try:
            values = msgspec.json.decode(decode(line, self.encoding))
        except msgspec.DecodeError as error:
            raise DocumentError("D103", f"no JSON: {error}") from None
        if not isinstance(values, dict):
            raise DocumentError("D103", f"expected a JSON object, found {type(values).__name__}")
        text = values.get(self.keys["text"])
        if not isinstance(text, str):
            found = ", ".join(map(repr, list(values)[:8])) or "no key"
            raise DocumentError("D104", f"no text under the key {self.keys['text']!r}; found {found}")
        if not text.strip():
            raise DocumentError("D101", "the text is empty")
        given_id, title, date = (values.get(self.keys[key]) for key in ("id", "title", "date"))
        return RawDocument(
            id=str(given_id) if isinstance(given_id, str | int) else where,
            text=text,
            path=_printable(path),
            sha256=hashlib.sha256(line.rstrip(b"\r\n")).hexdigest(),
            size=len(line),
            paged=False,
            title=title if isinstance(title, str) and title else None,
            date=date if isinstance(date, str) and date else None,
        )


def _printable(path: Path | str) -> str:
    """A path as text that can be written: bytes of its name that are no UTF-8 are shown escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
