"""Writes a report: JSON for programs, Markdown for a pull request, one self-contained HTML file for people."""

from collections import defaultdict
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import jinja2
import msgspec

from ..errors import OutputError
from .report import CENTRAL, Figure, Report
from .tally import Miss

NAMES = ("report.json", "report.md", "report.html")
SCHEMA = "zhengwen/evaluation/1"
SHOWN = {"md": 20, "html": 1000}
"""Errors of one cause that are shown; report.json has all."""
_TITLES = {
    "entities": "Entities 实体",
    "roles": "Roles 职务",
    "quantities": "Quantities 数量",
    "facts": "Facts 事实",
    "projects": "Projects 项目",
    "words": "Words 分词",
    "layout": "Layout 版面",
}
_GROUPS = {
    "source": "By source 来源",
    "province": "By province 省份",
    "genre": "By kind of news 体裁",
    "year": "By year 年份",
    "length": "By length in characters 篇幅",
}


def write(report: Report, folder: Path) -> list[Path]:
    """Write the three files into a folder, made if need be; gives back their paths. Raises OutputError."""
    contents = {
        NAMES[0]: msgspec.json.format(msgspec.json.encode({"schema": SCHEMA, **as_data(report)}), indent=1),
        NAMES[1]: markdown(report).encode(),
        NAMES[2]: html(report).encode("utf-8", "xmlcharrefreplace"),
    }
    parts = {folder / f"{name}.part": data for name, data in contents.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for part, data in parts.items():
            part.write_bytes(data)
        for part in parts:
            part.replace(part.with_suffix(""))
    except OSError as error:
        for part in parts:
            with suppress(OSError):
                part.unlink()
        raise OutputError(f"{folder}: {error.strerror}; choose another --report folder") from None
    return [folder / name for name in NAMES]


def as_data(report: Report) -> dict[str, Any]:
    """The report as JSON types; each error with its anchor in the HTML file."""
    data: dict[str, Any] = msgspec.to_builtins(report)
    data["misses"] = [{"anchor": anchor, **miss._asdict()} for anchor, miss in anchored(report.misses)]
    for figure, row in zip(report.figures, data["figures"], strict=True):
        row["against"] = figure.against._asdict() if figure.against else None
    return data


def anchored(misses: list[Miss]) -> list[tuple[str, Miss]]:
    """Each error with its anchor, numbered where several stand at one place."""
    named: dict[str, Miss] = {}
    numbers: defaultdict[str, count[int]] = defaultdict(lambda: count(2))
    for miss in misses:
        anchor = miss.anchor
        while anchor in named:
            anchor = f"{miss.anchor}-{next(numbers[miss.anchor])}"
        named[anchor] = miss
    return list(named.items())


def markdown(report: Report) -> str:
    return _environment(escape=False).get_template("report.md.jinja").render(_values(report), shown=SHOWN["md"])


def html(report: Report) -> str:
    return _environment(escape=True).get_template("report.html.jinja").render(_values(report), shown=SHOWN["html"])


@cache
def _environment(escape: bool) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("zhengwen.evaluation"),
        autoescape=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["f3"] = lambda value: "–" if value is None else f"{value:.3f}"
    environment.filters["signed"] = lambda value: f"{value:+.3f}"
    environment.filters["count"] = lambda value: f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
    environment.filters["cell"] = _cell
    return environment


def _cell(text: str) -> str:
    """Text for a Markdown table or list: one line, and nothing in it is markup."""
    line = " ".join(text.split())
    for character in "\\|`*_[]<>#&~":
        line = line.replace(character, "\\" + character)
    return line


def _values(report: Report) -> dict[str, Any]:
    tables: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in report.figures:
        tables[figure.task].append(figure)
    groups = defaultdict(list)
    for group in report.groups:
        groups[group.by].append(group)
    causes: defaultdict[tuple[str, str], list[tuple[str, Miss]]] = defaultdict(list)
    for anchor, miss in anchored(report.misses):
        causes[miss.task, miss.cause].append((anchor, miss))
    summary = [figure for figure in report.figures if figure.measure in CENTRAL]
    return {
        "report": report,
        "summary": summary,
        "tables": tables,
        "titles": _TITLES,
        "groups": {_GROUPS[by]: rows for by, rows in groups.items()},
        "central": [str(figure.measure) for figure in summary],
        "causes": sorted(causes.items(), key=lambda item: (list(_TITLES).index(item[0][0]), -len(item[1]))),
    }
