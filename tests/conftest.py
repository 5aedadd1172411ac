"""Fixtures: the default pipeline, made once, and the command line called as a user calls it."""

import io
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from zhengwen.cli import main
from zhengwen.config import read
from zhengwen.loading import build
from zhengwen.pipeline import Pipeline
from zhengwen.records import Article, RawDocument

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "corpus" / "samples"
CONFIGS = sorted(path.stem for path in (ROOT / "configs").glob("*.cfg"))


class Ran(NamedTuple):
    """What a call of the command line gave back."""

    code: int
    out: str
    err: str

    def fails(self, *parts: str) -> None:
        """Assert a mistake of the user's: exit code 2, one line that holds all parts, nothing on standard output."""
        assert self.code == 2, self
        assert self.out == "", self
        assert len(self.err.strip().splitlines()) == 1, self.err
        for part in parts:
            assert part in self.err


@pytest.fixture(scope="session")
def default() -> Pipeline:
    return build(read("default"))


@pytest.fixture(scope="session")
def fast() -> Pipeline:
    return build(read("fast"))


@pytest.fixture
def zhengwen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs `zhengwen ARGUMENT…` in `tmp_path`, in this process, which has imported all that a call needs; asserts that
    no call leaves a .part file. What a call leaves behind in its process shows in `zhengwen_process` alone."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "argv", ["zhengwen", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8"))
        stops = signal.getsignal(signal.SIGTERM)
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        signal.signal(signal.SIGTERM, stops)
        assert not list(tmp_path.rglob("*.part"))
        return Ran(int(ended.value.code or 0), *capfd.readouterr())

    return call


@pytest.fixture
def zhengwen_process(tmp_path: Path) -> Callable[..., Ran]:
    """As `zhengwen`, but the console script in a process of its own, whatever it registers, sets or imports."""
    script = Path(sys.executable).with_name("zhengwen")

    def call(*arguments: object) -> Ran:
        command = [str(script), *map(str, arguments)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=120, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        assert not list(tmp_path.rglob("*.part"))
        return Ran(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture
def articles(default: Pipeline) -> Callable[..., list[Article]]:
    """Runs the default pipeline over a text."""

    def run(text: str, *, paged: bool = False, pipeline: Pipeline = default, **values: Any) -> list[Article]:
        document = RawDocument("text", text, "text.txt", "0" * 64, len(text), paged, **values)
        found = list(pipeline.articles(document))
        assert all(isinstance(item, Article) for item in found), found
        return found  # type: ignore[return-value]

    return run


def lines(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def documents(pipeline: Pipeline, *inputs: Path) -> Iterator[RawDocument]:
    for document in pipeline.reader([str(path) for path in inputs]):
        assert isinstance(document, RawDocument), document
        yield document
