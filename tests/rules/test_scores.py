"""What the evidence of a rule says of it: more that is right speaks for it, all else against."""

import pytest

from tests.rules.support import gold, rule
from zhengwen.lexicon import table
from zhengwen.rules.candidates import edges_of, key_of, marked
from zhengwen.rules.evidence import Evidence, Find, Hits, evidence
from zhengwen.rules.scores import precision, traits

PLACES = [(number, (2, 6)) for number in range(20)]
RULE = rule(suffix=["公园"])


def seen(
    right: int, wrong: int = 0, held: int = 0, finds: int = 0, familiar: float = 0.8, longer: float = 10
) -> Evidence:
    names = {place: f"人民{number}公园" for number, place in enumerate(PLACES[:right])}
    found = {place: Find(f"名字{number}", familiar) for number, place in enumerate(PLACES[:finds])}
    return Evidence(
        RULE, names, set(PLACES[19 - wrong : 19]), Hits({*PLACES[:held]}, set()), (9, 2), found, longer, 0.5
    )


def test_every_trait_has_a_weight_and_every_weight_a_trait() -> None:
    assert [row["trait"] for row in table("rule_weights")] == list(traits(seen(3)))


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (seen(1), seen(2)),
        (seen(2), seen(6)),
        (seen(6, wrong=1), seen(6)),
        (seen(4), seen(4, held=3)),
        (seen(4, finds=6, familiar=0.1), seen(4, finds=6, familiar=0.9)),
        (seen(4, finds=18, longer=0.5), seen(4, finds=18, longer=50)),
    ],
)
def test_better_evidence_is_believed_more(less: Evidence, more: Evidence) -> None:
    assert 0 < precision(less) < precision(more) < 1


def test_evidence_is_counted_in_examples_and_in_other_text() -> None:
    documents = marked(gold("PARK", "在【人民公园】散步", "到【中山公园】去", "在【人民公园】。公园很大。"), "PARK")
    texts = ["昨天在北海公园。", "他在人民公园", "公园"]
    found = evidence(documents, "PARK", edges_of(documents, "PARK"), texts)
    wanted = key_of(rule(label="PARK", suffix=["公园"]))
    (one,) = (one for one in found if key_of(one.rule) == wanted)
    assert sorted(one.names.values()) == ["中山公园", "人民公园", "人民公园"]
    assert {find.name for find in one.finds.values()} == {"北海公园", "人民公园"}
    assert one.longer and one.longer < 1
    assert len(one.beyond({place for place, name in one.names.items() if name == "人民公园"}, set()).names) == 1
