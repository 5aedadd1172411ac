"""Quantities at the level of values, facts for each field and whole, and projects."""

from typing import Any

import pytest

from tests.evaluation.support import count, gold, misses, record, sets, share, value

Fields = dict[str, Any]
FIELDS = ("metric", "subject", "kind", "basis", "modality", "time")

# Quantities


def quantities(written: str) -> list[Fields]:
    """`0-4 9 CNY at_least; 6-8 5..8 个; 9-12? 3 %`: span, value; ? is optional. Ids are q1, q2 …"""
    found = []
    for i, one in enumerate(filter(None, written.split("; ")), 1):
        span, _, rest = one.partition(" ")
        start, end = map(int, span.rstrip("?").split("-"))
        found.append({"id": f"q{i}", "start": start, "end": end, "optional": span.endswith("?"), **value(rest)})
    return found


@pytest.mark.parametrize(
    ("wanted", "found", "overlapping", "exact"),
    [
        pytest.param("", "", (0, 0, 0), 0, id="empty"),
        pytest.param("0-4 9 CNY", "0-4 9 CNY", (1, 1, 1), 1, id="same"),
        pytest.param("0-4 9 CNY", "", (0, 0, 1), 0, id="missed"),
        pytest.param("", "0-4 9 CNY", (0, 1, 0), 0, id="spurious"),
        pytest.param("0-4 9 CNY", "4-8 9 CNY", (0, 1, 1), 0, id="adjacent"),
        pytest.param("0-4 9 CNY", "2-8 9 CNY", (1, 1, 1), 1, id="overlap-with-the-same-value"),
        pytest.param("0-4 9 CNY", "0-4 8 CNY", (1, 1, 1), 0, id="other-value"),
        pytest.param("0-4 9 CNY", "0-4 9 USD", (1, 1, 1), 0, id="other-unit"),
        pytest.param("0-4 9 CNY at_least", "0-4 9 CNY", (1, 1, 1), 0, id="other-bound"),
        pytest.param("0-4 9 CNY at_least", "0-4 9 CNY more_than", (1, 1, 1), 1, id="bounds-of-one-kind"),
        pytest.param("0-4 9 MW", "0-4 9000 kW", (1, 1, 1), 1, id="converted"),
        pytest.param("0-4 5..8 个", "0-4 5..8 个", (1, 1, 1), 1, id="range"),
        pytest.param("0-4 5..8 个", "0-1 5 个; 2-4 8 个", (1, 2, 1), 0, id="range-as-two"),
        pytest.param("0-1 5 个; 2-4 8 个", "0-4 5..8 个", (1, 1, 2), 0, id="two-as-range"),
        pytest.param("0-4 9 CNY", "0-4 9 CNY; 0-4 9 CNY", (1, 2, 1), 1, id="found-twice"),
        pytest.param("0-4 9 CNY; 0-4 9 CNY", "0-4 9 CNY", (1, 1, 2), 1, id="gold-twice"),
        pytest.param("0-4 9 CNY; 5-8 3 个", "5-8 3 个; 0-4 9 CNY", (2, 2, 2), 2, id="order"),
        pytest.param("2-8 9 CNY", "0-4 7 个; 2-8 9 CNY", (1, 2, 1), 1, id="same-span-before-overlap"),
        pytest.param("0-8 9 CNY; 0-2 3 个", "0-2 3 个; 0-8 9 CNY", (2, 2, 2), 2, id="nested"),
        pytest.param("0-4? 9 CNY", "0-4 9 CNY", (0, 0, 0), 0, id="optional-found"),
        pytest.param("0-4? 9 CNY", "0-4 8 USD", (0, 0, 0), 0, id="optional-found-with-other-value"),
        pytest.param("0-4? 9 CNY", "", (0, 0, 0), 0, id="optional-not-found"),
        pytest.param("0-4? 9 CNY; 5-8 3 个", "0-4 9 CNY; 5-8 3 个", (1, 1, 1), 1, id="optional-beside-asked"),
        pytest.param("0-4? 9 CNY", "0-4 9 CNY; 0-4 9 CNY", (0, 1, 0), 0, id="optional-found-twice"),
    ],
)
def test_quantities(wanted: str, found: str, overlapping: tuple[int, int, int], exact: int) -> None:
    _, actual, possible = overlapping
    assert count(gold(quantities=quantities(wanted)), record(quantities=quantities(found))) == {
        "quantities found": sets(*overlapping),
        "quantities exact": sets(exact, actual, possible),
    }


