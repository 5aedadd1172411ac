"""Which candidates are taken: few, and each for what it adds."""

from tests.rules.support import rule
from zhengwen.rules.cover import cover
from zhengwen.rules.evidence import Evidence, Find, Hits, Place

NAMED, ANY = rule(suffix=["公园"], rest="name"), rule(suffix=["公园"])


def seen(one: object, right: range, wrong: range, finds: range, familiar: float) -> Evidence:
    def places(numbers: range) -> list[Place]:
        return [(number, (0, 4)) for number in numbers]

    names = {place: f"第{place[0]}公园" for place in places(right)}
    found = {place: Find(f"第{place[0]}公园", familiar) for place in places(finds)}
    held = Hits(set(places(right)), set())
    return Evidence(one, names, set(places(wrong)), held, (9, 1), found, 10, 0.5)  # type: ignore[arg-type]


def taken(*candidates: Evidence, found: range = range(0)) -> list[object]:
    return [one.rule for one in cover(candidates, {(number, (0, 4)) for number in found}, set(), 0.75)]


def test_the_rule_that_finds_most_is_taken_and_one_that_adds_nothing_is_not() -> None:
    narrow, broad = seen(NAMED, range(4), range(0), range(30), 0.9), seen(ANY, range(9), range(0), range(60), 0.9)
    assert taken(narrow, broad) == [ANY]


def test_a_rule_is_judged_by_what_it_adds() -> None:
    sure = seen(NAMED, range(8), range(0), range(40), 0.9)
    broad = seen(ANY, range(1, 9), range(0), range(400), 0.6)
    assert taken(broad) == [ANY]
    assert taken(sure, broad) == [NAMED]  # one name more, and much else


def test_nothing_is_taken_below_the_floor_or_over_a_name_found_already() -> None:
    assert taken(seen(ANY, range(3), range(10, 20), range(90), 0.2)) == []
    wrong = seen(ANY, range(8), range(30, 31), range(40), 0.9)
    assert taken(wrong) == [ANY]
    assert taken(wrong, found=range(30, 31)) == []
