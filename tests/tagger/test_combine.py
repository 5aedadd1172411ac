"""Which names of the model count beside those of the rules."""

import pytest

from zhengwen.records import Entity
from zhengwen.tagger.combine import candidates
from zhengwen.tagger.model import Found

TEXT = "建行长治分行行长马占福站在金融租赁公司门前"


def entity(name: str, label: str, by: str = "rule:x") -> Entity:
    start = TEXT.index(name)
    end = start + len(name)
    return Entity("e1", label, name, start, end, start, end, False, name, None, by)


def found(name: str, label: str) -> Found:
    start = TEXT.index(name)
    return Found(start, start + len(name), label, 0.9)


@pytest.mark.parametrize(
    ("name", "label", "ruled", "place"),
    [
        ("马占福", "PERSON", [], "gap"),
        ("马", "PERSON", [], None),
        ("建行长治分行", "COMPANY", [("建行", "COMPANY"), ("长治", "PLACE")], "over"),
        ("建行长治分行", "COMPANY", [("建行长治分行", "ORG")], None),
        ("长治分行", "COMPANY", [("建行长治", "COMPANY")], None),
        ("长治", "PLACE", [("长治分行", "COMPANY")], None),
        ("马占福", "PERSON", [("马占福站", "OFFICIAL")], "over"),
        ("马占福", "PERSON", [("马占福", "OFFICIAL")], None),
        ("马占福", "PERSON", [("行长马占福", "COMPANY")], None),
        ("金融租赁公司", "COMPANY", [], None),
    ],
)
def test_candidates_are_those_that_the_rules_leave_room_for(
    name: str, label: str, ruled: list[tuple[str, str]], place: str | None
) -> None:
    over = [entity(*one) for one in ruled]
    kept = list(candidates(TEXT, [found(name, label)], over, []))
    assert [(one.place, one.over) for one in kept] == ([(place, over)] if place else [])


def test_what_is_known_to_be_no_name_stays_so() -> None:
    title = (TEXT.index("行长马"), TEXT.index("马占福"))
    assert not list(candidates(TEXT, [found("分行行长", "COMPANY")], [], [title]))


def test_names_of_a_lexicon_of_the_users_own_are_never_replaced() -> None:
    own = entity("长治", "PLACE", by="user:names.csv")
    assert not list(candidates(TEXT, [found("建行长治分行", "COMPANY")], [own], []))


def test_place_of_a_people_is_no_place() -> None:
    assert list(candidates("美国人到场", [Found(0, 2, "PLACE", 0.9)], [], [])) == []
