"""A pipeline: all stages of a config, joined. The layer under the runner and the Python API; `loading` makes them."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc

from .assemble import assemble
from .errors import DocumentError, ZhengwenError
from .records import Article, Failure, Layout, RawDocument
from .registry import LayoutStage, Reader, Writer

_GROUP = 100_000
"""Characters of text whose words are looked up at once: more is hardly faster, and waits longer in memory."""
_VOCABULARY = 100_000
"""Words that spaCy keeps for good: enough for the common ones. Later words go with their documents, and memory stays flat."""


class Pipeline(msgspec.Struct, frozen=True):
    """The stages of a config: `reader` and `writer` for the ends, `each` for what lies between."""

    reader: Reader
    layout: LayoutStage
    nlp: Language
    writer: Writer
    records_only: bool
    """Whether all components are ours, which work on the text, so that nobody looks at the entities and spans of spaCy's own."""

    def articles(self, document: RawDocument) -> list[Article | Failure]:
        """The article records of a document. A stage that fails gives a Failure, after the articles before it."""
        ((_, items),) = self.each([document])
        return items

    def each(
        self,
        documents: Iterable[RawDocument],
        at: Callable[[int, str], None] = lambda number, stage: None,
        careful: bool = False,
    ) -> Iterator[tuple[RawDocument, list[Article | Failure]]]:
        """Every document with its article records, in order; nothing follows a Failure.

        at: told the number of a document and the stage that begins. careful: no stage takes two at once.
        """
        numbered = enumerate(documents)
        while taken := list(_take(numbered, 1 if careful else _GROUP)):
            with self.nlp.memory_zone() if len(self.nlp.vocab) > _VOCABULARY else nullcontext(), uncollected():
                groups = [list(self._laid(document, number, at)) for number, document in taken]
                self._annotate([one for group in groups for one in group if not one.result], at)
            for (_, document), group in zip(taken, groups, strict=True):
                results = [one.result for one in group if one.result]
                failed = next((i for i, one in enumerate(results) if isinstance(one, Failure)), len(results))
                yield document, results[: failed + 1]

    def _laid(self, document: RawDocument, number: int, at: Callable[[int, str], None]) -> "Iterator[_Work]":
        at(number, "layout")
        try:
            for place, layout in enumerate(self.layout(document), 1):
                yield _Work(document, number, place, layout)
        except Exception as error:
            yield _Work(document, number, 0, None, result=_failed(document, "layout", error))

    def _annotate(self, works: "list[_Work]", at: Callable[[int, str], None]) -> None:
        """Takes every article through a stage before the next stage begins: its code and data stay in the processor's cache."""
        if works:
            at(works[0].number, "segment")
        for work, doc in zip(works, self._docs([one.text for one in works]), strict=True):
            work.doc = doc
        _stage("segment", works, self._begin, at)
        for name, component in self.nlp.pipeline:
            going = [work for work in works if work.result is None]
            if going and (ahead := getattr(component, "ahead", None)):
                at(going[0].number, name)
                with suppress(Exception):  # it comes again at the turn of the document at fault
                    ahead([work.doc for work in going])
            _stage(name, works, partial(_through, component), at)
        _stage("record", works, _finish, at)

    def _docs(self, texts: list[str]) -> Iterable[Doc | None]:
        """A Doc of each text; None of all if one of them fails, so that each is made where its failure has a name."""
        docs = getattr(self.nlp.tokenizer, "docs", None)
        if docs is None:
            return [None] * len(texts)
        try:
            return list(docs(texts))
        except Exception:
            return [None] * len(texts)

    def _begin(self, work: "_Work") -> None:
        if work.doc is None:
            work.doc = self.nlp.make_doc(work.text)
        known = work.doc._
        known.layout, known.records_only = work.layout, self.records_only


@dataclass(slots=True)
class _Work:
    """An article on its way through the stages; there is a result when it is at the end of them, or one has failed."""

    document: RawDocument
    number: int
    """The document's."""
    place: int
    """The article's in its document, from 1."""
    layout: Layout | None
    doc: Doc | None = None
    result: Article | Failure | None = None

    @property
    def text(self) -> str:
        return self.layout.text if self.layout else ""


def _stage(name: str, works: list[_Work], do: Callable[[_Work], None], at: Callable[[int, str], None]) -> None:
    for work in works:
        if work.result is None:
            at(work.number, name)
            try:
                do(work)
            except Exception as error:
                work.result = _failed(work.document, name, error)


def _through(component: Callable[[Any], Doc], work: _Work) -> None:
    work.doc = component(work.doc)


def _finish(work: _Work) -> None:
    assert work.layout
    work.result = assemble(work.doc, work.document, work.layout, work.place)
    work.doc = None  # much larger than the record


@contextmanager
def uncollected() -> Iterator[None]:
    """Without Python's cycle collector, which would look many times, and in vain, through all that a text is read into."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _take(documents: Iterator[tuple[int, RawDocument]], enough: int) -> Iterator[tuple[int, RawDocument]]:
    """The next documents, until there are characters enough."""
    characters = 0
    for number, document in documents:
        yield number, document
        characters += len(document.text)
        if characters >= enough:
            return


def _failed(document: RawDocument, stage: str, error: Exception) -> Failure:
    """The dead letter of a document. Raises the error where no document is to blame, but a missing model for example."""
    if isinstance(error, DocumentError):
        return Failure(document.id, document.path, stage, error.code, str(error.args[0]), error.position)
    if isinstance(error, ZhengwenError):
        raise error
    message = " ".join(f"{type(error).__name__}: {error}".split())
    return Failure(document.id, document.path, stage, "D900", message)
