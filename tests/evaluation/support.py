"""Gold and found documents in a few words, and what is counted of them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import msgspec
import regex

from tests.marked import SPECS
from zhengwen.evaluation.outputs import Record
from zhengwen.evaluation.score import score
from zhengwen.evaluation.tally import Miss
from zhengwen.gold.documents import GoldDocument

Counts = tuple[float, float, float, float]
"""Right ones among those found, found, right ones among gold, gold."""
_SPAN = regex.compile(r"(?P<label>[A-Z]+)(?P<mark>[?~]?) (?P<start>\d+)-(?P<end>\d+)")
_VALUE = regex.compile(
    r"(?:(?P<low>[\d.]+)\.\.(?P<high>[\d.]+)|(?P<value>-?[\d.]+)|-) (?P<unit>\S+)(?: (?P<bound>\S+))?"
)


def entities(written: str) -> list[dict[str, Any]]:
    """`ZONE 0-4, ORG? 5-8, ZONE~ 9-11`: a zone, an optional organisation, a nominal zone."""
    marks = {"?": {"optional": True}, "~": {"nominal": True}, "": {}}
    return [
        {"label": one["label"], "start": int(one["start"]), "end": int(one["end"]), **marks[one["mark"]]}
        for one in map(_SPAN.fullmatch, filter(None, written.split(", ")))
    ]  # fmt: skip


def value(written: str) -> dict[str, Any]:
    """`13.9 CNY approx`, `5..8 个`, `- CNY at_least` (no number): the fields of a quantity."""
    parts = _VALUE.fullmatch(written)
    assert parts, written
    bound = parts["bound"] or ("range" if parts["low"] else "exact")
    numbers = {name: Decimal(parts[name]) for name in ("value", "low", "high") if parts[name]}
    return {**numbers, "unit": parts["unit"], "bound": bound}


def gold(id: str = "a", text: str = "一二三四五六七八九十" * 4, **values: Any) -> GoldDocument:
    return msgspec.convert({"id": id, "text": text, **values}, GoldDocument)


def record(document: str = "a", **values: Any) -> Record:
    return msgspec.convert({"source": {"id": document}, **values}, Record)


def count(document: GoldDocument, *records: Record) -> dict[str, Counts]:
    """Every measure of one document, such as `entities strict ZONE`."""
    (tally,) = score([document], {document.id: list(records)}, "output").tallies
    return {str(measure): (one[0], one[1], one[2], one[3]) for measure, one in tally.counts.items()}


def sets(right: float, found: float, wanted: float) -> Counts:
    """The counts of a measure whose right ones are the same on both sides."""
    return (right, found, right, wanted)


def share(right: int, asked: int) -> Counts:
    """The counts of an accuracy."""
    return (right, asked, right, asked)


def misses(document: GoldDocument, *records: Record) -> list[Miss]:
    (tally,) = score([document], {document.id: list(records)}, "output").tallies
    return tally.misses


def table(name: str) -> list[list[str]]:
    """The rows of `specs/<name>.tsv` but comments and the heading."""
    lines = (SPECS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")][1:]


def nothing(found: dict[str, Counts], but: Iterable[str] = ()) -> bool:
    """Whether no measure has counted anything."""
    return all(not any(counts) for name, counts in found.items() if name not in but)
