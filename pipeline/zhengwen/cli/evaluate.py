"""`zhengwen evaluate GOLD…`."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..evaluation.report import Report


def command(
    context: typer.Context,
    gold: Annotated[
        list[str], typer.Argument(metavar="GOLD…", help="Gold files, JSON Lines; `zhengwen schema gold` says of what.")
    ],
    config: Annotated[str, typer.Option("--config", help="A config file, or the name of a packaged one.")] = "default",
    output: Annotated[
        Path | None, typer.Option("--output", help="Score these article records (.jsonl) instead of running a config.")
    ] = None,
    against: Annotated[
        str | None, typer.Option("--against", help="A second config, or other article records (.jsonl), to compare.")
    ] = None,
    report: Annotated[Path, typer.Option("--report", help="Folder for report.json, report.md and report.html.")] = Path(
        "evaluation"
    ),
    rounds: Annotated[
        int, typer.Option("--rounds", min=1, max=100_000, help="Rounds of the bootstrap and the permutation test.")
    ] = 1000,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but mistakes.")] = False,
) -> None:
    """Say how good an output is against gold, with intervals; whether another is better; and where it fails.

    Any value of the config is set by --section.key VALUE. Exit codes: 0 done; 1 done, but some documents failed;
    2 a mistake in the call, the gold, the config or the output.
    """
    from ..config import split_overrides
    from ..evaluation.evaluate import evaluate
    from ..evaluation.render import write

    gold, overrides = split_overrides([*gold, *context.args])
    found = evaluate(gold, config=config, overrides=overrides, output=output, against=against, rounds=rounds)
    paths = write(found, report)
    if not quiet:
        for line in describe(found):
            typer.echo(line)
        typer.echo(f"report: {paths[-1]}")
    raise typer.Exit(1 if found.failures or found.against_failures else 0)


def describe(report: "Report") -> Iterator[str]:
    """The lines printed: every measure but the parts of the schemes, which the report has."""
    yield f"{report.scored}: {report.documents} documents" + (f"; Δ: {report.against}" if report.against else "")
    for what, ids in (
        ("without a record", report.missing),
        ("not in gold", report.unknown),
        ("failed", report.failures),
        ("without a record in Δ", report.against_missing),
        ("not in gold in Δ", report.against_unknown),
        ("failed in Δ", report.against_failures),
    ):
        if ids:
            yield f"{len(ids)} {what}: {', '.join(ids[:5])}{' …' if len(ids) > 5 else ''}"
    yield f"{'':36}     P      R     F1"
    for one in report.figures:
        if one.task == "entities" and one.name != "strict" and one.label not in ("all", "mission"):
            continue
        low, high = one.f1_interval
        line = f"{one.measure!s:36} {one.p:.3f}  {one.r:.3f}  {one.f1:.3f} [{low:.3f}, {high:.3f}]"
        if other := one.against:
            line += f"  Δ {other.value:+.3f} [{other.low:+.3f}, {other.high:+.3f}] p {other.chance}"
        yield line
