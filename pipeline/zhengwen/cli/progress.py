"""Progress: a bar on a terminal, a line now and then in a log; failures as they come, a line each, the first of them."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from ..records import Failure
from ..runner.run import Progress

MAX_SHOWN = 20
"""Failures printed; all are in the failures file."""
LOG_EVERY = 30.0
"""Seconds between two lines in a log."""


@contextmanager
def show(quiet: bool) -> Iterator[Progress]:
    shown = 0

    def failure(item: Failure) -> None:
        nonlocal shown
        shown += 1
        if shown <= MAX_SHOWN:
            where = item.path if item.id in item.path else f"{item.path} {item.id}".strip()
            typer.echo(f"failed: {where}: [{item.code}] {item.stage}: {item.message}", err=True)
        elif shown == MAX_SHOWN + 1:
            typer.echo("failed: … more, see the failures file", err=True)

    if quiet:
        yield Progress(failure=failure)
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("zhengwen"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("run")
            yield Progress(
                start=lambda total: bar.update(task, total=total),
                advance=lambda size: bar.update(task, advance=size),
                failure=failure,
            )
    else:
        total: int | None = None
        done, next_line = 0, time.monotonic() + LOG_EVERY

        def start(size: int | None) -> None:
            nonlocal total
            total = size

        def advance(size: int) -> None:
            nonlocal done, next_line
            done += size
            if time.monotonic() >= next_line:
                next_line += LOG_EVERY
                typer.echo(f"read {done:,} of {total:,} bytes" if total else f"read {done:,} bytes", err=True)

        yield Progress(start=start, advance=advance, failure=failure)
