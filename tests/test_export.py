"""What a run wrote comes back from Parquet, DuckDB and CSV as it was: exact numbers, dates, nothing lost."""

import csv
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import zhengwen as package
from tests.conftest import Ran, lines
from zhengwen.errors import ConfigError, InputError, OutputError
from zhengwen.export import export

pytest.importorskip("datasets")
Zhengwen = Callable[..., Ran]
KINDS = ["articles", "entities", "facts", "projects"]
TEXT = "开工\n省长章伯恺在南浔经济开发区说：“安徽栖梧光电科技有限公司年产3GW电池片项目总投资13.9亿元，增长33.33%。”"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run of several shards, the last of which has no facts."""
    place = tmp_path_factory.mktemp("export")
    rows = [{"id": f"d{i}", "text": TEXT, "date": "2024-02-23"} for i in range(5)] + [{"id": "e", "text": "会议召开。"}]
    (place / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    package.run(place / "in.jsonl", place / "out", config="fast", overrides={"run.shard": 100}, emit=KINDS)
    return place / "out"


def written(folder: Path, kind: str) -> list[dict[str, Any]]:
    return [
        json.loads(line, parse_float=Decimal)
        for path in sorted(folder.glob(f"{kind}-*"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def same(rows: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    """Every value, dates and decimals as what they are in JSON."""

    def plain(value: Any) -> Any:
        match value:
            case dict():
                return {key: plain(one) for key, one in value.items()}
            case list() | tuple():
                return [plain(one) for one in value]
            case date():
                return value.isoformat()
            case float():  # confidence, which is one by declaration
                return Decimal(repr(value))
        return value

    assert [plain(row) for row in rows] == [plain(row) for row in expected]


@pytest.mark.parametrize("kind", KINDS)
def test_parquet_has_every_value(folder: Path, tmp_path: Path, kind: str) -> None:
    from pyarrow import parquet

    paths = export(folder, "parquet", tmp_path)
    assert [path.name for path in paths] == [f"out.{one}.parquet" for one in KINDS]
    table = parquet.read_table(paths[KINDS.index(kind)])
    assert table.schema.names == package.features(kind).arrow_schema.names
    assert written(folder, kind)
    same(table.to_pylist(), written(folder, kind))


def test_duckdb_has_a_table_a_kind(folder: Path, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    (path,) = export(folder, "duckdb", tmp_path)
    with duckdb.connect(str(path), read_only=True) as database:
        assert {name for (name,) in database.sql("SHOW TABLES").fetchall()} == set(KINDS)
        found = database.sql("SELECT id, value, date FROM facts").fetchall()
    rows = written(folder, "facts")
    assert found == [(row["id"], row["value"], date.fromisoformat(row["date"])) for row in rows]
    assert export(folder, "duckdb", tmp_path) == [path]  # again, over the old one


@pytest.mark.parametrize("kind", KINDS)
def test_csv_has_every_value_as_written(folder: Path, tmp_path: Path, kind: str) -> None:
    path = export(folder, "csv", tmp_path)[KINDS.index(kind)]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = written(folder, kind)
    assert len(rows) == len(expected)
    for row, one in zip(rows, expected, strict=True):
        assert row.keys() == one.keys()
        for key, value in one.items():
            if isinstance(value, str) or value is None:
                assert row[key] == (value or "")
            else:
                assert json.loads(row[key], parse_float=Decimal) == value


@pytest.mark.parametrize("to", ["parquet", "csv"])
def test_file_is_exported_beside_itself(folder: Path, tmp_path: Path, to: Any) -> None:
    (tmp_path / "a.facts.jsonl").write_bytes((folder / "facts-00000.jsonl").read_bytes())
    assert export(tmp_path / "a.facts.jsonl", to) == [tmp_path / f"a.facts.{to}"]


def test_kind_without_rows_keeps_its_types(tmp_path: Path) -> None:
    from pyarrow import parquet

    (tmp_path / "in.txt").write_text("会议召开。", encoding="utf-8")
    package.run(tmp_path / "in.txt", tmp_path / "out", config="fast", emit=["facts"])
    (path,) = export(tmp_path / "out", "parquet")
    table = parquet.read_table(path)
    assert len(table) == 0 and table.schema.names == package.features("facts").arrow_schema.names


def test_export_prints_what_it_wrote(zhengwen: Zhengwen, folder: Path, tmp_path: Path) -> None:
    ran = zhengwen("export", folder, "--to", "csv", "-o", tmp_path)
    assert (ran.code, ran.out.split()) == (0, [str(tmp_path / f"out.{kind}.csv") for kind in KINDS])


def test_mistakes_are_named(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--to xlsx: expected one of parquet, csv, duckdb"):
        export(folder, "xlsx", tmp_path)  # type: ignore[arg-type]
    for name, content, what in (
        ("none", None, "No such file"),
        ("a", "x", "no JSON Lines"),
        ("b", '{"a": 1}', "no records"),
    ):
        if content is not None:
            (tmp_path / name).write_text(content, encoding="utf-8")
        with pytest.raises(InputError, match=what):
            export(tmp_path / name, "csv")
    with pytest.raises(InputError, match="holds no run"):
        export(tmp_path, "csv")
    for to in ("parquet", "csv", "duckdb"):
        with pytest.raises(OutputError, match="cannot write"):
            export(folder, to, tmp_path / "nowhere")  # type: ignore[arg-type]


def test_run_that_is_not_finished_is_not_exported(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "run.json").write_bytes((folder / "run.json").read_bytes())
    with pytest.raises(InputError, match="not finished"):
        export(tmp_path / "out", "csv")
    assert lines(folder / "manifest.jsonl")
