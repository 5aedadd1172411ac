"""The gold articles of our own: whole, in order, and as their card says; and what holds CI to the figures on them."""

import hashlib
from collections import Counter

import pytest

from tests.conftest import ROOT
from tests.quality import fallen
from zhengwen.gold.check import check
from zhengwen.gold.documents import TASKS, GoldDocument, read

FOLDER = ROOT / "corpus" / "gold"
SPLITS = ("train", "dev", "test")


@pytest.fixture(scope="module")
def gold() -> dict[str, list[GoldDocument]]:
    return {split: read([FOLDER / f"{split}.jsonl"]) for split in SPLITS}


def test_gold_is_at_least_sixty_articles_of_the_usual_length(gold: dict[str, list[GoldDocument]]) -> None:
    documents = [document for split in SPLITS for document in gold[split]]
    assert len(documents) >= 60
    assert all(300 <= len(document.text) <= 900 for document in documents)
    assert all(document.entities and document.facts is not None for document in documents)
    assert sum(document.words is not None for document in gold["test"]) >= 6
    assert sum(document.articles is not None for document in gold["test"]) >= 4


def test_gold_splits_share_neither_articles_nor_provinces(gold: dict[str, list[GoldDocument]]) -> None:
    ids = Counter(document.id for split in SPLITS for document in gold[split])
    assert set(ids.values()) == {1}
    for one, other in (("dev", "test"),):
        assert not {document.province for document in gold[one]} & {document.province for document in gold[other]}


def test_gold_check_finds_no_error() -> None:
    found = check([FOLDER / f"{split}.jsonl" for split in SPLITS])
    assert [finding for finding in found if finding.severity == "error"] == []


def test_gold_files_are_those_of_the_checksums() -> None:
    rows = (FOLDER / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (row.split("  ") for row in rows)}
    assert sums == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(FOLDER.glob("*.jsonl"))}


def test_gold_card_gives_the_counts(gold: dict[str, list[GoldDocument]]) -> None:
    card = (FOLDER / "README.md").read_text(encoding="utf-8")
    for split in SPLITS:
        documents = gold[split]
        counts = [len(documents), sum(len(document.text) for document in documents)]
        counts += [sum(len(getattr(document, task) or ()) for document in documents) for task in TASKS[:5]]
        assert f"| `{split}.jsonl` | " + " | ".join(f"{count:,}" for count in counts) + " |" in card


def test_quality_fails_on_a_fall_that_chance_does_not_explain() -> None:
    baseline = {"ZONE": {"f1": 0.9, "low": 0.8}, "ORG": {"f1": 0.9, "low": 0.8}, "PLACE": {"f1": 0.9, "low": 0.8}}
    lines = fallen(baseline, {"ZONE": {"f1": 0.79, "low": 0.7}, "ORG": {"f1": 0.81, "low": 0.7}})
    assert [line.partition(":")[0] for line in lines] == ["ZONE", "PLACE"]
