"""Why a text has the names it has: what each rule found or refused, and what won."""

from typing import Literal, NamedTuple

from .matcher import Matcher, Miss
from .read import Line


class Outcome(NamedTuple):
    """What became of a place where a rule looked: taken, lost to another name, or refused by the rule itself."""

    start: int
    end: int
    line: Line
    what: Literal["taken", "lost", "refused"]
    why: str


def explain(matcher: Matcher, text: str) -> list[Outcome]:
    """All outcomes in text order. A rule that finds the same name as a surer one lost it."""
    misses: list[Miss] = []
    found = matcher(text, misses=misses)
    taken = matcher.settle(found)
    outcomes: list[Outcome] = []
    for match in found:
        line = matcher.lines[match.rule]
        if match in taken:
            precision = line.rule.precision
            why = f"right in {precision:.0%} of what it finds" if precision is not None else "no precision is given"
            outcomes.append(Outcome(match.start, match.end, line, "taken", why))
            continue
        winner = next(one for one in taken if one.start < match.end and match.start < one.end)
        by = matcher.lines[winner.rule].id
        longer = winner.end - winner.start > match.end - match.start
        order = "longer" if longer else "surer, or first"
        outcomes.append(
            Outcome(match.start, match.end, line, "lost", f"to {text[winner.start : winner.end]} of {by}: {order}")
        )
    outcomes += [Outcome(one.start, one.end, matcher.lines[one.rule], "refused", one.why) for one in misses]
    return sorted(outcomes, key=lambda one: (one.start, one.end, one.line.id))
