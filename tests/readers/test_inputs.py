"""Packed files: what is inside is read, what is dangerous or broken is a failure, and its neighbours are read still."""

import gzip
import json
import zipfile
from pathlib import Path

import pytest
import zstandard

from tests.readers.support import PAGE, GbkName, codes, one, read, write, zipped
from zhengwen.records import Failure

ROWS = "".join(json.dumps({"id": name, "text": f"{name}县开工。"}, ensure_ascii=False) + "\n" for name in "甲乙")
PACK = {".gz": gzip.compress, ".zst": zstandard.ZstdCompressor(write_checksum=True).compress}


@pytest.mark.parametrize("packing", PACK)
def test_packed_page_reads_as_the_page(tmp_path: Path, packing: str) -> None:
    document = one(write(tmp_path / f"page.txt{packing}", PACK[packing](PAGE.encode("gb18030"))))
    assert (document.id, document.text, document.paged) == ("page", PAGE, True)


@pytest.mark.parametrize("packing", PACK)
def test_packed_lines_are_a_document_each(tmp_path: Path, packing: str) -> None:
    items = read(write(tmp_path / f"news.jsonl{packing}", PACK[packing](ROWS.encode())))
    assert [item.id for item in items] == ["甲", "乙"]


def test_packed_in_two_frames_is_read_whole(tmp_path: Path) -> None:
    """Archives appended to, a day a frame."""
    for packing, compress in PACK.items():
        frames = b"".join(compress(line.encode()) for line in ROWS.splitlines(keepends=True))
        assert [item.id for item in read(write(tmp_path / f"news.jsonl{packing}", frames))] == ["甲", "乙"], packing


def test_zip_gives_its_members_in_order(tmp_path: Path) -> None:
    members = {"b.txt": PAGE, "a/c.md": PAGE, "a/": "", "news.jsonl": ROWS, "photo.jpg": b"\xff\xd8"}
    items = read(write(tmp_path / "year.zip", zipped(members)))
    assert [item.id for item in items] == ["year/b", "year/a/c", "甲", "乙"]
    assert items[0].path == f"{tmp_path / 'year.zip'}!b.txt"


def test_zip_in_zip_is_read(tmp_path: Path) -> None:
    inner = zipped({"page.txt": PAGE})
    document = one(write(tmp_path / "year.zip", zipped({"may/day.zip": inner})))
    assert (document.id, document.text) == ("year/may/day/page", PAGE)


def test_zip_holds_packed_members(tmp_path: Path) -> None:
    members = {f"{number}.txt{packing}": PACK[packing](PAGE.encode()) for number, packing in enumerate(PACK)}
    assert codes(read(write(tmp_path / "year.zip", zipped(members)))) == ["ok", "ok"]


def test_zip_names_are_read_in_gbk_without_the_flag(tmp_path: Path) -> None:
    members = {GbkName("新闻/五月六日.txt"): PAGE, "新闻/七日.txt": PAGE}
    items = read(write(tmp_path / "年.zip", zipped(members)))
    assert [item.id for item in items] == ["年/新闻/五月六日", "年/新闻/七日"]


