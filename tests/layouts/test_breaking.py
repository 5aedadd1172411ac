"""Broken pages mended: the committed set in tests/specs, and random breakage.

python -m tests.layouts.test_breaking      makes tests/specs/broken_pages.jsonl again
"""

import random
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.breaking import DAMAGE, Page, Whole, break_page, mend, whole_articles
from zhengwen.layouts.newspaper import NewspaperLayout
from zhengwen.layouts.normal import normal
from zhengwen.records import RawDocument

SPEC = Path(__file__).parents[1] / "specs" / "broken_pages.jsonl"
SOURCE = Path(__file__).parents[2] / "corpus" / "samples" / "bulletin.jsonl"
ARTICLES = [article for article in whole_articles(SOURCE.read_bytes()) if len(article.paragraphs[0]) > 30]


class Broken(msgspec.Struct):
    damage: str
    page: str
    articles: list[tuple[str, list[str]]]


def pages() -> list[Broken]:
    return [msgspec.json.decode(line, type=Broken) for line in SPEC.read_bytes().splitlines()]


def test_broken_pages_are_restored() -> None:
    counts: Counter[str] = Counter()
    for broken in pages():
        whole = tuple(Whole(title, tuple(paragraphs)) for title, paragraphs in broken.articles)
        mended = mend(Page(broken.page, whole))
        counts.update(
            paragraphs=mended.paragraphs, of=mended.of_paragraphs, titles=mended.titles, of_titles=mended.of_titles
        )
    assert counts["of"] >= 150
    assert counts["paragraphs"] >= 0.97 * counts["of"]
    assert counts["titles"] >= 0.98 * counts["of_titles"]


@pytest.mark.parametrize("damage", DAMAGE)
def test_each_kind_of_damage_is_mended(damage: str) -> None:
    rng = random.Random(damage)
    mended = [mend(break_page(rng.sample(ARTICLES, 3), damage, rng)) for _ in range(30)]
    paragraphs = sum(page.paragraphs for page in mended) / sum(page.of_paragraphs for page in mended)
    titles = sum(page.titles for page in mended) / sum(page.of_titles for page in mended)
    assert (paragraphs >= 0.95, titles >= 0.98) == (True, True), (paragraphs, titles)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(DAMAGE[1:]), st.integers(0, 2**32))
def test_no_character_is_lost_or_doubled(damage: str, seed: int) -> None:
    rng = random.Random(seed)
    page = break_page(rng.sample(ARTICLES, 3), damage, rng)
    layouts = NewspaperLayout()(RawDocument("page", page.text, "", "", 0, paged=True))
    found = Counter("".join(layout.text for layout in layouts))
    wanted = Counter(normal("".join(article.title + "".join(article.paragraphs) for article in page.articles)))
    extra = found - wanted
    assert not {c: n for c, n in (wanted - found).items() if not c.isspace()}
    if "caption" not in damage:
        assert not {c: n for c, n in extra.items() if not c.isspace()}


def make() -> None:
    rng = random.Random(20261123)
    lines = []
    for damage in DAMAGE:
        for _ in range(2):
            page = break_page(rng.sample(ARTICLES, 4), damage, rng)
            articles = [(article.title, list(article.paragraphs)) for article in page.articles]
            lines.append(msgspec.json.encode(Broken(damage, page.text, articles)))
    SPEC.write_bytes(b"\n".join(lines) + b"\n")


if __name__ == "__main__":
    make()
