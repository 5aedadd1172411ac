"""`zhengwen.web.v1`: the article of an HTML page.

trafilatura says which part of the page is the article. What stands between its first and last line is taken from the page
itself, so that every character has its place in the source; then our own patterns drop what Chinese government sites put
around and into an article (首页 > 要闻, 发布时间, 浏览次数, 上一篇, 责任编辑).
"""

from collections.abc import Iterator

import regex

from ..lexicon import column
from ..offsets import TextBuilder
from ..records import Block, BlockKind, Layout, Note, RawDocument
from .html import HtmlLine, HtmlLines
from .shapes import is_caption

_NOISE = regex.compile("|".join(column("layout", "pattern", kind="web")))
_TAIL = regex.compile("|".join(column("layout", "pattern", kind="web-tail")))
_CRUMBS = regex.compile(r"首页\s*(?:[>＞»›/-]+\s*(?!正文|详情|内容|浏览)([^>＞»›/\s]{2,12})\s*)+")
_PUBLISHED = regex.compile(r"(?:发布|发表|更新|成文)?(?:时间|日期)\s*[:：]?\s*(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})")
_DATE = regex.compile(r"(?<!\d)(20\d{2}|19\d{2})[-年/.](\d{1,2})[-月/.](\d{1,2})(?!\d)")
_SOURCE = regex.compile(r"(?:信息|文章|稿件)?来源\s*[:：]\s*([\p{Han}A-Za-z0-9·]{2,24})")
_AUTHOR = regex.compile(r"(?:作者|记者)\s*[:：]\s*(\p{Han}{2,4})")
_LATIN = regex.compile(r"[A-Za-z]{2}")
_SITE = regex.compile(r"\s*[-_|—–]+\s*[^-_|—–]{2,24}$")


class WebLayout:
    """One article a page. `byline` holds the author and the publisher (来源), `section` the last crumb."""

    def __call__(self, document: RawDocument) -> Iterator[Layout]:
        lines = HtmlLines(document.text).lines
        texts = [_squeezed(line) for line in lines]
        title, first, last = _main(document.text, texts)
        heading = _title_line(lines, texts, title, first)
        inside = [i for i in range(first, last + 1) if i != heading]
        if tail := next((n for n, i in enumerate(inside) if n and _TAIL.search(texts[i])), None):
            inside = inside[:tail]
        body = [i for i in inside if not _NOISE.search(texts[i])]
        notes = [
            Note(
                "dropped", lines[i].parts[0].start, lines[i].end, "web page: outside the article, or a site's own line"
            )
            for i in sorted(set(range(len(lines))) - {heading, *body})
        ]
        near = lines[max(0, (heading if heading is not None else first) - 8) : last + 4]
        around = " ".join(part.text for line in near for part in line.parts)
        builder = TextBuilder(document.text)
        blocks: list[Block] = []
        for i in [*([heading] if heading is not None else []), *body]:
            kind: BlockKind = (
                "title" if i == heading else "caption" if is_caption(lines[i].text.strip()) else "paragraph"
            )
            if blocks:
                builder.put("\n")
            start = builder.length
            _take(builder, lines[i])
            blocks.append(Block(kind, start, builder.length))
        published, source, author = (pattern.search(around) for pattern in (_PUBLISHED, _SOURCE, _AUTHOR))
        crumbs = _CRUMBS.search(" ".join(line.text for line in lines[:first]))
        yield Layout(
            text=builder.text,
            blocks=blocks,
            offsets=builder.segments,
            title=lines[heading].text.strip() if heading is not None else title,
            section=crumbs[1] if crumbs else None,
            date=document.date or _iso(published or _DATE.search(around)),
            byline=[found[1] for found in (author, source) if found],
            warnings=[] if body else ["web: no article found"],
            notes=notes,
        )


def _squeezed(line: HtmlLine) -> str:
    return "".join(line.text.split())


def _main(html: str, texts: list[str]) -> tuple[str | None, int, int]:
    """The article's title as trafilatura reads it, and its first and last line; without an article all long lines."""
    import trafilatura

    found = trafilatura.bare_extraction(
        html, include_comments=False, include_tables=True, favor_recall=True, with_metadata=True
    )
    title: str | None = getattr(found, "title", None) or None
    wanted = {"".join(line.split()) for line in (getattr(found, "text", None) or "").splitlines()}
    hits = [i for i, text in enumerate(texts) if len(text) > 1 and _is_wanted(text, wanted) and not _NOISE.search(text)]
    prose = [i for i in hits if len(texts[i]) >= 15] or hits
    if not prose:
        prose = [i for i, text in enumerate(texts) if len(text) >= 30 and "。" in text]
    if not prose:
        return title, 0, -1
    return title, prose[0], max(i for i in hits if i >= prose[0]) if hits else prose[-1]


def _is_wanted(text: str, wanted: set[str]) -> bool:
    return text in wanted or (
        len(text) >= 15 and any(text in line or line in text for line in wanted if len(line) >= 15)
    )


def _title_line(lines: list[HtmlLine], texts: list[str], title: str | None, first: int) -> int | None:
    """The line that is the article's headline: an <h1> or the one that equals the title, nearest before the body."""
    short = "".join(_SITE.sub("", title).split()) if title else None
    same = [i for i, text in enumerate(texts[: first + 2]) if text in (short, "".join((title or "").split()))]
    headings = [i for i in range(min(first + 1, len(lines))) if lines[i].tag in ("h1", "h2") and len(texts[i]) >= 5]
    return max(same or headings, default=None)


def _take(builder: TextBuilder, line: HtmlLine) -> None:
    """The line without white space at its ends. Inside, a run of it becomes one space; a line break of the source parts
    only Latin words, since nobody sets one between Chinese characters or digits."""
    gap: tuple[int, bool] | None = None
    before = ""
    for part in line.parts:
        for offset, character in enumerate(part.text):
            position = part.start + offset
            if character.isspace():
                start, broken = gap or (position, False)
                gap = (start, broken or character == "\n")
                continue
            if gap and before and (not gap[1] or _LATIN.fullmatch(before + character)):
                builder.take_as(" ", gap[0])
            builder.take_as(character, position)
            gap, before = None, character


def _iso(found: regex.Match[str] | None) -> str | None:
    return f"{int(found[1]):04}-{int(found[2]):02}-{int(found[3]):02}" if found else None
