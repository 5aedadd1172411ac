"""`zhengwen schema`."""

from typing import Annotated, Any

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
    schema = _numbers(msgspec.json.schema(types[record]))
    typer.echo(msgspec.json.format(msgspec.json.encode(schema), indent=2).decode())


def _numbers(schema: Any) -> Any:
    """The schema with decimals as the numbers they are written as; msgspec takes them for strings."""
    if isinstance(schema, dict):
        if schema.get("format") == "decimal":
            return {"type": "number"}
        return {key: _numbers(value) for key, value in schema.items()}
    return [_numbers(item) for item in schema] if isinstance(schema, list) else schema
