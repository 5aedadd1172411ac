"""`zhengwen explain TEXT`."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..facts.explain import Option, Sentence


def command(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence or more; - reads standard input.")],
    config: Annotated[str, typer.Option("--config", help="A config file, or the name of a packaged one.")] = "fast",
    date: Annotated[
        str | None, typer.Option("--date", help="The article's date, 2024-02-23, for times such as 去年.")
    ] = None,
    options: Annotated[int, typer.Option("--options", min=1, help="Candidates shown of each choice.")] = 3,
) -> None:
    """Show, sentence by sentence, the entities and quantities, and why each fact was attached as it was."""
    from ..facts.explain import explain
    from ..loading import load

    written = sys.stdin.read() if text == "-" else text
    sentences = explain(load(config), written, date, options)
    for sentence in sentences:
        for line in describe(sentence):
            typer.echo(line)
    if not sentences:
        typer.echo("no quantity found")


def describe(sentence: "Sentence") -> Iterator[str]:
    """The lines shown for one sentence: for each choice the option taken, with what weighed most, then the others."""
    yield sentence.text
    for entity in sentence.entities:
        yield f"  entity    {entity.text} {entity.label} ({entity.by})"
    facts = {fact.quantity: fact for fact in sentence.facts}
    for quantity, choices in zip(sentence.quantities, sentence.choices, strict=True):
        value = f"{quantity.low}..{quantity.high}" if quantity.bound == "range" else quantity.value
        bound = "" if quantity.bound in ("exact", "range") else f" {quantity.bound}"
        yield f"  quantity  {quantity.text} = {value} {quantity.unit}{bound}"
        if fact := facts.get(quantity.id):
            time = fact.time.text if fact.time else None
            yield f"    fact    {fact.metric} of {fact.subject}: {fact.kind}, {fact.modality}, {time} [{fact.by}]"
        for choice in choices:
            taken, *others = choice.options
            yield f"    {choice.field:<9}{_option(taken)}  because {_reasons(taken)}"
            yield from (f"      not    {_option(other)}" for other in others)
    yield ""


def _option(option: "Option") -> str:
    says = option.says or "nothing"
    return f"{says} ({option.kind}, {option.score})" if says != option.kind else f"{says} ({option.score})"


def _reasons(option: "Option") -> str:
    return "; ".join(f"{feature} {weight:+.2f}" for feature, weight in option.reasons) or "nothing spoke against it"
