"""`zhengwen run` as a user calls it: on good input, on bad input, and on both at once."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran, lines

Zhengwen = Callable[..., Ran]
PAGE = "# 集中开工\n\n5月6日，南浔经济开发区9个项目集中开工，总投资23亿元。\n"
FAST = ("--config", "fast")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_run_writes_files_folders_and_globs(zhengwen: Zhengwen, tmp_path: Path) -> None:
    for name in ("one.txt", "folder/two.md", "folder/three.jsonl", "globbed/four.txt", "globbed/five.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        text = json.dumps({"id": "three", "text": "9家企业签约。"}) if name.endswith("jsonl") else PAGE
        file.write_text(text, encoding="utf-8")
    ran = zhengwen("run", "one.txt", "folder", "globbed/f*.txt", "-o", "out.jsonl", *FAST)
    assert ran.code == 0
    assert [row["source"]["id"] for row in lines(tmp_path / "out.jsonl")] == ["one", "three", "two", "five", "four"]
    assert "5 documents, 5 articles" in ran.err
    assert not (tmp_path / "out.failures.jsonl").exists()


def test_run_emits_one_table(zhengwen: Zhengwen, tmp_path: Path, good: Path) -> None:
    assert zhengwen("run", good, "-o", "out.jsonl", "--emit", "facts", *FAST).code == 0
    assert [row["text"] for row in lines(tmp_path / "out.jsonl")] == ["9个", "23亿元"]
    assert {path.name for path in tmp_path.iterdir()} == {"good.txt", "out.jsonl"}


def test_run_emits_several_tables(zhengwen: Zhengwen, tmp_path: Path, good: Path) -> None:
    kinds = ("articles", "entities", "facts", "projects")
    emit = [part for kind in kinds for part in ("--emit", kind)]
    assert zhengwen("run", good, "-o", "out.jsonl", *emit, "--quiet") == Ran(0, "", "")
    assert lines(tmp_path / "out.jsonl")[0]["schema"] == "zhengwen/article/1"
    assert lines(tmp_path / "out.entities.jsonl")[0]["text"] == "南浔经济开发区"
    assert len(lines(tmp_path / "out.facts.jsonl")) == 2
    assert (tmp_path / "out.projects.jsonl").exists()


def test_run_writes_to_standard_output(zhengwen: Zhengwen, tmp_path: Path, good: Path) -> None:
    ran = zhengwen("run", good, "-o", "-", *FAST)
    assert ran.code == 0
    assert json.loads(ran.out)["title"] == "集中开工"
    assert {path.name for path in tmp_path.iterdir()} == {"good.txt"}


@pytest.mark.parametrize("option", [["--reader.encoding", "big5"], ["--reader.encoding=big5"]])
def test_run_takes_overrides(zhengwen: Zhengwen, tmp_path: Path, option: list[str]) -> None:
    (tmp_path / "page.txt").write_bytes("# 集中開工\n\n會議召開。".encode("big5"))
    assert zhengwen("run", "page.txt", *option, "-o", "out.jsonl", *FAST).code == 0
    assert lines(tmp_path / "out.jsonl")[0]["title"] == "集中開工"


def test_run_takes_options_before_the_input(zhengwen: Zhengwen, tmp_path: Path, good: Path) -> None:
    assert zhengwen("run", "--reader.encoding", "utf-8", *FAST, "-o", "out.jsonl", good).code == 0


def test_run_writes_all_good_documents_beside_bad_ones(zhengwen: Zhengwen, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a-good.txt").write_text(PAGE, encoding="utf-8")
    (folder / "b-empty.txt").write_bytes(b"")
    (folder / "c-binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "d-gbk.txt").write_bytes(PAGE.encode("gbk"))
    (folder / "e-bom.txt").write_bytes(PAGE.encode("utf-8-sig"))
    rows = (
        '{"id": "x", "text": "签约9个项目。"}',
        "{broken",
        '{"id": "y"}',
        '{"text": ""}',
        '{"id": "x", "text": "开工。"}',
    )
    (folder / "f.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (folder / "g-good.md").write_text(PAGE, encoding="utf-8")
    ran = zhengwen("run", "in", "none.txt", "-o", "out.jsonl", *FAST)
    assert ran.code == 1
    written = [row["source"]["id"] for row in lines(tmp_path / "out.jsonl")]
    assert written == ["a-good", "d-gbk", "e-bom", "x", "x~2", "g-good"]
    failed = [(row["id"], row["code"]) for row in lines(tmp_path / "out.failures.jsonl")]
    assert failed == [
        ("b-empty", "D101"),
        ("c-binary", "D102"),
        ("f:2", "D103"),
        ("f:3", "D104"),
        ("f:4", "D101"),
        ("none", "D100"),
    ]
    assert sum(line.startswith("failed: ") for line in ran.err.splitlines()) == 6
    assert "6 documents, 6 articles" in ran.err
    assert "6 failures" in ran.err


@pytest.mark.parametrize(
    ("name", "data"), [("empty.txt", b""), ("binary.md", bytes(range(256))), ("broken.jsonl", b"{")]
)
def test_run_on_one_bad_file_counts_a_failure(zhengwen: Zhengwen, tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    ran = zhengwen("run", name, "-o", "out.jsonl", *FAST)
    assert ran.code == 1
    assert "1 failures" in ran.err
    assert lines(tmp_path / "out.jsonl") == []
    assert len(lines(tmp_path / "out.failures.jsonl")) == 1


def test_run_on_a_missing_file_alone_is_a_mistake(zhengwen: Zhengwen, tmp_path: Path) -> None:
    ran = zhengwen("run", "none.txt", "-o", "out.jsonl", "--quiet", *FAST)
    assert ran.code == 2
    assert "none.txt" in ran.err.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", ["empty", "nothing/*.txt"])
def test_run_on_no_document_is_a_mistake(zhengwen: Zhengwen, tmp_path: Path, given: str) -> None:
    (tmp_path / "empty").mkdir()
    zhengwen("run", given, "-o", "out.jsonl", *FAST).fails("E100", given)
    assert not (tmp_path / "out.jsonl").exists()


def test_run_clears_the_failures_of_an_older_run(zhengwen: Zhengwen, tmp_path: Path, good: Path) -> None:
    (tmp_path / "out.failures.jsonl").write_text("{}\n", encoding="utf-8")
    assert zhengwen("run", good, "-o", "out.jsonl", *FAST).code == 0
    assert not (tmp_path / "out.failures.jsonl").exists()


def test_run_bears_a_file_name_that_is_no_utf8(zhengwen: Zhengwen, tmp_path: Path, good: Path) -> None:
    """Archives unpacked on another system have names in GBK."""
    for name, text in (("页".encode("gbk") + b".txt", PAGE), ("空".encode("gbk") + b".txt", "")):
        (tmp_path / os.fsdecode(name)).write_text(text, encoding="utf-8")
    assert zhengwen("run", ".", "-o", "out.jsonl", *FAST).code == 1
    assert len(lines(tmp_path / "out.jsonl")) == 2
    assert len(lines(tmp_path / "out.failures.jsonl")) == 1


def test_run_does_not_read_its_own_output(zhengwen: Zhengwen, tmp_path: Path, good: Path) -> None:
    written = []
    for _ in range(2):
        assert zhengwen("run", ".", "-o", "out.jsonl", "--quiet", *FAST).code == 0
        written.append((tmp_path / "out.jsonl").read_bytes())
    assert written[0] == written[1]


def test_run_does_not_write_over_its_input(zhengwen: Zhengwen, tmp_path: Path) -> None:
    row = '{"id": "a", "text": "开工。"}\n'
    (tmp_path / "news.jsonl").write_text(row, encoding="utf-8")
    zhengwen("run", "news.jsonl", "-o", "news.jsonl", *FAST).fails("E400", "news.jsonl")
    assert (tmp_path / "news.jsonl").read_text(encoding="utf-8") == row


def test_run_names_a_failures_file_it_cannot_write(zhengwen: Zhengwen, tmp_path: Path, good: Path) -> None:
    (tmp_path / "out.failures.jsonl").mkdir()
    ran = zhengwen("run", good, "none.txt", "-o", "out.jsonl", "--quiet", *FAST)
    assert ran.code in (1, 2)
    assert "out.failures.jsonl" in ran.err


@pytest.mark.parametrize("output", ["missing/out.jsonl", "full", "missing/out", "good.txt/out.jsonl"])
def test_run_names_an_output_it_cannot_write(zhengwen: Zhengwen, tmp_path: Path, good: Path, output: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "other.txt").write_text("", encoding="utf-8")
    zhengwen("run", good, "-o", output, *FAST).fails("E400", output)


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        (["--emit", "tables"], ["E200", "tables", "entities"]),
        (["--emit", "facts", "--emit", "facts"], ["E200", "once"]),
        (["-o", "-", "--emit", "facts", "--emit", "entities"], ["E400", "one --emit"]),
        (["--nonsense"], ["--nonsense"]),
        (["--reader.encoding"], ["--reader.encoding", "no value"]),
        (["--reader.speed", "9"], ["[reader] speed", "max_bytes"]),
        (["--raeder.encoding", "gbk"], ["raeder", "reader"]),
        (["--reader.encoding", "gb99"], ["[reader]", "gb99"]),
        (["--reader.max_bytes", "many"], ["[reader] max_bytes", "int"]),
        (["--nlp.pipeline.x", "1"], ["nlp.pipeline"]),
        (["--components.zhengwen_facts", "3"], ["components", "zhengwen_facts"]),
        (["--layout.@layouts", "[1]"], ["[layout] @layouts"]),
        (["--nlp.tokenizer", "3"], ["[nlp] tokenizer"]),
    ],
)
def test_run_names_a_wrong_option(zhengwen: Zhengwen, good: Path, options: list[str], parts: list[str]) -> None:
    zhengwen("run", good, "-o", "out.jsonl", *FAST, *options).fails(*parts)


def test_run_bears_one_line_of_a_megabyte(zhengwen: Zhengwen, tmp_path: Path) -> None:
    sentence = "市长汪思源在南浔经济开发区说，今年签约项目36个，" + "各地各部门要认真做好各项工作，" * 9
    (tmp_path / "long.txt").write_text(sentence * (1_000_000 // len(sentence.encode())), encoding="utf-8")
    ran = zhengwen("run", "long.txt", "-o", "out.jsonl", *FAST, "--quiet")
    assert (ran.code, ran.err) == (0, "")
    (row,) = lines(tmp_path / "out.jsonl")
    assert len(row["facts"]) == len(row["quantities"]) > 2_000


def test_run_writes_the_same_bytes_twice(
    zhengwen_process: Zhengwen, tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        assert zhengwen_process("run", good, "-o", f"{seed}.jsonl", "--quiet").code == 0
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()


def test_run_stops_at_a_stage_that_fails_only_for_its_document(zhengwen: Zhengwen, tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(STAGE, encoding="utf-8")
    (tmp_path / "own.cfg").write_text(OWN, encoding="utf-8")
    for name, text in (("a", PAGE), ("b", "# 坏\n\n坏字。\n"), ("c", PAGE)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    ran = zhengwen("run", "a.txt", "b.txt", "c.txt", "-o", "out.jsonl", "--config", "own.cfg")
    assert ran.code == 1
    assert [row["source"]["id"] for row in lines(tmp_path / "out.jsonl")] == ["a", "c"]
    (failure,) = lines(tmp_path / "out.failures.jsonl")
    assert (failure["id"], failure["stage"], failure["code"]) == ("b", "picky", "D900")


STAGE = """
from spacy.language import Language

@Language.component("picky")
def picky(doc):
    if "坏" in doc.text:
        raise RuntimeError("two\\nlines")
    return doc
"""
OWN = """
[code]
files = ["own.py"]

[reader]
@readers = "zhengwen.files.v1"

[layout]
@layouts = "zhengwen.newspaper.v1"

[nlp]
lang = "zh"
pipeline = ["picky"]

[nlp.tokenizer]
@tokenizers = "zhengwen.chars.v1"

[components]

[components.picky]
factory = "picky"

[writer]
@writers = "zhengwen.jsonl.v1"
"""