@pytest.mark.parametrize("name", ["../out.txt", "a/../../out.txt", "/etc/out.txt", "..\\out.txt"])
def test_zip_member_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    items = read(write(tmp_path / "in" / "year.zip", zipped({name: PAGE, "page.txt": PAGE})))
    assert codes(items) == ["D107", "ok"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["in", "year.zip"]


def test_zip_member_that_grows_too_much_is_refused(tmp_path: Path) -> None:
    archive = write(tmp_path / "year.zip", zipped({"bomb.txt": "开" * 3_000_000, "page.txt": PAGE}))
    failure, _ = items = read(archive)
    assert codes(items) == ["D107", "ok"]
    assert isinstance(failure, Failure)
    assert "max_ratio" in failure.message
    assert codes(read(archive, max_ratio=10_000)) == ["ok", "ok"]


@pytest.mark.parametrize("packing", PACK)
def test_packed_file_that_grows_too_much_is_refused(tmp_path: Path, packing: str) -> None:
    bomb = write(tmp_path / f"bomb.txt{packing}", PACK[packing](b"a" * 10_000_000))
    assert codes(read(bomb)) == ["D107"]
    assert codes(read(bomb, max_ratio=20_000)) == ["ok"]
    assert codes(read(bomb, max_ratio=20_000, max_bytes=9_000_000)) == ["D105"]


def test_archives_deeper_than_the_limit_are_refused(tmp_path: Path) -> None:
    data = zipped({"page.txt": PAGE})
    for depth in range(3):
        data = zipped({f"{depth}.zip": data, "page.txt": PAGE})
    archive = write(tmp_path / "deep.zip", data)
    assert sorted(codes(read(archive))) == ["D107", "ok", "ok", "ok"]
    assert codes(read(archive, max_depth=4)) == ["ok"] * 4
    assert sorted(codes(read(archive, max_depth=1))) == ["D107", "ok"]


def test_encrypted_member_is_a_failure(tmp_path: Path) -> None:
    data = bytearray(zipped({"page.txt": PAGE, "secret.txt": PAGE}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the header of the member, and its directory entry
        data[data.rfind(mark) + flags] |= 1
    assert codes(read(write(tmp_path / "year.zip", bytes(data)))) == ["ok", "D108"]


def damaged(data: bytes, at: int) -> bytes:
    return data[:at] + bytes(byte ^ 0xFF for byte in data[at : at + 8]) + data[at + 8 :]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("kind", ["page.txt", "page.jsonl", "page.zip", "page.csv"])
def test_damaged_member_is_a_failure_beside_good_ones(tmp_path: Path, method: int, kind: str) -> None:
    row = json.dumps({"text": PAGE}) + "\n"
    content = {
        ".txt": PAGE.encode(),
        ".jsonl": row.encode(),
        ".csv": ("text\r\n" + "开工九个项目。" * 8 + "\r\n").encode(),
    }
    inner = content.get(Path(kind).suffix, zipped({"a.txt": PAGE}))
    data = zipped({kind: inner, "z.txt": PAGE}, method)
    broken = damaged(data, 30 + len(kind) + 12)
    items = read(write(tmp_path / "year.zip", broken), write(tmp_path / "next.txt", PAGE))
    assert isinstance(items[0], Failure)
    assert items[0].code in ("D102", "D103", "D108")
    assert [item.id for item in items if not isinstance(item, Failure)] == ["year/z", "next"]


def test_member_packed_in_an_unknown_way_is_a_failure_beside_good_ones(tmp_path: Path) -> None:
    data = bytearray(zipped({"page.txt": PAGE, "z.txt": PAGE}))
    for mark, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.find(mark) + method] = 99
    assert codes(read(write(tmp_path / "year.zip", bytes(data)))) == ["D108", "ok"]


@pytest.mark.parametrize("packing", PACK)
@pytest.mark.parametrize("how", ["cut", "flipped", "no header", "empty"])
def test_damaged_packed_file_is_a_failure_beside_good_ones(tmp_path: Path, packing: str, how: str) -> None:
    data = PACK[packing]("".join(f"第{n}项，总投资{n * 7 % 31}亿元。\n" for n in range(20_000)).encode())
    broken = {"cut": data[: len(data) // 2], "flipped": damaged(data, 60), "no header": PAGE.encode(), "empty": b""}[
        how
    ]
    items = read(write(tmp_path / f"page.txt{packing}", broken), write(tmp_path / "next.txt", PAGE))
    assert codes(items) in (["D108", "ok"], ["D101", "ok"] if how == "empty" else [])


def test_zip_names_are_read_in_utf8_without_the_flag(tmp_path: Path) -> None:
    """As macOS writes them."""
    data = zipped({"新闻.txt": PAGE}).replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00")
    assert one(write(tmp_path / "year.zip", data)).id == "year/新闻"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", PAGE.encode(), zipped({"page.txt": PAGE})[:-30]])
def test_file_that_is_no_archive_is_a_failure_beside_good_ones(tmp_path: Path, data: bytes) -> None:
    items = read(write(tmp_path / "year.zip", data), write(tmp_path / "next.txt", PAGE))
    assert codes(items) == ["D108", "ok"]


def test_packed_file_of_an_unknown_kind_is_a_failure(tmp_path: Path) -> None:
    assert codes(read(write(tmp_path / "page.pdf.gz", gzip.compress(b"%PDF")))) == ["D106"]
