"""Speed, memory and growth in one table; speeds as ratios to jieba's segmentation in the same run.

    python -m tests.bench.report [CHARACTERS]

The text is the sample archive, repeated to the given length (300,000 by default), once for each stage alone in this process and
for the command line once and 16 times over.
"""

import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

CHARACTERS = 300_000


class Row(NamedTuple):
    """A line of the table; speed is in characters a second, memory in MiB."""

    what: str
    speed: float | None = None
    memory: float | None = None
    seconds: float | None = None


def main(characters: int = CHARACTERS) -> None:
    from tests.bench import archive, speed

    yardstick: float | None = None
    print(f"{'':44}{'characters/s':>14}{'ratio':>8}{'MiB':>8}{'seconds':>10}")
    with tempfile.TemporaryDirectory() as name:
        for measured in (speed.rows, archive.rows):
            for row in measured(Path(name), characters):
                yardstick = yardstick or row.speed  # jieba comes first
                ratio = row.speed / yardstick if row.speed and yardstick else None
                cells = (
                    _cell(row.speed, 14, 0),
                    _cell(ratio, 8, 2),
                    _cell(row.memory, 8, 0),
                    _cell(row.seconds, 10, 1),
                )
                print(f"{row.what:44}{''.join(cells)}".rstrip(), flush=True)


def _cell(value: float | None, width: int, digits: int) -> str:
    return " " * width if value is None else f"{value:>{width},.{digits}f}"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
