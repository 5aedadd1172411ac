"""The web layout: pages of government sites give their article and nothing else; broken HTML gives no exception."""

from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.layouts.sites import SITES, STORIES, Site, Story
from tests.timing import assert_linear
from zhengwen.layouts.auto import AutoLayout
from zhengwen.layouts.web import WebLayout
from zhengwen.readers.files import FileReader
from zhengwen.records import Layout, RawDocument

pages = pytest.mark.parametrize("story", STORIES, ids=["works", "flood", "fields"])
sites = pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)


def layout(html: str) -> Layout:
    (found,) = WebLayout()(RawDocument("page", html, "page.html", "0" * 64, len(html), paged=False))
    check_offsets(found, html)
    return found


def check_offsets(found: Layout, html: str) -> None:
    """Every character but white space has its place in the source: itself, or a character reference that says it."""
    placed = [(found.text[start + i], source + i) for start, source, length in found.offsets for i in range(length)]
    for character, position in placed:
        there = html[position]
        if not character.isspace():
            assert there == character or unescape(html[position:].split(";")[0] + ";") == character
        elif there == "&":
            assert unescape(html[position:].split(";")[0] + ";").isspace()
        else:
            assert there.isspace()
    assert sum(not c.isspace() for c, _ in placed) == sum(not c.isspace() for c in found.text)
    assert [found.text[block.start : block.end] for block in found.blocks] == found.text.split("\n")[
        : len(found.blocks)
    ]


def blocks(found: Layout) -> list[tuple[str, str]]:
    return [(block.kind, found.text[block.start : block.end]) for block in found.blocks]


@sites
@pages
def test_site_gives_its_article_and_nothing_else(site: Site, story: Story) -> None:
    expected = [("title", story.title), *(("paragraph", text) for text in story.paragraphs)]
    if site.caption:
        expected.insert(3, ("caption", story.caption))
    assert blocks(layout(site.html(story))) == expected


@sites
@pages
def test_site_gives_what_it_says_of_the_article(site: Site, story: Story) -> None:
    found = layout(site.html(story))
    assert (found.title, found.date) == (story.title, "{:04}-{:02}-{:02}".format(*story.day))
    assert found.byline == [getattr(story, name) for name in site.byline]
    assert found.section == site.section
    assert found.warnings == []


@sites
def test_site_is_read_from_its_file(tmp_path: Path, site: Site) -> None:
    html = site.html(STORIES[0])
    (tmp_path / "page.html").write_bytes(html.encode(site.encoding))
    (document,) = FileReader()([str(tmp_path)])
    assert isinstance(document, RawDocument)
    (found,) = AutoLayout()(document)
    assert (document.text, found.title) == (html, STORIES[0].title)


def test_character_references_are_text() -> None:
    sentence = "甲公司与A&amp;B公司签约，产值&gt;3亿元，预计温度&#177;2&#x2103;，投资&yen;900万元。"
    found = layout(
        f"<html><body><h1>两公司签约落户开发区</h1><p>{sentence}</p><p>{STORIES[0].paragraphs[0]}</p></body></html>"
    )
    assert unescape(sentence) in found.text


def test_line_broken_in_its_source_is_one_paragraph() -> None:
    first, second, *_ = STORIES[0].paragraphs
    found = layout(f"<html><body><p>{first[:20]}\n      {first[20:]}</p>\r\n<p>{second}</p></body></html>")
    assert blocks(found) == [("paragraph", first), ("paragraph", second)]


def test_words_within_a_paragraph_keep_their_place() -> None:
    """Links, bold print and comments in a sentence break nothing."""
    first, second, *_ = STORIES[0].paragraphs
    marked = f"{first[:9]}<a href='#'>{first[9:15]}</a><!-- 编辑：此处删 -->{first[15:20]}<b>{first[20:]}</b>"
    found = layout(f"<html><body><div><p>{marked}</p><p>{second}</p></div></body></html>")
    assert blocks(found) == [("paragraph", first), ("paragraph", second)]


