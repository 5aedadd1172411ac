"""Speed, memory and growth in one table; speeds as ratios to jieba's segmentation of the same text in the same run.

    python -m tests.bench.report [CHARACTERS]

Stages and whole runs in this process, by processor time: over the sample archive, whose pages are dense with numbers, and over
the articles of `corpus/gold`; each repeated to the given length (300,000 by default). The command line by the clock, over the
samples once and 16 times that length. Evaluation over made-up gold.
"""

import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

CHARACTERS = 300_000


class Row(NamedTuple):
    """A line of the table; speeds are in characters a second, memory in MiB."""

    what: str
    speed: float | None = None
    yardstick: float | None = None
    """jieba's speed over the same text."""
    memory: float | None = None
    seconds: float | None = None


STATED = (
    Row("HanLP 1.x, names on (a)", 70_000),
    Row("LAC 2.1, short texts a second (b)", 800),
)
"""Recognisers with weights of their own that do not install on a current Python, and so are not run here."""
NOTES = """(a) runs on Java; the figure that this project was given, measured on another machine
(b) needs Python 3.7; one thread, as its README says"""


def main(characters: int = CHARACTERS) -> None:
    from tests.bench import archive, evaluation, speed

    print(f"{'':44}{'characters/s':>14}{'ratio':>8}{'MiB':>8}{'seconds':>10}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yardstick = 0.0
        for row in speed.rows(folder, characters):
            yardstick = yardstick or row.speed or 0.0  # jieba over the samples comes first
            show(row)
        for row in archive.rows(folder, characters, yardstick):
            show(row)
        for row in evaluation.rows():
            show(row)
    for row in STATED:
        show(row)
    print(NOTES)


def show(row: Row) -> None:
    ratio = row.speed / row.yardstick if row.speed and row.yardstick else None
    cells = (_cell(row.speed, 14, 0), _cell(ratio, 8, 2), _cell(row.memory, 8, 0), _cell(row.seconds, 10, 1))
    print(f"{row.what:44}{''.join(cells)}".rstrip(), flush=True)


def _cell(value: float | None, width: int, digits: int) -> str:
    return " " * width if value is None else f"{value:>{width},.{digits}f}"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
