"""`zhengwen gold check` and `zhengwen gold convert`."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Work with gold: annotated texts.", no_args_is_help=True, rich_markup_mode=None)
FORMATS = "gold, articles, label-studio, doccano, conll, docbin or brat"


@app.command()
def check(
    gold: Annotated[
        list[Path], typer.Argument(metavar="GOLD…", help="Gold files, JSON Lines; `zhengwen schema gold` says of what.")
    ],
) -> None:
    """List what is wrong in gold (errors), and what is worth a look (warnings).

    Exit codes: 0 no error; 1 errors; 2 a file that cannot be read.
    """
    from ..gold.check import check, lines

    found = list(check(gold))
    for line in lines(found):
        typer.echo(line)
    raise typer.Exit(1 if any(one.severity == "error" for one in found) else 0)


@app.command()
def convert(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT...", help="Files, or folders of brat.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="A file, or a new folder for brat.")],
    source: Annotated[
        str | None, typer.Option("--from", metavar="FORMAT", help=f"{FORMATS}; else told by the name.")
    ] = None,
    target: Annotated[str | None, typer.Option("--to", metavar="FORMAT", help="The same, but for articles.")] = None,
    utf16: Annotated[
        bool, typer.Option("--utf16", help="doccano: offsets count UTF-16 units, as its web pages do.")
    ] = False,
    predictions: Annotated[
        bool, typer.Option("--predictions", help="Label Studio: as a proposal to correct, not as an annotation.")
    ] = False,
) -> None:
    """Bring gold, or the articles that `run` wrote, into the format of an annotation tool, and back."""
    from ..gold.formats import convert

    documents = convert(inputs, output, source, target, utf16=utf16, predictions=predictions)
    entities = sum(len(one.entities or ()) for one in documents)
    quantities = sum(len(one.quantities or ()) for one in documents)
    typer.echo(f"{output}: {len(documents)} documents, {entities} entities, {quantities} quantities", err=True)
