"""`zhengwen.newspaper.v1`: splits a page into articles at its headings and makes cut paragraphs whole.

Each step is a small function: lines with their shape → groups of headings and body (`_groups`), joined where one goes on
after others (下转 … 上接) → paragraphs made whole (`_paragraphs`) → articles (`_layout`).
"""

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Final

import regex

from ..credits import credited_names, is_credit
from ..offsets import TextBuilder
from ..records import Block, BlockKind, Layout, Note, RawDocument
from ..script import simplified
from . import shapes
from .lines import Line, split_lines, wrap_width
from .normal import STRAY, normal

_FULL_DATE: Final = regex.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")

_LOOK_BACK: Final = 300
"""Characters of a paragraph that tell whether it goes on; more would make many short lines cost quadratic time."""

Piece = tuple[int, int]
"""A stretch of the source that goes into a block."""


class Group:
    """A run of headings and the body lines under it."""

    def __init__(self, headings: list[Line], body: list[Line]):
        self.headings = headings
        self.body = body


class NewspaperLayout:
    """Headings: lines marked with #, or, on a page without marks, short lines set apart."""

    def __call__(self, document: RawDocument) -> Iterator[Layout]:
        text = normal(document.text)
        lines = split_lines(simplified(text))
        marked = any(shapes.HEADING_MARK.match(line.text) for line in lines)
        furniture = {line.start: line.end for line in lines if shapes.is_furniture(line.text)}
        notes = [Note("dropped", start, end, "page furniture") for start, end in furniture.items()]
        lines = [line for line in lines if line.start not in furniture]
        if marked:
            _take_marks_off(lines)
        for line in lines:
            line.caption = shapes.is_caption(line.text)
        width = wrap_width([line for line in lines if not line.caption])
        max_label = shapes.MAX_MARKED_LABEL if marked else shapes.MAX_LABEL
        if not marked:
            _find_headings(lines, width)
        groups = _with_subheads(_continued(_groups(lines), notes))
        published = next((date for start, end in furniture.items() if (date := _full_date(text[start:end]))), None)
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
                body = list(_paragraphs(group.body, width, max_label, notes))
                yield _layout(document, text, headings, body, section, published, notes)
                notes = []


def _layout(
    document: RawDocument,
    text: str,
    headings: list[Line],
    body: list[tuple[BlockKind, list[Piece]]],
    section: Line | None,
    published: str | None,
    notes: list[Note],
) -> Layout:
    builder = TextBuilder(text)
    blocks: list[Block] = []
    found: dict[BlockKind, str] = {}
    titles: list[tuple[BlockKind, list[Piece]]] = [
        (kind, [(line.start, line.end)]) for kind, line in zip(_heading_kinds(headings), headings, strict=True)
    ]
    for kind, pieces in [*titles, *body]:
        if blocks:
            builder.put("\n")
        start = builder.length
        for piece in pieces:
            builder.take(*piece)
        blocks.append(Block(kind, start, builder.length))
        if len(blocks) <= len(titles):
            found[kind] = "".join(text[begin:end] for begin, end in pieces)
    whole = builder.text
    paragraphs = [whole[block.start : block.end] for block in blocks if block.kind in ("paragraph", "byline")]
    return Layout(
        text=whole,
        blocks=blocks,
        offsets=builder.segments,
        title=found.get("title") or document.title,
        kicker=found.get("kicker"),
        subtitle=found.get("subtitle"),
        section=text[section.start : section.end] if section else None,
        date=document.date or published or (_full_date(paragraphs[0][:60]) if paragraphs else None),
        byline=[paragraphs[-1][start:end] for start, end in credited_names(paragraphs[-1])] if paragraphs else [],
        notes=notes,
    )


def _take_marks_off(lines: list[Line]) -> None:
    for line in lines:
        if mark := shapes.HEADING_MARK.match(line.text):
            line.level = len(mark[1])
            line.start += mark.end()
            line.text = line.text[mark.end() :]


def _find_headings(lines: list[Line], width: int | None) -> None:
    """Set the level of plain headings: short lines set apart, where the body so far is complete."""
    indents = sum(line.indented for line in lines) >= 0.3 * len(lines)
    complete = True
    for line, following in pairwise([*lines, None]):
        assert line is not None
        if line.caption:
            continue
        long_next = following is not None and len(following.text) > shapes.MAX_HEADING
        apart = line.apart or long_next or (following is not None and following.indented)
        full = width is not None and line.width >= width - 1 and not (line.apart and following and following.apart)
        broken = following is not None and shapes.runs_into(line.text, following.text)
        if (
            complete
            and apart
            and not broken
            and not (indents and line.indented)
            and not full
            and shapes.is_heading(line.text)
        ):
            line.level = 1
        else:
            at_edge = width is not None and line.width >= width - 1
            complete = shapes.is_complete(line.text) if at_edge else not shapes.goes_on(line.text, "")


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