def test_quantity_errors_have_their_cause() -> None:
    document = gold(
        text="投资9亿元、5至8个、3%、400兆瓦、10家。",
        quantities=quantities("2-5 900000000 CNY; 6-10 5..8 个; 11-13 3 %; 14-19 400 MW; 20-23 10 家"),
    )
    found = record(quantities=quantities("2-5 9 CNY; 6-10 5..8 家; 11-13 3 % approx; 20-23 10 家; 0-2 1 个"))
    assert [(one.cause, one.gold, one.found) for one in misses(document, found)] == [
        ("value", "9亿元 = 900000000 CNY exact", "9亿元 = 9 CNY exact"),
        ("unit", "5至8个 = 5..8 个 range", "5至8个 = 5..8 家 range"),
        ("bound", "3% = 3 % exact", "3% = 3 % approx"),
        ("missed", "400兆瓦 = 400 MW exact", ""),
        ("spurious", "", "投资 = 1 个 exact"),
    ]


# Facts: of the quantity [2, 5), 9 CNY, if it is not said otherwise

ONE = "2-5 9 CNY"
TWO = "2-5 9 CNY; 8-10 3 个"
FULL: Fields = {
    "metric": "总投资",
    "subject": "独立储能",
    "kind": "change",
    "basis": "yoy",
    "time": "2023年",
    "modality": "planned",
}


def fact(**fields: Any) -> Fields:
    return {"quantity": (2, 5), "metric": "总投资", "subject": "独立储能", **fields}


def found_fact(**fields: Any) -> Fields:
    return {"quantity": "q1", "metric": "总投资", "subject": "独立储能", **fields}


def counted(facts: list[Fields], found: list[Fields], wanted: str = ONE, got: str = ONE) -> dict[str, Any]:
    """What is counted of facts, without the quantities that carry them."""
    document = gold(quantities=quantities(wanted), facts=facts)
    counts = count(document, record(quantities=quantities(got), facts=found))
    return {name.removeprefix("facts "): one for name, one in counts.items() if name.startswith("facts")}


def expected(stated: tuple[int, int, int], whole: int, **fields: tuple[int, int]) -> dict[str, Any]:
    _, found, asked = stated
    return {
        "stated": sets(*stated),
        "whole": sets(whole, found, asked),
        **{field: share(*one) for field, one in fields.items()},
    }


RIGHT = dict.fromkeys(("metric", "subject", "kind", "modality", "time"), (1, 1))
WRONG = dict.fromkeys(("metric", "subject", "kind", "modality", "time"), (0, 1))


