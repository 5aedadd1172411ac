"""`zhengwen evaluate`: what it prints and writes, its exit codes, and one line for every mistake."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import regex

from tests.conftest import Ran

Zhengwen = Callable[..., Ran]
Fields = dict[str, Any]
TEXT = "湖州市市长章伯恺在南浔开发区说，全年投资9亿元。"
OFFICIAL, ZONE = {"label": "OFFICIAL", "start": 5, "end": 8}, {"label": "ZONE", "start": 9, "end": 14}
MONEY = {"start": 20, "end": 23, "text": "9亿元", "value": 900000000, "unit": "CNY"}
LINE = regex.compile(r"(\S.*?) +(\d\.\d{3})  (\d\.\d{3})  (\d\.\d{3}) \[(\d\.\d{3}), (\d\.\d{3})\](?:  Δ ([-+]\d\.\d{3}) \[[-+]\d\.\d{3}, [-+]\d\.\d{3}\] p (<?\d\.\d{3}))?")  # fmt: skip
STAGE = """
from spacy.language import Language

@Language.component("failing")
def failing(doc):
    raise RuntimeError("out of numbers")
"""
CONFIG = """
[code]
files = ["stage.py"]

[reader]
@readers = "zhengwen.files.v1"

[layout]
@layouts = "zhengwen.plain.v1"

[nlp]
lang = "zh"
pipeline = ["failing"]

[nlp.tokenizer]
@tokenizers = "zhengwen.chars.v1"

[components]

[components.failing]
factory = "failing"

[writer]
@writers = "zhengwen.jsonl.v1"
"""


def document(id: str, **values: Any) -> Fields:
    return {"id": id, "text": TEXT, "entities": [OFFICIAL, ZONE], "quantities": [MONEY], **values}


def record(id: str, *entities: Fields) -> Fields:
    return {"source": {"id": id}, "entities": list(entities), "quantities": [{**MONEY, "id": "q1"}]}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Gold of four documents, and two outputs: one with errors, one without."""
    write(tmp_path / "gold.jsonl", *map(document, "abcd"))
    write(tmp_path / "out.jsonl", record("a", OFFICIAL), record("b", OFFICIAL, ZONE), record("c"), record("d", ZONE))
    write(tmp_path / "better.jsonl", *(record(id, OFFICIAL, ZONE) for id in "abcd"))
    return tmp_path


def write(path: Path, *rows: Fields | str) -> None:
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def table(ran: Ran) -> dict[str, tuple[str, ...]]:
    """The lines of figures by their measure."""
    found = (match.groups() for line in ran.out.splitlines() if (match := LINE.fullmatch(line)))
    return {str(one[0]): one[1:] for one in found}


def data(folder: Path) -> Fields:
    found: Fields = json.loads((folder / "report.json").read_bytes())
    return found


# What is scored


def test_evaluate_prints_a_table_and_writes_the_report(zhengwen_process: Zhengwen, files: Path) -> None:
    ran = zhengwen_process("evaluate", "gold.jsonl", "--output", "out.jsonl")
    assert (ran.code, ran.err) == (0, "")
    first, *_, last = ran.out.splitlines()
    assert (first, last) == ("out.jsonl: 4 documents", "report: evaluation/report.html")
    found = table(ran)
    assert found["entities strict all"][:3] == ("1.000", "0.500", "0.667")
    assert found["quantities exact"][:5] == ("1.000",) * 5
    assert "entities type all" in found and "entities type ZONE" not in found, (
        "the parts of schemes stand in the report"
    )
    assert {path.name for path in (files / "evaluation").iterdir()} == {"report.json", "report.md", "report.html"}


@pytest.mark.parametrize("option", ["--nlp.batch_size=3", ""])
def test_config_is_run_and_its_values_can_be_set(zhengwen: Zhengwen, files: Path, option: str) -> None:
    ran = zhengwen("evaluate", "gold.jsonl", "--config", "fast", *filter(None, [option]))
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[0] == f"config fast{' --nlp.batch_size 3' if option else ''}: 4 documents"
    assert table(ran)["quantities exact"][2] == "1.000"


def test_value_of_the_config_changes_the_figures(zhengwen: Zhengwen, files: Path) -> None:
    pipeline = '["zhengwen_entities", "zhengwen_resolve"]'
    ran = zhengwen("evaluate", "gold.jsonl", "--config", "fast", "--nlp.pipeline", pipeline)
    assert ran.code == 0, ran.err
    assert table(ran)["quantities found"][:3] == ("0.000",) * 3
    assert table(ran)["entities strict all"][2] != "0.000"


def test_gold_of_several_files_is_one(zhengwen: Zhengwen, files: Path) -> None:
    write(files / "more.jsonl", document("e"))
    ran = zhengwen("evaluate", "gold.jsonl", "more.jsonl", "--output", "out.jsonl")
    assert ran.out.splitlines()[:2] == ["out.jsonl: 5 documents", "1 without a record: e"]
    assert [one["file"] for one in data(files / "evaluation")["gold"]] == ["gold.jsonl", "more.jsonl"]


