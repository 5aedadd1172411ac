"""Finds what rules say in a text: one automaton over all their words, then each rule looks around its own.

Names are characters, not tokens; only spaCy's token patterns need a Doc. Of names that overlap the longer is taken, then the
surer, then the one whose rule comes first.
"""

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, NamedTuple

import ahocorasick_rs
import regex
from spacy.matcher import Matcher as TokenMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ..entities.openings import balanced
from ..entities.spans import SpanSet
from ..errors import ConfigError, DocumentError
from ..script import simplified
from .edges import Clause, Surroundings, cuts_word, kind_of, runs_on
from .read import Line
from .records import Context, Rule
from .shapes import CLASSES, of_classes, pattern_of

TIMEOUT = 5.0
"""Seconds that a regular expression may take over a document."""
LONGEST = 20
"""Characters of a name whose rule gives no length."""
Role = Literal["name", "suffix", "prefix", "before", "edge"]


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


class _Compiled(NamedTuple):
    rule: Rule
    fewest: int
    most: int
    only: regex.Pattern[str]
    """The characters that a name may have besides prefix and suffix."""
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    before: tuple[str, ...]
    context: Context


class Matcher:
    """`Matcher(lines)(text)` gives the matches of all rules that are not off.

    make_doc: cuts a text into tokens, for token patterns where a call brings no Doc.
    """

    def __init__(self, lines: Sequence[Line], make_doc: Callable[[str], Doc] | None = None):
        self.lines = list(lines)
        self._make_doc = make_doc
        self._rules: list[_Compiled] = []
        self._edges: dict[str, frozenset[str]] = {}
        self.expressions: list[tuple[int, regex.Pattern[str], str]] = []
        self._tokens: list[tuple[int, list[dict[str, object]]]] = []
        self._token_matcher: Any = None
        owners: dict[str, list[tuple[int, Role]]] = {}
        for number, line in enumerate(self.lines):
            rule = line.rule
            compiled = _compiled(rule)
            self._rules.append(compiled)
            if rule.off:
                continue
            if rule.edges is not None:
                inside = self._edges.get(rule.label, frozenset())
                self._edges[rule.label] = inside | {simplified(word) for word in rule.inside}
            role, words = _anchors(line, compiled)
            for word in dict.fromkeys(words):
                owners.setdefault(word, []).append((number, role))
            if rule.regex is not None:
                self.expressions.append((number, line.expression(), ""))
            elif rule.shape is not None:
                self.expressions.append((number, *_shape(rule.shape)))
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
        reading = _Reading(simplified(text), self._edges)
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

    def _searched(self, number: int, expression: regex.Pattern[str], reading: "_Reading") -> Iterable[Match]:
        compiled = self._rules[number]
        group = "name" if "name" in expression.groupindex else 0
        try:
            for match in expression.finditer(reading.text, timeout=TIMEOUT):
                start, end = match.span(group)
                if (
                    start < end
                    and compiled.fewest <= end - start <= compiled.most
                    and reading.fits(compiled.context, start, end)
                ):
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


