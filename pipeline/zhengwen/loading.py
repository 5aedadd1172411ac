"""Pipelines from configs: every stage made, its section and key named where one does not fit; and the Python API on one text."""

import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.lang.zh import Chinese
from spacy.language import Language
from spacy.schemas import ConfigSchemaNlp
from spacy.util import registry

from . import extensions  # noqa: F401  declares the Doc extensions
from .config import RunConfig, build_stage, check_arguments, import_code, problem_of, read
from .errors import ZhengwenError
from .pipeline import Pipeline
from .records import Article, Failure, RawDocument


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