def test_output_of_run_is_scored_as_its_config_is(zhengwen: Zhengwen, files: Path) -> None:
    write(files / "texts.jsonl", *({"id": id, "text": TEXT} for id in "abcd"))
    assert zhengwen("run", "texts.jsonl", "-o", "made.jsonl", "--config", "fast", "--quiet").code == 0
    output, config = (
        table(zhengwen("evaluate", "gold.jsonl", *how)) for how in (["--output", "made.jsonl"], ["--config", "fast"])
    )
    assert output == config


# Comparisons


def test_against_records_says_how_much_better_they_are(zhengwen: Zhengwen, files: Path) -> None:
    ran = zhengwen("evaluate", "gold.jsonl", "--output", "out.jsonl", "--against", "better.jsonl")
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[0] == "out.jsonl: 4 documents; Δ: better.jsonl"
    found = table(ran)
    assert found["entities strict all"][5] == "+0.333"
    assert found["quantities exact"][5:] == ("+0.000", "1.000")
    assert data(files / "evaluation")["against"] == "better.jsonl"


def test_against_a_config_runs_both(zhengwen: Zhengwen, files: Path) -> None:
    ran = zhengwen("evaluate", "gold.jsonl", "--config", "fast", "--against", "entities")
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[0] == "config fast: 4 documents; Δ: config entities"
    assert table(ran)["quantities exact"][5] == "-1.000"


def test_p_is_never_printed_as_zero(zhengwen: Zhengwen, files: Path) -> None:
    ids = [f"d{number}" for number in range(20)]
    write(files / "gold.jsonl", *map(document, ids))
    write(files / "out.jsonl", *map(record, ids))
    write(files / "better.jsonl", *(record(id, OFFICIAL, ZONE) for id in ids))
    ran = zhengwen("evaluate", "gold.jsonl", "--output", "out.jsonl", "--against", "better.jsonl", "--rounds", 5000)
    assert table(ran)["entities strict all"][5:] == ("+1.000", "<0.001")


# Options


def test_rounds_and_report_are_where_and_how_many(zhengwen: Zhengwen, files: Path) -> None:
    ran = zhengwen("evaluate", "gold.jsonl", "--output", "out.jsonl", "--rounds", 7, "--report", "out/deep")
    assert ran.out.splitlines()[-1] == "report: out/deep/report.html"
    assert data(files / "out" / "deep")["rounds"] == 7
    assert not (files / "evaluation").exists()


def test_quiet_prints_nothing_but_writes(zhengwen: Zhengwen, files: Path) -> None:
    assert zhengwen("evaluate", "gold.jsonl", "--output", "out.jsonl", "--quiet") == Ran(0, "", "")
    assert (files / "evaluation" / "report.html").exists()


def test_same_call_writes_the_same_bytes(zhengwen: Zhengwen, files: Path) -> None:
    for name in ("one", "two"):
        zhengwen("evaluate", "gold.jsonl", "--output", "out.jsonl", "--against", "better.jsonl", "--report", name)
    for path in (files / "one").iterdir():
        assert path.read_bytes() == (files / "two" / path.name).read_bytes()


# Documents that are missing, too many, or failed


def test_documents_that_gold_and_output_do_not_share_are_said(zhengwen: Zhengwen, files: Path) -> None:
    write(files / "out.jsonl", *(record(id, ZONE) for id in ("a", "x", "y", "x")))
    write(files / "better.jsonl", *(record(id, ZONE) for id in "bcdz"))
    ran = zhengwen("evaluate", "gold.jsonl", "--output", "out.jsonl", "--against", "better.jsonl")
    assert ran.code == 0
    assert ran.out.splitlines()[1:5] == [
        "3 without a record: b, c, d",
        "2 not in gold: x, y",
        "1 without a record in Δ: a",
        "1 not in gold in Δ: z",
    ]
    for name in ("report.md", "report.html"):
        text = (files / "evaluation" / name).read_text(encoding="utf-8")
        assert (
            "3 documents have no record in out.jsonl" in text and "1 documents have no record in better.jsonl" in text
        )


def test_long_lists_of_documents_are_cut(zhengwen: Zhengwen, files: Path) -> None:
    write(files / "out.jsonl", record("a"), *map(record, "klmnopq"))
    ran = zhengwen("evaluate", "gold.jsonl", "--output", "out.jsonl")
    assert "7 not in gold: k, l, m, n, o …" in ran.out.splitlines()