@pytest.mark.parametrize(
    ("facts", "found", "stated", "whole", "fields"),
    [
        pytest.param([], [], (0, 0, 0), 0, {}, id="empty"),
        pytest.param([fact()], [found_fact()], (1, 1, 1), 1, RIGHT, id="same"),
        pytest.param([fact()], [], (0, 0, 1), 0, WRONG, id="missed"),
        pytest.param([], [found_fact()], (0, 1, 0), 0, {}, id="spurious"),
        pytest.param([fact()], [found_fact(), found_fact()], (1, 2, 1), 1, RIGHT, id="found-twice"),
        pytest.param([fact(), fact()], [found_fact()], (1, 1, 2), 1, dict.fromkeys(RIGHT, (1, 2)), id="gold-twice"),
        pytest.param([fact()], [found_fact(metric="产值")], (0, 1, 1), 0, RIGHT | {"metric": (0, 1)}, id="other-metric"),
        pytest.param([fact()], [found_fact(metric="投资")], (1, 1, 1), 1, RIGHT, id="metric-alike"),
        pytest.param([fact()], [found_fact(subject="晋中市")], (0, 1, 1), 0, RIGHT | {"subject": (0, 1)}, id="other-subject"),
        pytest.param([fact()], [found_fact(subject=None)], (0, 1, 1), 0, RIGHT | {"subject": (0, 1)}, id="no-subject"),
        pytest.param([fact(subject=None)], [found_fact(subject=None)], (1, 1, 1), 1, RIGHT, id="null-subject"),
        pytest.param([fact()], [found_fact(kind="share")], (1, 1, 1), 0, RIGHT | {"kind": (0, 1)}, id="other-kind"),
        pytest.param([fact()], [found_fact(modality="planned")], (1, 1, 1), 0, RIGHT | {"modality": (0, 1)}, id="other-modality"),
        pytest.param([fact()], [found_fact(time="2023年")], (1, 1, 1), 0, RIGHT | {"time": (0, 1)}, id="time-too-many"),
        pytest.param([fact(time="2023年")], [found_fact(time={"text": "2023年"})], (1, 1, 1), 1, RIGHT, id="time-as-record"),
        pytest.param([fact(time="2023年")], [found_fact(time="2023年")], (1, 1, 1), 1, RIGHT, id="time-as-text"),
        pytest.param([fact(time="2023年")], [found_fact(time={"text": None})], (1, 1, 1), 0, RIGHT | {"time": (0, 1)}, id="no-time"),
        pytest.param([FULL | fact()], [FULL | found_fact()], (1, 1, 1), 1, RIGHT | {"basis": (1, 1)}, id="change"),
        pytest.param([FULL | fact()], [FULL | found_fact(basis="qoq")], (1, 1, 1), 0, RIGHT | {"basis": (0, 1)}, id="other-basis"),
        pytest.param([FULL | fact()], [FULL | found_fact(basis=None)], (1, 1, 1), 0, RIGHT | {"basis": (0, 1)}, id="no-basis"),
        pytest.param([FULL | fact(basis=None)], [FULL | found_fact(basis=None)], (1, 1, 1), 1, RIGHT | {"basis": (1, 1)}, id="null-basis"),
        pytest.param([FULL | fact()], [], (0, 0, 1), 0, WRONG | {"basis": (0, 1)}, id="change-missed"),
        pytest.param([fact()], [found_fact(basis="yoy")], (1, 1, 1), 1, RIGHT, id="basis-is-not-asked-of-a-level"),
        # Other right readings.
        pytest.param([fact(metric="产值", metric_or=["总投资"])], [found_fact()], (1, 1, 1), 1, RIGHT, id="metric-or"),
        pytest.param([fact(metric="产值", metric_or=["产量"])], [found_fact()], (0, 1, 1), 0, RIGHT | {"metric": (0, 1)}, id="no-metric-or"),
        pytest.param([fact(subject="晋中市", subject_or=["独立储能"])], [found_fact()], (1, 1, 1), 1, RIGHT, id="subject-or"),
        pytest.param([fact(subject_or=[None])], [found_fact(subject=None)], (1, 1, 1), 1, RIGHT, id="null-is-a-reading"),
        pytest.param([fact(kind="share", kind_or=["level"])], [found_fact()], (1, 1, 1), 1, RIGHT, id="kind-or"),
        pytest.param([fact(modality="planned", modality_or=["actual"])], [found_fact()], (1, 1, 1), 1, RIGHT, id="modality-or"),
        pytest.param([fact(time="2023年", time_or=[None])], [found_fact()], (1, 1, 1), 1, RIGHT, id="time-or"),
        pytest.param([FULL | fact(basis_or=[None])], [FULL | found_fact(basis=None)], (1, 1, 1), 1, RIGHT | {"basis": (1, 1)}, id="basis-or"),
        # Several facts of one quantity: each gold one takes that with the right metric and subject, else metric alone.
        pytest.param([fact()], [found_fact(metric="产值", kind="share"), found_fact()], (1, 2, 1), 1, RIGHT, id="best-of-two"),
        pytest.param([fact()], [found_fact(subject="晋中市"), found_fact()], (1, 2, 1), 1, RIGHT, id="best-of-two-by-subject"),
        pytest.param([fact()], [found_fact(metric="产值"), found_fact(subject="晋中市")], (0, 2, 1), 0, RIGHT | {"subject": (0, 1)}, id="metric-before-subject"),
        pytest.param([fact(), fact(metric="产值")], [found_fact(metric="产值"), found_fact()], (2, 2, 2), 2, dict.fromkeys(RIGHT, (2, 2)), id="two-in-any-order"),
        pytest.param([fact(), fact(metric="产值")], [found_fact(metric="产值")], (1, 1, 2), 1, RIGHT | {"metric": (1, 2)} | dict.fromkeys(("subject", "kind", "modality", "time"), (2, 2)), id="one-of-two"),
        # What is no fact of a quantity counts as nothing.
        pytest.param([fact()], [found_fact(), found_fact(quantity="q9")], (1, 1, 1), 1, RIGHT, id="of-an-unknown-quantity"),
    ],
)  # fmt: skip
def test_facts(
    facts: list[Fields], found: list[Fields], stated: tuple[int, int, int], whole: int, fields: dict[str, Any]
) -> None:
    assert counted(facts, found) == expected(stated, whole, **fields)


