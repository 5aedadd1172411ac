"""`zhengwen schema`."""

from typing import Annotated

import typer

from ..errors import ConfigError


def command(
    record: Annotated[str, typer.Argument(help="articles, entities, facts, projects or failures.")] = "articles",
) -> None:
    """Print the JSON Schema of an output record, made from the record types."""
    import msgspec

    from ..records import Article, Failure
    from ..writers.tables import EntityRow, FactRow, ProjectRow

    types = {"articles": Article, "entities": EntityRow, "facts": FactRow, "projects": ProjectRow, "failures": Failure}
    if record not in types:
        raise ConfigError(f"schema {record}: expected one of {', '.join(types)}")
    schema = msgspec.json.schema(types[record], schema_hook=lambda kind: {"type": "number"})
    typer.echo(msgspec.json.format(msgspec.json.encode(schema), indent=2).decode())
