"""`zhengwen rules`: exit codes, and one line for each mistake."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import ROOT, Ran

Zhengwen = Callable[..., Ran]
EXAMPLES = ROOT / "corpus" / "examples" / "policies.jsonl"


def test_mistakes_are_one_line_and_exit_code_2(zhengwen: Zhengwen, tmp_path: Path) -> None:
    rules = tmp_path / "own.jsonl"
    rules.write_text('{"label": "A", "regex": "(汉|汉汉)+[丁丙]"}\n', encoding="utf-8")
    zhengwen("rules", "explain", "汉", "--rules", "own.jsonl").fails("own.jsonl:1", "takes too long")
    zhengwen("rules", "test", "nosuch.jsonl").fails("nosuch.jsonl", "JSON Lines")
    zhengwen("rules", "learn", EXAMPLES, "--label", "LAKE", "-o", "out.jsonl").fails("no example of LAKE", "POLICY")
    zhengwen("rules", "learn", EXAMPLES, "--label", "A LAKE", "-o", "out.jsonl").fails("A LAKE", "capitals")
    assert not (tmp_path / "out.jsonl").exists()


def test_check_and_test_exit_with_1_for_what_is_wrong(zhengwen: Zhengwen, tmp_path: Path) -> None:
    (tmp_path / "own.jsonl").write_text('{"label": "A", "patern": "x"}\n', encoding="utf-8")
    ran = zhengwen("rules", "check", "own.jsonl")
    assert ran.code == 1 and "own.jsonl:1: error" in ran.out
    example = '{"label": "A", "pattern": "湖", "examples": {"match": ["在【山】上"]}}\n'
    (tmp_path / "own.jsonl").write_text(example, encoding="utf-8")
    ran = zhengwen("rules", "test", "own.jsonl")
    assert ran.code == 1 and "does not find 山" in ran.out


def test_schema_of_rules_fits_the_packaged_ones(zhengwen: Zhengwen) -> None:
    import json

    import jsonschema

    schema = json.loads(zhengwen("schema", "rules").out)
    for line in (ROOT / "configs" / "policies.jsonl").read_text(encoding="utf-8").splitlines():
        jsonschema.Draft202012Validator(schema).validate(json.loads(line))
