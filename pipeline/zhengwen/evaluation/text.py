"""Segmentation where gold has words, and layout where gold has articles."""

from collections import Counter
from collections.abc import Iterable, Sequence

import regex

from ..gold.documents import GoldArticle, GoldDocument
from .align import matched
from .outputs import Record
from .tally import Measure, Tally

_SPACE = regex.compile(r"\s+")
_LAST_BRACKET = regex.compile(r"[（(][^（()）]{2,40}[）)]$")
HEADINGS = ("title", "kicker", "subtitle", "section")


def count_words(gold: GoldDocument, records: Iterable[Record], tally: Tally) -> None:
    """Words as spans, as the SIGHAN bake-offs count them, up to where gold has words."""
    wanted = set(gold.words or ())
    end = max((span[1] for span in wanted), default=0)
    text = gold.text
    got = {span for record in records for span in record.words() if span[0] < end and not text[slice(*span)].isspace()}
    tally.sets(Measure("words", "found"), len(wanted & got), len(got), len(wanted))


def count_layout(gold: GoldDocument, records: Sequence[Record], tally: Tally) -> None:
    """Articles by their titles; then, of those, headings as accuracies, bylines, paragraphs and captions as sets.

    White space does not count; a byline in brackets may stay at the end of its paragraph or be lifted out of it.
    """
    articles = gold.articles or []
    pairs, missed, spurious = matched(articles, records, lambda a, b: _bare(a.title) == _bare(b.title))
    more, missed, spurious = matched(missed, spurious, _share_paragraph)
    tally.sets(Measure("layout", "title"), len(pairs), len(records), len(articles))
    pairs += more
    tally.sets(Measure("layout", "article"), len(pairs), len(records), len(articles))
    for heading in HEADINGS[1:]:
        for a, b in pairs:
            right = _bare(getattr(a, heading)) == _bare(getattr(b, heading))
            tally.answer(Measure("layout", heading), right)
            if not right:
                tally.miss("layout", heading, getattr(a, heading) or "nothing", getattr(b, heading) or "nothing")
    for a, b in pairs:
        _sets(tally, "byline", a.byline, b.byline)
        _sets(tally, "caption", a.captions, b.parts("caption"))
        _sets(tally, "paragraph", *(map(_less_byline, parts) for parts in (a.paragraphs, b.parts("paragraph"))))
    for one in missed:
        tally.miss("layout", "missed", one.title or "an article without title", "")
        _sets(tally, "paragraph", map(_less_byline, one.paragraphs), ())
    for record in spurious:
        tally.miss("layout", "spurious", "", record.title or "an article without title")
        _sets(tally, "paragraph", (), map(_less_byline, record.parts("paragraph")))


def _sets(tally: Tally, name: str, gold: Iterable[str], found: Iterable[str]) -> None:
    wanted, got = Counter(map(_bare, gold)), Counter(map(_bare, found))
    tally.sets(Measure("layout", name), (wanted & got).total(), got.total(), wanted.total())
    for text in wanted - got:
        tally.miss("layout", name, text, "")
    for text in got - wanted:
        tally.miss("layout", name, "", text)


def _share_paragraph(gold: GoldArticle, record: Record) -> bool:
    return bool(set(map(_bare, gold.paragraphs)) & set(map(_bare, record.parts("paragraph"))))


def _less_byline(paragraph: str) -> str:
    return _LAST_BRACKET.sub("", paragraph.strip())


def _bare(text: str | None) -> str:
    return _SPACE.sub("", text or "")
