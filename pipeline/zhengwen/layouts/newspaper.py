"""`zhengwen.newspaper.v1`: splits a page into articles at its headings and makes cut paragraphs whole.

Three steps, each a small function: lines with their shape → groups of headings and body (`_groups`) → articles
(`_Article.layout`). A document that is no page and has no heading marks passes through `zhengwen.plain.v1`.
"""

from collections.abc import Iterator
from itertools import groupby, pairwise

import msgspec
import regex

from ..credits import credited_names
from ..offsets import TextBuilder
from ..records import Block, BlockKind, Layout, RawDocument
from . import shapes
from .plain import PlainLayout

_FULL_DATE = regex.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


class Line(msgspec.Struct):
    """A trimmed line of the page. `level`: 1–6 for a heading, 0 for body; plain headings are of level 1."""

    start: int
    end: int
    text: str
    level: int = 0


class Group(msgspec.Struct):
    """A run of headings and the body lines under it."""

    headings: list[Line]
    body: list[Line]


class NewspaperLayout:
    """Headings: lines marked with #, or, on a page without marks, short lines set apart by blank lines."""

    def __init__(self) -> None:
        self._plain = PlainLayout()

    def __call__(self, document: RawDocument) -> Iterator[Layout]:
        lines = _lines(document.text)
        marked = any(shapes.HEADING_MARK.match(line.text) for line in lines)
        if not marked and not document.paged:
            yield from self._plain(document)
            return
        _find_headings(lines, marked)
        lines = [line for line in lines if line.text and not (line.level == 0 and shapes.is_furniture(line.text))]
        groups = _groups(lines)
        section: Line | None = None
        for group, following in pairwise([*groups, None]):
            assert group is not None
            next_level = following.headings[0].level if following and following.headings else 0
            if section and group.headings and group.headings[0].level <= section.level:
                section = None
            headings = group.headings
            if opened := _section(headings, next_level):
                section, headings = headings[0], headings[opened:]
            if group.body or headings:
                yield self._layout(document, headings, group.body, section)

    def _layout(self, document: RawDocument, headings: list[Line], body: list[Line], section: Line | None) -> Layout:
        text = TextBuilder(document.text)
        blocks: list[Block] = []

        def add(kind: BlockKind, pieces: list[tuple[int, int]]) -> str:
            if blocks:
                text.put("\n")
            start = text.length
            for piece in pieces:
                text.take(*piece)
            blocks.append(Block(kind, start, text.length))
            return "".join(document.text[piece_start:piece_end] for piece_start, piece_end in pieces)

        found: dict[BlockKind, str] = {}
        for kind, line in zip(_heading_kinds(headings), headings, strict=True):
            found[kind] = add(kind, [(line.start, line.end)])
        paragraphs: list[str] = []
        for kind, pieces in _paragraphs(body):
            block = add(kind, pieces)
            if kind == "paragraph":
                paragraphs.append(block)
        return Layout(
            text=text.text,
            blocks=blocks,
            offsets=text.segments,
            title=found.get("title") or document.title,
            kicker=found.get("kicker"),
            subtitle=found.get("subtitle"),
            section=section.text if section else None,
            date=document.date or _dateline(paragraphs),
            byline=[paragraphs[-1][start:end] for start, end in credited_names(paragraphs[-1])] if paragraphs else [],
        )


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    position = 0
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        start = position + (raw.index(stripped) if stripped else 0)
        lines.append(Line(start, start + len(stripped), stripped))
        position += len(raw)
    return lines


def _find_headings(lines: list[Line], marked: bool) -> None:
    """Set the level of headings, and take the marks off."""
    if marked:
        for line in lines:
            if mark := shapes.HEADING_MARK.match(line.text):
                line.level = len(mark[1])
                line.start += mark.end()
                line.text = line.text[mark.end() :]
        return
    complete = True  # the body text so far ends with a whole sentence, so that a heading can stand here
    for i, line in enumerate(lines):
        if not line.text or shapes.is_caption(line.text) or shapes.is_furniture(line.text):
            continue
        following = next((later for later in lines[i + 1 : i + 4] if later.text), None)
        apart = i == 0 or not lines[i - 1].text or lines[i - 1].level > 0
        apart = apart or (following is not None and len(following.text) > shapes.MAX_HEADING)
        if complete and apart and shapes.is_heading(line.text):
            line.level = 1
        else:
            complete = not shapes.goes_on(line.text, "")


def _groups(lines: list[Line]) -> list[Group]:
    groups: list[Group] = []
    for heading, run in groupby(lines, key=lambda line: line.level > 0):
        if heading:
            groups.append(Group(list(run), []))
        elif groups:
            groups[-1].body = list(run)
        else:
            groups.append(Group([], list(run)))
    return groups


def _section(headings: list[Line], next_level: int) -> int:
    """How many of the headings open a section of several articles (its name, its subtitle), 0 if none does.

    They do if the article's own heading is deeper and the next article's is of that depth or deeper than the section's.
    """
    if len(headings) < 2 or headings[0].level >= headings[1].level:
        return 0
    count = 2 if headings[1].text.startswith("——") and len(headings) > 2 else 1
    own = headings[count].level
    return count if headings[0].level < next_level <= own else 0


def _heading_kinds(headings: list[Line]) -> list[BlockKind]:
    """Kicker, title, subtitle: the title is the heading of highest rank, or the one before a —— line."""
    if not headings:
        return []
    title = min(range(len(headings)), key=lambda i: headings[i].level)
    if len(headings) > 2 and headings[0].level == headings[1].level:
        title = 1
    return ["kicker" if i < title else "subtitle" if i > title else "title" for i in range(len(headings))]


def _paragraphs(body: list[Line]) -> Iterator[tuple[BlockKind, list[tuple[int, int]]]]:
    """Blocks as source pieces: halves joined, captions after the paragraph they cut, jump notices left out."""
    paragraph: list[tuple[int, int]] = []
    captions: list[Line] = []
    so_far = ""
    for line in [*body, None]:
        if line is not None and shapes.is_caption(line.text):
            captions.append(line)
            continue
        if line is None or not shapes.goes_on(so_far, line.text):
            if paragraph:
                yield "paragraph", paragraph
            for caption in captions:
                yield "caption", [(caption.start, caption.end)]
            paragraph, captions, so_far = [], [], ""
        if line is not None:
            position = line.start
            for jump in shapes.JUMP.finditer(line.text):
                paragraph.append((position, line.start + jump.start()))
                position = line.start + jump.end()
            paragraph.append((position, line.end))
            paragraph = [(start, end) for start, end in paragraph if start < end]
            so_far += shapes.JUMP.sub("", line.text)


def _dateline(paragraphs: list[str]) -> str | None:
    """The full date in the first sentence, as ISO 8601; a date without its year is not guessed at."""
    found = _FULL_DATE.search(paragraphs[0][:60]) if paragraphs else None
    return f"{int(found[1]):04}-{int(found[2]):02}-{int(found[3]):02}" if found else None
