"""A training text made to keep to a list of words: what the list lacks is divided into words that it has."""

import math
from collections import Counter
from collections.abc import Sequence

_LONGEST = 10


def divided(sentences: Sequence[list[str]], listed: frozenset[str]) -> list[list[str]]:
    """Every word of two characters or more that is not listed, in as few listed words (or single characters) as can be,
    of equal divisions the one of the more frequent words."""
    counts = Counter(word for words in sentences for word in words)
    total = sum(counts.values())
    parts: dict[str, list[str]] = {}

    def division(word: str) -> list[str]:
        best: list[tuple[int, float, int]] = [(0, 0.0, 0)]  # words, rarity, start of the last one up to each position
        for end in range(1, len(word) + 1):
            best.append(
                min(
                    (best[start][0] + 1, best[start][1] - math.log((counts[part] + 0.5) / total), start)
                    for start in range(max(0, end - _LONGEST), end)
                    if len(part := word[start:end]) == 1 or part in listed
                )
            )
        found: list[str] = []
        end = len(word)
        while end:
            start = best[end][2]
            found.append(word[start:end])
            end = start
        return found[::-1]

    for word in counts:
        if len(word) > 1 and word not in listed:
            parts[word] = division(word)
    return [[part for word in words for part in parts.get(word, [word])] for words in sentences]
