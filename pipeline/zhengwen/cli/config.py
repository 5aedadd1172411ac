"""`zhengwen config check|show|diff`."""

from typing import Annotated

import typer

app = typer.Typer(help="Look at run configurations.", no_args_is_help=True, rich_markup_mode=None)
_OVERRIDES = {"allow_extra_args": True, "ignore_unknown_options": True}
Name = Annotated[str, typer.Argument(help="A config file, or the name of a packaged one.")]


@app.command(context_settings=_OVERRIDES)
def check(context: typer.Context, config: Name = "default") -> None:
    """Make every stage the config names, and say what is wrong, if anything is."""
    from ..config import read, split_overrides
    from ..loading import build

    run_config = read(config, split_overrides(context.args)[1])
    build(run_config)
    typer.echo(f"{run_config.path}: ok")


@app.command(context_settings=_OVERRIDES)
def show(context: typer.Context, config: Name = "default") -> None:
    """Print the config as it would be run: overrides applied, references resolved, defaults filled in."""
    import confection

    from ..config import filled, read, split_overrides

    typer.echo(confection.Config(filled(read(config, split_overrides(context.args)[1]))).to_str())


@app.command()
def diff(first: Name, second: Name) -> None:
    """Print the keys in which two configs differ; exit code 1 if there are any."""
    from ..config import differences, read

    lines = differences(read(first), read(second))
    for line in lines:
        typer.echo(line)
    raise typer.Exit(1 if lines else 0)
