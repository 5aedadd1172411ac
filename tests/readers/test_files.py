"""The file reader: what it finds, how it decodes, which documents fail and why."""

import json
from pathlib import Path

import pytest

from tests.readers.support import PAGE, codes, read
from zhengwen.readers.files import FileReader
from zhengwen.records import Failure, RawDocument


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_reader_finds_the_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE.encode(encoding))
    (document,) = read(tmp_path / "page.txt")
    assert isinstance(document, RawDocument)
    assert (document.id, document.text, document.paged) == ("page", PAGE, True)


def test_reader_takes_the_encoding_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes("集中開工".encode("big5"))
    (document,) = read(tmp_path / "page.txt", encoding="big5")
    assert isinstance(document, RawDocument)
    assert document.text == "集中開工"


def test_reader_names_an_unknown_encoding() -> None:
    with pytest.raises(ValueError, match="gb99"):
        FileReader(encoding="gb99")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "D101"),
        (b" \r\n\t\n", "D101"),
        (b"\xef\xbb\xbf", "D101"),
        (bytes(range(256)), "D102"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "D102"),
        (b"\xff\xff\xff", "D102"),
    ],
)
def test_reader_fails_what_is_no_text(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "page.txt").write_bytes(data)
    assert codes(read(tmp_path / "page.txt")) == [code]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"text": "开工。"}', "ok"),
        ('{"text": "开工。", "id": 7, "title": null, "date": 2024, "more": {}}', "ok"),
        ('{"text": "开工。"', "D103"),
        ("nonsense", "D103"),
        ('["开工。"]', "D103"),
        ('"开工。"', "D103"),
        ("null", "D103"),
        ('{"text": "\\ud800"}', "D103"),
        ('{"text": "开工。", "more": ' + "[" * 5000 + "]" * 5000 + "}", "ok D103"),
        ("{}", "D104"),
        ('{"body": "开工。"}', "D104"),
        ('{"text": null}', "D104"),
        ('{"text": ["开工。"]}', "D104"),
        ('{"text": ""}', "D101"),
        ('{"text": " \\n"}', "D101"),
    ],
)
def test_reader_reads_or_fails_a_line_and_goes_on(tmp_path: Path, line: str, code: str) -> None:
    (tmp_path / "news.jsonl").write_text(line + '\n\n{"id": "last", "text": "投产。"}', encoding="utf-8")
    first, last = read(tmp_path / "news.jsonl")
    assert codes([first])[0] in code.split()
    assert isinstance(last, RawDocument)
    assert last.id == "last"
    if isinstance(first, Failure):
        assert "line 1" in first.message


def test_reader_fails_a_line_of_other_bytes_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_bytes(b'\x00\x01\xff\n{"text": "\xff\xff"}\n' + '{"text": "投产。"}'.encode())
    assert codes(read(tmp_path / "news.jsonl")) == ["D102", "D102", "ok"]


def test_reader_fails_what_is_larger_than_its_limit(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("开工。" * 100, encoding="utf-8")
    long, short = {"text": "开工。" * 100}, {"text": "投产。"}
    (tmp_path / "news.jsonl").write_text(f"{json.dumps(long)}\n{json.dumps(short)}\n", encoding="utf-8")
    assert codes(read(tmp_path / "page.txt", max_bytes=200)) == ["D105"]
    assert codes(read(tmp_path / "news.jsonl", max_bytes=200)) == ["D105", "ok"]


def test_reader_takes_the_keys_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text('{"nr": "a1", "body": "投产。", "head": "新厂"}', encoding="utf-8")
    (document,) = read(tmp_path / "news.jsonl", id="nr", text="body", title="head")
    assert isinstance(document, RawDocument)
    assert (document.id, document.text, document.title) == ("a1", "投产。", "新厂")


def test_reader_finds_files_of_folders_and_globs_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "deep/c.txt", "deep/d.jsonl", "e.pdf"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text('{"text": "开工。"}' if name.endswith("jsonl") else PAGE, encoding="utf-8")
    ids = ["a", "b", "deep/c", "deep/d:1"]
    assert [item.id for item in read(tmp_path)] == ids
    assert [item.id for item in read(tmp_path / "**" / "*.txt")] == ["b", "deep/c"]
    assert codes(read(tmp_path / "e.pdf", tmp_path / "none.txt")) == ["D106", "D100"]


def test_reader_reads_a_file_whose_name_looks_like_a_glob(tmp_path: Path) -> None:
    (tmp_path / "page[1].txt").write_text(PAGE, encoding="utf-8")
    assert codes(read(tmp_path / "page[1].txt")) == ["ok"]


def test_reader_yields_a_missing_file_as_a_failure(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    assert codes(read(tmp_path / "none.txt", tmp_path / "page.txt")) == ["D100", "ok"]
