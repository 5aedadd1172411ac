"""`zhengwen gold check`: problems on standard output, one a line, and an exit code that tells errors from warnings."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran

Zhengwen = Callable[..., Ran]
TEXT = "江州市去年引进资金3亿元。"
PLACE = {"label": "PLACE", "start": 0, "end": 3, "text": "江州市"}
QUANTITY = {"start": 9, "end": 12, "text": "3亿元", "value": 300000000, "unit": "CNY"}


@pytest.mark.parametrize(
    ("document", "code", "severity", "said"),
    [
        ({"entities": [PLACE], "quantities": [QUANTITY]}, 0, None, "0 errors, 0 warnings"),
        ({"entities": [PLACE], "quantities": []}, 0, "warning", "'3亿元'"),
        ({"entities": [PLACE | {"start": 1, "end": 4}]}, 1, "error", "off by +1"),
    ],
    ids=["right", "omission", "offset"],
)
def test_check_says_which_document_and_what(
    zhengwen: Zhengwen, tmp_path: Path, document: dict[str, Any], code: int, severity: str | None, said: str
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a1", "text": TEXT} | document, ensure_ascii=False), encoding="utf-8")
    ran = zhengwen("gold", "check", str(path))
    assert (ran.code, ran.err) == (code, "")
    assert said in ran.out
    if severity:
        assert ran.out.startswith(f"{path}:1: document 'a1'") and f" {severity}: " in ran.out


def test_check_of_no_file_is_the_users_mistake(zhengwen: Zhengwen, tmp_path: Path) -> None:
    ran = zhengwen("gold", "check", str(tmp_path / "none.jsonl"))
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1 and "none.jsonl" in ran.err
