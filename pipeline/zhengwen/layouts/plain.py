"""`zhengwen.plain.v1`: a document is one article, its text as it stands, a paragraph a line."""

from collections.abc import Iterator

from ..records import Block, Layout, RawDocument
from .shapes import is_heading


class PlainLayout:
    """Leaves the text unchanged. The first line is the title if it equals the document's, or is shaped like one."""

    def __call__(self, document: RawDocument) -> Iterator[Layout]:
        text = document.text
        blocks: list[Block] = []
        title = document.title
        position = 0
        for line in text.splitlines(keepends=True):
            stripped = line.strip()
            if stripped:
                start = position + line.index(stripped)
                titled = not blocks and (stripped == title or (title is None and is_heading(stripped)))
                title = stripped if titled else title
                blocks.append(Block("title" if titled else "paragraph", start, start + len(stripped)))
            position += len(line)
        yield Layout(text, blocks, [(0, 0, len(text))] if text else [], title=title, date=document.date)
