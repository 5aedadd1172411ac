"""Words where gold has them, and the layout of pages."""

from itertools import accumulate, pairwise
from typing import Any

import pytest

from tests.evaluation.support import count, gold, misses, record, sets, share

TEXT = "全省开发区举行活动。"


def spans(words: str, start: int = 0) -> list[tuple[int, int]]:
    """`全省|开发区` as spans."""
    return list(pairwise(accumulate(map(len, words.split("|")), initial=start))) if words else []


# Words: the example is scored by hand as the bake-offs of SIGHAN do, a word being right if both its ends are.


@pytest.mark.parametrize(
    ("wanted", "found", "counts"),
    [
        pytest.param("全省|开发区|举行|活动|。", "全省|开发区|举行|活动|。", (5, 5, 5), id="same"),
        pytest.param("全省|开发区|举行|活动|。", "全省|开发|区|举行|活动|。", (4, 6, 5), id="cut"),
        pytest.param("全省|开发区|举行|活动|。", "全省|开发区|举行活动|。", (3, 4, 5), id="joined"),
        pytest.param("全省|开发区|举行|活动|。", "全省开|发区举|行活动。", (0, 3, 5), id="all-wrong"),
        pytest.param("全省|开发区|举行|活动|。", "", (0, 0, 5), id="nothing-found"),
        pytest.param("", "", (0, 0, 0), id="empty"),
        pytest.param("", "全省|开发区", (0, 0, 0), id="empty-gold"),
        # Gold may end before the text: what begins after its end does not count, a word across its end is wrong.
        pytest.param("全省|开发区", "全省|开发区|举行|活动|。", (2, 2, 2), id="gold-ends-early"),
        pytest.param("全省|开发区", "全省|开发区举行|活动|。", (1, 2, 2), id="word-across-the-end-of-gold"),
    ],
)
def test_words(wanted: str, found: str, counts: tuple[int, int, int]) -> None:
    found_words = count(gold(text=TEXT, words=spans(wanted)), record(tokens=spans(found)))
    assert found_words == {"words found": sets(*counts)}


def test_word_found_twice_counts_once() -> None:
    both = spans("全省|开发区")
    assert count(gold(text=TEXT, words=both), record(tokens=both * 2)) == {"words found": sets(2, 2, 2)}
    assert count(gold(text=TEXT, words=both), *[record(tokens=both)] * 2) == {"words found": sets(2, 2, 2)}


def test_space_is_no_word() -> None:
    document = gold(text="全省\n开发区\u3000举行", words=[(0, 2), (3, 6), (7, 9)])
    tokens = [(0, 2), (2, 3), (3, 6), (6, 7), (7, 9)]
    assert count(document, record(tokens=tokens)) == {"words found": sets(3, 3, 3)}


def test_words_are_placed_by_the_offset_map() -> None:
    """Two articles of a page: the second is the start of the page, and its words are joined over a line break."""
    document = gold(text="全省开\n发区举行活动", words=[(0, 2), (2, 6), (6, 8), (8, 10)])
    first = record(offsets=[(0, 6, 4)], tokens=[(0, 2), (2, 4)])
    second = record(offsets=[(0, 0, 3), (3, 4, 2)], tokens=[(0, 2), (2, 5)])
    assert count(document, first, second) == {"words found": sets(4, 4, 4)}


# Layout


def article(**parts: Any) -> dict[str, Any]:
    return {"title": "全省开发区举行活动", "paragraphs": ["本报讯今天。", "活动举行。"], **parts}


def found_article(paragraphs: tuple[str, ...] = ("本报讯今天。", "活动举行。"), captions: tuple[str, ...] = (), **parts: Any) -> Any:  # fmt: skip
    blocks, text = [], ""
    for kind, one in [*(("paragraph", one) for one in paragraphs), *(("caption", one) for one in captions)]:
        blocks.append({"kind": kind, "start": len(text), "end": len(text) + len(one)})
        text += one + "\n"
    return record(title=parts.pop("title", "全省开发区举行活动"), text=text, blocks=blocks, **parts)


HEADINGS = dict.fromkeys(("kicker", "subtitle", "section"), (1, 1))
NONE = (0, 0, 0)


def layout(
    title: tuple[int, int, int],
    paragraph: tuple[int, int, int],
    *,
    article: tuple[int, int, int] | None = None,
    byline: tuple[int, int, int] = NONE,
    caption: tuple[int, int, int] = NONE,
    **headings: tuple[int, int],
) -> dict[str, Any]:
    return {
        "layout title": sets(*title),
        "layout article": sets(*(article or title)),
        "layout paragraph": sets(*paragraph),
        "layout byline": sets(*byline),
        "layout caption": sets(*caption),
        **{f"layout {name}": share(*one) for name, one in {**HEADINGS, **headings}.items()},
    }


