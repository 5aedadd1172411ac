"""The worked case in configs/rules.md: every command of the page runs, in order, and does what the page says."""

import shlex
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from tests.conftest import ROOT
from zhengwen.cli import app
from zhengwen.rules.read import read
from zhengwen.rules.records import Rule

PAGE = (ROOT / "configs" / "rules.md").read_text(encoding="utf-8")
COMMANDS = [line.strip() for line in PAGE.splitlines() if line.startswith("    zhengwen ")]


def test_every_command_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    (tmp_path / "rules.cfg").write_text((ROOT / "configs" / "rules.cfg").read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    said = {}
    for command in COMMANDS:
        done = CliRunner().invoke(app, shlex.split(command)[1:])
        assert done.exit_code == 0, (command, done.output, done.exception)
        said[" ".join(command.split()[1:3])] = done.output
    assert len(COMMANDS) == 7
    assert "of 30 examples they find 30, and 0 names that are none" in said["rules learn"]
    assert ", 0 failed" in said["rules test"]
    (policies,) = [
        line.split()
        for line in said["evaluate corpus/examples/policies-test.jsonl"].splitlines()
        if "strict POLICY" in line
    ]
    assert policies[3:6] == ["1.000", "1.000", "1.000"]
    assert "长垣新区租金减免细则 [5, 15) POLICY taken" in said["rules explain"]

    packaged = (ROOT / "configs" / "policies.jsonl").read_text(encoding="utf-8")
    assert (tmp_path / "policies.jsonl").read_text(encoding="utf-8") == packaged


def test_the_page_shows_a_packaged_rule() -> None:
    shown = msgspec.json.decode(PAGE.split("```json\n")[1].split("```")[0], type=Rule)
    (packaged,) = (one.rule for one in read([ROOT / "configs" / "policies.jsonl"]) if one.id == shown.id)
    assert set(shown.examples.match) <= set(packaged.examples.match)
    assert msgspec.structs.replace(shown, examples=packaged.examples) == packaged
