"""Of all candidates the few that are taken: the one worth most, again and again, each judged by what it adds to the others.

That is the greedy cover that RIPPER and its kin end with (Cohen 1995). A rule that finds one marked name beyond those of
the others and much else in unlabelled text is judged by just this.
"""

from collections.abc import Iterable, Iterator

from .evidence import Evidence, Place
from .records import Rule
from .scores import precision


def cover(candidates: Iterable[Evidence], places: set[Place], finds: set[Place], floor: float) -> Iterator[Evidence]:
    """places, finds: what other rules find already, in the documents and in unlabelled text. floor: how often a rule must be
    right, as a whole and in what it adds. None is taken that would take the place of a name found already."""
    rest = [one for one in candidates if precision(one) >= floor]
    while rest := [one for one in rest if not places.issuperset(one.names)]:
        added = [one.beyond(places, finds) for one in rest]
        best = max(range(len(rest)), key=lambda i: _worth(added[i]))
        one = rest.pop(best)
        hidden = any(_hides(wrong, right) for wrong in one.wrong for right in places)
        if not hidden and precision(added[best]) >= floor:
            places |= {*one.names, *one.wrong}
            finds |= {*one.finds}
            yield one


def _worth(added: Evidence) -> tuple[object, ...]:
    """What is right in all examples comes first, then what finds most new names, then what is strictest."""
    return not added.wrong, len(added.names), _strictness(added.rule), precision(added)


def _strictness(rule: Rule) -> tuple[bool, bool, bool, bool, int]:
    words = sum(len(part[0]) for part in (rule.prefix, rule.suffix) if part)
    return rule.kind == "suffix", rule.rest != "any", rule.start == "place", rule.alone, words


def _hides(wrong: Place, right: Place) -> bool:
    (document, (start, end)), (other, (first, last)) = wrong, right
    return document == other and start < last and first < end and end - start >= last - first
