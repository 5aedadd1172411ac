"""How sure a mention is: how often what its rule finds was right in news annotated by hand (`lexicon/confidence.tsv`)."""

from typing import Final

from ..lexicon import table


def confidence(right: int, found: int) -> float:
    """Laplace's rule of succession, so that a rule seen seldom is never held for certain."""
    return round((right + 1) / (found + 2), 2)


_MEASURED: Final = {
    (row["by"], row["label"]): confidence(int(row["right"]), int(row["found"])) for row in table("confidence")
}


def confidence_of(by: str, label: str) -> float:
    """Of a rule or lexicon by its name; a lexicon of the user's own is believed, an unmeasured rule half."""
    measured = _MEASURED.get((by, label))
    return measured if measured is not None else 1.0 if by.startswith("user:") else 0.5
