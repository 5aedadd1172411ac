"""Entities under the four schemes of SemEval 2013, by hand and against nervaluate; roles."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nervaluate.evaluator import Evaluator

from tests.evaluation.support import count, entities, gold, misses, nothing, record, sets, share, table
from zhengwen.evaluation.entities import MISSION, SCHEMES

CASES = [pytest.param(*row[1:], id=row[0]) for row in table("entity_schemes")]


@pytest.mark.parametrize(("wanted", "found", "strict", "exact", "partial", "type"), CASES)
def test_entity_schemes(wanted: str, found: str, strict: str, exact: str, partial: str, type: str) -> None:
    counts = count(gold(entities=entities(wanted)), record(entities=entities(found)))
    expected = {}
    for scheme, written in {"strict": strict, "exact": exact, "partial": partial, "type": type}.items():
        correct, incorrect, overlapping, missed, spurious = map(int, written.split())
        actual = correct + incorrect + overlapping + spurious
        possible = correct + incorrect + overlapping + missed
        if actual or possible:
            expected[f"entities {scheme} all"] = sets(correct + overlapping / 2, actual, possible)
    assert {name: one for name, one in counts.items() if name.endswith(" all")} == expected


def test_entities_of_several_records_are_of_one_document() -> None:
    wanted = gold(entities=entities("ZONE 0-4, ORG 6-8"))
    counts = count(wanted, record(entities=entities("ORG 6-8")), record(entities=entities("ZONE 0-4, ZONE 9-11")))
    assert counts["entities strict all"] == sets(2, 3, 2)


def test_entities_of_no_record_are_missed() -> None:
    assert count(gold(entities=entities("ZONE 0-4, ORG 6-8")))["entities strict all"] == sets(0, 0, 2)


def test_entities_of_a_document_without_their_annotation_do_not_count() -> None:
    assert count(gold(), record(entities=entities("ZONE 0-4"))) == {}


def test_entities_are_placed_by_their_source_offsets() -> None:
    shifted = {"label": "ZONE", "start": 0, "end": 4, "source_start": 10, "source_end": 14}
    counts = count(gold(entities=entities("ZONE 10-14")), record(entities=[shifted]))
    assert counts["entities strict ZONE"] == sets(1, 1, 1)


def test_entity_counts_for_its_own_label_on_each_side() -> None:
    """A found ORG in place of a ZONE: one of the found ORG, and one of the asked ZONE."""
    counts = count(gold(entities=entities("ZONE 0-4")), record(entities=entities("ORG 0-4")))
    assert counts == {
        **dict.fromkeys(("entities strict ZONE", "entities type ZONE"), (0, 0, 0, 1)),
        **dict.fromkeys(("entities exact ZONE", "entities partial ZONE"), (0, 0, 1, 1)),
        **dict.fromkeys(("entities strict ORG", "entities type ORG"), (0, 1, 0, 0)),
        **dict.fromkeys(("entities exact ORG", "entities partial ORG"), (1, 1, 0, 0)),
        **dict.fromkeys(("entities strict all", "entities type all"), (0, 1, 0, 1)),
        **dict.fromkeys(("entities exact all", "entities partial all"), (1, 1, 1, 1)),
        **dict.fromkeys(("entities strict mission", "entities type mission"), (0, 0, 0, 1)),
        **dict.fromkeys(("entities exact mission", "entities partial mission"), (0, 0, 1, 1)),
    }


def test_mission_are_officials_zones_and_companies() -> None:
    written = "OFFICIAL 0-2, PERSON 3-5, ZONE 6-8, COMPANY 9-11, ORG 12-14, PLACE 15-17"
    counts = count(gold(entities=entities(written)), record(entities=entities(written)))
    for scheme in SCHEMES:
        assert counts[f"entities {scheme} mission"] == sets(3, 3, 3)
        assert counts[f"entities {scheme} all"] == sets(6, 6, 6)


def test_entity_errors_have_their_cause() -> None:
    document = gold(
        text="南浔区今天报道。省长章伯恺在南浔开发区说，湖州会议。",
        entities=entities("OFFICIAL 10-13, ZONE 14-19, PLACE 0-3"),
    )
    found = entities("PERSON 10-13, ZONE 14-16, ORG 21-23")
    found[0]["by"] = "rule:names"
    assert [(one.cause, one.label, one.gold, one.found, one.sentence, one.by) for one in misses(document, record(entities=found))] == [
        ("label", "OFFICIAL", "章伯恺 OFFICIAL", "章伯恺 PERSON", "省长章伯恺在南浔开发区说，湖州会议。", "rule:names"),
        ("boundary", "ZONE", "南浔开发区 ZONE", "南浔 ZONE", "省长章伯恺在南浔开发区说，湖州会议。", ""),
        ("missed", "PLACE", "南浔区 PLACE", "", "南浔区今天报道。", ""),
        ("spurious", "ORG", "", "湖州 ORG", "省长章伯恺在南浔开发区说，湖州会议。", ""),
    ]  # fmt: skip


# Against nervaluate

LABELS = sorted(MISSION | {"ORG", "PLACE"})
CELL = 8
Entities = list[dict[str, Any]]


@st.composite
def documents(draw: st.DrawFn) -> tuple[Entities, Entities]:
    """Cells of eight characters side by side, in each of which it does not matter which gold one a found one is held
    against: nervaluate takes the first in the order of the output, we the same span and then the longest overlap."""
    wanted, found = [], []
    for cell in range(draw(st.integers(0, 6))):

        def one(start: int, end: int, label: str, cell: int = cell) -> dict[str, Any]:
            return {"label": label, "start": cell * CELL + start, "end": cell * CELL + end}

        label, other = draw(st.sampled_from(LABELS)), draw(st.sampled_from(LABELS))
        left, right = draw(st.integers(0, 3)), draw(st.integers(5, CELL))
        match draw(st.sampled_from(("gold", "found", "both", "twice", "cut", "joined"))):
            case "gold":
                wanted.append(one(left, right, label))
            case "found":
                found.append(one(left, right, label))
            case "both":
                wanted.append(one(left, right, label))
                found.append(one(draw(st.integers(0, 3)), draw(st.integers(5, CELL)), other))
            case "twice":
                wanted.append(one(left, right, label))
                found += [one(left, right, other)] * 2
            case "cut":
                wanted.append(one(left, right, label))
                found += [one(left, 4, other), one(4, right, other)]
            case "joined":
                wanted += [one(left, 4, label), one(4, right, label)]
                found.append(one(left, right, other))
    return wanted, draw(st.permutations(found))


@given(st.lists(documents(), min_size=1, max_size=3))
@settings(max_examples=200, deadline=None)
def test_entities_as_nervaluate_counts_them(pages: list[tuple[Entities, Entities]]) -> None:
    ours: dict[str, list[float]] = {}
    for wanted, found in pages:
        for name, counts in count(gold(entities=wanted), record(entities=found)).items():
            ours[name] = [a + b for a, b in zip(ours.get(name, [0] * 4), counts, strict=True)]
    inclusive = [
        [[{**one, "end": one["end"] - 1} for one in side] for side in sides] for sides in zip(*pages, strict=True)
    ]
    theirs = Evaluator(*inclusive, tags=LABELS, loader="dict").evaluate()
    for scheme, name in {"strict": "strict", "exact": "exact", "partial": "partial", "type": "ent_type"}.items():
        total = theirs["overall"][name]
        right = total.correct + total.partial / 2
        expected = [right, total.actual, right, total.possible]
        assert ours.get(f"entities {scheme} all", [0] * 4) == expected, scheme
    # For a label alone nervaluate drops all others beforehand: only where labels must agree is that the same measure.
    for scheme, name in {"strict": "strict", "type": "ent_type"}.items():
        for label, results in theirs["entities"].items():
            one = results[name]
            assert ours[f"entities {scheme} {label}"] == [one.correct, one.actual, one.correct, one.possible]


# Roles


def offices(written: str) -> list[dict[str, Any]]:
    """`章伯恺: 省长 @ 浙江省 | 江苏省; 李明: 主任?`: | another right organisation (- none), ? optional."""
    found = []
    for one in filter(None, written.split("; ")):
        name, _, rest = one.partition(": ")
        post, _, organisations = rest.partition(" @ ")
        first, *others = [None if part in ("", "-") else part for part in organisations.removesuffix("?").split(" | ")]
        found.append(
            {
                "person": name,
                "post": post.removesuffix("?"),
                "organisation": first,
                "organisation_or": others,
                "optional": one.endswith("?"),
            }
        )
    return found


@pytest.mark.parametrize(
    ("wanted", "found", "roles", "organisation"),
    [
        pytest.param("章伯恺: 省长", "章伯恺: 省长", (1, 1, 1), (1, 1), id="same"),
        pytest.param("", "", (0, 0, 0), None, id="empty"),
        pytest.param("章伯恺: 省长", "", (0, 0, 1), None, id="missed"),
        pytest.param("", "章伯恺: 省长", (0, 1, 0), None, id="spurious"),
        pytest.param("章伯恺: 省长", "章伯恺: 副省长", (0, 1, 1), None, id="other-post"),
        pytest.param("章伯恺: 省长", "章伯: 省长", (0, 1, 1), None, id="other-person"),
        pytest.param("李明: 党委书记、主任", "李明: 党委书记主任", (1, 1, 1), (1, 1), id="marks-do-not-count"),
        pytest.param("李明: 书记; 李明: 主任", "李明: 主任", (1, 1, 2), (1, 1), id="two-posts-one-found"),
        pytest.param("李明: 主任; 王强: 主任", "王强: 主任; 李明: 主任", (2, 2, 2), (2, 2), id="order"),
        pytest.param("李明: 主任", "李明: 主任; 李明: 主任", (1, 1, 1), (1, 1), id="found-twice-counts-once"),
        pytest.param("李明: 主任; 李明: 主任", "李明: 主任", (1, 1, 1), (1, 1), id="gold-twice-counts-once"),
        pytest.param("李明: 主任 @ 商务局", "李明: 主任 @ 商务局; 李明: 主任", (1, 2, 1), (1, 1), id="twice-with-other-organisation"),
        pytest.param("李明: 主任 @ 商务局", "李明: 主任 @ 能源局", (1, 1, 1), (0, 1), id="other-organisation"),
        pytest.param("李明: 主任 @ 省商务厅", "李明: 主任 @ 商务厅", (1, 1, 1), (1, 1), id="part-of-organisation"),
        pytest.param("李明: 主任 @ 商务局", "李明: 主任", (1, 1, 1), (0, 1), id="no-organisation"),
        pytest.param("李明: 主任", "李明: 主任 @ 商务局", (1, 1, 1), (0, 1), id="organisation-too-many"),
        pytest.param("李明: 主任 @ 商务局 | 管委会", "李明: 主任 @ 管委会", (1, 1, 1), (1, 1), id="second-reading"),
        pytest.param("李明: 主任 @ 商务局 | -", "李明: 主任", (1, 1, 1), (1, 1), id="none-is-a-reading"),
        pytest.param("李明: 主任?", "李明: 主任", (0, 0, 0), None, id="optional-found"),
        pytest.param("李明: 主任?", "", (0, 0, 0), None, id="optional-not-found"),
        pytest.param("李明: 主任?; 李明: 书记", "李明: 书记", (1, 1, 1), (1, 1), id="optional-beside-asked"),
    ],
)  # fmt: skip
def test_roles(wanted: str, found: str, roles: tuple[int, int, int], organisation: tuple[int, int] | None) -> None:
    counts = count(gold(roles=offices(wanted)), record(roles=offices(found)))
    assert counts == {
        "roles found": sets(*roles),
        **({"roles organisation": share(*organisation)} if organisation else {}),
    }


def test_role_names_its_person_by_an_entity_of_the_same_record() -> None:
    """Ids are those of a record: e1 is another person in each."""
    first = record(
        entities=[{"id": "e1", "label": "OFFICIAL", "text": "章伯恺"}], roles=[{"person": "e1", "post": "省长"}]
    )
    second = record(
        entities=[{"id": "e1", "label": "PERSON", "text": "李明"}], roles=[{"person": "e1", "post": "主任"}]
    )
    counts = count(gold(roles=offices("章伯恺: 省长; 李明: 主任")), first, second)
    assert counts["roles found"] == sets(2, 2, 2)


def test_role_errors_have_their_cause() -> None:
    document = gold(text="省长章伯恺说。主任李明说。", roles=offices("章伯恺: 省长; 李明: 主任 @ 商务局"))
    found = record(roles=offices("李明: 主任; 王强: 书记"))
    assert [(one.cause, one.start, one.gold, one.found) for one in misses(document, found)] == [
        ("organisation", 9, "李明: 主任 of 商务局", "李明: 主任"),
        ("missed", 2, "章伯恺: 省长", ""),
        ("spurious", 0, "", "王强: 书记"),
    ]


def test_nothing_is_counted_of_empty_gold_and_empty_output() -> None:
    document = gold(entities=[], roles=[], quantities=[], facts=[], projects=[], words=[], articles=[])
    assert nothing(count(document, record()), but=["layout article", "layout title"])
    assert nothing(count(document))
