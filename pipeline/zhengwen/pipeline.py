"""A pipeline: all stages of a config, made and joined. The layer under the runner and the Python API."""

import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
from spacy.lang.zh import Chinese
from spacy.language import Language
from spacy.schemas import ConfigSchemaNlp
from spacy.tokens import Doc
from spacy.util import registry

from . import extensions  # noqa: F401  declares the Doc extensions
from .assemble import assemble
from .config import RunConfig, build_stage, check_arguments, import_code, problem_of, read
from .errors import DocumentError, ZhengwenError
from .records import Article, Failure, Layout, RawDocument
from .registry import LayoutStage, Reader, Writer

_GROUP = 20_000
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
        """Every document with its article records, in order.

        at: told the number of a document and the stage that begins. careful: no stage takes two at once.
        """
        numbered = enumerate(documents)
        while taken := list(_take(numbered, 1 if careful else _GROUP)):
            with _uncollected():
                laid = [list(self._layouts(document, number, at)) for number, document in taken]
            at(taken[0][0], "segment")
            with self.nlp.memory_zone() if len(self.nlp.vocab) > _VOCABULARY else nullcontext():
                with _uncollected():
                    docs = iter(self._docs([one.text for one in chain(*laid) if isinstance(one, Layout)]))
                for (number, document), layouts in zip(taken, laid, strict=True):
                    items: list[Article | Failure] = []
                    for place, layout in enumerate(layouts, 1):
                        if isinstance(layout, Failure):
                            items.append(layout)
                            continue
                        doc = next(docs)
                        if not items or isinstance(items[-1], Article):
                            items.append(self._article(doc, document, layout, place, partial(at, number)))
                    yield document, items

    def _layouts(
        self, document: RawDocument, number: int, at: Callable[[int, str], None]
    ) -> Iterator[Layout | Failure]:
        at(number, "layout")
        try:
            yield from self.layout(document)
        except Exception as error:
            yield _failed(document, "layout", error)

    def _docs(self, texts: list[str]) -> Iterable[Doc | None]:
        """A Doc of each text; None of all if one of them fails, so that each is made where its failure has a name."""
        docs = getattr(self.nlp.tokenizer, "docs", None)
        if docs is None:
            return [None] * len(texts)
        try:
            made = list(docs(texts))
            for _, component in self.nlp.pipeline:
                if ahead := getattr(component, "ahead", None):
                    ahead(made, texts)
            return made
        except Exception:
            return [None] * len(texts)

    def _article(
        self, doc: Doc | None, document: RawDocument, layout: Layout, number: int, at: Callable[[str], None]
    ) -> Article | Failure:
        stage = "segment"
        try:
            with _uncollected():
                if doc is None:
                    doc = self.nlp.make_doc(layout.text)
                doc._.layout = layout
                doc._.records_only = self.records_only
                for stage, component in self.nlp.pipeline:
                    at(stage)
                    doc = component(doc)
                stage = "record"
                return assemble(doc, document, layout, number)
        except Exception as error:
            return _failed(document, stage, error)


@contextmanager
def _uncollected() -> Iterator[None]:
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


def build(config: RunConfig) -> Pipeline:
    """Make every stage of a config. Raises ConfigError for the first section or key that does not fit."""
    import_code(config)
    reader, layout, writer = (build_stage(config, section) for section in ("reader", "layout", "writer"))
    nlp = build_language(config)
    nlp.make_doc("政闻")  # loads what is loaded on first use, so that a missing model is told before any work
    ours = all(component.__module__.startswith(f"{__package__}.") for _, component in nlp.pipeline)
    return Pipeline(reader, layout, nlp, writer, records_only=ours)


