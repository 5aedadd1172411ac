"""Training configs: one file in spaCy's format says what a model learns from, and how."""

import configparser
from pathlib import Path
from typing import TypeVar

import confection
import msgspec

from ..errors import ConfigError
from .corpora import DataSet

T = TypeVar("T", bound=msgspec.Struct)


class NerSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[train]` of an entity model."""

    labels: list[str]
    output: str = "."
    """Folder of the weights and the model card, relative to the config."""
    seed: int = 0
    epochs: int = 10
    rate: float = 0.2
    penalty: float = 3.0
    """Of half the squared weights."""
    grams: tuple[int, int, int, int] = (2, 2, 3, 5)
    """How often one, two, three or four characters in a row must be seen to be known."""
    least: float = 0.15
    """Strings with smaller weights are left out of the model."""
    lexicon: bool = True
    """Whether words are known by their classes in the lexicon and the gazetteers."""
    segmented: str | None = None
    """Name or path of a segmentation model: it is learnt from where characters stand in the words that this cuts, too."""
    clusters: list[int] = []
    """Kinds of words, by their neighbours in `texts`; two numbers make two divisions, a coarse and a fine one."""
    texts: list[str] = []
    """JSON Lines of unlabelled texts, for `clusters`."""


class SegmentSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[train]` of a segmentation model."""

    path: str
    """Training text: a sentence a line, words set apart by spaces, digits and Latin letters full-width."""
    output: str = "."
    seed: int = 0
    words: str | None = None
    """A list of words, one a line: for the second trainer, words of the training text that it lacks are divided into words
    that it has."""
    iterations: int = 15
    """Of spacy-pkuseg's trainer."""
    rare: int = 1
    """A feature seen this often or less in training is never made."""
    epochs: int = 6
    """Of the second trainer, at the rate and penalty that follow; 0 for none."""
    rate: float = 0.2
    penalty: float = 0.1
    least: float = 0.1
    """A feature whose weights for the tags differ by less hardly decides anything, and is left out."""
    terms: str = "not stated"
    about: str = ""


class TrainConfig(msgspec.Struct, frozen=True):
    """A training config that was read: its path, `[train]`, and the data sets by name."""

    path: Path
    settings: NerSettings | SegmentSettings
    data: dict[str, DataSet]
    test: dict[str, DataSet]

    def file(self, name: str) -> Path:
        """A path of the config, which is relative to it."""
        return self.path.parent / name


def read(path: Path, kind: type[NerSettings] | type[SegmentSettings]) -> TrainConfig:
    """Raises ConfigError for a config that cannot be read, a key that it does not have, or a value that does not fit."""
    try:
        values = confection.Config().from_str(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, ValueError, configparser.Error, confection.ConfigValidationError) as error:
        raise ConfigError(f"{path}: not a config file: {str(error).strip().splitlines()[0]}") from None
    for section in values:
        if section not in ("train", "data", "test"):
            raise ConfigError(f"{path}: [{section}]: unknown section; expected train, data.NAME, test.NAME")
    settings = _section(path, "train", values.get("train", {}), kind)
    data, test = (
        {name: _section(path, f"{part}.{name}", section, DataSet) for name, section in values.get(part, {}).items()}
        for part in ("data", "test")
    )
    if kind is NerSettings and not data:
        raise ConfigError(f"{path}: no data; expected a section [data.NAME] with path and format")
    return TrainConfig(path, settings, data, test)


def _section(path: Path, section: str, values: object, kind: type[T]) -> T:
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        problem, _, place = str(error).replace("`", "").partition(" - at $.")
        raise ConfigError(f"{path}: [{section}]{' ' + place if place else ''}: {problem}") from None
