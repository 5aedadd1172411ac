"""Reads and writes rule files: one rule a line, JSON. Every mistake is named by file and line."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import regex

from ..errors import ConfigError
from .records import Rule, problem
from .shapes import pattern_of

_PROBE_SECONDS = 0.5
_PROBE_LENGTH = 2000
_decoder = msgspec.json.Decoder(Rule)
_encoder = msgspec.json.Encoder()


class Line(NamedTuple):
    """A rule and where it stands, file:line; `id` is the rule's own, or its file's name and line."""

    rule: Rule
    id: str
    path: str = ""
    number: int = 0

    @property
    def where(self) -> str:
        return f"{self.path}:{self.number}"

    def names(self) -> list[str]:
        """The names of a gazetteer, out of its file if it has one. Raises ValueError if that cannot be read."""
        listed = self.rule.gazetteer
        if not isinstance(listed, str):
            return listed or []
        path = Path(self.path).parent / listed
        try:
            names = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines()]
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"gazetteer {path} cannot be read: {error}") from None
        if not any(names):
            raise ValueError(f"gazetteer {path} has no names; expected one a line")
        return [name for name in names if name]

    def expression(self) -> regex.Pattern[str]:
        """The compiled regular expression. Raises ValueError."""
        try:
            return regex.compile(self.rule.regex or "", regex.V1)
        except regex.error as error:
            raise ValueError(f"regex: {error}") from None


def read(paths: Sequence[str | Path]) -> list[Line]:
    """The rules of some files, in order. Raises ConfigError with file and line for the first that is none, whose id came
    before, or whose regular expression takes for ever on two thousand characters."""
    if isinstance(paths, str):
        raise ConfigError(f'rules {paths!r}: expected a list of paths, such as ["rules.jsonl"]')
    lines, wrong = read_all(paths)
    for where, message in wrong:
        raise ConfigError(f"{where}: {message}")
    return lines


def read_all(paths: Sequence[str | Path]) -> tuple[list[Line], list[tuple[str, str]]]:
    """The rules, and (file:line, problem) for each line that is none. Raises ConfigError for a file that cannot be read."""
    lines: list[Line] = []
    wrong: list[tuple[str, str]] = []
    seen: dict[str, str] = {}
    for path in map(Path, paths):
        for number, row in enumerate(_rows(path), 1):
            if not row.strip():
                continue
            where = f"{path}:{number}"
            try:
                line = _line(path, number, row)
            except ValueError as error:
                wrong.append((where, str(error)))
                continue
            if first := seen.get(line.id):
                wrong.append((where, f"id {line.id!r} was used before, at {first}; ids must differ"))
                continue
            seen[line.id] = where
            lines.append(line)
    return lines, wrong


def _rows(path: Path) -> list[bytes]:
    try:
        return path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
    except OSError as error:
        raise ConfigError(f"{path}: rules cannot be read: {error.strerror}; expected a file of JSON Lines") from None


def _line(path: Path, number: int, row: bytes) -> Line:
    """Raises ValueError for what is no rule."""
    try:
        rule = _decoder.decode(row)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        message, _, place = str(error).replace("`", "").partition(" - at $.")
        raise ValueError(f"{place + ': ' if place else ''}{message}{_hint(place)}") from None
    if reason := problem(rule):
        raise ValueError(reason)
    line = Line(rule, rule.id or f"{path.stem}-{number}", str(path), number)
    if rule.shape is not None:
        pattern_of(rule.shape)
    if rule.regex is not None and is_endless(line.expression()):
        raise ValueError(
            "regex: takes too long, and would for ever on a longer text; bound its repetitions ({1,20}, or ++ for +)"
        )
    if isinstance(rule.gazetteer, str):
        line.names()
    return line


def _hint(place: str) -> str:
    return "; a label is capitals, such as POLICY or SCENIC_AREA" if place == "label" else ""


@lru_cache(maxsize=1024)
def is_endless(expression: regex.Pattern[str]) -> bool:
    """Whether an expression takes more than half a second over two thousand characters made of its own."""
    literals = sorted({one for one in expression.pattern if one.isalnum() or one == " "})[:8]
    probes = [one * _PROBE_LENGTH + "\x00" for one in [*literals, "汉", "a", "0", "汉a0"]]
    try:
        for probe in [*probes, "".join(literals) * 200 + "\x00"]:
            for _ in expression.finditer(probe, timeout=_PROBE_SECONDS):
                pass
    except TimeoutError:
        return True
    return False


def dump(rules: Iterable[Rule]) -> bytes:
    """JSON Lines, as `read` reads them; keys that hold their default are left out."""
    return b"".join(_encoder.encode(rule) + b"\n" for rule in rules)
