"""What the entity model learns from at each character: neighbours, their pairs and triples, and words of known classes.

A template has a row for each thing it knows and a column for each place that it speaks about, counted from the character
where the thing begins. Its weights are added up in `model.py`, where only the string counts that a thing is known by.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ..crf.row_map import Ints
from ..crf.trie import Trie
from .segmented import Segmented
from .walk import Walk, folded

_GRAMS = {1: range(-3, 4), 2: range(-2, 4), 3: range(-1, 4), 4: range(0, 4)}
"""For so many characters in a row, the places that they speak about."""
Words = Mapping[str, str]
"""The class of each word."""


class Template(NamedTuple):
    length: int
    """Characters of what it knows."""
    rows: Ints
    """For each state of the trie (of single characters, each number) its row, -1 for none."""
    offsets: range
    size: int


class Observer:
    """A walk with its templates, and who cuts the words if their frames are learnt from too."""

    def __init__(self, walk: Walk, templates: Sequence[Template], segmented: Segmented | None):
        self.walk, self.templates, self.segmented = walk, templates, segmented
        self._by_length: dict[int, list[int]] = defaultdict(list)
        for i, template in enumerate(templates):
            self._by_length[template.length].append(i)

    @classmethod
    def of(
        cls, texts: Sequence[str], layers: Sequence[Words], least: Mapping[int, int], segmented: Segmented | None
    ) -> "Observer":
        """Templates for all grams that stand often enough in the texts, and for the words of each layer by length.

        least: how often grams of so many characters must be seen.
        """
        counts: dict[int, Counter[str]] = {length: Counter() for length in _GRAMS}
        for line in (line for text in texts for line in folded(text).split("\n")):
            for length, counter in counts.items():
                counter.update(line[i : i + length] for i in range(len(line) - length + 1))
        grams = [{g: g for g, n in counts[length].items() if n >= least[length]} for length in _GRAMS]
        known = [*grams, *({folded(word): kind for word, kind in layer.items()} for layer in layers)]
        symbols = "".join(sorted({character for words in known for word in words for character in word}))
        number = {symbol: i for i, symbol in enumerate(symbols, 1)}
        strings = sorted({word for words in known for word in words if len(word) > 1})
        trie, ends = Trie.build(([number[character] for character in word] for word in strings), len(symbols) + 1)
        place = number | dict(zip(strings, ends, strict=True))

        def templates() -> Iterator[Template]:
            for words in known:
                for length in sorted({*map(len, words)}):
                    these = {word: kind for word, kind in words.items() if len(word) == length}
                    row = {kind: i for i, kind in enumerate(sorted({*these.values()}))}
                    rows = np.full(trie.size if length > 1 else len(symbols) + 1, -1, np.int64)
                    for word, kind in these.items():
                        rows[place[word]] = row[kind]
                    offsets = _GRAMS[length] if words in grams else range(-1, length + 1)
                    yield Template(length, rows, offsets, len(row))

        return cls(Walk(symbols, trie, max(map(len, place))), list(templates()), segmented)

    def __call__(self, numbers: Ints) -> Iterator[tuple[int, Ints, Ints]]:
        """What each template knows of a text: its place among them, where it begins, and the rows."""
        for length, at, states in self.walk(numbers):
            for i in self._by_length[length]:
                rows = self.templates[i].rows[states]
                known = rows >= 0
                yield i, at[known], rows[known]


def layered(classes: Iterable[tuple[str, str, str]]) -> list[Words]:
    """(layer, word, class) → layers; a word of several classes in a layer has all of them as its class."""
    layers: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for layer, word, kind in classes:
        layers[layer][word].add(kind)
    return [{word: " ".join(sorted(kinds)) for word, kinds in layers[name].items()} for name in sorted(layers)]
