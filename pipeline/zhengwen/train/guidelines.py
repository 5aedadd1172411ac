"""Other people's annotation made to say what our guidelines say, as far as that can be told from the words.

An organisation is a company or a zone if its last word says so (`bodies.tsv`, `trades.tsv`) or if it is a known company; a
meeting or fair is nothing; a place that opens a title (北京市|市长) belongs to the title.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from ..lexicon import column, table

Spanned = tuple[int, int, str]
_LONGEST_POST = 8


def by_guidelines(text: str, spans: Iterable[Spanned]) -> Iterator[Spanned]:
    for start, end, label in spans:
        if label == "ORG":
            label = _kind(text[start:end])
        elif label == "PLACE":
            if opens_title(text, end):
                continue
            if _last_word(text[start:end]) == "ZONE":
                label = "ZONE"
        if label != "EVENT":
            yield start, end, label


def opens_title(text: str, end: int) -> bool:
    """Whether a title of the state begins at `end`, maybe behind its rank."""
    posts, ranks = _titles()
    for start in (end, *(end + len(rank) for rank in ranks if text.startswith(rank, end))):
        if any(text[start : start + length] in posts for length in range(_LONGEST_POST, 1, -1)):
            return True
    return False


def _kind(name: str) -> str:
    if name in _companies():
        return "COMPANY"
    return _last_word(name) or "ORG"


def _last_word(name: str) -> str | None:
    kinds = _last_words()
    return next((kinds[name[i:]] for i in range(1, len(name)) if name[i:] in kinds), None)


@cache
def _last_words() -> dict[str, str]:
    return dict.fromkeys(column("trades", "word", certain="yes"), "COMPANY") | {
        row["word"]: row["label"] for row in table("bodies")
    }


@cache
def _companies() -> frozenset[str]:
    companies = table("companies", "corpus/gazetteers")
    soe = table("soe", "corpus/gazetteers")
    return frozenset(
        [
            *(row["name"] for row in companies if row["ambiguous"] == "no"),
            *(row["full"] for row in companies),
            *(row[key] for row in soe for key in ("name", "short")),
        ]
    )


@cache
def _titles() -> tuple[frozenset[str], tuple[str, ...]]:
    posts = frozenset(row["post"] for row in table("posts") if row["sphere"] in ("state", "any"))
    return posts, column("post_parts", "word", part="rank")
