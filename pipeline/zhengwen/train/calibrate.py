"""How often the model is right beside the rules, by how likely it holds a name: what `confidence` says."""

from collections.abc import Iterable, Sequence

from ..entities.spans import SpanSet, disjoint
from ..tagger.combine import candidates
from ..tagger.model import Calibration, Model
from .corpora import DOUBT, Example

_EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
_PRIOR = 5
"""Names of all labels that a label's own weigh as much as, so that few of a label are no proof."""


def calibrated(model: Model, found: Sequence[Example], config: str = "entities") -> Calibration:
    """Steps for each place and label; none without texts. The rules are those of a config; names that overlap a span in
    doubt do not count. More likely names are never held for less often right (pooled adjacent violators)."""
    from ..loading import load

    if not found:
        return {}
    nlp = load(config)
    judged: dict[str, dict[str, list[tuple[float, bool]]]] = {
        place: {label: [] for label in model.labels} for place in ("gap", "over")
    }
    for example, names in zip(found, model([example.text for example in found]), strict=True):
        with nlp.memory_zone():
            doc = nlp(example.text)
            possible = list(candidates(example.text, names, doc._.entities, doc._.ruled_out))
        doubts = SpanSet(disjoint([(start, end) for start, end, label in example.spans if label == DOUBT]))
        gold = set(example.spans)
        for name, where, _ in possible:
            if not doubts.overlaps(name.start, name.end):
                judged[where][name.label].append((name.odds, (name.start, name.end, name.label) in gold))
    calibration: Calibration = {}
    for place, labels in judged.items():
        every = _steps([one for names_ in labels.values() for one in names_], [0.5] * len(_EDGES))
        calibration[place] = {label: _rising(_steps(names_, every)) for label, names_ in labels.items()}
    return calibration


def _steps(judged: Iterable[tuple[float, bool]], prior: Sequence[float]) -> list[float]:
    right, said = [0] * len(_EDGES), [0] * len(_EDGES)
    for likely, good in judged:
        step = max(i for i, edge in enumerate(_EDGES) if likely >= edge)
        said[step] += 1
        right[step] += good
    return [(r + _PRIOR * p) / (s + _PRIOR) for r, s, p in zip(right, said, prior, strict=True)]


def _rising(steps: Sequence[float]) -> list[tuple[float, float]]:
    pools: list[list[float]] = []
    for value in steps:
        pools.append([value])
        while len(pools) > 1 and sum(pools[-2]) / len(pools[-2]) > sum(pools[-1]) / len(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    flat = [sum(pool) / len(pool) for pool in pools for _ in pool]
    return [(edge, round(value, 2)) for edge, value in zip(_EDGES, flat, strict=True)]
