"""What a run wrote, as tables of other programs: Parquet and DuckDB with the declared types, CSV for spreadsheets."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import msgspec

from .errors import ConfigError, InputError, OutputError, ResourceError
from .runner.folder import read_done, read_identity
from .runner.shards import part
from .schemas import features, record_type
from .storage import location, whole
from .writers.tables import TABLES

if TYPE_CHECKING:
    import pyarrow

Format = Literal["parquet", "csv", "duckdb"]
_BATCH = 2_000
"""Records held at once."""
_MEMORY = "500MB"
"""For DuckDB, which would keep the tables in memory as long as there is some."""


def export(source: str | Path, to: Format, folder: str | Path | None = None) -> list[Path]:
    """Writes each kind of record as NAME.parquet or NAME.csv, or all as tables of NAME.duckdb; gives back the paths.

    source: a file of records, or the folder of a finished run. folder: for the new files; None is where `source` lies.
    In CSV, with a byte order mark for spreadsheets, what is nested stands as JSON.

    Raises InputError if the source is no output, OutputError if a file cannot be written, ResourceError if a package
    is missing, ConfigError for an unknown format.
    """
    if to not in get_args(Format):
        raise ConfigError(f"--to {to}: expected one of {', '.join(get_args(Format))}")
    path = location(source)
    tables = _of_run(path) if path.is_dir() else {_kind(path): [path]}
    base = location(folder) if folder else path.absolute().parent
    stem = path.name if path.is_dir() else path.stem
    if to == "duckdb":
        return [_duckdb(tables, base / f"{stem}.duckdb")]
    write: Callable[[str, Sequence[Path], Path], None] = {"parquet": _parquet, "csv": _csv}[to]
    written = []
    for kind, parts in tables.items():
        target = base / (f"{stem}.{kind}.{to}" if path.is_dir() else f"{stem}.{to}")
        write(kind, parts, target)
        written.append(target)
    return written


def _of_run(folder: Path) -> dict[str, list[Path]]:
    """The parts of each kind of record in the folder of a run."""
    identity = read_identity(folder)
    if not identity:
        raise InputError(f"{folder}: holds no run; expected the folder, or a file, that `zhengwen run` wrote")
    if not (folder / "manifest.jsonl").exists():
        raise InputError(f"{folder}: the run is not finished; the same `zhengwen run` again goes on with it")
    numbers = sorted(done.number for done in read_done(folder))
    return {kind: [part(folder, kind, number, ".jsonl") for number in numbers] for kind in identity.emit}


def _kind(path: Path) -> str:
    """What a file holds, by the keys of its first record."""
    try:
        with path.open("rb") as file:
            keys = set(msgspec.json.decode(file.readline(), type=dict[str, msgspec.Raw]))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no JSON Lines, or empty"
        raise InputError(
            f"{path}: {reason}; expected a file that `zhengwen run` wrote, or the folder of a run"
        ) from None
    for kind in TABLES:
        if keys == set(record_type(kind).__struct_encode_fields__):
            return kind
    raise InputError(f"{path}: no records of {', '.join(TABLES)}; expected a file that `zhengwen run` wrote")


def _batches(kind: str, parts: Sequence[Path]) -> "tuple[pyarrow.Schema, Iterator[pyarrow.RecordBatch]]":
    """The records under their declared types, read as `datasets` reads them."""
    declared = features(kind)
    import datasets

    schema = declared.arrow_schema
    full = [str(path) for path in parts if path.stat().st_size]  # a table of no rows has no types of its own

    def read() -> Iterator[Any]:
        if full:
            loaded = datasets.load_dataset("json", data_files=full, features=declared, split="train", streaming=True)
            for table in loaded.with_format("arrow").iter(_BATCH):
                yield from table.cast(schema).to_batches()

    return schema, read()


def _parquet(kind: str, parts: Sequence[Path], target: Path) -> None:
    schema, batches = _batches(kind, parts)
    from pyarrow.parquet import ParquetWriter

    with whole(target) as file, ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)


def _csv(kind: str, parts: Sequence[Path], target: Path) -> None:
    decoder = msgspec.json.Decoder(dict[str, msgspec.Raw])
    with whole(target) as file:
        text = io.TextIOWrapper(file, "utf-8-sig", newline="")
        rows = csv.writer(text)
        rows.writerow(record_type(kind).__struct_encode_fields__)
        for path in parts:
            with path.open("rb") as lines:
                rows.writerows([_cell(value) for value in decoder.decode(line).values()] for line in lines)
        text.detach()


def _cell(value: msgspec.Raw) -> str:
    """A value as text: numbers and what is nested as they are written, nothing for null."""
    written = bytes(value)
    if written == b"null":
        return ""
    return str(msgspec.json.decode(written)) if written.startswith(b'"') else written.decode()


def _duckdb(tables: dict[str, list[Path]], target: Path) -> Path:
    try:
        import duckdb
    except ImportError:
        raise ResourceError('DuckDB needs its package: pip install "zhengwen[duckdb,datasets]"') from None
    import pyarrow

    temporary = target.with_name(target.name + ".part")
    try:
        temporary.unlink(missing_ok=True)
        with duckdb.connect(temporary, config={"memory_limit": _MEMORY}) as database:
            for kind, parts in tables.items():
                schema, batches = _batches(kind, parts)
                database.register("records", pyarrow.RecordBatchReader.from_batches(schema, batches))
                database.execute(f"CREATE TABLE {kind} AS SELECT * FROM records")
                database.unregister("records")
        temporary.replace(target)
    except (OSError, duckdb.IOException) as error:
        temporary.unlink(missing_ok=True)
        raise OutputError(f"{target}: cannot write: {error}; choose another -o") from None
    return target
