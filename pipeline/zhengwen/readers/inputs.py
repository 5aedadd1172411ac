"""Inputs: files, folders, globs, and what is packed inside them, as blobs to be opened.

Nothing is ever unpacked to disk. A packed file is refused if it grows by more than a given ratio, lies deeper than a
given depth, or has a name that leads out of its archive.
"""

import glob
import gzip
import io
import lzma
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, NamedTuple

import zstandard

from ..errors import DocumentError
from ..storage import is_remote, location

PACKED = (".gz", ".zst", ".zip")
_BROKEN = (
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    zstandard.ZstdError,
)
"""What the libraries raise over a packed file that is cut, changed, or packed in a way they do not know."""


class Blob(NamedTuple):
    """A file, or a packed one. `name` is what its documents are called, `suffix` says what it holds."""

    name: str
    path: str
    suffix: str
    size: int
    open: Callable[[], BinaryIO]


class Inputs:
    """Finds blobs. `suffixes`: the kinds of files that are taken from folders and archives."""

    def __init__(self, suffixes: Sequence[str], max_ratio: int, max_depth: int):
        self._suffixes = tuple(suffixes)
        self._max_ratio = max_ratio
        self._max_depth = max_depth

    def files(self, inputs: Sequence[str]) -> Iterator[tuple[Path, str]]:
        """Each file with the name its documents go by. A missing one is given too: it is a failure, not silence."""
        for given in inputs:
            path = location(given)
            if path.is_dir():
                for file in _below(path):
                    if file.suffix.lower() in self._suffixes + PACKED or file.is_dir():
                        yield file, self._name(file.relative_to(path).as_posix())
            elif path.exists() or not glob.has_magic(given):
                yield path, self._name(path.name)
            else:
                magic = next(i for i, character in enumerate(given) if character in "*?[")
                root = location(given[:magic] + "_").parent
                found = (
                    root.glob(given[len(str(root)) :].lstrip("/"))
                    if is_remote(root)
                    else glob.iglob(given, recursive=True)  # noqa: PTH207  a pattern may be absolute
                )
                for file in sorted(map(location, found)):
                    if file.is_file():
                        name = file.relative_to(root) if file.is_relative_to(root) else Path(file.name)
                        yield file, self._name(name.as_posix())

    def blobs(self, path: Path, name: str) -> Iterator[Blob | DocumentError]:
        """The blob of a file, or those inside it. A member that is refused is given as the error that says why."""
        if path.is_dir():
            yield DocumentError("D100", "the folder cannot be read")
            return
        size = path.stat().st_size
        yield from self._opened(
            Blob(name, printable(path), path.suffix.lower(), size, lambda: path.open("rb")), path.name, 0
        )

    def _opened(self, blob: Blob, filename: str, depth: int) -> Iterator[Blob | DocumentError]:
        if blob.suffix not in PACKED:
            yield blob
        elif depth >= self._max_depth:
            yield DocumentError("D107", f"{blob.path}: packed more than {self._max_depth} deep; see reader.max_depth")
        elif blob.suffix == ".zip":
            yield from self._members(blob, depth)
        else:
            inner = filename[: -len(blob.suffix)]
            limit = self._max_ratio * max(blob.size, 1024)

            def unpack() -> BinaryIO:
                packed = blob.open()
                stream = gzip.GzipFile(fileobj=packed) if blob.suffix == ".gz" else _Zstd(packed)
                return io.BufferedReader(_Limited(stream, limit))

            suffix = PurePosixPath(inner).suffix.lower()
            yield from self._opened(blob._replace(suffix=suffix, open=unpack), inner, depth + 1)

    def _members(self, blob: Blob, depth: int) -> Iterator[Blob | DocumentError]:
        try:
            stream = blob.open()
            archive = zipfile.ZipFile(stream if depth == 0 else io.BytesIO(stream.read()))  # it must be seekable
        except DocumentError as error:
            yield error
            return
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            yield DocumentError("D108", f"{blob.path}: no zip archive: {error}")
            return
        with archive:
            for info in archive.infolist():
                filename = _member_name(info)
                member = PurePosixPath(filename.replace("\\", "/"))
                hidden = member.name.startswith("._")  # what a Mac puts beside each file
                if info.is_dir() or hidden or member.suffix.lower() not in self._suffixes + PACKED:
                    continue
                path = f"{blob.path}!{filename}"
                if member.is_absolute() or ".." in member.parts:
                    yield DocumentError("D107", f"{path}: refused, the name leads out of the archive")
                elif info.flag_bits & 1:
                    yield DocumentError("D108", f"{path}: encrypted")
                elif info.file_size > (limit := self._max_ratio * max(info.compress_size, 1024)):
                    yield DocumentError(
                        "D107", f"{path}: refused, it grows more than {self._max_ratio} times; see reader.max_ratio"
                    )
                else:
                    name = f"{blob.name}/{self._name(member.as_posix())}"
                    opened = Blob(
                        name, path, member.suffix.lower(), info.file_size, partial(_open_member, archive, info, limit)
                    )
                    yield from self._opened(opened, member.name, depth + 1)

    def _name(self, path: str) -> str:
        """A path without the suffixes that say how it is packed and what it holds."""
        for suffixes in (PACKED, PACKED, self._suffixes):
            for suffix in suffixes:
                if path.lower().endswith(suffix):
                    path = path[: -len(suffix)]
                    break
        return printable(path)


