"""Shards: every document once, in order, cut by the characters alone."""

from hypothesis import given
from hypothesis import strategies as st

from zhengwen.records import Failure, RawDocument
from zhengwen.runner.shards import shards


def document(number: int, text: str) -> RawDocument:
    return RawDocument(f"d{number}", text, "in.jsonl", f"{hash(text):x}", len(text), paged=False)


@given(st.lists(st.integers(0, 50) | st.none(), max_size=40), st.integers(1, 100))
def test_shards_hold_every_document_once_and_in_order(sizes: list[int | None], characters: int) -> None:
    documents = [
        Failure(f"d{i}", "in.jsonl", "reader", "D101", "empty") if size is None else document(i, "字" * size)
        for i, size in enumerate(sizes)
    ]
    found = list(shards(documents, characters))
    assert [shard.number for shard in found] == list(range(len(found)))
    assert [item for shard in found for item in shard.documents] == documents
    for shard in found[:-1]:
        weights = [1 if isinstance(item, Failure) else 1 + len(item.text) for item in shard.documents]
        assert sum(weights) >= characters > sum(weights[:-1])


def test_digest_tells_texts_ids_order_and_failures_apart() -> None:
    a, b = document(1, "甲"), document(2, "乙")
    failed = Failure("d2", "in.jsonl", "reader", "D101", "empty")
    variants = [[a, b], [b, a], [a], [a, document(2, "丙")], [a, document(3, "乙")], [a, failed]]
    digests = {next(shards(variant, 1000)).digest for variant in variants}
    assert len(digests) == len(variants)
