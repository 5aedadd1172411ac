"""What a line of a rule file says: the record type of `zhengwen schema rules`.

A line has a label and says what a name looks like: either a pattern as spaCy's entity ruler has it, a regular expression, a
gazetteer, a shape, or any of prefix, suffix and context together.
"""

from typing import Annotated, Any, Literal

import msgspec

from ..records import Label

Words = Annotated[list[Annotated[str, msgspec.Meta(min_length=1)]], msgspec.Meta(min_length=1)]
Start = Literal["edge", "place"]
Rest = Literal["any", "name", "words"]
Length = tuple[Annotated[int, msgspec.Meta(ge=1)], Annotated[int, msgspec.Meta(ge=1, le=60)]]
KINDS = ("pattern", "regex", "gazetteer", "shape", "prefix", "suffix", "context", "edges")


class Context(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What stands directly before and behind a name; one of the words is enough. `^` and `$` are the edges of a clause."""

    before: list[str] = []
    behind: list[str] = []
    not_before: list[str] = []
    not_behind: list[str] = []


class Examples(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Sentences beside a rule; 【】 marks the names that it finds, and in `no_match` those that it must not find.

    A sentence of `no_match` without marks is one where it finds nothing at all.
    """

    match: list[str] = []
    no_match: list[str] = []


class Rule(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """One line of a rule file.

    pattern: a text, or a list of token patterns for spaCy's `Matcher`.
    regex: a regular expression of the `regex` library; the group `name`, if there is one, is the name.
    gazetteer: names, or a file with one a line, relative to the rule file.
    shape: characters, with H for Chinese ones, 0 for digits, a for Latin letters, A for capitals, and + or {2,9} behind them.
    prefix, suffix: first and last words of names. context: see `Context`.
    edges: words that end before a name of the label begins (公司 before 经理), beside those that are known; `inside`:
    known ones that stand in names of the label.
    start: where a name with a suffix begins: behind an edge (punctuation, function word, verb), or at the name of a place.
    rest: what the name is besides its prefix and suffix: a name (a place, or something that no everyday word is), or everyday
    words alone. alone: whether it is no part of a longer name: it begins at an edge, and no 办公室 or 分行 goes on behind it.
    length: fewest and most characters of the whole name. chars: the classes of its characters, as in a shape.
    support, precision: examples that it found, and how often what it finds is right.
    """

    label: Label
    id: str = ""
    pattern: str | list[dict[str, Any]] | None = None
    regex: str | None = None
    gazetteer: Words | Annotated[str, msgspec.Meta(min_length=1)] | None = None
    shape: str | None = None
    prefix: Words | None = None
    suffix: Words | None = None
    context: Context | None = None
    edges: list[str] | None = None
    inside: list[str] = []
    start: Start = "edge"
    rest: Rest = "any"
    alone: bool = False
    length: Length | None = None
    chars: Annotated[str, msgspec.Meta(pattern="^[H0aA·]+$")] = "H0aA·"
    support: Annotated[int, msgspec.Meta(ge=0)] | None = None
    precision: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    examples: Examples = Examples()
    note: str = ""
    off: bool = False

    @property
    def kind(self) -> str:
        """The key that says what the rule looks for: of prefix, suffix and context the first that is there."""
        return next((kind for kind in _BY_WEIGHT if getattr(self, kind) is not None), "")


_BY_WEIGHT = ("pattern", "regex", "gazetteer", "shape", "edges", "suffix", "prefix", "context")
_ALONE = ("pattern", "regex", "gazetteer", "shape", "edges")


def problem(rule: Rule) -> str | None:
    """What is wrong with a rule as a whole; None if nothing is."""
    said = [kind for kind in KINDS if getattr(rule, kind) is not None]
    if len(said) != 1 or rule.kind == "context":
        main = [kind for kind in said if kind in _ALONE]
        if not said:
            return f"no rule; expected one of {', '.join(KINDS)}"
        if len(main) > 1 or (main and {"prefix", "suffix"} & set(said)):
            return (
                f"{' and '.join(said)} in one rule; expected one of {', '.join(_ALONE)}, or prefix, suffix and context"
            )
        if rule.kind in ("pattern", "edges"):
            return f"a context goes with every kind of rule but {rule.kind}"
    if rule.pattern is not None and not rule.pattern:
        return "the pattern is empty"
    context = rule.context
    if rule.kind == "context" and context and not (context.before and context.behind):
        return "a context alone needs words before and behind the name; else give a prefix, suffix or shape too"
    if rule.length and rule.length[0] > rule.length[1]:
        return f"length {list(rule.length)}: expected the fewest characters, then the most"
    if not (rule.prefix is None or rule.suffix is None) and rule.start != "edge":
        return "a name with a prefix begins there: leave out start"
    return None
