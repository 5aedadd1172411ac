"""Breaks whole articles as page extraction does, so that a layout can be measured on mending them.

A page is made of articles whose title and paragraphs are known; each kind of damage is one function over its paragraphs.
Cuts fall inside sentences: a cut between two sentences leaves no trace that anything could mend.
"""

import random
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from zhengwen.layouts.auto import AutoLayout
from zhengwen.readers.decode import decode
from zhengwen.records import RawDocument

STOPS = "。！？；：”）"
CAPTIONS = (
    "图为新落成的江畔污水处理厂中控室。 屠绍明 摄",
    "近日，工人在云岭装备制造产业园的车间里组装电机。本报记者 柏青 摄",
    "航拍下的双溪物流园区一期工程。邬可 摄",
)
FURNITURE = (
    "江岭日报",
    "第3版",
    "2021年9月14日 星期二",
    "责任编辑：屠明 版面编辑：柏青",
    "新闻热线：0888-6543210",
    "www.jldaily.example",
    "A03 要闻",
)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


class Whole(NamedTuple):
    title: str
    paragraphs: tuple[str, ...]


class Page(NamedTuple):
    text: str
    articles: tuple[Whole, ...]


def cut_inside(paragraph: str, rng: random.Random) -> tuple[str, str] | None:
    """The two halves of a paragraph cut in mid-sentence; None if it is too short to be cut."""
    places = [i for i in range(8, len(paragraph) - 4) if paragraph[i - 1] not in STOPS and paragraph[i] not in STOPS]
    places = [i for i in places if not paragraph[i - 1].isspace() and not paragraph[i].isspace()]
    if not places:
        return None
    place = rng.choice(places)
    return paragraph[:place], paragraph[place:]


def break_page(articles: Sequence[Whole], damage: str, rng: random.Random) -> Page:
    """A page of the articles with one kind of damage: see `DAMAGE`."""
    if damage == "digits":
        wide = [
            Whole(article.title, tuple(p.translate(FULL_WIDTH) for p in article.paragraphs)) for article in articles
        ]
        return Page("\n\n".join(_blocks(wide, damage, rng)), tuple(articles))
    if damage == "jump":
        return _jump(articles, rng)
    if damage == "html":
        return _html(articles[0], rng)
    return Page("\n\n".join(_blocks(articles, damage, rng)) + "\n", tuple(articles))


def _blocks(articles: Sequence[Whole], damage: str, rng: random.Random) -> list[str]:
    blocks: list[str] = []
    for article in articles:
        blocks.append(article.title if damage in ("plain", "wrap-plain") else f"## {article.title}")
        for paragraph in article.paragraphs:
            blocks.extend(_damaged(paragraph, damage, rng))
    return blocks


def _damaged(paragraph: str, damage: str, rng: random.Random) -> list[str]:
    if damage.startswith("wrap"):
        width = 26
        indented = "　　" + paragraph
        lines = [indented[i : i + width] for i in range(0, len(indented), width)]
        if damage == "wrap-caption" and len(lines) > 2:
            place = rng.randrange(1, len(lines) - 1)
            lines[place:place] = ["", rng.choice(CAPTIONS), ""]
        return ["\n".join(lines)]
    halves = cut_inside(paragraph, rng) if rng.random() < 0.7 else None
    if halves is None or damage in ("none", "digits"):
        return [paragraph]
    if damage == "caption":
        return [halves[0], rng.choice(CAPTIONS), halves[1]]
    if damage == "furniture":
        return [halves[0], *rng.sample(FURNITURE, rng.randint(1, 3)), halves[1]]
    if damage == "columns":
        return [halves[0] + "\n" + halves[1]]
    return list(halves)


def _jump(articles: Sequence[Whole], rng: random.Random) -> Page:
    """The first article goes on after the second, with notices on both sides."""
    first, *others = articles
    halves = cut_inside(first.paragraphs[-1], rng) or (first.paragraphs[-1], "")
    blocks = [f"## {first.title}", *first.paragraphs[:-1], halves[0] + "（下转 03版）"]
    for article in others:
        blocks += [f"## {article.title}", *article.paragraphs]
    blocks += ["## （上接 01版）", halves[1]]
    return Page("\n\n".join(blocks), tuple(articles))


def _html(article: Whole, rng: random.Random) -> Page:
    """One article on a page of a government site: paragraphs by <p> or <br>, source lines wrapped, navigation around."""
    indent = rng.choice(("　　", "&nbsp;&nbsp;&nbsp;&nbsp;", ""))
    wrapped = [p if rng.random() < 0.5 else p[:30] + "\n" + p[30:] for p in article.paragraphs]
    paragraphs = [indent + p.replace("“", rng.choice(("“", "&ldquo;"))) for p in wrapped]
    inner = "<br>\n".join(paragraphs) if rng.random() < 0.4 else "".join(f"<p>{p}</p>\n" for p in paragraphs)
    text = f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>{article.title}_江岭市人民政府</title></head><body>
<ul><li><a href="/">首页</a></li><li><a href="/zw/">政务公开</a></li><li><a href="/hd/">互动交流</a></li></ul>
<div>当前位置：<a href="/">首页</a> &gt; <a href="/xw/">新闻中心</a></div><div class="article"><h1>{article.title}</h1>
<div class="info">发布时间：2021-09-14 来源：江岭日报 浏览次数：<span>88</span> 字号：大 中 小 打印</div>
<div class="content">{inner}<p>责任编辑：屠明</p></div></div><div>上一篇：<a href="1.html">江岭港一季度吞吐量增长两成</a></div>
<div>下一篇：<a href="2.html">我市部署防汛工作</a></div><div>版权所有：江岭市人民政府 ICP备00000000号</div></body></html>"""
    return Page(text, (article,))


DAMAGE = (
    "html",
    "none",
    "cut",
    "columns",
    "wrap",
    "caption",
    "furniture",
    "jump",
    "digits",
    "plain",
    "wrap-plain",
    "wrap-caption",
)


class Mended(NamedTuple):
    """How much of a page was restored: counts of exact paragraphs and titles."""

    paragraphs: int
    of_paragraphs: int
    titles: int
    of_titles: int
    missed: tuple[str, ...]


def mend(page: Page) -> Mended:
    """Run the default layout over a broken page and count what it restored exactly."""
    text = decode(page.text.encode("gb18030")) if page.text.startswith("<!DOCTYPE") else page.text
    layouts = list(AutoLayout()(RawDocument("page", text, "", "", 0, paged=True)))
    paragraphs = {
        layout.text[block.start : block.end]
        for layout in layouts
        for block in layout.blocks
        if block.kind == "paragraph"
    }
    titles = {layout.title for layout in layouts}
    wanted = [paragraph for article in page.articles for paragraph in article.paragraphs]
    missed = tuple(paragraph for paragraph in wanted if paragraph not in paragraphs)
    found_titles = sum(article.title in titles for article in page.articles)
    return Mended(len(wanted) - len(missed), len(wanted), found_titles, len(page.articles), missed)


def whole_articles(lines: bytes) -> list[Whole]:
    """The articles of a JSON Lines file of clean documents."""
    documents = [msgspec.json.decode(line) for line in lines.splitlines()]
    return [
        Whole(document["title"], tuple(p for p in document["text"].split("\n") if p != document["title"]))
        for document in documents
    ]
