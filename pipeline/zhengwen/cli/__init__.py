"""The command line `zhengwen`: one file a command, each a thin shell over a plain function.

Only typer is imported here; what a command needs it imports when it runs, so that `--help` answers at once.
"""

import signal
import sys
from typing import Annotated

import typer

from ..errors import ZhengwenError
from . import config, evaluate, explain, export, gold, layout, rules, run, schema, status, train

app = typer.Typer(
    name="zhengwen",
    help="Turns archives of Chinese government news (政闻) into data.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("run", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(run.command)
app.command("status")(status.command)
app.command("export")(export.command)
app.command("layout", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(layout.command)
app.command("explain")(explain.command)
app.command("evaluate", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(evaluate.command)
app.add_typer(gold.app, name="gold")
app.add_typer(rules.app, name="rules")
app.add_typer(train.app, name="train")
app.add_typer(config.app, name="config")
app.command("schema")(schema.command)


def _version(wanted: bool) -> None:
    if wanted:
        from .. import __version__

        typer.echo(f"zhengwen {__version__}")
        raise typer.Exit


@app.callback()
def _callback(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Entry point. Exit codes: 0 done, 1 done but some documents failed, 2 the user's mistake, 130 interrupted,
    141 nobody reads the output any more.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a scheduler's way to say stop
    try:
        app()
    except ZhengwenError as error:
        typer.echo(f"zhengwen: {error}", err=True)
        sys.exit(2)
