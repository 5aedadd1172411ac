"""Files of gold: read whole, decoded with one-line errors, written under a temporary name and renamed."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ...errors import GoldError, OutputError

T = TypeVar("T")
LINE_BREAKS = "\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
"""What any program may take for a line break (Python's `splitlines` does), as the inside of a class of characters."""
_ODD = re.compile(r"[\x7f-\x9f\u2028\u2029]")


def content(path: Path, expected: str) -> bytes:
    """The bytes of a file. Raises GoldError, with what was expected, if there is none."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}; expected {expected}") from None


def text(path: Path, expected: str, encoding: str = "utf-8-sig") -> str:
    """A file as text, its line ends as they are. Raises GoldError if it is no UTF-8."""
    try:
        return content(path, expected).decode(encoding)
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: no UTF-8 at byte {error.start}; expected {expected}") from None


def lines(path: Path, expected: str) -> Iterator[tuple[str, str]]:
    """(`FILE:NUMBER`, line) of all lines, the empty ones too. Only \\n and \\r\\n end a line."""
    for number, line in enumerate(text(path, expected).split("\n"), 1):
        yield f"{path}:{number}", line.removesuffix("\r")


def decoded(data: bytes | str, kind: type[T], where: str) -> T:
    """JSON as a type. Raises GoldError that starts with `where`."""
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise GoldError(f"{where}: {said(error)}") from None
    except RecursionError:
        raise GoldError(f"{where}: nested too deep; expected JSON of this format") from None


def said(error: Exception) -> str:
    """What msgspec says, without its quotes."""
    return str(error).replace("`", "")


def encoded(value: Any) -> str:
    """JSON on one line, whatever a program takes for a line break. Decimals are strings: tools read numbers as floats."""
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", msgspec.json.encode(value).decode())


def write(path: Path, data: bytes) -> None:
    """A file by this name is always whole. Raises OutputError."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        remedy = "expected the name of a file in a folder that exists"
        raise OutputError(f"{path}: cannot write: {error.strerror}; {remedy}") from None
