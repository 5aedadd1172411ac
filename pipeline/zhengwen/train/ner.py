"""`zhengwen train ner`: data sets → examples → features → weights → a model with its card."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from .. import resources
from ..crf.row_map import Ints
from ..crf.spans import tag_numbers
from ..entities.spans import SpanSet
from ..errors import ConfigError, ResourceError
from ..tagger.classes import LONGEST, word_classes
from ..tagger.model import Found, Model
from ..tagger.observe import Observer, layered
from ..tagger.segmented import Segmented
from . import card
from .calibrate import calibrated
from .clusters import clustered
from .compact import compact
from .corpora import DOUBT, DataSet, Example, examples
from .features import matrix, width
from .fit import batches, fit
from .settings import NerSettings, TrainConfig

_AT_ONCE = 200
"""Texts tagged at once."""
Say = Callable[[str], None]


class Score(NamedTuple):
    """Spans of a label, or of all: right, found, wanted."""

    label: str
    right: int
    found: int
    wanted: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0


def train(config: TrainConfig, say: Say = lambda line: None) -> Path:
    """Writes weights and card, and gives back their folder. The same config, data and seed give the same bytes.

    Raises ConfigError and GoldError for the user's mistakes, all before anything is fitted, and ResourceError without scipy.
    """
    settings = config.settings
    assert isinstance(settings, NerSettings)
    if find_spec("scipy") is None:
        raise ResourceError('train ner needs scipy: pip install "zhengwen[train]"')
    if settings.segmented:
        resources.find("models", settings.segmented)
    sets = {name: _read(config, name, data, settings, say) for name, data in config.data.items()}
    tests = {name: _read(config, name, data, settings, say) for name, data in config.test.items()}
    classes = list(word_classes()) if settings.lexicon else []
    if settings.clusters:
        classes += clustered([config.file(path) for path in settings.texts], settings.clusters, settings.seed)
    classes = [one for one in classes if len(one[1]) <= LONGEST]
    layers = layered(classes)
    by_rules = {name: found for name, found in sets.items() if config.data[name].format == "texts"}
    if by_rules:
        say("a first model, without what the rules labelled")
        by_hand = _weighted(config, {name: found for name, found in sets.items() if name not in by_rules})
        first = fitted(by_hand, layers, msgspec.structs.replace(settings, epochs=settings.epochs // 2), say)
        sets |= {name: doubted(first, found) for name, found in by_rules.items()}
    model = fitted(_weighted(config, sets), layers, settings, say)
    model.calibration = calibrated(model, [one for name, found in tests.items() for one in found])
    folder = config.file(settings.output)
    model.save(folder)
    scores = {name: score(model, found) for name, found in tests.items()}
    trained, tested = ({name: len(found) for name, found in one.items()} for one in (sets, tests))
    card.write_ner(folder, config, trained, tested, scores)
    return folder


def _read(config: TrainConfig, name: str, data: DataSet, settings: NerSettings, say: Say) -> list[Example]:
    found = examples(data, config.path.parent)
    for example in found:
        for start, end, label in example.spans:
            if label not in settings.labels and label != DOUBT:
                expected = ", ".join(settings.labels)
                raise ConfigError(
                    f"{config.path}: [data.{name}] labels: {label!r} ({example.text[start:end]!r}) is none of [train] "
                    f"labels; expected {expected}, - for no entity, or ? to leave its clause out"
                )
    say(f"{name}: {len(found)} texts, {sum(len(one.text) for one in found):,} characters")
    return found


def _weighted(config: TrainConfig, sets: Mapping[str, list[Example]]) -> list[tuple[Example, float]]:
    return [(example, config.data[name].weight) for name, found in sets.items() for example in found]


def doubted(model: Model, found: Sequence[Example]) -> list[Example]:
    """Texts labelled by rules, with what a model finds where the rules found nothing in doubt: their gaps are not learnt."""
    examples: list[Example] = []
    for example, names in _tagged(model, found):
        taken = SpanSet((start, end) for start, end, _ in example.spans)
        gaps = [(name.start, name.end, DOUBT) for name in names if not taken.overlaps(name.start, name.end)]
        examples.append(Example(example.text, sorted([*example.spans, *gaps])))
    return examples


def _tagged(model: Model, found: Sequence[Example]) -> Iterator[tuple[Example, list[Found]]]:
    for i in range(0, len(found), _AT_ONCE):
        part = found[i : i + _AT_ONCE]
        yield from zip(part, model([example.text for example in part]), strict=True)


def fitted(
    weighted: Sequence[tuple[Example, float]],
    layers: Sequence[Mapping[str, str]],
    settings: NerSettings,
    say: Say = lambda line: None,
) -> Model:
    texts = [example.text for example, _ in weighted]
    segmented = Segmented(settings.segmented) if settings.segmented else None
    observer = Observer.of(texts, layers, dict(enumerate(settings.grams, 1)), segmented)
    features, lengths = matrix(observer, texts)
    tags, doubtful = _tags([example for example, _ in weighted], settings.labels, lengths)
    importance = _importance(weighted, lengths, doubtful)
    used = importance > 0
    generator = np.random.default_rng(settings.seed)
    work = batches(*_only(features, tags, lengths, used), importance[used], generator)
    say(f"{len(tags):,} characters, {width(observer):,} features, {len(work)} batches")
    weights = fit(
        work,
        (width(observer), 1 + 4 * len(settings.labels)),
        epochs=settings.epochs,
        rate=settings.rate,
        penalty=settings.penalty,
        generator=generator,
        report=lambda epoch, _: say(f"epoch {epoch + 1} of {settings.epochs}"),
    )
    return compact(observer, weights, settings.labels, settings.least)


def _tags(found: Sequence[Example], labels: Sequence[str], lengths: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """The tags of all characters, and which are in doubt: those of names that go on into another chain too."""
    number = {label: i for i, label in enumerate(labels)}
    size = sum(len(example.text) for example in found)
    spans: list[tuple[int, int, int]] = []
    doubtful = np.zeros(size, bool)
    position = 0
    for example in found:
        for start, end, label in example.spans:
            if label == DOUBT:
                doubtful[position + start : position + end] = True
            else:
                spans.append((position + start, position + end, number[label]))
        position += len(example.text)
    ends = np.cumsum(lengths)
    chains = np.searchsorted(ends, [(start, end - 1) for start, end, _ in spans], "right").reshape(-1, 2)
    for i in np.flatnonzero(chains[:, 0] != chains[:, 1]).tolist():
        start, end, _ = spans[i]
        doubtful[start:end] = True
    return tag_numbers(spans, size, len(labels)), doubtful


def _importance(
    weighted: Sequence[tuple[Example, float]], lengths: Ints, doubtful: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Of each chain: the weight of its data set, 0 with a span in doubt."""
    weights = np.repeat([weight for _, weight in weighted], [len(example.text) for example, _ in weighted])
    starts = np.cumsum(lengths) - lengths
    return np.where(np.logical_or.reduceat(doubtful, starts), 0, weights[starts]).astype(np.float32)


def _only(features: Any, tags: Ints, lengths: Ints, used: NDArray[np.bool_]) -> tuple[Any, Ints, Ints]:
    rows = np.repeat(used, lengths)
    return features[rows], tags[rows], lengths[used]


def score(model: Model, found: Sequence[Example]) -> list[Score]:
    """Spans with their labels, as CoNLL counts them; those in doubt are neither right nor wrong."""
    right = dict.fromkeys(model.labels, 0)
    said, wanted = right.copy(), right.copy()
    for example, names in _tagged(model, found):
        gold = {span for span in example.spans if span[2] != DOUBT}
        doubts = [span for span in example.spans if span[2] == DOUBT]
        for name in names:
            if not any(start < name.end and name.start < end for start, end, _ in doubts):
                said[name.label] += 1
                right[name.label] += (name.start, name.end, name.label) in gold
        for _, _, label in gold:
            wanted[label] += 1
    scores = [Score(label, right[label], said[label], wanted[label]) for label in model.labels]
    return [Score("all", *(sum(counts.values()) for counts in (right, said, wanted))), *scores]