@pytest.mark.parametrize(
    ("wanted", "got", "facts", "found", "result"),
    [
        pytest.param(ONE, "2-5 8 CNY", [fact()], [found_fact()], expected((0, 1, 1), 0), id="value-is-wrong"),
        pytest.param(ONE, "1-6 9 CNY", [fact()], [found_fact()], expected((1, 1, 1), 1, **RIGHT), id="span-is-other"),
        pytest.param(ONE, "7-9 9 CNY", [fact()], [found_fact()], expected((0, 1, 1), 0), id="quantity-is-spurious"),
        pytest.param(ONE, "", [fact()], [], expected((0, 0, 1), 0), id="quantity-is-missed"),
        pytest.param(TWO, TWO, [fact(), fact(quantity=(8, 10))], [found_fact(), found_fact(quantity="q2")], expected((2, 2, 2), 2, **dict.fromkeys(RIGHT, (2, 2))), id="two-quantities"),
        pytest.param(TWO, TWO, [fact()], [found_fact(quantity="q2")], expected((0, 1, 1), 0, **WRONG), id="of-the-other-quantity"),
        pytest.param("2-5? 9 CNY", ONE, [fact()], [found_fact()], expected((0, 0, 0), 0), id="optional-quantity"),
        pytest.param("2-5? 9 CNY", ONE, [], [found_fact()], expected((0, 0, 0), 0), id="optional-quantity-without-fact"),
        pytest.param("2-5? 9 CNY", "4-6 9 CNY", [fact()], [found_fact()], expected((0, 0, 0), 0), id="optional-quantity-found-shifted"),
        pytest.param("2-5? 9 CNY", ONE, [fact()], [], expected((0, 0, 0), 0), id="optional-quantity-without-found-fact"),
        pytest.param("2-5? 9 CNY; 8-10 3 个", TWO, [fact(quantity=(8, 10))], [found_fact(), found_fact(quantity="q2")], expected((1, 1, 1), 1, **RIGHT), id="optional-beside-asked"),
        pytest.param("2-5 9 CNY; 4-6? 1 个", ONE, [fact()], [found_fact()], expected((1, 1, 1), 1, **RIGHT), id="optional-overlaps-asked"),
    ],
)  # fmt: skip
def test_facts_hang_on_their_quantity(
    wanted: str, got: str, facts: list[Fields], found: list[Fields], result: dict[str, Any]
) -> None:
    assert counted(facts, found, wanted, got) == result


def test_facts_of_two_records_keep_to_their_own_quantities() -> None:
    document = gold(quantities=quantities(TWO), facts=[fact(), fact(quantity=(8, 10), metric="产值")])
    first, second = quantities("2-5 9 CNY"), quantities("8-10 3 个")
    counts = count(
        document,
        record(quantities=first, facts=[found_fact()]),
        record(quantities=second, facts=[found_fact(metric="产值")]),
    )
    assert counts["facts whole"] == sets(2, 2, 2)


def test_fact_errors_name_the_field() -> None:
    document = gold(text="投资9亿元，增长。", quantities=quantities(ONE), facts=[FULL | fact()])
    wrong = {"metric": "产值", "subject": None, "kind": "level", "basis": None, "time": None, "modality": None}
    found = record(quantities=quantities(ONE), facts=[{**wrong, "quantity": "q1", "by": "rule:near"}])
    assert [(one.cause, one.start, one.gold, one.found, one.by) for one in misses(document, found)] == [
        ("metric", 2, "总投资", "产值", "rule:near"),
        ("subject", 2, "独立储能 (总投资)", "nothing (产值)", "rule:near"),
        ("kind", 2, "change (总投资)", "level (产值)", "rule:near"),
        ("basis", 2, "yoy (总投资)", "nothing (产值)", "rule:near"),
        ("modality", 2, "planned (总投资)", "nothing (产值)", "rule:near"),
        ("time", 2, "2023年 (总投资)", "nothing (产值)", "rule:near"),
    ]


# Projects

ENTITIES = [
    {"id": "e1", "label": "COMPANY", "text": "申能"},
    {"id": "e2", "label": "COMPANY", "text": "中交"},
    {"id": "e3", "label": "ZONE", "text": "南浔开发区"},
    {"id": "e4", "label": "PLACE", "text": "阳曲县"},
]
STORAGE: Fields = {
    "name": "申能·中交独立储能项目",
    "stage": "signed",
    "companies": ["申能", "中交"],
    "zone": "南浔开发区",
    "place": "阳曲县",
    "investment": "9亿元",
}
FOUND: Fields = {**STORAGE, "companies": ["e1", "e2"], "zone": "e3", "place": "e4", "investment": "f1"}
ALL = dict.fromkeys(("stage", "companies", "zone", "place", "investment"), (1, 1))
BARE: Fields = {"name": "申能·中交独立储能项目"}


