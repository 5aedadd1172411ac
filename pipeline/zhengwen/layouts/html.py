"""HTML as lines of text: what a page says, block by block, each character with its place in the source."""

from html import unescape
from html.parser import HTMLParser

import msgspec

_HIDDEN = frozenset(("script", "style", "noscript", "template", "svg", "select", "textarea", "iframe", "head"))
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)


class Part(msgspec.Struct, frozen=True):
    """A run of characters: `text`, and where it starts in the source. A character reference (&nbsp;) is a run of its own."""

    text: str
    start: int


class HtmlLine(msgspec.Struct):
    """The text of one block, or up to a <br>. `tag` is the innermost block element around it."""

    tag: str
    parts: list[Part]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    @property
    def end(self) -> int:
        return self.parts[-1].start + len(self.parts[-1].text)


class HtmlLines(HTMLParser):
    """`HtmlLines(html).lines`. Never raises: what is no markup is text."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=False)
        self.lines: list[HtmlLine] = []
        self._line_starts = [0]
        for i, character in enumerate(html):
            if character == "\n":
                self._line_starts.append(i + 1)
        self._parts: list[Part] = []
        self._tags: list[str] = []
        self._hidden = 0
        self.feed(html)
        self.close()
        self._break()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self._break()
        if tag in _VOID:
            return
        if tag == "body" and "head" in self._tags:  # left open
            self.handle_endtag("head")
        if tag in _HIDDEN:
            self._hidden += 1
        self._tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self._break()
        if tag in self._tags:
            while (closed := self._tags.pop()) != tag:
                self._hidden -= closed in _HIDDEN
            self._hidden -= closed in _HIDDEN

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self._break()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._parts.append(Part(data, self._position()))

    def handle_entityref(self, name: str) -> None:
        self.handle_data(unescape(f"&{name};")[:1])

    def handle_charref(self, name: str) -> None:
        self.handle_data(unescape(f"&#{name};")[:1])

    def _position(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column

    def _break(self) -> None:
        if any(not part.text.isspace() for part in self._parts):
            tag = next((tag for tag in reversed(self._tags) if tag not in _INLINE), "")
            self.lines.append(HtmlLine(tag, self._parts))
        self._parts = []
