"""`zhengwen status DIR`."""

from typing import Annotated

import typer


def command(
    path: Annotated[str, typer.Argument(metavar="DIR", help="The folder of a run, or the file that it is to make.")],
) -> None:
    """Say how far a run is, and what failed in it.

    Exit codes: 0 finished; 1 not finished, or some documents failed; 2 no run.
    """
    from ..runner.status import status

    found = status(path)
    for line in found.lines():
        typer.echo(line)
    raise typer.Exit(0 if found.state == "finished" and not found.failed else 1)
