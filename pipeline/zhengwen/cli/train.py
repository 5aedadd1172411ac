"""`zhengwen train ner|segment CONFIG`."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Train models, each with its card.", no_args_is_help=True, rich_markup_mode=None)
Config = Annotated[Path, typer.Argument(metavar="CONFIG", help="A training config: data, recipe, output folder.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print nothing but mistakes.")]


@app.command()
def ner(config: Config, quiet: Quiet = False) -> None:
    """Train an entity model on characters, for the component zhengwen_tagger. Needs the extra `train`."""
    from ..train import ner
    from ..train.settings import NerSettings, read

    folder = ner.train(read(config, NerSettings), (lambda line: None) if quiet else typer.echo)
    _done(folder, quiet)


@app.command()
def segment(config: Config, quiet: Quiet = False) -> None:
    """Train a segmentation model with spacy-pkuseg's trainer, for the tokenizer zhengwen.crf.v1."""
    from ..train import segment
    from ..train.settings import SegmentSettings, read

    folder = segment.train(read(config, SegmentSettings), (lambda line: None) if quiet else typer.echo)
    _done(folder, quiet)


def _done(folder: Path, quiet: bool) -> None:
    if not quiet:
        typer.echo(f"model: {folder}")
