"""Annotated texts for training, whatever their form: each becomes a text with spans of our labels.

Formats beside those of `gold`: `pfr` (People's Daily of Peking University: 江/nr 泽民/nr, [中央/n 电视台/n]nt), `cluener`
(a JSON object a line, ends inclusive), `texts` (JSON Lines of bare texts, annotated here by the rules of a config).
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import regex

from ..errors import GoldError
from ..gold.documents import GoldDocument
from ..gold.formats import FORMATS, files, module
from ..script import simplified
from .guidelines import by_guidelines

NOTHING, DOUBT = "-", "?"
"""In place of a label: no entity; not known to be one, so that its clause is left out."""


class Example(NamedTuple):
    """A text in simplified script with disjoint spans, in order."""

    text: str
    spans: list[tuple[int, int, str]]


class DataSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A section `[data.NAME]` or `[test.NAME]` of a training config."""

    path: str
    format: str
    labels: dict[str, str] = {}
    """Their labels → ours, or `-` or `?`."""
    weight: float = 1.0
    guidelines: bool = False
    """Whether labels and spans are made those of our guidelines (`guidelines.py`)."""
    first: int | None = None
    """Only so many texts from the beginning."""
    config: str = "entities"
    confidence: float = 0.9
    """Of `texts`: the config that annotates, and how sure an entity must be; those less sure are in doubt."""
    without: str | None = None
    """Of `texts`: a file of ids, a line each, that are left out."""
    terms: str = "not stated"
    about: str = ""


def examples(data: DataSet, folder: Path) -> list[Example]:
    """The texts of a data set whose paths are relative to the folder. Raises GoldError, with file and line, for what cannot be read and for a label that `labels` does not have."""
    path = folder / data.path
    if data.format == "texts":
        found = list(_annotated(data, folder))
    elif data.format in _READERS:
        found = list(_READERS[data.format](path))
    elif data.format in FORMATS:
        found = [_of_gold(document) for document in module(data.format).read(path)]
    else:
        raise GoldError(f"{path}: format {data.format!r}: expected one of texts, {', '.join([*_READERS, *FORMATS])}")
    found = found[: data.first]
    if not any(example.text for example in found):
        raise GoldError(f"{path}: no text; expected at least one document")
    return [_ours(example, data, path) for example in found if example.text]


def _ours(example: Example, data: DataSet, path: Path) -> Example:
    text = simplified(example.text)
    spans = []
    for start, end, label in example.spans:
        if data.labels and label not in data.labels and label != DOUBT:
            known = ", ".join(data.labels)
            raise GoldError(
                f"{path}: label {label!r} of {text[start:end]!r} is not among labels; expected one of {known}"
            )
        spans.append((start, end, data.labels.get(label, label)))
    if data.guidelines:
        spans = list(by_guidelines(text, spans))
    return Example(text, [span for span in spans if span[2] != NOTHING])


def _of_gold(document: GoldDocument) -> Example:
    entities = sorted(document.entities or [], key=lambda entity: entity.start)
    spans = [(one.start, one.end, DOUBT if one.nominal or one.optional else one.label) for one in entities]
    return Example(document.text, spans)


def _annotated(data: DataSet, folder: Path) -> Iterator[Example]:
    from ..loading import load

    nlp = load(data.config)
    held_out = set(files.text(folder / data.without, "ids, one a line").split("\n")) if data.without else set()
    rows = _rows(folder / data.path, held_out)
    for text in islice(rows, data.first):
        with nlp.memory_zone():
            entities = nlp(text)._.entities
        sure = [entity.confidence >= data.confidence and not entity.nominal for entity in entities]
        yield Example(
            text,
            [(one.start, one.end, one.label if good else DOUBT) for one, good in zip(entities, sure, strict=True)],
        )


def _rows(path: Path, held_out: set[str]) -> Iterator[str]:
    for where, line in files.lines(path, "JSON Lines with text"):
        if line:
            row = files.decoded(line, dict[str, Any], where)
            text = row.get("text")
            if not isinstance(text, str):
                raise GoldError(f"{where}: no text; expected a string under the key text")
            if row.get("id") not in held_out:
                yield text


_NAMES = ("nr", "ns", "nt", "nz")
_TOKEN = regex.compile(r"\[|([^\s/\[\]]+|/)/([A-Za-z]+)|\]([A-Za-z]+)")


def _pfr(path: Path) -> Iterator[Example]:
    for where, line in files.lines(path, "words and tags, such as 江/nr 泽民/nr"):
        text, tag = "", ""
        spans: list[tuple[int, int, str]] = []
        opened: int | None = None
        for token in _TOKEN.finditer(line.partition(" ")[2]):
            if token[0] == "[":
                opened = len(text)
            elif token[3]:
                if opened is None:
                    raise GoldError(f"{where}: ] without [ before it")
                if token[3] in _NAMES:
                    spans = [*(span for span in spans if span[0] < opened), (opened, len(text), token[3])]
                opened, tag = None, ""
            else:
                before, tag, start = tag, token[2], len(text)
                text += token[1]
                if tag in _NAMES:
                    if tag == before == "nr" and spans and start - spans[-1][0] <= 2:  # surname and given name
                        start, tag = spans.pop()[0], ""
                        spans.append((start, len(text), "nr"))
                    else:
                        spans.append((start, len(text), tag))
        if line.strip() and not text:
            raise GoldError(f"{where}: {line[:30]!r}: expected words and tags, such as 江/nr 泽民/nr")
        yield Example(text, spans)


def _cluener(path: Path) -> Iterator[Example]:
    for where, line in files.lines(path, "JSON objects with text and label"):
        if not line:
            continue
        row = files.decoded(line, dict[str, Any], where)
        text, labels = row.get("text"), row.get("label")
        if not isinstance(text, str) or not isinstance(labels, Mapping):
            raise GoldError(f"{where}: expected the keys text and label")
        spans = sorted(
            (start, end + 1, label) for label, names in labels.items() for at in names.values() for start, end in at
        )
        flat: list[tuple[int, int, str]] = []
        for span in spans:
            if not flat or span[0] >= flat[-1][1]:
                flat.append(span)
        yield Example(text, flat)


_READERS: dict[str, Callable[[Path], Iterator[Example]]] = {"pfr": _pfr, "cluener": _cluener}
