"""Ids: unique in a run, with 64 bits of memory each."""

from hypothesis import given, settings
from hypothesis import strategies as st

from zhengwen.records import RawDocument
from zhengwen.runner.ids import Seen, unique


def names(*given: str) -> list[str]:
    return [item.id for item in unique(RawDocument(name, "字", "in.jsonl", "", 1, paged=False) for name in given)]


def test_id_met_again_gets_a_number() -> None:
    assert names("a", "b", "a", "a") == ["a", "b", "a~2", "a~3"]


def test_id_that_looks_numbered_stays_unique() -> None:
    found = names("a~2", "a", "a", "a~2")
    assert found[:2] == ["a~2", "a"] and len(set(found)) == 4


@settings(max_examples=30)
@given(st.lists(st.text(st.characters(), max_size=3), max_size=60))
def test_strings_are_new_once(given: list[str]) -> None:
    seen, known = Seen(), set[str]()
    for name in given:
        assert seen.add(name) == (name not in known)
        known.add(name)


def test_table_grows_without_forgetting() -> None:
    seen = Seen()
    assert all(seen.add(str(number)) for number in range(5000))
    assert not any(seen.add(str(number)) for number in range(5000))
