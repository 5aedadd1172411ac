"""Lexicons of the user's own: what they win over, what they carry on, and every mistake in one."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import zhengwen as package
from tests.conftest import ROOT, Ran, lines
from zhengwen.errors import ConfigError
from zhengwen.records import Entity

Zhengwen = Callable[..., Ran]
Find = Callable[..., list[Entity]]

FACTORY = 'factory = "zhengwen_entities"\n'
KEYS = ("before", "after", "override")


def configure(folder: Path, key: str, value: object) -> Path:
    """A config in `folder` that gives the entity rules a setting."""
    config = (ROOT / "configs" / "entities.cfg").read_text(encoding="utf-8")
    path = folder / "own.cfg"
    setting = f"{FACTORY}{key} = {json.dumps(value, ensure_ascii=False)}\n"
    path.write_text(config.replace(FACTORY, setting), encoding="utf-8")
    return path


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """Finds entities in a text with the files given as (name, content) under one of the settings."""

    def run(text: str, key: str, *files: tuple[str, str]) -> list[Entity]:
        for name, content in files:
            (tmp_path / name).write_text(content, encoding="utf-8")
        nlp = package.load(configure(tmp_path, key, [name for name, _ in files]))
        return list(nlp(text)._.entities)

    return run


def csv(*rows: str) -> tuple[str, str]:
    return "names.csv", "text,label\n" + "\n".join(rows) + "\n"


def pairs(entities: list[Entity]) -> list[tuple[str, str]]:
    return [(entity.text, entity.label) for entity in entities]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "text,label\n青柚谷,ZONE\n"),
        ("a.csv", "\ufefflabel,text\nZONE,青柚谷\n"),
        ("a.csv", "text,label,canonical,key\r\n青柚谷,ZONE,,\r\n"),
        ("a.csv", 'text,label\n"青柚谷","ZONE"\n'),
        ("a.tsv", "text\tlabel\n青柚谷\tZONE\n"),
        ("a.jsonl", '{"text": "青柚谷", "label": "ZONE"}\n\n'),
        ("a.jsonl", '{"text": " 青柚谷 ", "label": "ZONE", "canonical": null, "key": null}'),
    ],
)
def test_lexicon_of_each_kind_is_read(find: Find, key: str, name: str, content: str) -> None:
    (entity,) = find("我们来到青柚谷。", key, (name, content))
    assert (entity.text, entity.label) == ("青柚谷", "ZONE")
    assert (entity.by, entity.confidence, entity.nominal) == (f"user:{name}", 1.0, False)
    assert entity.canonical == "青柚谷"


@pytest.mark.parametrize(
    ("key", "rows", "text", "expected"),
    [
        ("before", ["合肥,ORG"], "他来到合肥。", [("合肥", "ORG")]),
        ("before", ["合肥,ORG"], "合肥市发改委介绍。", [("合肥市发改委", "ORG")]),
        ("before", ["合肥经开区,COMPANY"], "合肥经开区提速。", [("合肥经开区", "COMPANY")]),
        ("before", ["集中开工,POLICY"], "活动以集中开工为题。", [("集中开工", "POLICY")]),
        ("before", ["合肥,-"], "他来到合肥。", []),
        ("before", ["合肥,-"], "合肥市发改委介绍。", [("合肥市发改委", "ORG")]),
        ("after", ["合肥,ORG"], "他来到合肥。", [("合肥", "PLACE")]),
        ("after", ["合肥来客,ORG"], "他是合肥来客。", [("合肥", "PLACE")]),
        ("after", ["放水养鱼,POLICY"], "要放水养鱼。", [("放水养鱼", "POLICY")]),
        ("after", ["合肥,-"], "他来到合肥。", [("合肥", "PLACE")]),
        ("override", ["合肥,ORG"], "合肥市发改委介绍。", [("合肥", "ORG")]),
        ("override", ["合肥市,-"], "合肥市发改委介绍。", []),
        ("override", ["汪思源,COMPANY"], "市长汪思源说。", [("汪思源", "COMPANY")]),
        ("override", ["九江经开区提速,POLICY"], "九江经开区提速。", [("九江经开区提速", "POLICY")]),
    ],
)
def test_lexicon_wins_over_what_its_setting_says(
    find: Find, key: str, rows: list[str], text: str, expected: list[tuple[str, str]]
) -> None:
    assert pairs(find(text, key, csv(*rows))) == expected


@pytest.mark.parametrize("key", KEYS)
def test_lexicon_takes_the_first_then_the_longer_name(find: Find, key: str) -> None:
    found = find("放水养鱼工程。", key, csv("放水,A", "放水养鱼,B", "水养鱼工程,C"))
    assert pairs(found) == [("放水养鱼", "B")]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("label", ["ZONE", "ORG", "COMPANY", "PLACE", "PERSON", "POLICY"])
def test_lexicon_keeps_canonical_and_key(find: Find, key: str, label: str) -> None:
    content = f"text,label,canonical,key\n青柚谷,{label},青柚生态谷,own:17\n"
    (entity,) = find("我们来到青柚谷。", key, ("a.csv", content))
    assert (entity.canonical, entity.key) == ("青柚生态谷", "own:17")


def test_lexicon_label_of_the_user_gets_a_key(find: Find) -> None:
    (entity,) = find("要放水养鱼。", "after", csv("放水养鱼,POLICY"))
    assert entity.key == "policy:放水养鱼"


@pytest.mark.parametrize("name", ["云杉开发谷", "雲杉開發谷"])
@pytest.mark.parametrize("text", ["我们来到云杉开发谷。", "我們來到雲杉開發谷。"])
def test_lexicon_is_found_in_both_scripts(find: Find, name: str, text: str) -> None:
    (entity,) = find(text, "after", csv(f"{name},POLICY"))
    assert entity.text == text[4:9]
    assert entity.canonical == "云杉开发谷"


def test_lexicon_of_a_later_file_replaces_an_earlier(find: Find) -> None:
    first = ("a.csv", "text,label\n青柚谷,ZONE\n石门坳,PLACE\n")
    second = ("b.jsonl", '{"text": "青柚谷", "label": "COMPANY"}')
    found = find("从石门坳到青柚谷。", "before", first, second)
    assert [(e.text, e.label, e.by) for e in found] == [
        ("石门坳", "PLACE", "user:a.csv"),
        ("青柚谷", "COMPANY", "user:b.jsonl"),
    ]


@pytest.mark.parametrize("content", ["text,label\n", "text,label\n\n"])
def test_lexicon_without_entries_changes_nothing(find: Find, content: str) -> None:
    assert pairs(find("他来到合肥。", "override", ("a.csv", content))) == [("合肥", "PLACE")]


def test_lexicon_lies_relative_to_its_config(zhengwen: Zhengwen, tmp_path: Path) -> None:
    folder = tmp_path / "settings" / "lists"
    folder.mkdir(parents=True)
    (folder / "names.csv").write_text("text,label\n青柚谷,ZONE\n", encoding="utf-8")
    (tmp_path / "page.txt").write_text("我们来到青柚谷。", encoding="utf-8")
    config = configure(tmp_path / "settings", "before", ["lists/names.csv"])
    assert zhengwen("run", "page.txt", "-o", "out.jsonl", "--config", config.relative_to(tmp_path)).code == 0
    (row,) = lines(tmp_path / "out.jsonl")
    assert [(e["text"], e["by"]) for e in row["entities"]] == [("青柚谷", "user:names.csv")]


MISTAKES: list[tuple[str, bytes | None, str]] = [
    ("gone.csv", None, "gone.csv"),
    ("a.xlsx", b"text,label\n", "a.xlsx"),
    ("a", b"text,label\n", "a"),
    ("a.csv", b"", "a.csv:1"),
    ("a.csv", "青柚谷,ZONE\n".encode(), "a.csv:1"),
    ("a.csv", b"text\n", "a.csv:1"),
    ("a.tsv", "text,label\n青柚谷,ZONE\n".encode(), "a.tsv:1"),
    ("a.csv", "text,label,colour\n青柚谷,ZONE,red\n".encode(), "a.csv:2"),
    ("a.csv", "text,label\n青柚谷,ZONE\n石门坳,zone\n".encode(), "a.csv:3"),
    ("a.csv", "text,label\n青柚谷,区\n".encode(), "a.csv:2"),
    ("a.csv", "text,label\n青柚谷,\n".encode(), "a.csv:2"),
    ("a.csv", b"text,label\n,ZONE\n", "a.csv:2"),
    ("a.csv", b"text,label\n  ,ZONE\n", "a.csv:2"),
    ("a.csv", "text,label\n青柚谷\n".encode(), "a.csv:2"),
    ("a.csv", "text,label\n青柚谷,ZONE,x\n".encode(), "a.csv:2"),
    ("a.csv", "text,label\n青柚谷,ZONE\n".encode("gbk"), "a.csv"),
    ("a.csv", "text,label\n青柚谷,ZONE\n".encode("utf-16"), "a.csv"),
    ("a.jsonl", b"\n{broken\n", "a.jsonl:2"),
    ("a.jsonl", "青柚谷\n".encode(), "a.jsonl:1"),
    ("a.jsonl", b'["a", "ZONE"]\n', "a.jsonl:1"),
    ("a.jsonl", b"null\n", "a.jsonl:1"),
    ("a.jsonl", b'{"text": "a"}\n', "a.jsonl:1"),
    ("a.jsonl", b'{"label": "ZONE"}\n', "a.jsonl:1"),
    ("a.jsonl", b'{"text": 7, "label": "ZONE"}\n', "a.jsonl:1"),
    ("a.jsonl", b'{"text": null, "label": "ZONE"}\n', "a.jsonl:1"),
    ("a.jsonl", b'{"text": "a", "label": "ZONE", "key": 7}\n', "a.jsonl:1"),
    ("a.jsonl", b'{"text": "a", "label": "ZONE", "colour": "red"}\n', "a.jsonl:1"),
    ("a.jsonl", b'{"text": "a\\nb", "label": "ZONE"}\n', "a.jsonl:1"),
]


@pytest.mark.parametrize(("name", "content", "where"), MISTAKES)
def test_lexicon_mistake_is_named_by_file_and_line(
    tmp_path: Path, name: str, content: bytes | None, where: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        package.load(configure(tmp_path, "before", [name]))
    assert where in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("value", ["names.csv", 7, {"a": 1}, [7], None, [None], True])
def test_lexicon_setting_that_is_no_list_of_paths_is_a_mistake(tmp_path: Path, key: str, value: object) -> None:
    (tmp_path / "names.csv").write_text("text,label\n青柚谷,ZONE\n", encoding="utf-8")
    with pytest.raises(ConfigError):
        package.load(configure(tmp_path, key, value))


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        (["names.csv"], ["E200", "names.csv:2", "zone"]),
        (["gone.csv"], ["E200", "gone.csv"]),
        (["page.txt"], ["E200", "page.txt", ".csv"]),
        (["."], ["E200", "cannot be read"]),
        ("names.csv", ["E200", "names.csv", "list"]),
    ],
)
def test_lexicon_mistake_ends_a_run_in_one_line(
    zhengwen: Zhengwen, tmp_path: Path, value: object, parts: list[str]
) -> None:
    (tmp_path / "names.csv").write_text("text,label\n青柚谷,zone\n", encoding="utf-8")
    (tmp_path / "page.txt").write_text("他来到合肥。", encoding="utf-8")
    config = configure(tmp_path, "before", value)
    zhengwen("run", "page.txt", "-o", "out.jsonl", "--config", config).fails(*parts)
    assert not (tmp_path / "out.jsonl").exists()


def test_lexicon_is_taken_from_the_command_line(zhengwen: Zhengwen, tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("text,label\n青柚谷,ZONE\n", encoding="utf-8")
    (tmp_path / "page.txt").write_text("我们来到青柚谷。", encoding="utf-8")
    option = ("--components.zhengwen_entities.before", '["names.csv"]')
    assert zhengwen("run", "page.txt", "-o", "out.jsonl", "--config", "entities", *option).code == 0
    assert [e["text"] for e in lines(tmp_path / "out.jsonl")[0]["entities"]] == ["青柚谷"]
