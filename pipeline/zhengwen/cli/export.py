"""`zhengwen export OUT --to parquet`."""

from typing import Annotated

import typer


def command(
    source: Annotated[
        str, typer.Argument(metavar="OUT", help="A file that `run` wrote, or the folder of a finished run.")
    ],
    to: Annotated[str, typer.Option("--to", help="parquet, csv or duckdb.")],
    output: Annotated[
        str | None, typer.Option("-o", "--output", help="The folder for the new files; else where OUT lies.")
    ] = None,
) -> None:
    """Write records as Parquet, CSV or a DuckDB database, a file or a table a kind."""
    from ..export import export

    for path in export(source, to, output):  # type: ignore[arg-type]  # export itself names a format that is none
        typer.echo(path)
