"""Where the records of a run go: a folder of parts, one file, or standard output."""

import glob
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ..errors import OutputError
from ..registry import Writer
from ..storage import is_remote, whole
from .folder import RunFolder
from .shards import part

STDOUT = Path("-")
"""The output path that means standard output."""


def paths_of(path: Path, emit: Sequence[str]) -> list[Path]:
    """Where each kind goes: the first to `path` itself, every other beside it (`out.jsonl` → `out.facts.jsonl`)."""
    return [path, *(path.with_name(f"{path.stem}.{kind}{path.suffix or '.jsonl'}") for kind in emit[1:])]


class Target:
    """output: a folder, or a new name without suffix; - for standard output; else a file, whose parts lie beside it in
    `NAME.parts` until it is made. Raises OutputError for a path that cannot be written."""

    def __init__(self, output: Path, emit: Sequence[str]):
        self.emit = list(emit)
        self.is_stdout = output == STDOUT
        self.is_folder = output.is_dir() or not (self.is_stdout or output.exists() or output.suffix)
        self.is_kept = not self.is_stdout
        self._streamed = 0
        self._files: list[Path] = []
        self.failures: Path | None = None
        if self.is_stdout:
            if len(self.emit) != 1:
                raise OutputError("-o - writes one kind of record; expected one --emit, or a file name")
            self.folder = Path(tempfile.mkdtemp(prefix="zhengwen-"))
        elif self.is_folder:
            self.folder = self.failures = output
        else:
            # a link stays, what it points to is written
            self._files = [path.resolve() for path in paths_of(output, emit)]
            self.failures = output.with_name(f"{output.stem}.failures.jsonl")
            self.folder = output.with_name(output.name + ".parts")
            for path in (*self._files, self.failures):
                if path.exists() and not path.is_file():
                    raise OutputError(
                        f"{path}: cannot write, it is no file; expected a file name such as out.jsonl, or -"
                    )
        self._names = {_name(path) for path in (*self._files, self.failures) if path and not self.is_folder}

    def owns(self, path: str) -> bool:
        """Whether a path is one that the run writes."""
        found = _name(path)
        return found in self._names or found.startswith(f"{_name(self.folder)}/")

    def stream(self, folder: RunFolder, writer: Writer) -> None:
        """To standard output goes what is done without a gap."""
        while self.is_stdout and self._streamed in folder.done:
            path = part(folder.path, self.emit[0], self._streamed, writer.suffix)
            writer.join([path], sys.stdout.buffer)
            path.unlink()
            self._streamed += 1

    def finish(self, folder: RunFolder, writer: Writer) -> None:
        """The parts become what was asked for. Raises OutputError."""
        if self.is_folder:
            folder.finish()
            return
        if self.is_stdout:
            sys.stdout.buffer.flush()
        for path, kind in zip(self._files, self.emit, strict=False):
            for stale in path.parent.glob(
                f"{glob.escape(path.name)}.*.part"
            ):  # of a process killed in this very moment
                stale.unlink(missing_ok=True)
            with whole(path) as file:
                writer.join(folder.parts(kind), file)
        if self.failures:
            self.failures.unlink(missing_ok=True)  # an older run's
            if letters := list(folder.letters()):
                with whole(self.failures) as file:
                    for letter in letters:
                        file.write(letter.read_bytes())
        folder.leave(keep=False)


def _name(path: str | Path) -> str:
    return str(path) if is_remote(path) else str(Path(path).resolve())
