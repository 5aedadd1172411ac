"""`zhengwen.auto.v1`: the layout that fits the document, the default.

HTML goes to `zhengwen.web.v1`; a page, or a document with heading marks, to `zhengwen.newspaper.v1`; any other document
is clean and passes through `zhengwen.plain.v1` unchanged.
"""

from collections.abc import Iterable

import regex

from ..records import Layout, RawDocument
from .newspaper import NewspaperLayout
from .plain import PlainLayout
from .web import WebLayout

_HTML = regex.compile(
    r"\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--.{0,2000}?-->\s*+)?<(?:!doctype\s+html|html|head|body|div|p|table)\b",
    regex.I | regex.S,
)
_MARK = regex.compile(r"^#{1,6}\s", regex.M)


class AutoLayout:
    def __init__(self) -> None:
        self._web, self._newspaper, self._plain = WebLayout(), NewspaperLayout(), PlainLayout()

    def __call__(self, document: RawDocument) -> Iterable[Layout]:
        if _HTML.match(document.text):
            return self._web(document)
        if document.paged or _MARK.search(document.text):
            return self._newspaper(document)
        return self._plain(document)