class _Reading:
    """One text, and where names of each label can begin in it."""

    def __init__(self, text: str, inside: dict[str, frozenset[str]]):
        self.text = text
        self.edge_ends: dict[str, list[int]] = {}
        """The ends of the rules' own edge words, by label, in order."""
        self._inside = inside
        self._around = Surroundings(text)
        self._longer: dict[tuple[int, int], bool] = {}

    def name(self, one: _Compiled, role: Role, start: int, end: int) -> tuple[int, int] | str:
        """The span of the name around the rule's word at [start, end), or why there is none."""
        text = self.text
        if role == "name":
            span = (start, end)
        elif role == "suffix":
            if self._runs_on(start, end):
                return "the suffix is part of a longer word"
            begin = self._begin(one, start, end)
            if isinstance(begin, str):
                return begin
            if not one.only.fullmatch(text, begin, start):
                return f"{text[begin:start]!r} before the suffix has other characters than {one.rule.chars}"
            span = (begin, end)
        else:
            begin = start if role == "prefix" else end
            finish = self._finish(one, end)
            span = (begin, finish)
            if not one.only.fullmatch(text, end, max(finish, end)):
                return f"{text[end:finish]!r} has other characters than {one.rule.chars}"
        if rest := self._rest_off(one, *span):
            return rest
        if not one.fewest <= span[1] - span[0] <= one.most:
            return f"{text[slice(*span)]!r} has {span[1] - span[0]} characters; the rule asks for {one.fewest} to {one.most}"
        if role != "suffix" and cuts_word(text, *span):
            return f"{text[slice(*span)]!r} cuts a longer word"
        if not self.fits(one.context, *span):
            return f"{text[slice(*span)]!r} stands in another context"
        return span

    def _begin(self, one: _Compiled, start: int, end: int) -> int | str:
        """Where the name begins whose suffix is at [start, end)."""
        text, label = self.text, one.rule.label
        clause = self._around.clause(start, end)
        if one.prefixes:
            edge = self._edge(clause, start, label, hard=True)
            first = max(edge, end - one.most)
            begins = (at for at in range(first, end - one.fewest + 1) if text.startswith(one.prefixes, at))
            return next(begins, "no prefix before the suffix")
        if one.rule.start == "place":
            place = clause.place(start, self._edge(clause, start, label, hard=True))
            return "no place before the suffix" if place is None else place
        edge = self._edge(clause, start, label, hard=False)
        if one.before:
            nearer = (at for at in range(start, max(edge, end - one.most), -1) if text.endswith(one.before, 0, at))
            if (found := next(nearer, None)) is not None:
                return found
            return (
                clause.start if text.endswith(one.before, 0, clause.start) else edge
            )  # 《, whatever verb stands between
        return "it is a class, no name" if clause.is_class(edge) else edge

    def _edge(self, clause: Clause, position: int, label: str, hard: bool) -> int:
        edge = clause.edge(position, self._inside.get(label, frozenset()), hard)
        if ends := self.edge_ends.get(label):
            i = bisect_right(ends, position) - 1
            return max(edge, ends[i]) if i >= 0 else edge
        return edge

    def _finish(self, one: _Compiled, start: int) -> int:
        """Where a name ends of which the suffix is not known: before the nearest word that has to stand behind it, else
        at the end of the clause or the beginning of a stop."""
        clause = self._around.clause(start, start)
        behind = [self.text.find(word, start, clause.end + len(word)) for word in one.context.behind if word != "$"]
        if found := [at for at in behind if at >= 0]:
            return min(found)
        return next((stop.start for stop in clause.stops if stop.start >= start), clause.end)

    def _rest_off(self, one: _Compiled, start: int, end: int) -> str | None:
        """What is wrong with a name besides its words, if anything is."""
        text, rule = self.text, one.rule
        if rule.alone:
            clause = self._around.clause(start, end)
            if self._edge(clause, start, rule.label, hard=False) != start or clause.goes_on(end):
                return f"{text[start:end]!r} may be part of a longer name"
        if rule.rest != "any":
            rest = besides(text[start:end], one.prefixes, one.suffixes)
            if kind_of(rest) != rule.rest:
                return f"{rest!r} is {'no name' if rule.rest == 'name' else 'not made of everyday words'}"
        if balanced(text, start, end) != start:
            return f"a bracket of {text[start:end]!r} is not closed"
        return None

    def _runs_on(self, start: int, end: int) -> bool:
        if (longer := self._longer.get((start, end))) is None:
            longer = self._longer[start, end] = runs_on(self.text, start, end)
        return longer

    def fits(self, context: Context, start: int, end: int) -> bool:
        """Whether what stands around [start, end) is what the context asks for."""
        return (
            (not context.before or self._stands_before(context.before, start))
            and (not context.behind or self._stands_behind(context.behind, end))
            and not self._stands_before(context.not_before, start)
            and not self._stands_behind(context.not_behind, end)
        )

    def _stands_before(self, words: Sequence[str], start: int) -> bool:
        return any(
            (not self.text[start - 1 : start].isalnum() if word == "^" else self.text.endswith(word, 0, start))
            for word in words
        )

    def _stands_behind(self, words: Sequence[str], end: int) -> bool:
        return any(
            (not self.text[end : end + 1].isalnum() if word == "$" else self.text.startswith(word, end))
            for word in words
        )


def besides(name: str, prefixes: Sequence[str], suffixes: Sequence[str]) -> str:
    """A name less its prefix and suffix."""
    size = max((len(word) for word in suffixes if name.endswith(word)), default=0)
    start = max((len(word) for word in prefixes if name.startswith(word)), default=0)
    return name[start : len(name) - size]


def _compiled(rule: Rule) -> _Compiled:
    prefixes, suffixes = _plain(rule.prefix or ()), _plain(rule.suffix or ())
    context = rule.context or _ANY
    if context is not _ANY:
        context = Context(*(list(_plain(words)) for words in _of(context)))
    if rule.length:
        fewest, most = rule.length
    elif rule.kind in _WHOLE:
        fewest, most = 1, sys.maxsize
    else:
        fewest, most = min(map(len, prefixes + suffixes), default=0) + 1, LONGEST
    before = tuple(word for word in context.before if word != "^")
    return _Compiled(rule, fewest, most, of_classes(rule.chars), prefixes, suffixes, before, context)


_ANY = Context()
_WHOLE = ("gazetteer", "pattern", "regex", "shape")
"""Kinds of rules that say themselves how long a name is."""


def _plain(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(simplified, words))


def _of(context: Context) -> tuple[list[str], ...]:
    return context.before, context.behind, context.not_before, context.not_behind


def _anchors(line: Line, one: _Compiled) -> tuple[Role, list[str]]:
    """The words by which a rule is found, and what they are to it."""
    rule = line.rule
    if isinstance(rule.pattern, str):
        return "name", [simplified(rule.pattern)]
    if rule.gazetteer is not None:
        return "name", [simplified(name) for name in line.names()]
    if rule.suffix is not None:
        return "suffix", list(map(simplified, rule.suffix))
    if rule.prefix is not None:
        return "prefix", list(one.prefixes)
    if rule.edges is not None:
        return "edge", list(map(simplified, rule.edges))
    return "before", list(one.before) if rule.kind == "context" else []


def _shape(shape: str) -> tuple[regex.Pattern[str], str]:
    """The expression of a shape, no part of a longer run of letters or digits, and a text without which it finds nothing."""
    pattern = pattern_of(shape)
    if shape[0] in "0aA":
        pattern = r"(?<![\p{Latin}0-9])" + pattern
    if shape.rstrip("+")[-1:] in ("0", "a", "A") or shape.endswith("}"):
        pattern += r"(?![\p{Latin}0-9])"
    literal = next((one for one in shape if not one.isascii() and one not in CLASSES), "")
    return regex.compile(pattern), literal
