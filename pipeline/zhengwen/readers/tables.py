"""Rows that are documents: JSON Lines, CSV and TSV, Parquet, and rows of a `datasets` dataset."""

import codecs
import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

import msgspec
import regex

from ..errors import DocumentError, ResourceError
from ..records import Failure, RawDocument
from .decode import decode, garbled

Keys = Mapping[str, str]
"""Which key of a row holds the id, text, title and date."""
_DATE = regex.compile(r"\s*(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})(?!\d)")
_TABLE = {"article", "source", "source_start", "by"}
GARBLED = "mojibake: the text was decoded wrongly before it was written here"


def json_lines(
    stream: BinaryIO, name: str, path: str, keys: Keys, encoding: str | None, max_bytes: int
) -> Iterator[RawDocument | Failure]:
    stream = _in_bytes(stream, encoding, max_bytes)
    number = 0
    while line := stream.readline(max_bytes + 1):
        number += 1
        size = len(line)
        where = f"{name}:{number}"
        if size > max_bytes:
            while line and not line.endswith(b"\n"):  # pass over the rest of the line, a piece at a time
                line = stream.readline(max_bytes)
                size += len(line)
            message = f"line {number}: {size} bytes are more than max_bytes = {max_bytes}"
            yield Failure(where, path, "reader", "D105", message, size=size)
        elif line.strip():
            digest = hashlib.sha256(line.rstrip(b"\r\n")).hexdigest()
            try:
                yield document(
                    _json_object(line, None if isinstance(stream, io.BytesIO) else encoding),
                    where,
                    path,
                    keys,
                    digest,
                    size,
                )
            except DocumentError as error:
                message = f"line {number}: {error.args[0]}"
                yield Failure(where, path, "reader", error.code, message, error.position, size)


def delimited(
    stream: BinaryIO, name: str, path: str, keys: Keys, encoding: str | None, max_bytes: int, tabs: bool
) -> Iterator[RawDocument | Failure]:
    """CSV or TSV with a line of column names. Read whole: its encoding cannot be told from a part."""
    text = decode(read_all(stream, max_bytes), encoding)
    csv.field_size_limit(max(max_bytes, 1))
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if tabs else ",")
    columns = rows.fieldnames or []
    if keys["text"] not in columns:
        raise DocumentError("D104", f"no column {keys['text']!r}; found {', '.join(map(repr, columns))}")
    yield from documents(rows, name, path, keys)


def parquet(stream: BinaryIO, name: str, path: str, keys: Keys, max_bytes: int) -> Iterator[RawDocument | Failure]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ResourceError('Parquet needs pyarrow: pip install "zhengwen[datasets]"') from None
    try:
        file = pyarrow.parquet.ParquetFile(stream if stream.seekable() else io.BytesIO(read_all(stream, max_bytes)))
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise DocumentError("D108", f"no Parquet file: {error}") from None
    if keys["text"] not in file.schema_arrow.names:
        raise DocumentError(
            "D104", f"no column {keys['text']!r}; found {', '.join(map(repr, file.schema_arrow.names))}"
        )
    wanted = [column for column in keys.values() if column in file.schema_arrow.names]
    rows = (row for batch in file.iter_batches(batch_size=256, columns=wanted) for row in batch.to_pylist())
    try:
        yield from documents(rows, name, path, keys)
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise DocumentError("D108", f"broken Parquet file: {error}") from None


def documents(rows: Iterable[Mapping[Any, Any]], name: str, path: str, keys: Keys) -> Iterator[RawDocument | Failure]:
    """Rows numbered from 1, as JSON Lines are."""
    for number, row in enumerate(rows, 1):
        where = f"{name}:{number}"
        text = row.get(keys["text"])
        data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else b""
        try:
            yield document(row, where, path, keys, hashlib.sha256(data).hexdigest(), len(data))
        except DocumentError as error:
            yield Failure(where, path, "reader", error.code, f"row {number}: {error.args[0]}", error.position)


def document(row: Mapping[Any, Any], where: str, path: str, keys: Keys, digest: str, size: int) -> RawDocument:
    """One row as a document. Raises DocumentError D104 without a text, D101 for an empty one."""
    text = row.get(keys["text"])
    if not isinstance(text, str):
        found = ", ".join(map(repr, list(row)[:8])) or "no key"
        raise DocumentError("D104", f"no text under the key {keys['text']!r}; found {found}")
    if not text.strip():
        raise DocumentError("D101", "the text is empty")
    if (isinstance(row.get("schema"), str) and row["schema"].startswith("zhengwen/")) or row.keys() >= _TABLE:
        raise DocumentError("D109", "a record that zhengwen wrote, no document")
    given_id, title, given_date = (row.get(keys[key]) for key in ("id", "title", "date"))
    iso = iso_date(given_date) if given_date else None
    warnings = [GARBLED] if garbled(text) else []
    if given_date and not iso:
        warnings.append(f"date: {str(given_date)[:40]!r} is no date")
    return RawDocument(
        id=str(given_id)
        if isinstance(given_id, str | int) and not isinstance(given_id, bool) and given_id != ""
        else where,
        text=text,
        path=path,
        sha256=digest,
        size=size,
        paged=False,
        title=title if isinstance(title, str) and title else None,
        date=iso,
        warnings=warnings,
    )


def iso_date(value: Any) -> str | None:
    """2024-02-23, 2024年2月23日, 2024/2/23 10:20, or a date object, as ISO 8601; None for anything else."""
    found = _DATE.match(str(value))
    try:
        return date(*map(int, found.groups())).isoformat() if found else None
    except ValueError:
        return None


def read_all(stream: BinaryIO, max_bytes: int) -> bytes:
    """The whole stream. Raises DocumentError D105 if it is larger than `max_bytes`."""
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise DocumentError("D105", f"more than max_bytes = {max_bytes} bytes")
    return data


def _in_bytes(stream: BinaryIO, encoding: str | None, max_bytes: int) -> BinaryIO:
    """The stream, or, where its line ends are no single bytes (UTF-16), the whole of it as UTF-8."""
    stream = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    wide = (encoding or "").lower().startswith("utf-16") or stream.peek(2)[:2] in (
        codecs.BOM_UTF16_LE,
        codecs.BOM_UTF16_BE,
    )
    return io.BytesIO(decode(read_all(stream, max_bytes), encoding).encode("utf-8")) if wide else stream


def _json_object(line: bytes, encoding: str | None) -> Mapping[str, Any]:
    try:
        values = msgspec.json.decode(decode(line, encoding))
    except (msgspec.DecodeError, RecursionError) as error:
        raise DocumentError("D103", f"no JSON: {error}") from None
    if not isinstance(values, dict):
        raise DocumentError("D103", f"expected a JSON object, found {type(values).__name__}")
    return values