def _below(folder: Path) -> Iterator[Path]:
    """The files of a folder and of those in it, in the order of their paths, here with one folder at a time in memory;
    a folder that cannot be read is given itself."""
    if is_remote(folder):
        yield from sorted(path for path in folder.rglob("*") if path.is_file())
        return
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _below(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)


class _Limited(io.RawIOBase):
    """A stream that fails after so many bytes."""

    def __init__(self, stream: Any, limit: int):
        self._stream, self._left = stream, limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except _BROKEN as error:
            raise DocumentError("D108", f"cannot be unpacked: {error}") from None
        self._left -= len(data)
        if self._left < 0:
            raise DocumentError("D107", "refused, it grows too much when unpacked; see reader.max_ratio")
        buffer[: len(data)] = data
        return len(data)


def _open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> BinaryIO:
    try:
        return io.BufferedReader(_Limited(archive.open(info), limit))
    except _BROKEN as error:
        raise DocumentError("D108", f"cannot be unpacked: {error}") from None


class _Zstd:
    """A Zstandard stream that fails where it was cut; the library's own reader ends there in silence."""

    def __init__(self, packed: BinaryIO):
        self._packed = packed
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._begun, self._left = False, b""

    def read(self, size: int) -> bytes:
        while not self._left:
            chunk = self._frame.unused_data if self._frame.eof else b""
            chunk = chunk or self._packed.read(1 << 16)
            if not chunk:
                if self._begun and not self._frame.eof:
                    raise EOFError("the file ends in mid-frame")
                return b""
            if self._frame.eof:
                self._frame = zstandard.ZstdDecompressor().decompressobj()
            self._begun = True
            self._left = self._frame.decompress(chunk)
        data, self._left = self._left[:size], self._left[size:]
        return data


def _member_name(info: zipfile.ZipInfo) -> str:
    """The name of a member. Without the UTF-8 flag zipfile takes it for code page 437; in Chinese archives it is UTF-8
    all the same, or GBK."""
    if not info.flag_bits & 0x800:
        for encoding in ("utf-8", "gb18030"):
            with suppress(UnicodeError):
                return info.filename.encode("cp437").decode(encoding)
    return info.filename


def printable(path: Path | str) -> str:
    """A path as text that can be written: bytes of its name that are no UTF-8 are shown escaped."""
    return os.fsencode(str(path)).decode("utf-8", "backslashreplace")
