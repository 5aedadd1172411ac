"""`zhengwen layout FILE`."""

from collections.abc import Iterator
from typing import Annotated

import typer

from ..records import Failure, Layout, RawDocument

WIDTH = 60
"""Characters of a block that are shown."""


def command(
    context: typer.Context,
    inputs: Annotated[list[str], typer.Argument(metavar="FILE…", help="Files, folders or globs.")],
    config: Annotated[str, typer.Option("--config", help="A config file, or the name of a packaged one.")] = "default",
) -> None:
    """Show what the layout makes of a page: its articles and their blocks, what was joined, lifted out or dropped, and why.

    Settings of the reader and the layout are changed as for run: --reader.encoding gb18030.
    """
    from ..config import build_stage, import_code, read, split_overrides

    names, overrides = split_overrides([*inputs, *context.args])
    run_config = read(config, overrides)
    import_code(run_config)
    reader, layout = build_stage(run_config, "reader"), build_stage(run_config, "layout")
    failed = False
    for document in reader(names):
        if isinstance(document, Failure):
            typer.echo(f"failed: {document.path}: [{document.code}] {document.message}", err=True)
            failed = True
            continue
        articles = list(layout(document))
        typer.echo(f"{document.id}: {len(document.text)} characters, {len(articles)} articles")
        for number, article in enumerate(articles, 1):
            for line in describe(document, article, number):
                typer.echo(line)
    raise typer.Exit(1 if failed else 0)


def describe(document: RawDocument, article: Layout, number: int) -> Iterator[str]:
    """The lines shown for one article. Places are character offsets in the source."""
    first = article.offsets[0][1] if article.offsets else 0
    yield f"\n#{number} at {first}: {article.title or '(no title)'}"
    for key in ("section", "date", "byline", "warnings"):
        if value := getattr(article, key):
            yield f"   {key}: {'、'.join(value) if isinstance(value, list) else value}"
    for block in article.blocks:
        pieces = sum(block.start <= start < block.end for start, _, _ in article.offsets)
        parts = f" in {pieces} pieces" if pieces > 1 else ""
        yield f"   {block.kind:<10}{_short(article.text[block.start : block.end])}{parts}"
    for note in article.notes:
        if note.what == "joined":
            shown = (
                f"…{document.text[max(0, note.start - 10) : note.start]} | {document.text[note.end : note.end + 10]}…"
            )
        else:
            shown = _short(document.text[note.start : note.end])
        yield f"   {note.what:<10}at {note.start}: {' '.join(shown.split())} ({note.why})"


def _short(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 12]}…{text[-11:]}"