def _continued(groups: list[Group], notes: list[Note]) -> list[Group]:
    """Join an article that goes on after others: the one whose body ends with 下转 and the one that opens with 上接."""
    kept: list[Group] = []
    waiting: list[Group] = []
    for group in groups:
        opening = [line for line in (*group.headings, *group.body[:1]) if shapes.CONTINUED.search(line.text)]
        if opening and waiting:
            notes.append(Note("continued", opening[0].start, opening[0].end, "goes on from the article that says 下转"))
            group.body = [line for line in group.body if not shapes.CONTINUED.fullmatch(line.text)]
            waiting.pop(0).body.extend(group.body)
            continue
        kept.append(group)
        if group.body and shapes.JUMP.search(group.body[-1].text[-24:]):
            waiting.append(group)
    return kept


def _with_subheads(groups: list[Group]) -> list[Group]:
    """Take headings inside an article into its body: deeper ones whose text opens without a dateline, under an article
    that opens with one, up to the reporters' names at its end."""
    kept: list[Group] = []
    for group in groups:
        if kept and _is_part(kept[-1], group):
            kept[-1].body += [*group.headings, *group.body]
        else:
            kept.append(group)
    return kept


def _is_part(article: Group, group: Group) -> bool:
    if not (article.headings and article.body and len(group.headings) == 1 and group.body):
        return False
    heading = group.headings[0]
    deeper = heading.level > min(line.level for line in article.headings) and len(heading.text) <= shapes.MAX_LABEL
    opened, parts = shapes.opens_article(article.body[0].text), shapes.opens_article(group.body[0].text)
    return deeper and opened and not parts and not credited_names(article.body[-1].text)


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
    """Kicker, title, subtitle: the title is the heading of highest rank. Of two of one rank it is the second if that is
    the longer one and no —— line or leader's appearance (某某出席并讲话); of three the middle one."""
    if not headings:
        return []
    title = min(range(len(headings)), key=lambda i: headings[i].level)
    if len(headings) > title + 1 and headings[title].level == headings[title + 1].level:
        first, second = headings[title].text, headings[title + 1].text
        longer = len(second) > len(first) and not shapes.SUBTITLE.search(second)
        title += longer or len(headings) > title + 2
    return ["kicker" if i < title else "subtitle" if i > title else "title" for i in range(len(headings))]


def _paragraphs(
    body: list[Line], width: int | None, max_label: int, notes: list[Note]
) -> Iterator[tuple[BlockKind, list[Piece]]]:
    """Blocks as source pieces: halves joined, captions after the paragraph they cut, jump notices left out."""
    paragraph: list[Piece] = []
    captions: list[Line] = []
    so_far, opened_indented = "", False
    last: Line | None = None
    for line in [*body, None]:
        if line is not None and line.caption:
            captions.append(line)
            continue
        if line is not None and line.level:
            if paragraph:
                yield "paragraph", paragraph
            yield "subtitle", [(line.start, line.end)]
            paragraph, so_far, last = [], "", None
            continue
        joined: str | None = None
        if line is not None and last is not None:
            joined = _joins(so_far, last, line, width, max_label, opened_indented)
        if joined and line is not None and last is not None:
            notes.append(Note("joined", last.end, line.start, joined))
            notes.extend(Note("lifted", caption.start, caption.end, "caption in a paragraph") for caption in captions)
        else:
            if paragraph:
                yield ("byline" if is_credit(so_far) else "paragraph"), paragraph
            for caption in captions:
                yield "caption", [(caption.start, caption.end)]
            paragraph, captions, so_far = [], [], ""
        if line is not None:
            opened_indented = line.indented if not so_far else opened_indented
            kept = list(_kept(line))
            jumps = shapes.JUMP.finditer(line.text)
            notes.extend(Note("dropped", line.start + j.start(), line.start + j.end(), "jump notice") for j in jumps)
            paragraph.extend(kept)
            kept_text = "".join(line.text[start - line.start : end - line.start] for start, end in kept)
            so_far = (so_far + kept_text)[-_LOOK_BACK:]
            last = line


def _joins(so_far: str, last: Line, line: Line, width: int | None, max_label: int, opened_indented: bool) -> str | None:
    """Why a line belongs to the paragraph so far, None if it does not. `opened_indented`: the paragraph's first line was,
    so that the next paragraph's would be."""
    at_edge = width is not None and last.width >= width - 1
    if so_far and at_edge and not line.indented and (not line.apart or opened_indented):
        return f"wrapped at {width} characters"
    return "cut in mid-sentence" if so_far and shapes.goes_on(so_far, line.text, max_label) else None


def _kept(line: Line) -> Iterator[Piece]:
    """The stretches of a line without jump notices and stray white space."""
    position = 0
    dropped = sorted(match.span() for pattern in (shapes.JUMP, STRAY) for match in pattern.finditer(line.text))
    for start, end in [*dropped, (len(line.text), len(line.text))]:
        if position < start:
            yield line.start + position, line.start + start
        position = max(position, end)


def _full_date(text: str) -> str | None:
    """The first date with its year, as ISO 8601; a date without one is not guessed at."""
    found = _FULL_DATE.search(text)
    return f"{int(found[1]):04}-{int(found[2]):02}-{int(found[3]):02}" if found else None
