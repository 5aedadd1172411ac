"""Rule files: what is read, and every mistake in one, named by its line."""

import json
from pathlib import Path

import pytest

from zhengwen.errors import ConfigError
from zhengwen.rules.matcher import Matcher
from zhengwen.rules.read import dump, read


def write(folder: Path, *lines: str) -> Path:
    path = folder / "own.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "line",
    [
        '{"label": "POLICY", "pattern": "停车管理办法", "id": "p"}',
        '{"label": "POLICY", "pattern": [{"TEXT": "管理"}, {"TEXT": "办法"}]}',
        '{"label": "POLICY", "regex": "[一-龥]{2,10}办法"}',
        '{"label": "POLICY", "gazetteer": ["停车办法", "用水条例"]}',
        '{"label": "POLICY", "shape": "《H{2,20}》"}',
        '{"label": "POLICY", "suffix": ["办法"], "length": [4, 20], "chars": "H", "start": "place", "rest": "name"}',
        '{"label": "POLICY", "prefix": ["关于"], "context": {"behind": ["》"]}}',
        '{"label": "POLICY", "context": {"before": ["《"], "behind": ["》"]}, "support": 3, "precision": 0.9, "note": "x"}',
        '{"label": "POLICY", "edges": ["公司"], "inside": ["管理"], "off": true}',
    ],
)
def test_rule_of_each_kind_is_read_and_written_back(tmp_path: Path, line: str) -> None:
    (found,) = read([write(tmp_path, "", line)])
    assert found.number == 2
    written = json.loads(dump([found.rule]))
    assert {key: written[key] for key in json.loads(line)} == json.loads(line)
    assert read([write(tmp_path, dump([found.rule]).decode())])[0].rule == found.rule


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("{", ["own.jsonl:2"]),
        ('{"label": "SCENIC AREA", "pattern": "西湖"}', ["own.jsonl:2", "label", "SCENIC_AREA"]),
        ('{"label": "A"}', ["no rule", "suffix"]),
        ('{"label": "A", "patern": "x"}', ["patern"]),
        ('{"label": "A", "pattern": ""}', ["empty"]),
        ('{"label": "A", "gazetteer": []}', ["gazetteer"]),
        ('{"label": "A", "gazetteer": "nosuch.txt"}', ["nosuch.txt", "cannot be read"]),
        ('{"label": "A", "suffix": ["局"], "shape": "H+"}', ["one of"]),
        ('{"label": "A", "suffix": ["局"], "length": [9, 3]}', ["length", "fewest"]),
        ('{"label": "A", "context": {"before": ["在"]}}', ["before and behind"]),
        ('{"label": "A", "shape": "H{2"}', ["no shape"]),
        ('{"label": "A", "regex": "("}', ["regex"]),
        ('{"label": "A", "regex": "(汉|汉汉)+[丁丙]"}', ["takes too long", "bound"]),
        ('{"label": "A", "pattern": "西湖", "id": "first"}', ["first", "used before", "own.jsonl:1"]),
        ('{"label": "A", "pattern": "x", "precision": 2}', ["precision"]),
    ],
)
def test_mistake_is_named_by_file_and_line(tmp_path: Path, line: str, parts: list[str]) -> None:
    path = write(tmp_path, '{"label": "A", "pattern": "东湖", "id": "first"}', line)
    with pytest.raises(ConfigError) as error:
        read([path])
    assert "own.jsonl:2" in str(error.value)
    assert all(part in str(error.value) for part in parts), str(error.value)
    assert "\n" not in str(error.value)


def test_gazetteer_file_lies_beside_the_rules(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("西湖\n\n东湖\n", encoding="utf-8")
    (line,) = read([write(tmp_path, '{"label": "LAKE", "gazetteer": "names.txt"}')])
    assert line.names() == ["西湖", "东湖"]


def test_file_of_200_000_rules_is_read_and_matched(tmp_path: Path) -> None:
    rows = (f'{{"label":"SHOP","pattern":"{chr(0x4E00 + i // 400)}{chr(0x5E00 + i % 400)}店"}}' for i in range(200_000))
    path = write(tmp_path, *rows)
    matcher = Matcher(read([path]))
    (match,) = matcher("我在一帀店买书。")
    assert matcher.lines[match.rule].rule.pattern == "一帀店"
