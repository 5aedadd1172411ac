"""`zhengwen run INPUT… -o OUT.jsonl`."""

import os
import sys
from typing import Annotated

import typer


def command(
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT…",
            help="Files, folders or globs, here or on shared storage (s3://…): pages and tables, packed or not.",
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            "-o", "--output", help="A file; a folder (there, or a name without suffix) of parts; - is standard output."
        ),
    ],
    config: Annotated[str, typer.Option("--config", help="A config file, or the name of a packaged one.")] = "default",
    emit: Annotated[
        list[str],
        typer.Option(
            help="articles, entities, facts or projects. Given more than once, the first goes to -o, every other beside it (out.facts.jsonl)."
        ),
    ] = ["articles"],  # noqa: B006
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes on this machine.")] = 1,
    dask: Annotated[
        str | None,
        typer.Option("--dask", metavar="ADDRESS", help="A Dask scheduler, whose workers do the work instead."),
    ] = None,
    restart: Annotated[bool, typer.Option("--restart", help="Throw away what an interrupted run has left.")] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Of a folder that is done, do the shards with failures again.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no summary.")] = False,
) -> None:
    """Read documents, write records.

    A run that was interrupted goes on where it stopped when it is called again.

    Any value of the config is set by --section.key VALUE, such as --nlp.tokenizer.model PATH or --reader.encoding gb18030.

    Exit codes: 0 all documents written; 1 done, but some documents failed (they are listed in OUT.failures.jsonl and all
    others are written); 2 nothing was done because of a mistake in the call, the config, the input or the output.
    """
    from ..config import split_overrides
    from ..runner.run import run
    from .progress import show

    inputs, overrides = split_overrides([*inputs, *context.args])
    try:
        with show(quiet) as progress:
            summary = run(
                inputs,
                output,
                config=config,
                overrides=overrides,
                emit=emit,
                workers=workers,
                dask=dask,
                restart=restart,
                retry_failed=retry_failed,
                progress=progress,
            )
    except KeyboardInterrupt:
        typer.echo("zhengwen: interrupted; the same command goes on where it stopped", err=True)
        raise typer.Exit(130) from None
    except BrokenPipeError:  # … -o - | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(141) from None
    if not quiet:
        typer.echo(summary.line(), err=True)
        if summary.failures:
            typer.echo(f"failures: {summary.failures}", err=True)
    raise typer.Exit(1 if summary.failed else 0)
