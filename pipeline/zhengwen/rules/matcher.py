"""Finds what rules say in a text: one automaton over all their words, then each rule looks around its own.

Names are characters, not tokens; only spaCy's token patterns need a Doc. Of names that overlap the longer is taken, then the
surer, then the one whose rule comes first.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import ahocorasick_rs
import regex
from spacy.matcher import Matcher as TokenMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ..entities.spans import SpanSet
from ..errors import ConfigError, DocumentError
from ..script import simplified
from .compiled import Compiled, Role, anchors, compiled, shape_of
from .read import Line
from .reading import Reading

TIMEOUT = 5.0
"""Seconds that a regular expression may take over a document."""


class Match(NamedTuple):
    """A name that a rule finds; `rule` is its index."""

    start: int
    end: int
    rule: int


class Miss(NamedTuple):
    """A place where a word of a rule stands, but no name."""

    start: int
    end: int
    rule: int
    why: str


class Matcher:
    """`Matcher(lines)(text)` gives the matches of all rules that are not off.

    make_doc: cuts a text into tokens, for token patterns where a call brings no Doc.
    """

    def __init__(self, lines: Sequence[Line], make_doc: Callable[[str], Doc] | None = None):
        self.lines = list(lines)
        self._make_doc = make_doc
        self._rules: list[Compiled] = []
        self._edges: dict[str, frozenset[str]] = {}
        self.expressions: list[tuple[int, regex.Pattern[str], str]] = []
        self._tokens: list[tuple[int, list[dict[str, object]]]] = []
        self._token_matcher: Any = None
        owners: dict[str, list[tuple[int, Role]]] = {}
        for number, line in enumerate(self.lines):
            rule = line.rule
            one = compiled(rule)
            self._rules.append(one)
            if rule.off:
                continue
            if rule.edges is not None:
                inside = self._edges.get(rule.label, frozenset())
                self._edges[rule.label] = inside | {simplified(word) for word in rule.inside}
            role, words = anchors(line, one)
            for word in dict.fromkeys(words):
                owners.setdefault(word, []).append((number, role))
            if rule.regex is not None:
                self.expressions.append((number, line.expression(), ""))
            elif rule.shape is not None:
                self.expressions.append((number, *shape_of(rule.shape)))
            elif isinstance(rule.pattern, list):
                self._tokens.append((number, rule.pattern))
        self._owners = list(owners.values())
        self._words = list(owners)
        self._automaton = ahocorasick_rs.AhoCorasick(self._words, store_patterns=False)

    def prepare(self, vocab: Vocab) -> None:
        """Make spaCy's matcher of the token patterns. Raises ConfigError for the first that is none."""
        if self._tokens:
            self._token_matcher = TokenMatcher(vocab, validate=True)
        for number, pattern in self._tokens:
            try:
                self._token_matcher.add(str(number), [pattern], greedy="LONGEST")
            except Exception as error:
                reason = " ".join(str(error).split())
                raise ConfigError(f"{self.lines[number].where}: no token pattern of spaCy's: {reason}") from None

    def __call__(self, text: str, doc: Doc | None = None, misses: list[Miss] | None = None) -> list[Match]:
        """All matches, overlapping ones too, in order.

        doc: of the text, for token patterns; without it and `make_doc` they find nothing. misses: takes what was looked at and refused.
        Raises DocumentError if a regular expression takes longer than TIMEOUT.
        """
        reading = Reading(simplified(text), self._edges)
        found: set[Match] = set()
        looked: list[tuple[int, int, int, Role]] = []
        if self._owners:
            for word, start, end in self._automaton.find_matches_as_indexes(reading.text, overlapping=True):
                for number, role in self._owners[word]:
                    if role == "edge":
                        reading.edge_ends.setdefault(self._rules[number].rule.label, []).append(end)
                    else:
                        looked.append((number, start, end, role))
        for number, start, end, role in looked:
            name = reading.name(self._rules[number], role, start, end)
            if not isinstance(name, str):
                found.add(Match(*name, number))
            elif misses is not None:
                misses.append(Miss(start, end, number, name))
        for number, expression, literal in self.expressions:
            if literal in reading.text:
                found.update(self._searched(number, expression, reading))
        if self._tokens and doc is None and self._make_doc is not None:
            doc = self._make_doc(text)
        if self._tokens and doc is not None:
            found.update(self._of_tokens(doc))
        return sorted(found)

    def _searched(self, number: int, expression: regex.Pattern[str], reading: Reading) -> Iterable[Match]:
        one = self._rules[number]
        group = "name" if "name" in expression.groupindex else 0
        try:
            for match in expression.finditer(reading.text, timeout=TIMEOUT):
                start, end = match.span(group)
                if start < end and one.fewest <= end - start <= one.most and reading.fits(one.context, start, end):
                    yield Match(start, end, number)
        except TimeoutError:
            message = f"{self.lines[number].where}: the regular expression took more than {TIMEOUT} s"
            raise DocumentError("D901", message) from None

    def _of_tokens(self, doc: Doc) -> Iterable[Match]:
        if self._token_matcher is None or self._token_matcher.vocab is not doc.vocab:
            self.prepare(doc.vocab)
        for number, start, end in self._token_matcher(doc):
            span = doc[start:end]
            yield Match(span.start_char, span.end_char, int(doc.vocab.strings[number]))

    def settle(self, matches: Iterable[Match]) -> list[Match]:
        """A flat selection in text order."""
        taken = SpanSet()
        kept: list[Match] = []
        for match in sorted(matches, key=self.order):
            if not taken.overlaps(match.start, match.end):
                taken.add(match.start, match.end)
                kept.append(match)
        return sorted(kept)

    def order(self, match: Match) -> tuple[int, float, int, int]:
        """What wins comes first."""
        precision = self._rules[match.rule].rule.precision
        return match.start - match.end, -(1.0 if precision is None else precision), match.rule, match.start

    def __getstate__(self) -> list[Line]:
        """The rules alone: automata cannot be pickled."""
        return self.lines

    def __setstate__(self, lines: list[Line]) -> None:
        self.__init__(lines)  # type: ignore[misc]
