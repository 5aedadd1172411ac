"""Lexicons of the user's own: CSV, TSV or JSON Lines files of names with labels, before, after or in place of the rules.

    text,label,canonical,key          {"text": "北湖新城", "label": "ZONE"}
    北湖新城,ZONE,,                   {"text": "城北老街", "label": "PLACE", "canonical": "城北历史街区"}

`label` is one of ours or one of the user's own, in capitals; `-` says that the text is no entity. A name is found wherever
it stands; of two that overlap, the first, then the longer.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import ahocorasick_rs
import msgspec
import regex

from ..errors import ConfigError
from ..script import simplified
from .spans import EVENT, Mention

NOTHING = "-"
KEYS = ("text", "label", "canonical", "key")
_LABEL = regex.compile(r"[A-Z][A-Z0-9_]{0,39}|-")


class Entry(msgspec.Struct, frozen=True):
    text: str
    label: str
    canonical: str | None = None
    key: str | None = None


class UserLexicon:
    """The entries of some files; an entry of a later file replaces one of an earlier with the same text."""

    def __init__(self, paths: Sequence[str]):
        if isinstance(paths, str):
            raise ConfigError(f'lexicons {paths!r}: expected a list of paths, such as ["names.csv"]')
        found: dict[str, tuple[Entry, str]] = {}
        for path in paths:
            for entry in read(Path(path)):
                for form in {entry.text, simplified(entry.text)}:
                    found[form] = (entry, f"user:{Path(path).name}")
        self.__setstate__(found)

    def __getstate__(self) -> dict[str, tuple[Entry, str]]:
        """The entries alone: automata cannot be pickled."""
        return self._found

    def __setstate__(self, found: dict[str, tuple[Entry, str]]) -> None:
        self._found = found
        self._entries = list(found.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(found), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
        )

    def __call__(self, text: str) -> list[Mention]:
        """The mentions in a text in simplified script; those that are no entity are labelled EVENT."""
        mentions: list[Mention] = []
        if self._entries:
            for i, start, end in self._automaton.find_matches_as_indexes(text):
                entry, by = self._entries[i]
                label = EVENT if entry.label == NOTHING else entry.label
                mentions.append(Mention(start, end, label, by, False, entry.canonical, entry.key))
        return mentions


def read(path: Path) -> list[Entry]:
    """The entries of a `.csv`, `.tsv` or `.jsonl` file. Raises ConfigError with file and line for what is no entry."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: lexicon cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: lexicon is not UTF-8: byte {error.start}; save it as UTF-8") from None
    if path.suffix in (".jsonl", ".json"):
        rows = _json_rows(path, text)
    elif path.suffix in (".csv", ".tsv"):
        rows = _table_rows(path, text, "\t" if path.suffix == ".tsv" else ",")
    else:
        raise ConfigError(f"{path}: unknown kind of lexicon; expected .csv, .tsv or .jsonl")
    return [_entry(path, number, row) for number, row in rows]


def _json_rows(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                row = msgspec.json.decode(line)
            except msgspec.DecodeError as error:
                raise ConfigError(f"{path}:{number}: not JSON: {error}") from None
            if not isinstance(row, dict):
                raise ConfigError(f'{path}:{number}: expected an object such as {{"text": "…", "label": "ZONE"}}')
            yield number, row


def _table_rows(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    columns = reader.fieldnames or []
    if not {"text", "label"} <= set(columns):
        raise ConfigError(
            f"{path}:1: columns {', '.join(columns) or '(none)'}; expected text,label and maybe canonical,key"
        )
    for row in reader:
        if None in row or None in row.values():
            raise ConfigError(f"{path}:{reader.line_num}: expected {len(columns)} values, as the first line has")
        yield reader.line_num, row


def _entry(path: Path, number: int, row: Mapping[str, Any]) -> Entry:
    where = f"{path}:{number}"
    for key, value in row.items():
        if key not in KEYS:
            raise ConfigError(f"{where}: unknown key {key!r}; expected {', '.join(KEYS)}")
        if not (isinstance(value, str) or (value is None and key not in ("text", "label"))):
            raise ConfigError(f"{where}: {key} is {value!r}; expected a string")
    text, label = row.get("text", "").strip(), row.get("label", "").strip()
    if not text:
        raise ConfigError(f"{where}: no text; expected the name to find")
    if "\n" in text:
        raise ConfigError(f"{where}: the text holds a line break; expected a name in one line")
    if not _LABEL.fullmatch(label):
        raise ConfigError(
            f"{where}: label {label!r}; expected capitals such as ZONE, COMPANY, POLICY, or - for no entity"
        )
    return Entry(text, label, row.get("canonical") or None, row.get("key") or None)