def test_hidden_text_is_no_text() -> None:
    body = "".join(f"<p>{text}</p>" for text in STORIES[0].paragraphs)
    hidden = (
        "<script>var a = '<p>投产。</p>';</script><style>p{}</style><textarea>投产</textarea><!-- <p>投产。</p> -->"
    )
    assert blocks(layout(f"<html><body>{hidden}<div>{body}{hidden}</div></body></html>")) == [
        ("paragraph", text) for text in STORIES[0].paragraphs
    ]


TEXT = STORIES[0].paragraphs[0]


@pytest.mark.parametrize(
    "html",
    [
        "<html><body></body></html>",
        "<html><head><title>开工</title></head><body><script>document.write('开工。')</script></body></html>",
        "<html>",
        "<p",
        "<!--",
        "<!DOCTYPE html [<!ELEMENT",
        "<html><body><![CDATA[ x ]]><![if !IE]><p>开工。</p><![endif]></body></html>",
        "<html><body><p>&#99999999999;&#x110000;&#xD800;&bogus;&#0;&amp",
        "<html><body></div></div></p></html></body></table><td>",
        "<table><tr><td><table><tr><td>",
        '<div class="a" class="b" =""" \'>',
        "<div>\x01\x7f\ufffe\ud800</div>",
        "<html xmlns:v='urn'><body><v:shape/><o:p>&nbsp;</o:p></body></html>",
        "<html><frameset><frame src='a.html'></frameset></html>",
    ],
)
def test_page_without_an_article_gives_no_exception(html: str) -> None:
    for found in AutoLayout()(RawDocument("page", html, "page.html", "0" * 64, len(html), paged=False)):
        assert found.blocks or not found.text
        check_offsets(found, html)


@pytest.mark.parametrize("html", ["<html><body></body></html>", "<html><body><script>var a = 1</script></body></html>"])
def test_page_without_an_article_says_so(html: str) -> None:
    assert layout(html).warnings


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><div><p>{}<b></div></p><table><tr><td></table>",
        "<html><body><p>{}",
        "<html><body><p>{}</p><script>var a = 1;",
        "<body><div><span><font>{}</div></span></body></html></font>",
        "<html><head><body><p>{}</p></body></html>",
        "<html><body><p>{}</p></body></html><p>",
    ],
)
def test_text_of_broken_html_is_found(html: str) -> None:
    assert TEXT in layout(html.format(TEXT)).text


TAGS = ("<p>", "</p>", "<div>", "</div>", "<br>", "<td>", "</table>", "<table>", "<span>", "</span>", "&nbsp;", "<h1>", "</h1>", "<script>", "</script>", "<!--", "-->", "<a href=", "\n", "首页 > 要闻", "来源：浦阳日报", TEXT)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(TAGS), st.text(max_size=6)), max_size=30).map("".join))
def test_any_html_gives_exact_offsets(html: str) -> None:
    layout("<html><body>" + html)


@pytest.mark.parametrize(
    "unit",
    [
        "<p>　　第三项，{}</p>\n",
        "　　第三项，{}<br>\n",
        "<div><span>{}",
        "{}",
        "<b><i>{}</i>",
        "&nbsp;{}&#12288;",
        "<td>{}<td>\n",
    ],
)
def test_long_page_takes_linear_time(unit: str) -> None:
    """100 and 400 KB of UTF-8."""
    part = unit.format(TEXT)

    def lay_out(count: int) -> None:
        body = f"<h1>九个项目开工</h1><div>{part * count}</div>"
        html = f"<html><head><title>开工</title></head><body>{body}</body></html>"
        list(WebLayout()(RawDocument("page", html, "page.html", "0" * 64, len(html), paged=False)))

    assert_linear(lay_out, 100_000 // len(part.encode()))
