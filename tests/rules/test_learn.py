"""Learning: what examples give, what a person's decisions keep, and every kind of bad gold."""

import msgspec
import pytest

from tests.conftest import ROOT
from tests.rules.support import found, gold, rule
from zhengwen.errors import ConfigError, GoldError
from zhengwen.gold.documents import GoldDocument, GoldEntity, read
from zhengwen.rules.learn import Learnt, learn
from zhengwen.rules.matcher import Matcher
from zhengwen.rules.read import Line

EXAMPLES = read([ROOT / "corpus" / "examples" / "policies.jsonl"])
LAKES: tuple[str, ...] = (
    "他在【西湖】。",
    "她到【东湖】。",
    "他们在【西湖】划船。",
    "和【西湖】的人",
    "从【西湖】来。",
    "在【西湖】边",
    "到【西湖】去",
    "在【西湖】。",
)
LAKES += (
    "他们从【西湖】走来。",
    "到【西湖】看看。",
    "就在【西湖】。",
    "在【西湖】看雪。",
    "和【西湖】。",
    "对【西湖】说。",
)


@pytest.fixture(scope="module")
def learnt() -> Learnt:
    return learn(EXAMPLES, "POLICY")


def right(rules: Learnt, documents: list[GoldDocument]) -> set[tuple[str, int, int]]:
    matcher = Matcher([Line(one, one.id) for one in rules.rules])
    marked = {(one.id, name.start, name.end) for one in documents for name in one.entities or ()}
    return marked & {(one.id, a, b) for one in documents for a, b, _ in matcher.settle(matcher(one.text))}


def test_thirty_examples_give_few_rules_that_find_others(learnt: Learnt) -> None:
    assert (learnt.names, learnt.right, learnt.wrong) == (30, 30, 0)
    assert len(learnt.rules) < 6
    assert found(learnt.rules, "区里按《青川县河长巡查细则》和小说《江河》巡查。") == ["青川县河长巡查细则"]


def test_each_rule_has_support_precision_and_examples(learnt: Learnt) -> None:
    for one in learnt.rules:
        if one.kind != "edges":
            assert one.support and one.precision and one.precision >= 0.8
            assert one.examples.match and one.id.startswith("policy-")


def test_learning_is_the_same_each_time(learnt: Learnt) -> None:
    assert learn(EXAMPLES, "POLICY") == learnt


def test_struck_rule_is_kept_and_not_learnt_again(learnt: Learnt) -> None:
    last = learnt.rules[-1]
    keep = [*learnt.rules[:-1], msgspec.structs.replace(last, off=True)]
    again = learn(EXAMPLES, "POLICY", keep=keep)
    assert again.rules[: len(keep)] == keep
    assert [one for one in again.rules if one.suffix == last.suffix and one.context == last.context] == [keep[-1]]


def test_struck_name_is_not_learnt_again() -> None:
    names = [one.replace("【东湖】", "【山海关】") for one in LAKES]
    first = learn(gold("SIGHT", *names), "SIGHT")
    assert found(first.rules, "到西湖。") == ["西湖"]
    off = [msgspec.structs.replace(one, off=True) for one in first.rules]
    again = learn(gold("SIGHT", *names), "SIGHT", keep=off)
    assert not {str(one.gazetteer) for one in again.rules[len(off) :]} & {str(one.gazetteer) for one in off}


@pytest.mark.parametrize("size", [8, 16, 24])
def test_more_examples_lose_nothing_that_was_right(size: int) -> None:
    first = learn(EXAMPLES[:size], "POLICY")
    more = learn(EXAMPLES, "POLICY", keep=first.rules)
    assert more.rules[: len(first.rules)] == first.rules
    assert right(first, EXAMPLES) <= right(more, EXAMPLES)
    assert len({one.id for one in more.rules}) == len(more.rules)


def test_a_persons_rule_stays_and_a_doubtful_one_is_named() -> None:
    own = rule(label="POLICY", before=["《"], behind=["》"], length=(2, 30), id="mine")
    some = learn(EXAMPLES, "POLICY", keep=[own])
    assert some.rules[0] == own
    assert [line.partition(" ")[0] for line in some.doubtful] == ["mine"]


@pytest.mark.parametrize(
    ("documents", "label", "error", "parts"),
    [
        (EXAMPLES, "SCENIC AREA", ConfigError, ["SCENIC AREA", "SCENIC_AREA"]),
        (EXAMPLES, "LAKE", GoldError, ["no example of LAKE", "POLICY"]),
        ([GoldDocument(id="a", text="湖")], "LAKE", GoldError, ["no entities"]),
        (
            [
                GoldDocument(id="a", text="游西湖", entities=[GoldEntity(label="LAKE", start=1, end=3)]),
                GoldDocument(id="b", text="游西湖", entities=[]),
            ],
            "LAKE",
            GoldError,
            ["'a' and 'b'", "two ways"],
        ),
        (
            [
                GoldDocument(
                    id="a",
                    text="游西湖",
                    entities=[
                        GoldEntity(label="LAKE", start=0, end=3),
                        GoldEntity(label="LAKE", start=1, end=3),
                    ],
                )
            ],
            "LAKE",
            GoldError,
            ["'a'", "overlaps"],
        ),
    ],
)
def test_bad_gold_is_refused(
    documents: list[GoldDocument], label: str, error: type[Exception], parts: list[str]
) -> None:
    with pytest.raises(error) as raised:
        learn(documents, label)
    assert all(part in str(raised.value) for part in parts), str(raised.value)
    assert "\n" not in str(raised.value)