@pytest.mark.parametrize(
    ("wanted", "found", "right", "fields"),
    [
        pytest.param([], [], (0, 0, 0), {}, id="empty"),
        pytest.param([STORAGE], [FOUND], (1, 1, 1), ALL, id="same"),
        pytest.param([STORAGE], [STORAGE], (1, 1, 1), ALL, id="names-instead-of-ids"),
        pytest.param([STORAGE], [], (0, 0, 1), {}, id="missed"),
        pytest.param([], [FOUND], (0, 1, 0), {}, id="spurious"),
        pytest.param([STORAGE], [FOUND, FOUND], (1, 2, 1), ALL, id="found-twice"),
        pytest.param([STORAGE, STORAGE], [FOUND], (1, 1, 2), ALL, id="gold-twice"),
        pytest.param([STORAGE], [{**FOUND, "name": "独立储能"}], (1, 1, 1), ALL, id="name-alike"),
        pytest.param([STORAGE], [{**FOUND, "name": "水库工程"}], (0, 1, 1), {}, id="other-name"),
        pytest.param([STORAGE], [BARE], (1, 1, 1), dict.fromkeys(ALL, (0, 1)), id="name-alone"),
        pytest.param([BARE], [FOUND], (1, 1, 1), dict.fromkeys(ALL, (0, 1)), id="fields-too-many"),
        pytest.param([BARE], [BARE], (1, 1, 1), ALL, id="no-fields-on-both-sides"),
        pytest.param([STORAGE], [{**FOUND, "stage": "building"}], (1, 1, 1), ALL | {"stage": (0, 1)}, id="other-stage"),
        pytest.param([STORAGE], [{**FOUND, "companies": ["e2", "e1"]}], (1, 1, 1), ALL, id="companies-in-any-order"),
        pytest.param([STORAGE], [{**FOUND, "companies": ["e1"]}], (1, 1, 1), ALL | {"companies": (0, 1)}, id="a-company-too-few"),
        pytest.param([STORAGE], [{**FOUND, "companies": ["e1", "e2", "e3"]}], (1, 1, 1), ALL | {"companies": (0, 1)}, id="a-company-too-many"),
        pytest.param([STORAGE], [{**FOUND, "zone": "e4"}], (1, 1, 1), ALL | {"zone": (0, 1)}, id="other-zone"),
        pytest.param([STORAGE], [{**FOUND, "place": None}], (1, 1, 1), ALL | {"place": (0, 1)}, id="no-place"),
        pytest.param([STORAGE], [{**FOUND, "investment": "f2"}], (1, 1, 1), ALL | {"investment": (0, 1)}, id="other-investment"),
        # The same name goes before one that is alike, whatever the order.
        pytest.param([STORAGE], [{**BARE, "name": "独立储能项目"}, FOUND], (1, 2, 1), ALL, id="same-name-first"),
        pytest.param([{**STORAGE, "name": "“独立储能”项目"}], [{**FOUND, "name": "独立储能项目"}], (1, 1, 1), ALL, id="quotes"),
    ],
)  # fmt: skip
def test_projects(
    wanted: list[Fields], found: list[Fields], right: tuple[int, int, int], fields: dict[str, Any]
) -> None:
    document = gold(projects=wanted)
    one = record(
        entities=ENTITIES,
        quantities=[{"id": "q1", "text": "9亿元"}, {"id": "q2", "text": "3亿元"}],
        facts=[{"id": "f1", "quantity": "q1"}, {"id": "f2", "quantity": "q2"}],
        projects=found,
    )
    counts = {name: counted for name, counted in count(document, one).items() if name.startswith("projects")}
    assert counts == {
        "projects found": sets(*right),
        **{f"projects {field}": share(*shared) for field, shared in fields.items()},
    }


def test_project_errors_have_their_cause() -> None:
    document = gold(text="昨天，独立储能项目开工；水库工程签约。", projects=[{"name": "独立储能项目", "stage": "started"}, {"name": "水库工程"}])  # fmt: skip
    found = record(projects=[{"name": "独立储能项目", "companies": ["申能", "中交"]}, {"name": "签约"}])
    assert [(one.cause, one.start, one.gold, one.found) for one in misses(document, found)] == [
        ("stage", 3, "独立储能项目: started", "独立储能项目: nothing"),
        ("companies", 3, "独立储能项目: ", "独立储能项目: 申能、中交"),
        ("missed", 12, "水库工程", ""),
        ("spurious", 16, "", "签约"),
    ]
