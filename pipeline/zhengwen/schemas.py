"""The `datasets` Features of every record, made from the record types, so that a file of them loads as it was written:

datasets.load_dataset("json", data_files="out.jsonl", features=zhengwen.features("articles"))
"""

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.inspect import (
    BoolType,
    DecimalType,
    FloatType,
    IntType,
    ListType,
    LiteralType,
    Metadata,
    StrType,
    StructType,
    TupleType,
    Type,
    UnionType,
    type_info,
)

from .errors import ConfigError, ResourceError

if TYPE_CHECKING:
    import datasets

DECIMAL = "decimal128(38, 10)"
"""Exact up to 28 digits before the point and 10 behind it."""


def record_types() -> dict[str, type[msgspec.Struct]]:
    """The record types of tables, by the names that `zhengwen schema` knows them by."""
    from .gold.documents import GoldDocument
    from .records import Article, Failure
    from .writers.tables import EntityRow, FactRow, ProjectRow

    return {
        "articles": Article,
        "entities": EntityRow,
        "facts": FactRow,
        "projects": ProjectRow,
        "failures": Failure,
        "gold": GoldDocument,
    }


def record_type(record: str) -> type[msgspec.Struct]:
    """Raises ConfigError for a name that is none."""
    return _named(record, record_types())


def schema_type(record: str) -> type[msgspec.Struct]:
    """A record type, or that of the lines of a rule file, which are no table. Raises ConfigError for a name that is none."""
    from .rules.records import Rule

    return _named(record, {**record_types(), "rules": Rule})


def _named(record: str, types: dict[str, type[msgspec.Struct]]) -> type[msgspec.Struct]:
    if record not in types:
        raise ConfigError(f"schema {record}: expected one of {', '.join(types)}")
    return types[record]


def features(record: str = "articles") -> "datasets.Features":
    """The Features of articles, entities, facts, projects, failures or gold. Raises ConfigError, and ResourceError
    without the `datasets` package."""
    try:
        import datasets
    except ImportError:
        raise ResourceError('Features need datasets: pip install "zhengwen[datasets]"') from None
    return datasets.Features(_feature(type_info(record_type(record))))


def _feature(kind: Type) -> Any:
    from datasets import List, Value

    match kind:
        case StructType():
            return {field.encode_name: _feature(field.type) for field in kind.fields}
        case UnionType():  # of something and null
            (some,) = (one for one in kind.types if type(one).__name__ != "NoneType")
            return _feature(some)
        case ListType():
            return List(_feature(kind.item_type))
        case TupleType():
            return List(_feature(kind.item_types[0]), length=len(kind.item_types))
        case Metadata(extra_json_schema={"format": "date"}):  # which JSON readers would take for a time of day too
            return Value("date32")
        case Metadata():
            return _feature(kind.type)
        case LiteralType() | StrType():
            return Value("string")
        case BoolType():
            return Value("bool")
        case IntType():
            return Value("int64")
        case FloatType():
            return Value("float64")
        case DecimalType():
            return Value(DECIMAL)
    raise TypeError(f"no feature for {kind}")