@pytest.mark.parametrize(
    "failing", [["--config", "failing.cfg"], ["--output", "out.jsonl", "--against", "failing.cfg"]]
)
def test_documents_that_fail_are_said_and_the_code_is_one(zhengwen: Zhengwen, files: Path, failing: list[str]) -> None:
    (files / "stage.py").write_text(STAGE, encoding="utf-8")
    (files / "failing.cfg").write_text(CONFIG, encoding="utf-8")
    ran = zhengwen("evaluate", "gold.jsonl", *failing)
    assert ran.code == 1, ran
    (line,) = (line for line in ran.out.splitlines() if line.startswith("4 failed"))
    assert "out of numbers" in line
    assert (files / "evaluation" / "report.html").exists()


# Mistakes


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        ([document("a"), "{"], ["gold.jsonl:2", "truncated"]),
        (['{"id": "a", "text": "", "x": ' + "[" * 100_000], ["gold.jsonl:1", "zhengwen schema gold"]),
        ([document("a", entities=[{**ZONE, "end": 99}])], ["gold.jsonl:1", "document 'a'", "entity", "[9, 99)"]),
        ([document("a", quantities=[{**MONEY, "text": "8亿元"}])], ["document 'a'", "'8亿元'", "'9亿元'"]),
        ([document("a", quantities=[{**MONEY, "bound": "over"}])], ["document 'a'", "quantities[0].bound"]),
        ([document("a"), document("a")], ["gold.jsonl:2", "'a' was used before"]),
        ([], ["gold.jsonl", "no gold document"]),
    ],
)
def test_gold_that_is_wrong_is_one_line(
    zhengwen: Zhengwen, files: Path, lines: list[Fields | str], parts: list[str]
) -> None:
    write(files / "gold.jsonl", *lines)
    zhengwen("evaluate", "gold.jsonl", "--output", "out.jsonl").fails("E500", *parts)
    assert not (files / "evaluation").exists()


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["none.jsonl"], ["none.jsonl", "No such file", "expected a file of gold"]),
        (["."], ["Is a directory", "expected a file of gold"]),
        (["gold.jsonl", "--output", "none.jsonl"], ["none.jsonl", "expected an output of zhengwen run"]),
        (["gold.jsonl", "--output", "gold.txt"], ["gold.txt:1", "expected an article record"]),
        (["gold.jsonl", "--output", "out.jsonl", "--against", "none.jsonl"], ["none.jsonl"]),
        (["gold.jsonl", "--output", "out.jsonl", "--against", "nosuch"], ["E200", "nosuch", "default"]),
        (["gold.jsonl", "--output", "other.jsonl"], ["other.jsonl", "no record is of a gold document", "'x'", "'a'"]),
        (["gold.jsonl", "--config", "nosuch"], ["E200", "nosuch", "default"]),
        (["gold.jsonl", "--config", "fast", "--nosuch.key", "1"], ["E200", "nosuch"]),
        (["gold.jsonl", "--config", "fast", "--layout.nosuch", "1"], ["E200", "nosuch"]),
        (["gold.jsonl", "--config", "fast", "--nlp.batch_size"], ["--nlp.batch_size has no value"]),
        (["gold.jsonl", "--nosuch"], ["--nosuch", "expected --section.key VALUE"]),
        (["gold.jsonl", "--output", "out.jsonl", "--nlp.batch_size", "3"], ["--nlp.batch_size", "--output runs none"]),
        (["gold.jsonl", "--output", "out.jsonl", "--report", "gold.jsonl"], ["E400", "gold.jsonl", "--report"]),
        (["gold.jsonl", "--output", "out.jsonl", "--report", "gold.jsonl/deep"], ["E400", "--report"]),
    ],
)
def test_mistakes_are_one_line(zhengwen: Zhengwen, files: Path, arguments: list[str], parts: list[str]) -> None:
    write(files / "gold.txt", "no record")
    write(files / "other.jsonl", record("x"))
    zhengwen("evaluate", *arguments).fails(*parts)
    assert not (files / "evaluation").exists()


@pytest.mark.parametrize("arguments", [[], ["gold.jsonl", "--rounds", "0"], ["gold.jsonl", "--rounds", "many"]])
def test_wrong_call_says_so(zhengwen: Zhengwen, files: Path, arguments: list[str]) -> None:
    ran = zhengwen("evaluate", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err


def test_file_names_of_any_bytes_are_escaped(zhengwen_process: Zhengwen, files: Path) -> None:
    """A name in GBK, as old archives have them."""
    names = [os.fsdecode("新闻".encode("gbk") + ending) for ending in (b".gold.jsonl", b".out.jsonl")]
    try:
        for old, new in zip(("gold.jsonl", "out.jsonl"), names, strict=True):
            (files / old).rename(files / new)
    except OSError:
        pytest.skip("this file system holds UTF-8 names alone")
    ran = zhengwen_process("evaluate", names[0], "--output", names[1], "--against", names[1])
    assert ran.code == 0, ran.err
    assert "\\xd0\\xc2\\xce\\xc5.out.jsonl: 4 documents" in ran.out
    assert data(files / "evaluation")["gold"][0]["file"] == "\\xd0\\xc2\\xce\\xc5.gold.jsonl"
