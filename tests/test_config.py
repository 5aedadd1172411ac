"""Configs: each one packaged runs; each mistake in one is named by file, line, section and key."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from msgspec import structs

from tests.conftest import CONFIGS, ROOT, SAMPLES, Ran, documents
from tests.invariants import ENCODER, check
from zhengwen.config import RunConfig, differences, read, split_overrides
from zhengwen.errors import ConfigError
from zhengwen.loading import build
from zhengwen.records import Article

Zhengwen = Callable[..., Ran]
FAST = (
    (ROOT / "configs" / "fast.cfg")
    .read_text(encoding="utf-8")
    .replace('"zhengwen.files.v1"\n', '"zhengwen.files.v1"\nencoding = null\nmax_bytes = 100000000\n')
    .replace('lang = "zh"\n', 'lang = "zh"\nbatch_size = 64\n')
)


@cache
def over_samples(config: str) -> list[Article]:
    return by(read(config))


def by(config: RunConfig) -> list[Article]:
    """The articles of the sample archive by a config; every invariant is checked."""
    pipeline = build(config)
    found: list[Article] = []
    for document in documents(pipeline, SAMPLES):
        for article in pipeline.articles(document):
            assert isinstance(article, Article), article
            check(article, document.text)
            found.append(article)
    return found


@pytest.mark.parametrize("config", CONFIGS)
def test_config_runs_over_the_samples(config: str) -> None:
    if config == "jieba":
        pytest.importorskip("rjieba")
    assert len(over_samples(config)) > 15


def test_fast_finds_what_default_finds_without_the_entity_model() -> None:
    rules = read("default", {"nlp.pipeline": read("fast").values["nlp"]["pipeline"]})
    for one, other in zip(by(rules), over_samples("fast"), strict=True):
        assert ENCODER.encode(structs.replace(one, tokens=[])) == ENCODER.encode(structs.replace(other, tokens=[]))
    assert any(entity.by.startswith("model:") for article in over_samples("default") for entity in article.entities)


def test_entities_and_numbers_find_only_their_own() -> None:
    assert not any(article.quantities or article.facts for article in over_samples("entities"))
    assert not any(article.entities or article.roles for article in over_samples("numbers"))
    assert any(article.entities for article in over_samples("entities"))
    assert any(article.facts for article in over_samples("numbers"))


def test_own_stage_adds_what_its_file_says() -> None:
    pipeline = build(read(ROOT / "configs" / "own-stage.cfg"))
    doc = pipeline.nlp("金滩新城签约项目9个。")
    assert [(entity.text, entity.label) for entity in doc._.entities] == [("金滩新城", "ZONE")]


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("[writer]", "[wrietr]", ["wrietr", "writer"]),
        ("[writer]", "[more]\nx = 1\n\n[writer]", ["[more]", "unknown section", "components"]),
        ('@readers = "zhengwen.files.v1"', "", ["[reader] @readers", "missing"]),
        ('"zhengwen.files.v1"', '"zhengwen.flies.v1"', ["[reader] @readers", "zhengwen.flies.v1", "zhengwen.files.v1"]),
        ('"zhengwen.auto.v1"', '"nonsense.v1"', ["[layout] @layouts", "nonsense.v1", "zhengwen.plain.v1"]),
        ('"zhengwen.jsonl.v1"', '"nonsense.v1"', ["[writer] @writers", "nonsense.v1", "zhengwen.jsonl.v1"]),
        (
            '"zhengwen.sentences.v1"',
            '"nonsense.v1"',
            ["[nlp.tokenizer] @tokenizers", "nonsense.v1", "zhengwen.chars.v1"],
        ),
        ('"zhengwen.auto.v1"', '"zhengwen.auto.v1"\nfold = 1', ["[layout] fold", "unknown key"]),
        ('"zhengwen.jsonl.v1"', '"zhengwen.jsonl.v1"\nindent = 2', ["[writer] indent", "unknown key"]),
        ("max_bytes", "max_bites", ["[reader] max_bites", "unknown key", "max_bytes"]),
        ("max_bytes = 100000000", 'max_bytes = "much"', ["[reader] max_bytes", "int"]),
        ("encoding = null", 'encoding = "gb99"', ["[reader]", "gb99"]),
        ("batch_size", "batch_seize", ["[nlp] batch_seize", "unknown key", "batch_size"]),
        ("batch_size = 64", 'batch_size = "many"', ["[nlp] batch_size", "int"]),
        ('lang = "zh"', 'lang = "en"', ["[nlp]", "lang"]),
        ('"zhengwen.sentences.v1"', '"zhengwen.chars.v1"\nmodel = "x"', ["[nlp.tokenizer] model"]),
        ('"zhengwen_facts", ', '"zhengwen_fcats", ', ["[nlp] pipeline", "zhengwen_fcats", "zhengwen_facts"]),
        ('factory = "zhengwen_facts"', 'factory = "facts"', ["[components.zhengwen_facts] factory", "facts"]),
        ('factory = "zhengwen_facts"', "", ["[components.zhengwen_facts] factory"]),
        (
            'factory = "zhengwen_facts"',
            'factory = "zhengwen_facts"\nx = 1',
            ["[components.zhengwen_facts] x", "unknown key"],
        ),
        ('pipeline = ["zhengwen_entities", ', 'pipeline = "all" #', ["[nlp] pipeline", "list"]),
        ("[reader]", '[code]\nfiles = ["none.py"]\n\n[reader]', ["[code] files", "none.py"]),
        ("[reader]", '[code]\nfiles = "none.py"\n\n[reader]', ["[code] files", "list"]),
        ("[reader]", '[code]\nflies = ["none.py"]\n\n[reader]', ["[code] flies", "files"]),
        ("[reader]", '[code]\nfiles = ["raises.py"]\n\n[reader]', ["[code] files", "raises.py", "no such module"]),
        ("[reader]", '[code]\nfiles = ["broken.py"]\n\n[reader]', ["[code] files", "broken.py", "SyntaxError"]),
        ("[reader]", "[reader", ["bad.cfg"]),
        ("max_bytes = 100000000", "max_bytes = ${nlp.none}", ["bad.cfg"]),
        ("max_bytes = 100000000", "max_bytes = 1\nmax_bytes = 2", ["bad.cfg", "max_bytes"]),
        ("max_bytes = 100000000", "max_bytes 1", ["bad.cfg"]),
        (FAST, "", ["bad.cfg"]),
        (FAST, "nonsense", ["bad.cfg"]),
    ],
)
def test_config_mistake_is_named(tmp_path: Path, old: str, new: str, parts: list[str]) -> None:
    (tmp_path / "raises.py").write_text("raise RuntimeError('no such\\nmodule')", encoding="utf-8")
    (tmp_path / "broken.py").write_text("def", encoding="utf-8")
    path = tmp_path / "bad.cfg"
    assert old in FAST
    path.write_text(FAST.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        build(read(path))
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    for part in parts:
        assert part in message


def test_config_mistake_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.cfg"
    path.write_text(FAST.replace("batch_size", "batch_seize"), encoding="utf-8")
    number = path.read_text(encoding="utf-8").splitlines().index("batch_seize = 64") + 1
    with pytest.raises(ConfigError, match=f"bad.cfg:{number}: "):
        build(read(path))


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("max_bytes", "max_bites", ["[reader] max_bites", "max_bytes"]),
        ('"zhengwen.sentences.v1"', '"nonsense.v1"', ["[nlp.tokenizer]", "nonsense.v1"]),
        ("[reader]", '[code]\nfiles = ["raises.py"]\n\n[reader]', ["[code] files", "raises.py"]),
        ("[reader]", "[reader", ["bad.cfg"]),
    ],
)
def test_config_mistake_is_one_line_to_the_user(
    zhengwen: Zhengwen, tmp_path: Path, old: str, new: str, parts: list[str]
) -> None:
    (tmp_path / "raises.py").write_text("1 / 0", encoding="utf-8")
    (tmp_path / "bad.cfg").write_text(FAST.replace(old, new, 1), encoding="utf-8")
    (tmp_path / "page.txt").write_text("开工。", encoding="utf-8")
    zhengwen("config", "check", "bad.cfg").fails("bad.cfg", *parts)
    zhengwen("run", "page.txt", "-o", "out.jsonl", "--config", "bad.cfg").fails("bad.cfg", *parts)
    assert not (tmp_path / "out.jsonl").exists()


def test_config_of_no_such_name_lists_the_packaged_ones(zhengwen: Zhengwen) -> None:
    zhengwen("config", "check", "defualt").fails("defualt", *CONFIGS)


def test_model_that_is_missing_names_the_path(zhengwen: Zhengwen, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("开工。", encoding="utf-8")
    zhengwen("run", "page.txt", "-o", "out.jsonl", "--nlp.tokenizer.model", "none").fails("E300", "none")


def test_overrides_are_read_as_json_or_strings() -> None:
    given = [
        "a.txt",
        "--nlp.batch_size",
        "64",
        "--reader.encoding=gb18030",
        "b.txt",
        "--reader.id",
        '"7"',
        "--x.y",
        "[]",
    ]
    overrides = {"nlp.batch_size": 64, "reader.encoding": "gb18030", "reader.id": "7", "x.y": []}
    assert split_overrides(given) == (["a.txt", "b.txt"], overrides)


@pytest.mark.parametrize("given", [["--nonsense"], ["--nonsense=1"], ["--reader.encoding"]])
def test_overrides_that_are_none_are_named(given: list[str]) -> None:
    with pytest.raises(ConfigError, match=given[0].partition("=")[0]):
        split_overrides(given)


def test_override_reaches_the_stage() -> None:
    assert build(read("fast", {"reader.max_bytes": 7})).reader.max_bytes == 7  # type: ignore[attr-defined]


def test_reference_is_resolved_after_the_override(tmp_path: Path) -> None:
    path = tmp_path / "linked.cfg"
    path.write_text(FAST.replace("max_bytes = 100000000", "max_bytes = ${nlp.batch_size}"), encoding="utf-8")
    assert read(path, {"nlp.batch_size": 9}).values["reader"]["max_bytes"] == 9


def test_differences_are_none_between_a_config_and_itself() -> None:
    assert differences(read("default"), read("default")) == []
    assert differences(read("fast"), read("fast", {"nlp.batch_size": 9})) == ["nlp.batch_size: (none) → 9"]
