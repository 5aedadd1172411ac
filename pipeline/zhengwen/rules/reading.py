"""What a rule finds around its word in one text: where the name begins and ends, and why there is none."""

from bisect import bisect_right
from collections.abc import Sequence

from ..entities.openings import balanced
from .compiled import Compiled, Role
from .edges import Clause, Surroundings, cuts_word, kind_of, runs_on
from .records import Context


class Reading:
    """One text, and where names of each label can begin in it."""

    def __init__(self, text: str, inside: dict[str, frozenset[str]]):
        self.text = text
        self.edge_ends: dict[str, list[int]] = {}
        """The ends of the rules' own edge words, by label, in order."""
        self._inside = inside
        self._around = Surroundings(text)
        self._longer: dict[tuple[int, int], bool] = {}

    def name(self, one: Compiled, role: Role, start: int, end: int) -> tuple[int, int] | str:
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
        if cuts_word(text, *span):
            return f"{text[slice(*span)]!r} cuts a longer word"
        if not self.fits(one.context, *span):
            return f"{text[slice(*span)]!r} stands in another context"
        return span

    def _begin(self, one: Compiled, start: int, end: int) -> int | str:
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

    def _finish(self, one: Compiled, start: int) -> int:
        """Where a name ends of which the suffix is not known: before the nearest word that has to stand behind it, else
        at the end of the clause or the beginning of a stop."""
        clause = self._around.clause(start, start)
        behind = [self.text.find(word, start, clause.end + len(word)) for word in one.context.behind if word != "$"]
        if found := [at for at in behind if at >= 0]:
            return min(found)
        return next((stop.start for stop in clause.stops if stop.start >= start), clause.end)

    def _rest_off(self, one: Compiled, start: int, end: int) -> str | None:
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
