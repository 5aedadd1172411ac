"""`zhengwen.files.v1`: pages (.txt, .md, .html: one a file) and tables (.jsonl, .csv, .tsv, .parquet: a document a row),
as they are or packed (.gz, .zst, .zip)."""

import hashlib
from collections.abc import Iterator, Sequence

from ..errors import DocumentError
from ..records import Failure, RawDocument
from . import tables
from .decode import decode, garbled
from .inputs import Blob, Inputs

PAGES = (".txt", ".md")
WEB = (".html", ".htm", ".shtml", ".xhtml")
ROWS = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
KINDS = PAGES + WEB + ROWS


class FileReader:
    """Reads the files that paths, folders and globs name, in sorted order within each of them.

    encoding: of all inputs; None finds it out for each file (see `decode`).
    max_bytes: a larger file or line is a failure, not read.
    max_ratio, max_depth: how much a packed file may grow, and how deep archives may lie in archives.
    id, text, title, date: the keys of a JSON line, the columns of a table; only `text` must be there.

    A page's id is its path without suffix, relative to the folder, glob or archive that named it; a row without an id
    gets that of its file and its number. The runner makes ids unique.
    """

    def __init__(
        self,
        encoding: str | None = None,
        max_bytes: int = 100_000_000,
        max_ratio: int = 200,
        max_depth: int = 3,
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
        if not all(1 <= limit <= 2**40 for limit in (max_bytes, max_ratio, max_depth)):
            raise ValueError("max_bytes, max_ratio, max_depth: expected numbers from 1 to 2**40")
        self.encoding = encoding
        self.max_bytes = max_bytes
        self.keys = {"id": id, "text": text, "title": title, "date": date}
        self._inputs = Inputs(KINDS, max_ratio, max_depth)

    def size(self, inputs: Sequence[str]) -> int:
        return sum(path.stat().st_size for path, _ in self._inputs.files(inputs) if path.is_file())

    def __call__(self, inputs: Sequence[str]) -> Iterator[RawDocument | Failure]:
        for path, name in self._inputs.files(inputs):
            shown = str(path)
            try:
                for blob in self._inputs.blobs(path, name):
                    if isinstance(blob, DocumentError):
                        yield _failure(name, shown, blob)
                        continue
                    try:
                        yield from self._read(blob)
                    except DocumentError as error:
                        yield _failure(blob.name, blob.path, error)
            except OSError as error:
                yield _failure(name, shown, DocumentError("D100", error.strerror or str(error)))

    def _read(self, blob: Blob) -> Iterator[RawDocument | Failure]:
        if blob.suffix not in KINDS:
            raise DocumentError("D106", f"unknown kind of file {blob.suffix!r}; expected one of {', '.join(KINDS)}")
        empty = True
        with blob.open() as stream:
            if blob.suffix in PAGES + WEB:
                yield self._page(blob, tables.read_all(stream, self.max_bytes))
                return
            known = (blob.name, blob.path, self.keys)
            if blob.suffix == ".parquet":
                rows = tables.parquet(stream, *known, self.max_bytes)
            elif blob.suffix in (".csv", ".tsv"):
                rows = tables.delimited(stream, *known, self.encoding, self.max_bytes, tabs=blob.suffix == ".tsv")
            else:
                rows = tables.json_lines(stream, *known, self.encoding, self.max_bytes)
            for row in rows:
                empty = False
                yield row
        if empty:
            raise DocumentError("D101", "the file is empty")

    def _page(self, blob: Blob, data: bytes) -> RawDocument:
        text = decode(data, self.encoding)
        if not text.strip():
            raise DocumentError("D101", "the file is empty")
        warnings = [tables.GARBLED] if garbled(text) else []
        digest = hashlib.sha256(data).hexdigest()
        return RawDocument(blob.name, text, blob.path, digest, len(data), blob.suffix in PAGES, warnings=warnings)


def _failure(name: str, path: str, error: DocumentError) -> Failure:
    return Failure(name, path, "reader", error.code, str(error.args[0]), error.position)
