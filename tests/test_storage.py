"""Files on shared storage, by fsspec's protocol for files of this machine, and files that are whole or not there."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

import zhengwen as package
from tests.conftest import Ran, lines
from tests.runner.support import archive
from zhengwen.errors import InputError, OutputError, ResourceError
from zhengwen.readers.files import FileReader
from zhengwen.runner.status import status
from zhengwen.storage import WholeFile, location, whole

Zhengwen = Callable[..., Ran]


def test_run_reads_and_writes_shared_storage(zhengwen: Zhengwen, tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    archive(tmp_path / "in" / "a.jsonl", 30)
    for name in ("b.txt", "deep/c.txt"):
        (tmp_path / "in" / name).write_text("江州市签约项目3个，总投资5亿元。", encoding="utf-8")
    package.run(tmp_path / "in", tmp_path / "local", config="numbers", overrides={"run.shard": 300})
    inputs, output = (tmp_path / name for name in ("in", "shared"))
    remote = zhengwen(
        "run", f"file://{inputs}", "-o", f"file://{output}", "--config", "numbers", "--run.shard", "300", "--quiet"
    )
    assert (remote.code, remote.err) == (0, "")
    ids = [
        [row["source"]["id"] for path in sorted((tmp_path / out).glob("articles-*")) for row in lines(path)]
        for out in ("local", "shared")
    ]
    assert ids[0] == ids[1] == [*(f"d{i}" for i in range(30)), "b", "deep/c"]
    assert sorted(path.name for path in (tmp_path / "local").iterdir()) == sorted(
        path.name for path in (tmp_path / "shared").iterdir()
    )
    assert next(status(f"file://{output}").lines()) == f"file://{output}: finished"


def test_run_goes_on_on_shared_storage(tmp_path: Path) -> None:
    archive(tmp_path / "in.jsonl", 30)
    inputs, output = f"file://{tmp_path}/in.jsonl", f"file://{tmp_path}/out"
    first = package.run(inputs, output, config="numbers", overrides={"run.shard": 300})
    parts = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    shard = lines(tmp_path / "out" / "manifest.jsonl")[1]
    rows = (tmp_path / "out" / "manifest.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "out" / "manifest.jsonl").write_text(rows[0] + "".join(rows[2:]), encoding="utf-8")
    (tmp_path / "out" / "articles-00001.jsonl").unlink()
    again = package.run(inputs, output, config="numbers", overrides={"run.shard": 300})
    assert first.documents - again.before == shard["documents"]
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == parts


def test_glob_on_shared_storage_finds_what_it_finds_here(tmp_path: Path) -> None:
    for name in ("a1.txt", "a2.txt", "b.txt", "deep/a3.txt"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(f"{name}签约项目3个。", encoding="utf-8")
    for pattern in ("a*.txt", "**/a*.txt"):
        found = []
        for prefix in ("", "file://"):
            found.append([item.id for item in FileReader()([f"{prefix}{tmp_path}/in/{pattern}"])])
        assert found[0] == found[1] and "a1" in found[0]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("nothing://a/b", InputError),
        ("s3://bucket/key", ResourceError),
        ("hdfs://nowhere.invalid/key", ResourceError),
    ],
)
def test_protocol_that_cannot_be_had_is_named(name: str, error: type[Exception]) -> None:
    if find_spec("s3fs"):
        pytest.skip("s3fs is installed here")
    with pytest.raises(error, match=name) as raised:
        location(name)
    assert len(str(raised.value).splitlines()) == 1


@pytest.mark.parametrize("prefix", ["", "file://"])
def test_file_is_whole_or_not_there(tmp_path: Path, prefix: str) -> None:
    path = location(f"{prefix}{tmp_path}/a.txt")
    with pytest.raises(KeyError), whole(path) as file:
        file.write(b"1")
        raise KeyError
    assert not list(tmp_path.iterdir())
    for content in (b"1", b"22"):
        with whole(path) as file:
            file.write(content)
            assert not path.exists() or path.read_bytes() == b"1"
        assert (tmp_path / "a.txt").read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"none/a\.txt"):
        WholeFile(tmp_path / "none" / "a.txt")
