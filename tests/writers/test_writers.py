"""The writer: whole files or none, tables without nesting, numbers digit by digit."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import lines
from zhengwen.errors import OutputError
from zhengwen.records import Article
from zhengwen.runner.target import paths_of
from zhengwen.writers.jsonl import JsonlWriter

Run = Callable[..., list[Article]]
TEXT = "市委常委、副市长郁承泽说，南浔经济开发区签约项目9个，总投资1.58万亿元至2万亿元，增长12.50%。"


def write(path: Path, articles: list[Article], kind: str) -> None:
    sink = JsonlWriter()(path, kind)
    for article in articles:
        sink.write(article)
    sink.close()


def test_writer_puts_each_kind_beside_the_first() -> None:
    paths = paths_of(Path("out/all.jsonl"), ["articles", "facts"])
    assert paths == [Path("out/all.jsonl"), Path("out/all.facts.jsonl")]


def test_writer_escapes_no_chinese_and_writes_a_line_each(tmp_path: Path, articles: Run) -> None:
    write(tmp_path / "out.jsonl", articles(TEXT + "\n第二段。"), "articles")
    text = (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert "南浔经济开发区" in text
    assert text.count("\n") == 1


def test_writer_writes_numbers_as_plain_digits(tmp_path: Path, articles: Run) -> None:
    write(tmp_path / "out.jsonl", articles(TEXT), "articles")
    row = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"), parse_float=Decimal)
    numbers = [(q["value"], q["low"], q["high"]) for q in row["quantities"]]
    assert numbers == [(9, None, None), (None, 1580000000000, 2000000000000), (Decimal("12.5"), None, None)]


def test_entity_table_has_a_row_for_each_role(tmp_path: Path, articles: Run) -> None:
    write(tmp_path / "out.jsonl", articles(TEXT), "entities")
    rows = lines(tmp_path / "out.jsonl")
    assert [row["post"] for row in rows if row["text"] == "郁承泽"] == ["市委常委", "副市长"]
    assert len({tuple(row) for row in rows}) == 1


def test_fact_table_holds_quantity_and_sentence(tmp_path: Path, articles: Run) -> None:
    write(tmp_path / "out.jsonl", articles(TEXT), "facts")
    rows = lines(tmp_path / "out.jsonl")
    assert [row["text"] for row in rows] == ["9个", "1.58万亿元至2万亿元", "12.50%"]
    assert {row["sentence"] for row in rows} == {TEXT}


def test_project_table_holds_the_investment(tmp_path: Path, articles: Run) -> None:
    write(tmp_path / "out.jsonl", articles("霍山县独立储能项目总投资6亿元。"), "projects")
    (row,) = lines(tmp_path / "out.jsonl")
    assert (row["name"], row["place"], row["investment"]) == ("霍山县独立储能项目", "霍山县", 600000000)


def test_writer_leaves_nothing_when_aborted(tmp_path: Path, articles: Run) -> None:
    sink = JsonlWriter()(tmp_path / "out.jsonl", "facts")
    sink.write(articles(TEXT)[0])
    sink.abort()
    assert list(tmp_path.iterdir()) == []


def test_writer_keeps_the_older_file_when_aborted(tmp_path: Path, articles: Run) -> None:
    (tmp_path / "out.jsonl").write_text("older", encoding="utf-8")
    JsonlWriter()(tmp_path / "out.jsonl", "articles").abort()
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "older"


def test_writer_names_a_file_it_cannot_write(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="missing"):
        JsonlWriter()(tmp_path / "missing" / "out.jsonl", "articles")


def test_writer_joins_parts_in_order(tmp_path: Path) -> None:
    parts = [tmp_path / name for name in ("b.jsonl", "a.jsonl")]
    for part in parts:
        part.write_text(f"{part.name}\n", encoding="utf-8")
    with (tmp_path / "out.jsonl").open("wb") as output:
        JsonlWriter().join(parts, output)
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "b.jsonl\na.jsonl\n"
