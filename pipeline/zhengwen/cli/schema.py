"""`zhengwen schema`."""

from typing import Annotated, Any

import typer


def command(
    record: Annotated[
        str, typer.Argument(help="articles, entities, facts, projects, failures, gold or rules.")
    ] = "articles",
) -> None:
    """Print the JSON Schema of an output or gold record, or of a line of a rule file, made from the record types."""
    import msgspec

    from ..schemas import schema_type

    schema = _numbers(msgspec.json.schema(schema_type(record)))
    typer.echo(msgspec.json.format(msgspec.json.encode(schema), indent=2).decode())


def _numbers(schema: Any) -> Any:
    """The schema with decimals as the numbers they are written as; msgspec takes them for strings."""
    if isinstance(schema, dict):
        if schema.get("format") == "decimal":
            return {"type": "number"}
        return {key: _numbers(value) for key, value in schema.items()}
    return [_numbers(item) for item in schema] if isinstance(schema, list) else schema
