"""Reads rule data: the TSV files under `corpus/lexicon` and `corpus/gazetteers`.

A file opens with comment lines (`# `: what it is and where it comes from) and a line of column names.
"""

from functools import cache

from . import resources
from .errors import ResourceError

Row = dict[str, str]


@cache
def table(name: str, kind: resources.Kind = "corpus/lexicon") -> tuple[Row, ...]:
    """The rows of a file, one dict each. Raises ResourceError for a row that does not fit its header."""
    path = resources.find(kind, name + ".tsv")
    columns: list[str] | None = None
    rows: list[Row] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("# ") or line == "#":
            continue
        values = line.split("\t")
        if columns is None:
            columns = values
            continue
        if len(values) != len(columns):
            raise ResourceError(
                f"{path}:{number}: expected {len(columns)} columns ({', '.join(columns)}), found {len(values)}"
            )
        rows.append(dict(zip(columns, values, strict=True)))
    return tuple(rows)


def pairs(name: str, kind: resources.Kind = "corpus/lexicon") -> list[tuple[str, str]]:
    """The rows of a large file of two columns, less its head: much faster than `table`."""
    lines = resources.find(kind, name + ".tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.partition("\t") for line in lines if not line.startswith("# ")]
    return [(first, second) for first, _, second in rows[1:]]


@cache
def column(name: str, column: str, **where: str) -> tuple[str, ...]:
    """One column of a lexicon file, of the rows where other columns have the given values."""
    return tuple(row[column] for row in table(name) if all(row[key] == value for key, value in where.items()))
