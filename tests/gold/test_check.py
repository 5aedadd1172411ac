"""Faults in gold: each is told with its document, place and what; sound gold has none; nothing in a file is an exception."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from zhengwen.errors import GoldError
from zhengwen.gold.check import Finding, check, lines

#       0123456789012345678901234567890123456789
TEXT = "省长章伯恺在南浔经济开发区说，签约项目36个，总投资13.9亿元，增长5%。"
OFFICIAL = {"label": "OFFICIAL", "start": 2, "end": 5, "text": "章伯恺"}
ZONE = {"label": "ZONE", "start": 6, "end": 13, "text": "南浔经济开发区"}
COUNT = {"start": 19, "end": 22, "text": "36个", "value": 36, "unit": "个"}
MONEY = {"start": 26, "end": 32, "text": "13.9亿元", "value": 1390000000, "unit": "CNY"}
SHARE = {"start": 35, "end": 37, "text": "5%", "value": 5, "unit": "%"}
ALL = [COUNT, MONEY, SHARE]
ROLE = {"person": "章伯恺", "post": "省长"}
FACTS: list[dict[str, Any]] = [
    {"quantity": [19, 22], "metric": "签约项目", "kind": "level", "modality": "actual"},
    {"quantity": [26, 32], "metric": "总投资", "kind": "level", "modality": "actual"},
    {"quantity": [35, 37], "metric": "总投资", "kind": "change", "modality": "actual"},
]
SOUND: dict[str, Any] = {
    "id": "a",
    "text": TEXT,
    "date": "2024-02-23",
    "entities": [OFFICIAL, ZONE],
    "roles": [ROLE],
    "quantities": ALL,
    "facts": FACTS,
    "projects": [],
    "words": [[0, 2], [2, 5], [5, 6], [6, 8], [8, 10], [10, 13]],
}


def findings(tmp_path: Path, *documents: Any) -> list[Finding]:
    """What is found in documents, or in lines as they stand, of one file."""
    path = tmp_path / "gold.jsonl"
    rows = [one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode() for one in documents]
    path.write_bytes(b"\n".join(rows))
    return list(check([path]))


def test_sound_gold_has_no_findings(tmp_path: Path) -> None:
    assert findings(tmp_path, SOUND) == []


def fact(number: int, **values: Any) -> dict[str, Any]:
    return {"facts": [one | values if i == number else one for i, one in enumerate(FACTS)]}


@pytest.mark.parametrize(
    ("change", "severity", "code", "span", "said"),
    [
        # offsets
        ({"entities": [OFFICIAL, ZONE | {"start": 5, "end": 12}]}, "error", "offset", (5, 12), "stands at [6, 13)"),
        ({"entities": [OFFICIAL, ZONE | {"end": 99}]}, "error", "offset", (6, 99), "no span of the 38 characters"),
        ({"entities": [OFFICIAL, ZONE | {"start": 13, "end": 13}]}, "error", "offset", (13, 13), "no span"),
        ({"entities": [OFFICIAL | {"text": "李四"}], "roles": []}, "error", "offset", (2, 5), "the text has '章伯恺'"),
        ({"quantities": [*ALL[:2], SHARE | {"start": 34, "end": 36}], "facts": FACTS[:2]}, "error", "offset", (34, 36), "off by -1"),
        ({"text": TEXT + " 浙江 ", "entities": [OFFICIAL, ZONE, {"label": "PLACE", "start": 38, "end": 42, "text": " 浙江 "}]}, "error", "offset", (38, 42), "white space"),
        # overlaps and words
        ({"entities": [OFFICIAL, ZONE, {"label": "PLACE", "start": 6, "end": 8, "text": "南浔"}]}, "error", "overlap", (6, 8), "is inside ZONE '南浔经济开发区'"),
        ({"entities": [OFFICIAL, ZONE, {"label": "PLACE", "start": 12, "end": 14, "text": "区说"}]}, "error", "overlap", (12, 14), "crosses"),
        ({"words": [[0, 2], [2, 5], [6, 13]]}, "error", "words", (6, 13), "'在'"),
        ({"words": [[0, 2], [1, 5], [5, 6]]}, "error", "overlap", (1, 5), "crosses word"),
        # labels, dates, texts
        ({"entities": [OFFICIAL, ZONE | {"label": "zone"}]}, "error", "label", (6, 13), "label 'zone' is none of"),
        ({"entities": [OFFICIAL, ZONE | {"label": "PORT"}]}, "warning", "label", (6, 13), "label 'PORT'"),
        ({"date": "2024年2月"}, "error", "date", (None, None), "no ISO date"),
        ({"text": " ", "entities": [], "roles": [], "quantities": [], "facts": [], "words": []}, "error", "text", (None, None), "empty"),
        ({"id": " "}, "error", "id", (None, None), "the id is empty"),
        ({"entitys": []}, "warning", "key", (None, None), "key 'entitys' is none of gold"),
        ({"entities": [OFFICIAL | {"lable": "x"}, ZONE | {"lable": "y"}]}, "warning", "key", (None, None), "key 'entities.lable'"),
        # people
        ({"entities": [ZONE]}, "error", "role", (None, None), "is no entity"),
        ({"entities": [OFFICIAL | {"label": "ORG"}, ZONE]}, "warning", "role", (None, None), "neither OFFICIAL nor PERSON"),
        ({"roles": [ROLE | {"post": "市长"}]}, "warning", "role", (None, None), "'市长'"),
        # values
        ({"quantities": [COUNT, MONEY | {"value": 139}, SHARE]}, "warning", "value", (26, 32), "the grammar reads 1390000000"),
        ({"quantities": [COUNT, MONEY | {"unit": "USD"}, SHARE]}, "warning", "value", (26, 32), "USD"),
        ({"quantities": [COUNT, MONEY | {"bound": "range"}, SHARE]}, "error", "value", (26, 32), "low and high, no value"),
        ({"quantities": [COUNT, MONEY | {"value": None, "bound": "range", "low": 2, "high": 1}, SHARE]}, "error", "value", (26, 32), "low 2 is not less than high 1"),
        # facts and projects
        (fact(0, quantity=[18, 22]), "error", "fact", (18, 22), "no quantity"),
        (fact(0, metric="引进项目"), "error", "fact", (19, 22), "metric '引进项目' is not in the text"),
        (fact(1, subject="某县"), "error", "fact", (26, 32), "subject '某县'"),
        (fact(1, basis="yoy"), "error", "fact", (26, 32), "basis goes with kind change"),
        ({"facts": FACTS[:2]}, "warning", "fact", (35, 37), "has no fact"),
        ({"facts": [*FACTS, FACTS[2]]}, "warning", "fact", (35, 37), "has 2 facts"),
        ({"projects": [{"name": "光伏项目"}]}, "error", "project", (None, None), "'光伏项目'"),
        # likely omissions
        ({"quantities": ALL[:2], "facts": FACTS[:2]}, "warning", "omission", (35, 37), "'5%'"),
        ({"text": TEXT + "南浔经济开发区很大。"}, "warning", "omission", (38, 45), "is not marked here, but is at 6"),
    ],
)  # fmt: skip
def test_fault_is_told_with_place_and_what(
    tmp_path: Path, change: dict[str, Any], severity: str, code: str, span: tuple[int | None, int | None], said: str
) -> None:
    found = findings(tmp_path, SOUND | change)
    assert (severity, code, *span) in [(one.severity, one.code, one.start, one.end) for one in found], found
    assert any(one.code == code and said in one.message for one in found), found
    assert {one.document for one in found} == {change.get("id", "a")}


@pytest.mark.parametrize(
    "change",
    [
        {"entities": [OFFICIAL, ZONE | {"optional": True}, ZONE | {"label": "ORG", "optional": True}]},
        {"quantities": [COUNT, MONEY, SHARE | {"optional": True}], "facts": FACTS[:2]},
        {"text": TEXT + "《南浔经济开发区规划》。"},
        {"entities": None, "roles": None},
        {"quantities": None, "facts": None},
        {"words": [[0, 2], [2, 5]]},
    ],
    ids=["two readings", "optional", "document's name", "no entities", "no quantities", "words of a part"],
)
def test_what_is_allowed_is_not_told(tmp_path: Path, change: dict[str, Any]) -> None:
    document = {key: value for key, value in (SOUND | change).items() if value is not None}
    assert findings(tmp_path, document) == []


def test_all_faults_of_all_documents_are_told(tmp_path: Path) -> None:
    bad = SOUND | {"date": "?", "entities": [OFFICIAL | {"start": 0}, ZONE | {"label": "x"}], "facts": []}
    found = findings(tmp_path, SOUND, bad | {"id": "b"}, SOUND | {"id": "c"}, bad | {"id": "d"})
    assert [one.document for one in found] == sorted(one.document or "" for one in found)
    assert {(one.document, one.code) for one in found} == {
        (id, code) for id in "bd" for code in ("date", "offset", "label")
    }
    assert {one.where.rpartition(":")[2] for one in found} == {"2", "4"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "truncated"),
        (b"[]", "object"),
        (b"\xff\xfe", ""),
        ('{"id": "a", "text": "\ud800"}'.encode("utf-8", "surrogatepass"), ""),
        (b'{"id": 3}', "id: expected str, got int"),
        (b'{"text": "a"}', "missing required field id; `zhengwen schema gold`"),
        (b"[" * 100_000, ""),
    ],
)
def test_line_that_is_no_gold_document_is_told_and_the_next_checked(tmp_path: Path, line: bytes, said: str) -> None:
    first, second = findings(tmp_path, line, SOUND | {"date": "?"})
    assert (first.document, first.severity, first.code) == (None, "error", "json")
    assert first.where.endswith(":1") and said in first.message and "\n" not in first.message
    assert (second.document, second.code) == ("a", "date")


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        (b"}", "missing required field text"),
        (b', "text": "x", "entities": [{"label": "ORG", "start": "0", "end": 1}]}', "entities[0].start: expected int"),
        (b', "text": "x", "quantities": [{"start": 0, "end": 1, "bound": "over"}]}', "quantities[0].bound"),
    ],
)
def test_line_that_is_no_gold_document_is_told_by_its_id(tmp_path: Path, rest: bytes, said: str) -> None:
    (found,) = findings(tmp_path, b'{"id": "a1"' + rest)
    assert (found.document, found.code) == ("a1", "json")
    assert said in found.message


@pytest.mark.parametrize("written", [json.dumps([SOUND]), json.dumps([SOUND], indent=1)])
def test_array_of_documents_is_told_once(tmp_path: Path, written: str) -> None:
    (found,) = findings(tmp_path, written.encode())
    assert (found.code, found.where[-2:]) == ("json", ":1")
    assert "JSON array" in found.message


def test_id_used_twice_is_told_across_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_text("\n" + json.dumps(SOUND), encoding="utf-8")
    (found,) = check([tmp_path / "one", tmp_path / "two"])
    assert (found.code, found.where) == ("duplicate", f"{tmp_path / 'two'}:2")
    assert f"{tmp_path / 'one'}:2" in found.message


def test_offsets_are_code_points(tmp_path: Path) -> None:
    text = "😀𠮷" + TEXT
    moved = {"label": "ZONE", "start": 8, "end": 15, "text": "南浔经济开发区"}
    assert findings(tmp_path, {"id": "a", "text": text, "entities": [moved]}) == []
    (found,) = findings(tmp_path, {"id": "a", "text": text, "entities": [moved | {"start": 10, "end": 17}]})
    assert "off by +2" in found.message  # what a tool that counts UTF-16 units makes of it


def test_file_without_gold_is_told(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, b"\n \n")
    assert (found.severity, found.code) == ("error", "json")
    with pytest.raises(GoldError, match="none"):
        list(check([tmp_path / "none"]))


def test_lines_count_what_they_list(tmp_path: Path) -> None:
    said = list(lines(findings(tmp_path, SOUND | {"date": "?", "facts": FACTS[:2]})))
    assert len(said) == 3
    assert said[0].endswith("(date)") and " document 'a': error: " in said[0]
    assert " document 'a' [35, 37): warning: " in said[1]
    assert said[2] == "1 error, 1 warning"


def test_our_own_gold_has_no_errors() -> None:
    found = check(ROOT / "corpus" / "gold" / f"{part}.jsonl" for part in ("train", "dev", "test"))
    assert [one for one in found if one.severity == "error"] == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 60) | st.floats() | st.text(max_size=6) | st.just("南浔经济开发区"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
NUMBERS = st.integers(-3, 60)
SPANS = st.lists(
    st.fixed_dictionaries(
        {"label": st.sampled_from(["ZONE", "ORG", "x"]), "start": NUMBERS, "end": NUMBERS},
        optional={"text": st.sampled_from(["", "章伯恺", "在", "没有"]), "optional": st.booleans(), "nominal": st.booleans()},
    ),
    max_size=6,
)  # fmt: skip
VALUES = st.lists(
    st.fixed_dictionaries(
        {"start": NUMBERS, "end": NUMBERS, "text": st.sampled_from(["36个", ""]), "unit": st.sampled_from(["CNY", "个", ""])},
        optional={"value": st.none() | NUMBERS, "low": st.none() | NUMBERS, "bound": st.sampled_from(["exact", "range"])},
    ),
    max_size=4,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(list(SOUND)), JSON, max_size=3), st.none() | SPANS, st.none() | VALUES)
def test_nothing_in_a_document_is_an_exception(
    tmp_path_factory: pytest.TempPathFactory, changes: dict[str, Any], entities: Any, quantities: Any
) -> None:
    given = SOUND | changes
    given |= {key: value for key, value in (("entities", entities), ("quantities", quantities)) if value is not None}
    found = findings(tmp_path_factory.mktemp("check"), json.dumps(given).encode())
    for line in lines(found):
        assert line and "\n" not in line
