"""The gold articles of our own: their offsets hold, and the rules do not fall below what they reached on them."""

from collections import Counter

import zhengwen
from tests.conftest import ROOT, lines

GOLD = lines(ROOT / "corpus" / "gold" / "articles.jsonl")


def test_gold_offsets_give_the_text_of_the_entity() -> None:
    for article in GOLD:
        assert all(article["text"][e["start"] : e["end"]] == e["text"] for e in article["entities"])
        named = {entity["text"] for entity in article["entities"]}
        assert all(role["person"] in named for role in article["roles"])


def test_gold_entities_are_found() -> None:
    nlp = zhengwen.load("entities")
    counts: Counter[str] = Counter()
    for article in GOLD:
        gold = {(e["start"], e["end"], e["label"]) for e in article["entities"] if not e["nominal"]}
        optional = {(e["start"], e["end"]) for e in article["entities"] if e["nominal"]}
        found = {(e.start, e.end, e.label) for e in nlp(article["text"])._.entities if not e.nominal}
        found = {entity for entity in found if entity[:2] not in optional}
        counts.update(right=len(gold & found), gold=len(gold), found=len(found))
    assert 2 * counts["right"] / (counts["gold"] + counts["found"]) > 0.9
