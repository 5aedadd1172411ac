"""Gold in the formats of annotation tools: one module a format, with `read(path)` and `write(documents, path)`."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from ...errors import GoldError
from ..documents import GoldDocument

FORMATS = {
    "gold": "jsonl",
    "articles": "articles",
    "label-studio": "label_studio",
    "doccano": "doccano",
    "conll": "conll",
    "docbin": "docbin",
    "brat": "brat",
}
"""Format → its module here, imported when it is asked for."""
ONLY_READ = ("articles",)
_SUFFIXES = {".json": "label-studio", ".conll": "conll", ".bio": "conll", ".spacy": "docbin"}


def module(name: str) -> ModuleType:
    """The module of a format. Raises GoldError if there is no such format."""
    if name not in FORMATS:
        raise GoldError(f"format {name!r}: expected one of {', '.join(FORMATS)}")
    return import_module(f"{__name__}.{FORMATS[name]}")


def guess(path: Path) -> str:
    """The format of a path by its name: of JSON Lines the one that the name mentions, else gold. Raises GoldError."""
    suffix = path.suffix.lower()
    if path.is_dir() or not suffix:
        return "brat"
    if suffix == ".jsonl":
        return next((name for name in ("doccano", "articles") if name in path.name.lower()), "gold")
    if suffix not in _SUFFIXES:
        raise GoldError(f"{path}: the name does not tell the format; expected --from or --to {', '.join(FORMATS)}")
    return _SUFFIXES[suffix]


def convert(
    inputs: Sequence[Path],
    output: Path,
    source: str | None = None,
    target: str | None = None,
    *,
    utf16: bool = False,
    predictions: bool = False,
) -> list[GoldDocument]:
    """Reads the inputs and writes them as one output; gives back the documents.

    source, target: names of formats, guessed where None. utf16: doccano's offsets count UTF-16 units. predictions: for
    Label Studio, as a model's proposal. Raises GoldError for what cannot be read, or for an id that comes twice, and
    OutputError for what cannot be written.
    """
    target = target or guess(output)
    write = module(target)
    sources = [(path, source or guess(path)) for path in inputs]
    if target in ONLY_READ:
        raise GoldError(f"{output}: {target} can only be read; expected another --to")
    if utf16 and "doccano" not in (target, *(name for _, name in sources)):
        raise GoldError("--utf16 is for doccano only; expected it as --from or --to")
    if predictions and target != "label-studio":
        raise GoldError(f"--predictions is for --to label-studio only; the output is {target}")
    documents: list[GoldDocument] = []
    places: dict[str, Path] = {}
    for path, name in sources:
        for document in module(name).read(path, **_options(name, utf16=utf16)):
            if document.id in places:
                first = places[document.id]
                raise GoldError(f"{path}: id {document.id!r} was used before, in {first}; ids must differ")
            places[document.id] = path
            documents.append(document)
    if not documents:
        raise GoldError(f"{' '.join(map(str, inputs))}: no document; expected at least one")
    write.write(documents, output, **_options(target, utf16=utf16, predictions=predictions))
    return documents


def _options(name: str, **given: bool) -> dict[str, bool]:
    """Of the options given those that a format has."""
    known = {"doccano": "utf16", "label-studio": "predictions"}.get(name)
    return {key: value for key, value in given.items() if key == known}
