"""The Features: what the pipeline and gold are written as loads as it was, with exact numbers."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import zhengwen
from tests.conftest import ROOT
from zhengwen.errors import ConfigError
from zhengwen.schemas import record_types

datasets = pytest.importorskip("datasets")


def load(path: Path, record: str, cache: Path) -> object:
    datasets.disable_progress_bars()
    return datasets.load_dataset(
        "json", data_files=str(path), features=zhengwen.features(record), split="train", cache_dir=str(cache)
    )


@pytest.mark.parametrize("record", [name for name in record_types() if name != "failures"])
def test_features_load_what_was_written(tmp_path: Path, record: str) -> None:
    if record == "gold":
        path = ROOT / "corpus" / "gold" / "test.jsonl"
    else:
        path = tmp_path / "out.jsonl"
        source = tmp_path / "in.jsonl"
        text = "开工\n省长章伯恺在南浔经济开发区说：“安徽栖梧光电科技有限公司年产3GW电池片项目总投资13.9亿元，增长33.33%。”"
        source.write_text(json.dumps({"id": "a", "text": text, "date": "2024-02-23"}), encoding="utf-8")
        zhengwen.run(source, path, config="fast", emit=record)
    rows = load(path, record, tmp_path / "cache")
    written = [json.loads(line, parse_float=Decimal) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == len(written)  # type: ignore[arg-type]
    for row, line in zip(rows, written, strict=True):  # type: ignore[call-overload]
        for key, value in line.items():
            if isinstance(value, str | int | Decimal) and key != "confidence":
                assert (row[key].isoformat() if isinstance(row[key], date) else row[key]) == value
        if "quantities" in line:
            assert [q["value"] for q in row["quantities"]] == [q.get("value") for q in line["quantities"]]


def test_unknown_record_is_named() -> None:
    with pytest.raises(ConfigError, match="nonsense"):
        zhengwen.features("nonsense")