def build_language(config: RunConfig) -> Language:
    """The spaCy `Language` of the sections `[nlp]` and `[components]`."""
    nlp_section: dict[str, Any] = dict(config.values.get("nlp", {}))
    components: dict[str, Any] = config.values.get("components", {})
    known = ConfigSchemaNlp.model_fields
    for key in nlp_section:
        if key not in known:
            raise config.error("nlp", key, f"unknown key; expected one of {', '.join(known)}")
    names = nlp_section.get("pipeline", [])
    if not isinstance(names, list):
        raise config.error("nlp", "pipeline", 'expected a list of component names, such as ["zhengwen_entities"]')
    Chinese()  # the first Language of a process registers the factories of other packages
    for name in names:
        section = f"components.{name}"
        if not isinstance(components.get(name), dict):
            expected = ", ".join(components) or "none"
            raise config.error("nlp", "pipeline", f"{name!r} has no section [{section}]; there are: {expected}")
        factory = components[name].get("factory")
        if not isinstance(factory, str) or not Chinese.has_factory(factory):
            raise config.error(
                section, "factory", f"no component factory is named {factory!r}; expected {_factories()}"
            )
        settings = [key for key in components[name] if key != "factory"]
        check_arguments(config, section, registry.get("factories", factory), settings)
    _check_tokenizer(config, nlp_section.get("tokenizer"))
    try:
        nlp = Chinese.from_config({"nlp": nlp_section, "components": components}, auto_fill=True, validate=True)
    except ZhengwenError:
        raise
    except Exception as error:
        raise problem_of(config, "nlp", error) from error
    nlp.max_length = sys.maxsize  # spaCy's limit is for its parser; ours is the reader's, and every stage is linear
    return nlp


def _check_tokenizer(config: RunConfig, settings: Any) -> None:
    """Name a mistake in `[nlp.tokenizer]` there; spaCy would name `[nlp]`. Without the section spaCy's own is used."""
    if settings is None:
        return
    if not isinstance(settings, dict):
        raise config.error("nlp", "tokenizer", "expected a section [nlp.tokenizer] with @tokenizers")
    name = settings.get("@tokenizers")
    if not isinstance(name, str) or not registry.has("tokenizers", name):
        ours = sorted(name for name in registry.tokenizers.get_all() if name.startswith("zhengwen."))
        expected = f"expected one of {', '.join(ours)}, or a tokenizer of spaCy's"
        raise config.error("nlp.tokenizer", "@tokenizers", f"no tokenizer is named {name!r}; {expected}")
    settings_given = [key for key in settings if not key.startswith("@")]
    check_arguments(config, "nlp.tokenizer", registry.get("tokenizers", name), settings_given)


def _factories() -> str:
    from importlib.metadata import entry_points

    return ", ".join([*sorted({point.name for point in entry_points(group="spacy_factories")}), "or a spaCy factory"])


@lru_cache(maxsize=4)
def _built(path: Path, modified: int) -> Pipeline:
    """`modified`, the file's time of change, is there as part of the key."""
    return build(read(path))


def cached(config: str | Path) -> Pipeline:
    """The pipeline of a config, made once in a process and again when the file has changed."""
    path = read(config).path.resolve()
    return _built(path, path.stat().st_mtime_ns)


def load(config: str | Path = "default") -> Language:
    """The spaCy `Language` of a config: by name (`default`, `fast`, …) or path.

    It works on clean text; its components set `doc._.entities`, `doc._.roles`, `doc._.quantities`, `doc._.facts` and
    `doc._.projects`. Raises ConfigError.
    """
    run_config = read(config)
    import_code(run_config)
    return build_language(run_config)


def process(
    text: str,
    *,
    id: str = "text",
    title: str | None = None,
    date: str | None = None,
    config: str | Path = "default",
    paged: bool = True,
) -> list[Article]:
    """The article records of a text.

    date: ISO 8601; times such as 去年 are resolved against it. paged: whether the text is a page, which may hold several
    articles and cut paragraphs, or one clean document. Raises ConfigError, and RuntimeError if a stage fails.
    """
    import hashlib

    data = text.encode("utf-8", "surrogatepass")
    document = RawDocument(id, text, "", hashlib.sha256(data).hexdigest(), len(data), paged, title, date)
    articles: list[Article] = []
    for item in cached(config).articles(document):
        if isinstance(item, Failure):
            raise RuntimeError(f"{item.stage}: {item.message}")
        articles.append(item)
    return articles
