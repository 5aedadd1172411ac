"""The promises of DESIGN.md on pages made at random of everything that pages hold."""

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import SAMPLES, documents
from tests.invariants import ENCODER, check, squeeze
from zhengwen.layouts import shapes
from zhengwen.layouts.normal import normal
from zhengwen.pipeline import Pipeline
from zhengwen.records import Article

Run = Callable[..., list[Article]]

FRAGMENTS = (
    "省委副书记、省长章伯恺在南浔经济开发区调研。",
    "市委书记邵启涵，市长汪思源出席，郁承泽、平海川等参加。",
    "全市签约项目36个，总投资128.6亿元，同比增长12.5%，占全省的7.3%",
    "安徽栖梧光电科技有限公司年产3GW电池片项目投资9亿元至12亿元，",
    "预计到2026年，产值突破1.2万亿元，带动就业两万三千余人。",
    "合肥经开区党工委书记、管委会主任巫少白说：“订单排到年底了",
    "中创新航·澜汐200MW/400MWh独立储能项目开工，芜湖市长江大桥通车",
    "贝卡·托尔森总裁说，１３．９亿元已经到位，每亩３００万元/亩。",
    "项目正在洽谈。（下转 03版）",
    "（上接 01版）园区提速，",
    "工人正在安装设备。庄砚 摄",
    "图为签约仪式现场。",
    "（顾念慈 雷鸣远）",
    "（记者 丁 若水）",
    "责任编辑：甲乙",
    "第03版",
    "一、抓好项目建设",
    "开发区",
    "project ALPHA-7 in Hefei grew 12%",
    "😀🚀👩‍👩‍👧 ﬀ ㎡ ½ ①",
    "ＡＢＣ１２３，．",
    "“”（）《》【】",
    "..........",
    "0351-6688990",
)
HEADINGS = ("# 集中开工", "## 抢抓机遇 乘势而上", "### 邵启涵出席", "#### 编者按", "#", "冬修水利", "——工地见闻")
BREAKS = ("", "\n", "\n\n", "\r\n", "\n　　", " ", "\t", "\u2028", "\n\n\n", "\x0b", "\u00a0\n")

pages = st.lists(
    st.tuples(
        st.one_of(
            st.sampled_from(FRAGMENTS),
            st.sampled_from(HEADINGS),
            st.text(max_size=12),
        ),
        st.sampled_from(BREAKS),
    ),
    min_size=1,
    max_size=14,
).map(lambda parts: "".join(text + gap for text, gap in parts).encode("utf-8", "ignore").decode())
pages = pages.filter(str.strip)  # the reader lets no empty document through
modest = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@modest
@given(pages, st.booleans())
def test_invariants_hold_for_pages_by_default(articles: Run, page: str, paged: bool) -> None:
    for article in articles(page, paged=paged):
        check(article, page)


@modest
@given(pages, st.booleans())
def test_invariants_hold_for_pages_by_fast(articles: Run, fast: Pipeline, page: str, paged: bool) -> None:
    for article in articles(page, paged=paged, pipeline=fast):
        check(article, page)


@settings(modest, max_examples=25)
@given(pages)
def test_records_are_the_same_bytes_twice(articles: Run, fast: Pipeline, page: str) -> None:
    first, second = ([ENCODER.encode(a) for a in articles(page, paged=True, pipeline=fast)] for _ in range(2))
    assert first == second


@modest
@given(st.lists(st.tuples(st.sampled_from(FRAGMENTS[:7]), st.sampled_from(BREAKS)), min_size=1, max_size=8))
def test_text_of_a_page_is_all_kept(articles: Run, fast: Pipeline, parts: list[tuple[str, str]]) -> None:
    page = "# 集中开工\n\n" + "".join(text + gap for text, gap in parts)
    kept = Counter(squeeze("".join(a.text for a in articles(page, paged=True, pipeline=fast))))
    assert kept == Counter(squeeze(page.removeprefix("#")))


@modest
@given(pages)
def test_text_of_a_random_page_is_all_kept(articles: Run, fast: Pipeline, page: str) -> None:
    """Nothing of the body is lost but what the lexicon calls furniture or a jump."""
    page = normal(page)
    lines = [line.strip() for line in page.splitlines()]
    body = [line for line in lines if line and not shapes.is_furniture(line) and not shapes.HEADING_MARK.match(line)]
    wanted = Counter(squeeze(shapes.JUMP.sub("", "".join(body))))
    found = Counter(squeeze("".join(article.text for article in articles(page, paged=True, pipeline=fast))))
    assert not wanted - found


@pytest.mark.parametrize(
    "name", sorted(path.name for path in SAMPLES.iterdir() if path.suffix in (".txt", ".md", ".jsonl"))
)
def test_invariants_hold_for_samples(default: Pipeline, name: str) -> None:
    for document in documents(default, SAMPLES / name):
        for article in default.articles(document):
            assert isinstance(article, Article)
            check(article, document.text)
