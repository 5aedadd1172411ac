"""Where files lie: on this machine or, by names such as `s3://bucket/folder`, wherever fsspec reads and writes; and files
that are whole or not there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import uuid4

from .errors import InputError, OutputError, ResourceError


def location(name: str | Path) -> Path:
    """The path of a name; one with `://` is fsspec's, and has the methods of a Path.

    Raises ResourceError where a package is missing, InputError for a protocol that does not exist.
    """
    if not is_remote(name):
        return Path(name)
    try:
        from upath import UPath

        path = UPath(name)
        path.fs  # noqa: B018  made here, since its package may be missing
    except ImportError as error:
        raise ResourceError(f'{name}: {error}; pip install "zhengwen[remote]", and what the protocol needs') from None
    except ValueError as error:
        raise InputError(f"{name}: {error}; expected a path, or one such as s3://bucket/folder") from None
    except OSError as error:  # the library of HDFS without Java, a server that does not answer
        raise ResourceError(f"{name}: cannot be reached: {str(error).splitlines()[0]}") from None
    return cast(Path, path)


def is_remote(name: str | Path) -> bool:
    return "://" in str(name)


class WholeFile:
    """Written under a temporary name, renamed when closed: a file by the given name is always whole. The temporary name
    is its own, since two machines may make the same file when one of them is thought lost.

    Every method raises OutputError where the disk or the folder does not allow it.
    """

    def __init__(self, path: Path):
        self._path, self._temporary = path, path.with_name(f"{path.name}.{uuid4().hex[:8]}.part")
        try:
            self.file: BinaryIO = self._temporary.open("wb")
        except OSError as error:
            raise cannot_write(self._path, error) from None

    def write(self, data: Any) -> None:
        try:
            self.file.write(data)
        except OSError as error:
            raise cannot_write(self._path, error) from None

    def close(self) -> None:
        try:
            self.file.flush()
            if isinstance(self._temporary, Path):
                os.fsync(self.file.fileno())  # a power cut must not leave the name without the bytes
                self.file.close()
                self._temporary.replace(self._path)
            else:
                self.file.close()
                self._temporary.fs.mv(self._temporary.path, self._path.path)
        except OSError as error:
            raise cannot_write(self._path, error) from None

    def abort(self) -> None:
        with suppress(OSError):  # a full disk fails the last flush too
            self.file.close()
        with suppress(OSError):
            self._temporary.unlink(missing_ok=True)


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """The same as a context: closed at its end, gone if that is not reached."""
    written = WholeFile(path)
    try:
        yield written.file
        written.close()
    except OSError as error:
        written.abort()
        raise cannot_write(path, error) from None
    except BaseException:
        written.abort()
        raise


def cannot_write(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path}: cannot write: {error.strerror or error}; make room and run again")
