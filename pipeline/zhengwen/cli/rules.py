"""`zhengwen rules check`, `explain`, `test` and `learn`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..rules.matcher import Matcher

app = typer.Typer(help="Rules for kinds of entity of your own.", no_args_is_help=True, rich_markup_mode=None)
Files = Annotated[
    list[Path], typer.Argument(metavar="RULES…", help="Rule files, JSON Lines; `zhengwen schema rules` says of what.")
]


@app.command()
def check(
    rules: Files,
    corpus: Annotated[
        list[Path] | None, typer.Option("--corpus", metavar="PATH", help="Documents to count hits in; may be repeated.")
    ] = None,
) -> None:
    """List what is wrong in rules (errors), and what is worth a look: never found, hidden, double, broad or slow.

    Exit codes: 0 no error; 1 errors; 2 a file that cannot be read.
    """
    from ..rules.check import check, lines_of
    from ..rules.corpus import texts

    findings, counted = check(rules, texts(corpus) if corpus else None, _make_doc)
    for line in lines_of(findings, counted):
        typer.echo(line)
    raise typer.Exit(1 if any(one.severity == "error" for one in findings) else 0)


@app.command()
def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence or more; - reads standard input.")],
    rules: Annotated[list[Path], typer.Option("--rules", metavar="RULES", help="A rule file; may be repeated.")],
) -> None:
    """Show which rules fired on a text, which of them won, which lost or were refused, and why."""
    import sys

    from ..rules.explain import explain

    written = sys.stdin.read() if text == "-" else text
    outcomes = explain(_matcher(rules), written)
    for one in outcomes:
        rule = one.line.rule
        typer.echo(
            f"{written[one.start : one.end]} [{one.start}, {one.end}) {rule.label} {one.what}: {one.line.id} ({rule.kind}), {one.why}"
        )
    if not outcomes:
        typer.echo("no word of a rule found")


@app.command()
def test(rules: Files) -> None:
    """Try the examples that stand beside rules. Exit codes: 0 all are as they say; 1 some are not."""
    from ..rules.examples import test

    matcher = _matcher(rules)
    failed = list(test(matcher))
    for one in failed:
        typer.echo(f"{one.line.where}: {one.line.id}: {one.why}: {one.example}")
    tried = sum(len(one.rule.examples.match) + len(one.rule.examples.no_match) for one in matcher.lines)
    typer.echo(f"{tried} examples, {len({(one.line.id, one.example) for one in failed})} failed")
    raise typer.Exit(1 if failed else 0)


@app.command()
def learn(
    gold: Annotated[
        list[Path], typer.Argument(metavar="GOLD…", help="Gold, JSON Lines; `zhengwen gold convert` makes it.")
    ],
    label: Annotated[str, typer.Option("--label", help="The kind to learn, in capitals: POLICY.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The rule file to write.")],
    unlabelled: Annotated[
        list[Path] | None,
        typer.Option("--unlabelled", metavar="PATH", help="Documents like those to come; may be repeated."),
    ] = None,
    keep: Annotated[
        Path | None, typer.Option("--keep", metavar="RULES", help="Rules that stay: learnt before, your own, or off.")
    ] = None,
) -> None:
    """Learn rules from examples. Every document counts as read to its end: a name that is not marked is none."""
    from ..gold.documents import read
    from ..gold.formats.files import write
    from ..rules.corpus import texts
    from ..rules.learn import learn
    from ..rules.read import dump
    from ..rules.read import read as read_rules

    kept = [one.rule for one in read_rules([keep])] if keep else []
    learnt = learn(read(gold), label, texts(unlabelled) if unlabelled else (), kept)
    write(output, dump(learnt.rules))
    for line in learnt.doubtful:
        typer.echo(line, err=True)
    typer.echo(
        f"{output}: {len(learnt.rules)} rules; of {learnt.names} examples they find {learnt.right}, and {learnt.wrong} names that are none",
        err=True,
    )


def _matcher(paths: list[Path]) -> "Matcher":
    from ..rules.matcher import Matcher
    from ..rules.read import read

    return Matcher(read(paths), _make_doc)


def _make_doc(text: str) -> "Doc":
    """The text in tokens as the default config cuts it; only token patterns ask for it."""
    from ..loading import cached

    return cached("default").nlp.make_doc(text)