@pytest.mark.parametrize(
    ("wanted", "found", "expected"),
    [
        pytest.param(article(), found_article(), layout((1, 1, 1), (2, 2, 2)), id="same"),
        pytest.param(article(), found_article(title="全省开发区\n举行 活动"), layout((1, 1, 1), (2, 2, 2)), id="space-does-not-count"),
        pytest.param(article(), found_article(title="开发区举行活动"), layout((0, 1, 1), (2, 2, 2), article=(1, 1, 1)), id="other-title-but-a-paragraph-shared"),
        pytest.param(article(title=None), found_article(title=None), layout((1, 1, 1), (2, 2, 2)), id="no-title-on-both-sides"),
        pytest.param(article(), found_article(("本报讯今天。",)), layout((1, 1, 1), (1, 1, 2)), id="a-paragraph-too-few"),
        pytest.param(article(), found_article(("本报讯今天。", "活动举行。", "广告")), layout((1, 1, 1), (2, 3, 2)), id="a-paragraph-too-many"),
        pytest.param(article(), found_article(("本报讯今天。活动举行。",)), layout((1, 1, 1), (0, 1, 2)), id="two-paragraphs-as-one"),
        pytest.param(article(), found_article(("本报讯今天。", "活动", "举行。")), layout((1, 1, 1), (1, 3, 2)), id="a-paragraph-cut"),
        pytest.param(article(), found_article(("活动举行。", "活动举行。")), layout((1, 1, 1), (1, 2, 2)), id="a-paragraph-twice"),
        pytest.param(article(paragraphs=["一。", "一。"]), found_article(("一。", "一。")), layout((1, 1, 1), (2, 2, 2)), id="a-paragraph-twice-in-gold-too"),
        pytest.param(article(paragraphs=["本报讯。（李明）"]), found_article(("本报讯。",)), layout((1, 1, 1), (1, 1, 1)), id="byline-lifted-out"),
        pytest.param(article(paragraphs=["本报讯。"]), found_article(("本报讯。(李明 王强)",)), layout((1, 1, 1), (1, 1, 1)), id="byline-left-in"),
        pytest.param(article(paragraphs=["本报讯。（一）好。"]), found_article(("本报讯。好。",)), layout((1, 1, 1), (0, 1, 1)), id="brackets-inside-count"),
        pytest.param(article(kicker="大兴调研"), found_article(kicker="大兴调研"), layout((1, 1, 1), (2, 2, 2)), id="kicker"),
        pytest.param(article(kicker="大兴调研"), found_article(), layout((1, 1, 1), (2, 2, 2), kicker=(0, 1)), id="no-kicker"),
        pytest.param(article(), found_article(subtitle="副题"), layout((1, 1, 1), (2, 2, 2), subtitle=(0, 1)), id="subtitle-too-many"),
        pytest.param(article(section="要闻"), found_article(section="综合"), layout((1, 1, 1), (2, 2, 2), section=(0, 1)), id="other-section"),
        pytest.param(article(byline=["李明", "王强"]), found_article(byline=["王强", "章伯恺", "李明"]), layout((1, 1, 1), (2, 2, 2), byline=(2, 3, 2)), id="byline"),
        pytest.param(article(captions=["图为现场。"]), found_article(captions=("图为 现场。",)), layout((1, 1, 1), (2, 2, 2), caption=(1, 1, 1)), id="caption"),
        pytest.param(article(captions=["图为现场。"]), found_article(("本报讯今天。", "活动举行。", "图为现场。")), layout((1, 1, 1), (2, 3, 2), caption=(0, 0, 1)), id="caption-as-paragraph"),
    ],
)  # fmt: skip
def test_layout_of_an_article(wanted: dict[str, Any], found: Any, expected: dict[str, Any]) -> None:
    assert count(gold(articles=[wanted]), found) == expected


OTHER = article(title="商务厅召开会议", paragraphs=["会议今天。"])
FOUND_OTHER = found_article(("会议今天。",), title="商务厅召开会议")
TWO = dict.fromkeys(HEADINGS, (2, 2))


@pytest.mark.parametrize(
    ("wanted", "found", "expected"),
    [
        pytest.param([], [], {"layout title": sets(0, 0, 0), "layout article": sets(0, 0, 0)}, id="empty"),
        pytest.param([article()], [], {"layout title": sets(0, 0, 1), "layout article": sets(0, 0, 1), "layout paragraph": sets(0, 0, 2)}, id="missed"),
        pytest.param([], [found_article()], {"layout title": sets(0, 1, 0), "layout article": sets(0, 1, 0), "layout paragraph": sets(0, 2, 0)}, id="spurious"),
        pytest.param([article(), OTHER], [FOUND_OTHER, found_article()], layout((2, 2, 2), (3, 3, 3), **TWO), id="order"),
        pytest.param([article(), OTHER], [found_article()], layout((1, 1, 2), (2, 2, 3)), id="one-of-two"),
        pytest.param([article()], [found_article(), found_article()], layout((1, 2, 1), (2, 4, 2)), id="found-twice"),
        pytest.param([article(), OTHER], [found_article(("本报讯今天。", "活动举行。", "会议今天。"))], layout((1, 1, 2), (2, 3, 3)), id="two-as-one"),
        pytest.param([article()], [found_article(("本报讯今天。",)), found_article(("活动举行。",), title="活动")], layout((1, 2, 1), (1, 2, 2)), id="cut-in-two"),
        # The title goes before a paragraph shared, whatever the order.
        pytest.param([article()], [found_article(title="活动"), found_article()], layout((1, 2, 1), (2, 4, 2)), id="same-title-first"),
    ],
)  # fmt: skip
def test_layout_of_a_page(wanted: list[dict[str, Any]], found: list[Any], expected: dict[str, Any]) -> None:
    assert count(gold(articles=wanted), *found) == expected


def test_layout_errors_have_their_cause() -> None:
    document = gold(articles=[article(kicker="大兴调研", byline=["李明"]), OTHER])
    found = [found_article(("本报讯今天。", "广告")), found_article(("天气。",), title=None)]
    assert [(one.cause, one.gold, one.found) for one in misses(document, *found)] == [
        ("kicker", "大兴调研", "nothing"),
        ("byline", "李明", ""),
        ("paragraph", "活动举行。", ""),
        ("paragraph", "", "广告"),
        ("missed", "商务厅召开会议", ""),
        ("paragraph", "会议今天。", ""),
        ("spurious", "", "an article without title"),
        ("paragraph", "", "天气。"),
    ]
