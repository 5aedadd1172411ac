"""Tables: CSV, TSV, Parquet, and the fields of any row."""

import datetime
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.readers.support import PAGE, codes, one, read, write
from zhengwen.records import Failure, RawDocument
from zhengwen.runner.run import run

TEXT = "浦阳经济技术开发区9个项目集中开工，\n总投资23亿元。"
TABLE = f'nr,text,title,date\r\na1,"{TEXT}","开工, ""春风""行动",2024年5月6日\r\n7,投产。,,\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_csv_is_a_document_a_row(tmp_path: Path, encoding: str) -> None:
    first, second = read(write(tmp_path / "news.csv", TABLE.encode(encoding)), id="nr")
    assert isinstance(first, RawDocument)
    assert (first.id, first.text, first.title, first.date) == ("a1", TEXT, '开工, "春风"行动', "2024-05-06")
    assert isinstance(second, RawDocument)
    assert (second.id, second.text, second.title, second.date, second.warnings) == ("7", "投产。", None, None, [])
    assert not first.paged


def test_tsv_is_parted_by_tabs(tmp_path: Path) -> None:
    document = one(write(tmp_path / "news.tsv", "id\ttext\n1\t开工, 投产。\n"))
    assert (document.id, document.text) == ("1", "开工, 投产。")


def test_csv_row_without_an_id_has_its_number(tmp_path: Path) -> None:
    assert [item.id for item in read(write(tmp_path / "news.csv", "text\n开工。\n投产。\n"))] == ["news:1", "news:2"]


def test_csv_without_the_text_column_names_those_it_has(tmp_path: Path) -> None:
    (failure,) = read(write(tmp_path / "news.csv", "id,content\n1,开工。\n"))
    assert isinstance(failure, Failure)
    assert failure.code == "D104"
    assert "'content'" in failure.message


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "D104"),
        (b"text\n", "D101"),
        ("id,text\n1\n2,开工。\n".encode(), "D104 ok"),
        ("id,text\n1,\n2,开工。,more,more\n".encode(), "D101 ok"),
        ('text\n"开工。\n投产。'.encode(), "ok"),
        ('text\n"开工"。"投产"\n'.encode(), "ok"),
        (bytes(range(256)), "D102"),
    ],
)
def test_csv_with_faults_gives_failures_and_documents(tmp_path: Path, data: bytes, expected: str) -> None:
    assert " ".join(codes(read(write(tmp_path / "news.csv", data)))) == expected


def test_csv_larger_than_the_limit_is_a_failure(tmp_path: Path) -> None:
    assert codes(read(write(tmp_path / "news.csv", TABLE), max_bytes=60)) == ["D105"]


def test_csv_takes_a_field_of_any_length(tmp_path: Path) -> None:
    assert len(one(write(tmp_path / "news.csv", "text\n" + "开工。" * 100_000)).text) == 300_000


def parquet(path: Path, rows: dict[str, list[Any]]) -> Path:
    pyarrow = pytest.importorskip("pyarrow")
    writer = pytest.importorskip("pyarrow.parquet")
    writer.write_table(pyarrow.table(rows), path)
    return path


def test_parquet_is_a_document_a_row(tmp_path: Path) -> None:
    rows = {
        "id": [7, 8, 9],
        "text": [TEXT, None, "投产。"],
        "date": [datetime.date(2024, 5, 6), None, None],
        "more": [1, 2, 3],
    }
    first, second, third = items = read(parquet(tmp_path / "news.parquet", rows))
    assert codes(items) == ["ok", "D104", "ok"]
    assert isinstance(first, RawDocument)
    assert (first.id, first.text, first.date) == ("7", TEXT, "2024-05-06")
    assert (second.id, third.id) == ("news:2", "9")


def test_parquet_is_read_packed(tmp_path: Path) -> None:
    plain = parquet(tmp_path / "news.parquet", {"text": [TEXT]})
    assert one(write(tmp_path / "packed.parquet.gz", gzip.compress(plain.read_bytes()))).text == TEXT


def test_parquet_without_the_text_column_names_those_it_has(tmp_path: Path) -> None:
    (failure,) = read(parquet(tmp_path / "news.parquet", {"content": ["开工。"]}))
    assert isinstance(failure, Failure)
    assert (failure.code, "'content'" in failure.message) == ("D104", True)


@pytest.mark.parametrize("how", ["empty", "text", "cut", "flipped"])
def test_damaged_parquet_is_a_failure_beside_good_files(tmp_path: Path, how: str) -> None:
    rows = {"text": [f"第{n}项，总投资{n * 7 % 31}亿元。" for n in range(500)]}
    data = parquet(tmp_path / "whole.parquet", rows).read_bytes()
    broken = {
        "empty": b"",
        "text": PAGE.encode(),
        "cut": data[:-20],
        "flipped": data[:40] + bytes(byte ^ 0xFF for byte in data[40:400]) + data[400:],
    }[how]
    items = read(write(tmp_path / "news.parquet", broken), write(tmp_path / "next.txt", PAGE))
    assert codes(items)[-1] == "ok"
    assert isinstance(items[0], Failure)
    assert items[0].code in ("D101", "D108")


def test_fields_are_mapped_in_every_kind_of_table(tmp_path: Path) -> None:
    row = {"nr": "a1", "content": "投产。", "head": "新厂", "day": "2024/2/23 10:20"}
    files = [
        write(tmp_path / "a.jsonl", json.dumps(row)),
        write(tmp_path / "b.csv", ",".join(row) + "\n" + ",".join(row.values()) + "\n"),
        parquet(tmp_path / "c.parquet", {key: [value] for key, value in row.items()}),
    ]
    for file in files:
        document = one(file, id="nr", text="content", title="head", date="day")
        assert (document.id, document.text, document.title, document.date) == ("a1", "投产。", "新厂", "2024-02-23")


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ("2024-02-23", "2024-02-23"),
        ("2024年2月23日", "2024-02-23"),
        ("2024年02月23日 星期五", "2024-02-23"),
        ("2024/2/23 10:20", "2024-02-23"),
        ("2024.2.3", "2024-02-03"),
        (" 2024-02-23T10:20:00+08:00", "2024-02-23"),
        ("2024-02-30", None),
        ("2024-13-01", None),
        ("0000-01-01", None),
        ("昨天", None),
        ("2024", None),
        (2024, None),
        (["2024-02-23"], None),
        ({}, "none given"),
        ("", "none given"),
        (None, "none given"),
    ],
)
def test_date_is_made_iso_or_null_with_a_warning(tmp_path: Path, given: object, date: str | None) -> None:
    document = one(write(tmp_path / "news.jsonl", json.dumps({"text": "开工。", "date": given})))
    assert document.date == (None if date == "none given" else date)
    assert [warning.split(":")[0] for warning in document.warnings] == ([] if date else ["date"])


def test_records_of_an_earlier_run_are_refused(tmp_path: Path) -> None:
    page = write(tmp_path / "in" / "page.txt", PAGE)
    run(page, tmp_path / "in" / "out.jsonl", config="fast", emit=["articles", "entities", "facts"])
    items = read(tmp_path / "in")
    refused = [item for item in items if isinstance(item, Failure)]
    assert {Path(item.path).name for item in refused} == {"out.jsonl", "out.entities.jsonl", "out.facts.jsonl"}
    assert {item.code for item in refused} == {"D109"}
    assert [item.id for item in items if item not in refused] == ["page"]
