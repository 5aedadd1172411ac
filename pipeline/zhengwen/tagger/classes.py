"""Classes of words by which the entity model knows a word that it never saw: surnames, places, suffixes, verbs."""

from collections.abc import Iterator

from ..lexicon import column, pairs, table

LONGEST = 10
"""Characters of the longest word that is looked up."""


def word_classes() -> Iterator[tuple[str, str, str]]:
    """(layer, word, class) for every word of the lexicon and the gazetteers that tells something about names."""
    for layer, word, kind in _all():
        if 0 < len(word) <= LONGEST:
            yield layer, word, kind


def _all() -> Iterator[tuple[str, str, str]]:
    for word, kind in pairs("words"):
        yield "words", word, kind
    for row in table("surnames", "corpus/gazetteers"):
        yield "surnames", row["surname"], row["rank"]
    for row in table("divisions", "corpus/gazetteers"):
        yield "divisions", row["name"], row["level"]
        yield "divisions", row["short"], "short"
    for _, name in pairs("towns", "corpus/gazetteers"):
        yield "towns", name, "town"
    for row in table("places", "corpus/gazetteers"):
        yield "places", row["name"], "country" if row["kind"] in ("continent", "country") else "other"
    for row in table("companies", "corpus/gazetteers"):
        yield "companies", row["name"], row["ambiguous"]
        yield "companies", row["full"], "full"
    for row in table("soe", "corpus/gazetteers"):
        yield "companies", row["short"], "no"
        yield "companies", row["name"], "full"
    for row in table("zones", "corpus/gazetteers"):
        yield "zones", row["name"], "full"
        yield "zones", row["short"], "short"
    for name in column("organs", "name"):
        yield "organs", name, "organ"
    for row in table("bodies"):
        yield "bodies", row["word"], row["label"]
    for word in column("trades", "word"):
        yield "trades", word, "trade"
    for row in table("posts"):
        yield "posts", row["post"], row["sphere"]
    for word in column("post_parts", "word", part="rank"):
        yield "posts", word, "rank"
    for word in column("geography", "name"):
        yield "geography", word, "suffix"
    for word in column("institutions", "word"):
        yield "institutions", word, "suffix"
    for word in column("kinds", "word"):
        yield "kinds", word, "kind"
    for row in table("names"):
        if row["kind"] in ("speech", "after", "appoint", "never", "seldom"):
            yield "names", row["word"], row["kind"]
    for row in table("stops"):
        yield "stops", row["word"], row["kind"]
    for row in table("company_contexts"):
        yield "contexts", row["word"], row["where"]
