"""How sure a mention is: how often what its rule finds was right in news annotated by hand (`lexicon/confidence.tsv`)."""

from functools import cache

from ..lexicon import table


@cache
def _measured() -> dict[tuple[str, str], float]:
    return {(row["by"], row["label"]): confidence(int(row["right"]), int(row["found"])) for row in table("confidence")}


def confidence(right: int, found: int) -> float:
    """Laplace's rule of succession, so that a rule seen seldom is never held for certain."""
    return round((right + 1) / (found + 2), 2)


def confidence_of(by: str, label: str) -> float:
    """Of a rule or lexicon by its name; a lexicon of the user's own is believed, an unmeasured rule half."""
    return 1.0 if by.startswith("user:") else _measured().get((by, label), 0.5)
