"""Label Studio: a JSON list of tasks, as it imports and exports them. The labeling config goes beside it, as NAME.xml.

What regions do not say travels in `data.gold` of the task, which the tool gives back untouched.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import msgspec

from ...errors import GoldError
from ...records import Span
from ..documents import GoldDocument
from . import files
from .marked import Mark, carried, document, labels, marks
from .units import bare, from_units

_EXPECTED = "a JSON list of Label Studio tasks"


class Value(msgspec.Struct):
    """What a region of type `labels` covers, and its labels."""

    start: int
    end: int
    labels: list[str] = []
    text: str | None = None


class Region(msgspec.Struct):
    type: str = ""
    value: dict[str, Any] = {}


class Annotation(msgspec.Struct):
    """One annotator's work, or a prediction."""

    result: list[Region] = []
    was_cancelled: bool = False
    created_at: str | int | None = None
    updated_at: str | int | None = None


class Task(msgspec.Struct):
    """Predictions are exported as bare ids too. Before version 1.0 annotations were called completions."""

    data: dict[str, Any]
    id: int | str | None = None
    annotations: list[Annotation] = []
    completions: list[Annotation] = []
    predictions: list[Annotation | int] = []


def read(path: Path) -> list[GoldDocument]:
    """Of each task the latest annotation that was not cancelled, else the latest prediction. Raises GoldError."""
    tasks = files.decoded(files.content(path, _EXPECTED).removeprefix(b"\xef\xbb\xbf"), list[Task], str(path))
    return [_document(task, number, path) for number, task in enumerate(tasks, 1)]


def _document(task: Task, number: int, path: Path) -> GoldDocument:
    where = f"{path}: task {number if task.id is None else task.id}"
    text, gold = _text(task.data, where), task.data.get("gold")
    if gold is not None and not isinstance(gold, str):
        raise GoldError(f"{where}: data.gold: expected the string that zhengwen wrote, got {type(gold).__name__}")
    done = [one for one in task.annotations or task.completions if not one.was_cancelled]
    choice = done or [one for one in task.predictions if isinstance(one, Annotation)]
    found = _marks(max(reversed(choice), key=_when), text, where) if choice else None
    return document(f"{path.stem}:{number}" if task.id is None else str(task.id), text, found, where, gold)


def _text(data: dict[str, Any], where: str) -> str:
    """The text under the key `text`, or else the only string."""
    texts = [value for key, value in data.items() if isinstance(value, str) and key != "gold"]
    if isinstance(data.get("text"), str) or len(texts) == 1:
        return str(data.get("text") or texts[0])
    raise GoldError(f"{where}: data: expected the text under the key text; keys are {', '.join(data) or 'none'}")


def _when(annotation: Annotation) -> str:
    return str(annotation.updated_at or annotation.created_at or "")


def _marks(annotation: Annotation, text: str, where: str) -> list[Mark]:
    try:
        regions = [msgspec.convert(one.value, Value) for one in annotation.result if one.type == "labels"]
    except msgspec.ValidationError as error:
        raise GoldError(f"{where}: region: {files.said(error)}") from None
    spans = _spans(regions, text, where)
    return [Mark(*span, label) for span, region in zip(spans, regions, strict=True) for label in region.labels]


def _spans(regions: Sequence[Value], text: str, where: str) -> list[Span]:
    """The spans of regions, which count code points, or UTF-16 units in old exports: as their own texts decide.

    One count for all regions of a task, if one fits all: alone, a region in a repetitive text may fit both.
    """
    points = dict(zip(range(len(text) + 1), range(len(text) + 1), strict=True))
    counts = (points, from_units(text))
    readings = [[_span(region, text, count, alike) for region in regions] for alike in (str, bare) for count in counts]
    whole = next((reading for reading in readings if None not in reading), None)
    spans = whole or [next(filter(None, options), None) for options in zip(*readings, strict=True)]
    for span, region in zip(spans, regions, strict=True):
        if span is None:
            raise GoldError(
                f"{where}: region {region.text!r} at [{region.start}, {region.end}): the text has not this there, "
                "neither in code points nor in UTF-16 units"
            )
    return [span for span in spans if span]


def _span(region: Value, text: str, count: dict[int, int], alike: Callable[[str], str]) -> Span | None:
    start, end = count.get(region.start, -1), count.get(region.end, -1)
    if not 0 <= start < end:
        return None
    fits = region.text is None or alike(text[start:end]) == alike(region.text)
    return (start, end) if fits else None


def write(documents: Iterable[GoldDocument], path: Path, predictions: bool = False) -> None:
    """predictions: as a model's proposal, to be corrected, not as an annotation."""
    documents = list(documents)
    tasks = [msgspec.json.encode(_task(one, predictions)) for one in documents]
    files.write(path.with_suffix(".xml"), config(labels(documents)).encode())
    files.write(path, b"[\n" + b",\n".join(tasks) + b"\n]\n")


def _task(one: GoldDocument, predictions: bool) -> dict[str, Any]:
    result = [
        {
            "id": f"m{number}",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {"start": start, "end": end, "text": one.text[start:end], "labels": [label]},
        }
        for number, (start, end, label) in enumerate(marks(one), 1)
    ]
    data = {"text": one.text, "gold": carried(one)}
    if predictions:
        return {"data": data, "predictions": [{"model_version": "zhengwen", "result": result}]}
    return {"data": data, "annotations": [{"result": result}]}


def config(names: Iterable[str]) -> str:
    """The labeling config, to be pasted into the settings of the project."""
    rows = "".join(f"    <Label value={quoteattr(name)}/>\n" for name in names)
    return (
        f'<View>\n  <Labels name="label" toName="text">\n{rows}  </Labels>\n'
        '  <Text name="text" value="$text"/>\n</View>\n'
    )
