"""The other commands: help, version, config, schema."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from tests.conftest import CONFIGS, SAMPLES, Ran, lines

Zhengwen = Callable[..., Ran]


def test_help_lists_every_command(zhengwen: Zhengwen) -> None:
    ran = zhengwen("--help")
    assert ran.code == 0
    assert all(command in ran.out for command in ("run", "evaluate", "gold", "config", "schema"))


@pytest.mark.parametrize(
    "command",
    [
        ["run"],
        ["evaluate"],
        ["gold"],
        ["gold", "check"],
        ["gold", "convert"],
        ["config"],
        ["config", "check"],
        ["config", "show"],
        ["config", "diff"],
        ["schema"],
        ["rules"],
        ["rules", "check"],
        ["rules", "explain"],
        ["rules", "test"],
        ["rules", "learn"],
    ],
)
def test_help_of_each_command_says_what_it_does(zhengwen: Zhengwen, command: list[str]) -> None:
    ran = zhengwen(*command, "--help")
    assert ran.code == 0
    assert len(ran.out.splitlines()) > 4


def test_help_imports_nothing_heavy() -> None:
    code = """
import sys
sys.argv = ["zhengwen", "--help"]
from zhengwen.cli import main
try:
    main()
except SystemExit:
    pass
print({"spacy", "numpy", "confection", "regex"} & set(sys.modules) or "", file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stderr.strip() == ""


def test_console_script_answers_and_refuses(zhengwen_process: Zhengwen) -> None:
    import zhengwen as package

    assert zhengwen_process("--version").out.strip() == f"zhengwen {package.__version__}"
    zhengwen_process("gold", "check", "none.jsonl").fails("none.jsonl", "No such file")


@pytest.mark.parametrize("arguments", [["nonsense"], ["run"], ["run", "a.txt"], ["config", "diff", "default"]])
def test_wrong_call_says_so(zhengwen: Zhengwen, arguments: list[str]) -> None:
    assert zhengwen(*arguments).code == 2


@pytest.mark.parametrize("name", CONFIGS)
def test_config_check_finds_each_packaged_config_right(zhengwen: Zhengwen, name: str) -> None:
    if name == "jieba":
        pytest.importorskip("rjieba")
    ran = zhengwen("config", "check", name)
    assert (ran.code, ran.out.strip().endswith("ok")) == (0, True), ran.err


def test_config_show_gives_a_config_that_can_be_run(zhengwen: Zhengwen, tmp_path: Path) -> None:
    ran = zhengwen("config", "show", "fast", "--nlp.batch_size", "7")
    assert "batch_size = 7" in ran.out
    (tmp_path / "shown.cfg").write_text(ran.out, encoding="utf-8")
    assert zhengwen("config", "check", "shown.cfg").code == 0


def test_config_diff_names_the_keys(zhengwen: Zhengwen) -> None:
    assert zhengwen("config", "diff", "fast", "fast") == Ran(0, "", "")
    ran = zhengwen("config", "diff", "default", "fast")
    assert ran.code == 1
    assert "nlp.tokenizer.model" in ran.out
    assert "zhengwen.sentences.v1" in ran.out


def test_schema_fits_what_is_written(zhengwen: Zhengwen, tmp_path: Path) -> None:
    written = {"articles": "out.jsonl", **{kind: f"out.{kind}.jsonl" for kind in ("entities", "facts", "projects")}}
    emit = [part for kind in written for part in ("--emit", kind)]
    assert zhengwen("run", SAMPLES, "-o", "out.jsonl", *emit, "--config", "fast", "--quiet").code == 0
    for kind, name in written.items():
        validator = jsonschema.Draft202012Validator(json.loads(zhengwen("schema", kind).out))
        rows = lines(tmp_path / name)
        assert rows, kind
        for row in rows:
            validator.validate(row)


def test_schema_fits_the_failures(zhengwen: Zhengwen, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    assert zhengwen("run", "empty.txt", "-o", "out.jsonl", "--config", "fast").code == 1
    schema = json.loads(zhengwen("schema", "failures").out)
    jsonschema.validate(lines(tmp_path / "out.failures.jsonl")[0], schema)


def test_schema_refuses_what_it_would_not_write(zhengwen: Zhengwen) -> None:
    article = json.loads(zhengwen("schema").out)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"schema": "zhengwen/article/1"}, article)
    zhengwen("schema", "nonsense").fails("nonsense", "articles")


def test_explain_shows_why_each_fact_is_as_it_is(zhengwen: Zhengwen) -> None:
    ran = zhengwen("explain", "霍山县签约项目16个，总投资64.8亿元。")
    assert ran.code == 0
    assert "quantity  64.8亿元 = 6480000000 CNY" in ran.out
    assert "entity    霍山县 PLACE" in ran.out
    assert "because" in ran.out and "not" in ran.out
    assert zhengwen("explain", "-", stdin="会议强调，要抓项目。").out.strip() == "no quantity found"


def test_explain_names_a_config_that_is_not_there(zhengwen: Zhengwen) -> None:
    zhengwen("explain", "签约9个", "--config", "nosuch").fails("nosuch")
