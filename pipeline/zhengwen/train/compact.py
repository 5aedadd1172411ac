"""Fitted weights made small: added up for each string, rounded, and what hardly weighs left out."""

from collections.abc import Sequence

import numpy as np

from ..crf.row_map import Ints
from ..crf.spans import Scores
from ..crf.trie import Trie
from ..tagger.model import STEP, Bytes, Framed, Model, Table
from ..tagger.observe import Observer, Template
from ..tagger.segmented import FRAMES, runs
from ..tagger.walk import Walk


def compact(observer: Observer, weights: Scores, labels: Sequence[str], least: float) -> Model:
    """The model of fitted weights, (columns, tags). least: strings whose weights are all smaller are left out."""
    trie = observer.walk.trie
    tables: list[Table] = []
    start = 0
    blocks: dict[int, list[tuple[Template, Scores]]] = {n: [] for n in range(1, observer.walk.longest + 1)}
    for template in observer.templates:
        size = template.size * len(template.offsets)
        block = weights[start : start + size].reshape(template.size, len(template.offsets), -1)
        blocks[template.length].append((template, block))
        start += size
    for found in blocks.values():
        tables.append(_table(found, least, weights.shape[1]))
    walk, tables = _pruned(observer.walk.symbols, trie, tables)
    framed = None
    if observer.segmented:
        frames = weights[start:][runs(np.arange(FRAMES))].sum(1)
        framed = Framed(observer.segmented, _steps(frames - frames[:, :1]))
    return Model(labels, walk, tables, framed)


def _steps(weights: Scores) -> Bytes:
    return np.clip(np.rint(weights * STEP), -127, 127).astype(np.int8)


def _table(blocks: list[tuple[Template, Scores]], least: float, tags: int) -> Table:
    first = min(template.offsets[0] for template, _ in blocks)
    places = max(template.offsets[-1] for template, _ in blocks) + 1 - first
    (known,) = np.nonzero(np.any([template.rows >= 0 for template, _ in blocks], axis=0))
    total = np.zeros((len(known), places, tags), np.float32)
    for template, block in blocks:
        rows = template.rows[known]
        at = template.offsets[0] - first
        total[rows >= 0, at : at + len(template.offsets)] += block[rows[rows >= 0]]
    total -= total[:, :, :1]  # only differences between tags weigh
    heavy = np.abs(total).max((1, 2), initial=0) >= least
    steps = np.concatenate([np.zeros((1, places, tags), np.int8), _steps(total[heavy])])
    unique, place = np.unique(steps, axis=0, return_inverse=True)
    order = np.concatenate([[place[0]], np.delete(np.arange(len(unique)), place[0])])  # zeros first
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    row_of = np.zeros(len(blocks[0][0].rows), np.int32)
    row_of[known[heavy]] = rank[place.ravel()[1:]]
    return Table(row_of, first, unique[order])


def _pruned(symbols: str, trie: Trie, tables: list[Table]) -> tuple[Walk, list[Table]]:
    """Without the states that lead to no string with a row."""
    parents = trie.keys // trie.width - trie.width
    kept = np.any([table.rows > 0 for table in tables[1:]], axis=0)
    for _ in tables:
        above = parents[kept]
        kept[above[above >= 0]] = True
    number = np.cumsum(kept) - 1
    behind = np.where(parents >= 0, number[parents] + trie.width, parents + trie.width)
    keys: Ints = (behind * trie.width + trie.keys % trie.width)[kept]
    used = [length for length, table in enumerate(tables, 1) if length == 1 or (table.rows > 0).any()]
    tables = [tables[0], *(table._replace(rows=table.rows[kept]) for table in tables[1 : max(used)])]
    return Walk(symbols, Trie(keys, trie.width), len(tables)), tables
