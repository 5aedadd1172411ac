"""The `datasets` reader, on folders: nothing is fetched."""

import json
from pathlib import Path

import pytest

from tests.conftest import lines
from zhengwen.errors import InputError
from zhengwen.readers.dataset import DatasetReader
from zhengwen.records import Failure, RawDocument
from zhengwen.runner.run import run

datasets = pytest.importorskip("datasets")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(datasets.config, "HF_DATASETS_OFFLINE", True)
    rows = [
        {"nr": "a", "content": "9个项目集中开工，总投资23亿元。", "day": "2024年5月6日"},
        {"nr": "b", "content": "", "day": None},
        {"nr": "c", "content": "投产。", "day": "昨天"},
    ]
    path = tmp_path / "news"
    path.mkdir()
    (path / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_dataset_is_a_document_a_row(folder: Path) -> None:
    first, empty, last = DatasetReader(id="nr", text="content", date="day")([str(folder)])
    assert isinstance(first, RawDocument)
    assert (first.id, first.text, first.date) == ("a", "9个项目集中开工，总投资23亿元。", "2024-05-06")
    assert isinstance(empty, Failure)
    assert empty.code == "D101"
    assert isinstance(last, RawDocument)
    assert (last.date, len(last.warnings)) == (None, 1)


def test_dataset_is_streamed(folder: Path) -> None:
    """The first row is there before the whole is loaded."""
    with (folder / "train.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(f'{{"nr": "{n}", "content": "开工。", "day": null}}\n' for n in range(100_000))
    first = next(iter(DatasetReader(id="nr", text="content")([str(folder)])))
    assert first.id == "a"


def test_dataset_runs_by_config(folder: Path, tmp_path: Path) -> None:
    overrides = {"reader.@readers": "zhengwen.datasets.v1", "reader.id": "nr", "reader.text": "content"}
    summary = run(folder, tmp_path / "out.jsonl", config="fast", overrides=overrides)
    assert (summary.documents, summary.failed) == (2, 1)
    assert [row["source"]["id"] for row in lines(tmp_path / "out.jsonl")] == ["a", "c"]


def test_dataset_that_was_saved_is_read(tmp_path: Path) -> None:
    saved = datasets.Dataset.from_dict({"id": ["a", "b"], "text": ["开工。", "投产。"]})
    saved.save_to_disk(tmp_path / "one")
    datasets.DatasetDict({"train": saved, "test": saved}).save_to_disk(tmp_path / "splits")
    for name in ("one", "splits"):
        assert [item.id for item in DatasetReader()([str(tmp_path / name)])] == ["a", "b"]


def test_dataset_that_breaks_off_is_a_failure(folder: Path) -> None:
    with (folder / "train.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"nr": "d", "cont\n')
    *_, last = DatasetReader(id="nr", text="content")([str(folder)])
    assert isinstance(last, Failure)
    assert (last.code, last.path) == ("D108", str(folder))


def test_dataset_without_the_split_is_a_mistake(folder: Path) -> None:
    with pytest.raises(InputError, match="nonsense"):
        list(DatasetReader(split="nonsense")([str(folder)]))


def test_dataset_that_is_no_folder_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="empty"):
        list(DatasetReader()([str(tmp_path / "empty")]))
