"""What a learner may propose: every rule that some marked examples speak for, before any is judged."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec
import regex

from ..entities.scan import scanner
from ..entities.words import parts
from ..gold.documents import GoldDocument
from ..script import simplified
from .edges import Surroundings, kind_of
from .records import Context, Rule, Start
from .shapes import shape_of

Span = tuple[int, int]
Key = tuple[object, ...]
LONGEST_WORD = 4
"""Characters of a suffix or prefix."""
_SPARE = 3
"""Characters that a name may have more or less than those seen with its suffix."""
_STARTS: tuple[Start, ...] = ("edge", "place")
_ODD = regex.compile(r"[^\p{Han}]")


class _Seen(NamedTuple):
    """A name that was marked, the document, and whether the name begins at an edge and no longer name goes on behind it."""

    name: str
    document: str
    alone: bool


class Marked(NamedTuple):
    """A document as the learner sees it: its text in simplified script, the names of the label, and spans that are right
    either way."""

    id: str
    text: str
    names: tuple[Span, ...]
    free: frozenset[Span]


def marked(documents: Iterable[GoldDocument], label: str) -> list[Marked]:
    """The documents annotated for entities. An entity that is optional or nominal is neither right nor wrong."""
    found = []
    for document in documents:
        if document.entities is None:
            continue
        mine = [one for one in document.entities if one.label == label]
        free = frozenset((one.start, one.end) for one in mine if one.optional or one.nominal)
        names = {(one.start, one.end) for one in mine} - free
        found.append(Marked(document.id, simplified(document.text), tuple(sorted(names)), free))
    return found


def key_of(rule: Rule) -> Key:
    """What makes a rule the same rule, whatever its bounds, scores and remarks."""
    listed = tuple(rule.gazetteer) if isinstance(rule.gazetteer, list) else rule.gazetteer
    context = rule.context and tuple(map(tuple, (rule.context.before, rule.context.behind)))
    words = (rule.prefix and tuple(rule.prefix), rule.suffix and tuple(rule.suffix))
    return (
        rule.label,
        rule.kind,
        listed,
        rule.shape,
        rule.regex,
        str(rule.pattern),
        *words,
        rule.start,
        rule.rest,
        context,
    )


def propose(documents: Sequence[Marked], label: str, edges: Rule | None) -> list[Rule]:
    """The candidates, each once, with the bounds that the examples set. edges: see `edges_of`."""
    seen: dict[Key, tuple[Rule, list[_Seen]]] = {}
    words = tuple(edges.edges or ()) if edges else ()
    for document in documents:
        around = Surroundings(document.text)
        for start, end in document.names:
            clause = around.clause(start, end)
            at_edge = clause.edge(start) == start or document.text.endswith(words, 0, start)
            name = _Seen(document.text[start:end], document.id, at_edge and not clause.goes_on(end))
            for rule in _of_example(document.text, start, end, label):
                seen.setdefault(key_of(rule), (rule, []))[1].append(name)
    return [bounded for rule, names in seen.values() for bounded in _variants(rule, names)]


def _variants(rule: Rule, seen: list[_Seen]) -> Iterator[Rule]:
    """The rule for all names that it was seen with, and if they are parts of longer names now and then, for the others."""
    alone = [one for one in seen if one.alone]
    for names in (seen,) if len(alone) == len(seen) else (seen, alone):
        if len({one.document for one in names}) > (0 if _one_is_enough(rule) else 1):
            yield _bounded(rule, names)


def _one_is_enough(rule: Rule) -> bool:
    """Whether one example is enough to propose the rule: not for a conjunction, a prefix or a context."""
    return rule.kind in ("gazetteer", "shape") or (rule.kind == "suffix" and not (rule.prefix or rule.context))


def _of_example(text: str, start: int, end: int, label: str) -> Iterator[Rule]:
    name = text[start:end]
    yield Rule(label=label, gazetteer=[name])
    if _ODD.search(name):
        yield Rule(label=label, shape=shape_of(name))
    befores, behinds = list(_words_before(text, start)), list(_words_behind(text, end))
    for before in befores:
        for behind in behinds:
            yield Rule(label=label, context=Context(before=[before], behind=[behind]))
    cuts = word_edges(name)
    for size in range(1, min(LONGEST_WORD, len(name) - 1) + 1):
        if size in cuts:
            yield Rule(label=label, prefix=[name[:size]])
        if len(name) - size not in cuts:
            continue
        suffix = [name[-size:]]
        kind = kind_of(name[:-size])
        for start_kind in _STARTS:
            yield Rule(label=label, suffix=suffix, start=start_kind)
            if kind != "any":
                yield Rule(label=label, suffix=suffix, start=start_kind, rest=kind)
        for before in befores:
            yield Rule(label=label, suffix=suffix, context=Context(before=[before]))
        for behind in behinds:
            yield Rule(label=label, suffix=suffix, context=Context(behind=[behind]))
        for opening in range(1, min(2, len(name) - size) + 1):
            if opening in cuts:
                yield Rule(label=label, prefix=[name[:opening]], suffix=suffix)


def word_edges(name: str) -> set[int]:
    """Where words of a name may begin: not inside an everyday word (限 in 有限公司) or a place (国 in 美国政府)."""
    words = [(part.start, part.end) for part in parts(name) if part.word_class]
    places = [(hit.start, hit.end) for hit in scanner()(name)["place"]]
    return set(range(1, len(name))) - {at for start, end in words + places for at in range(start + 1, end)}


def _words_before(text: str, start: int) -> Iterator[str]:
    for size in range(1, min(2, start) + 1):
        yield text[start - size : start]
    if not text[start - 1 : start].isalnum() or not start:
        yield "^"


def _words_behind(text: str, end: int) -> Iterator[str]:
    for size in range(1, min(2, len(text) - end) + 1):
        yield text[end : end + size]
    if not text[end : end + 1].isalnum():
        yield "$"


def _bounded(rule: Rule, seen: list[_Seen]) -> Rule:
    """The rule with what the names it was seen with say of the length, the characters and the rest of such names."""
    if rule.kind in ("gazetteer", "shape"):
        return msgspec.structs.replace(rule, alone=rule.kind == "gazetteer")
    alone = all(one.alone for one in seen)
    fixed = sum(len(words[0]) for words in (rule.prefix, rule.suffix) if words)
    sizes = [len(one.name) for one in seen]
    most = min(60, max(sizes) + _SPARE)
    fewest = max(fixed + (rule.kind != "context" and not (rule.prefix and rule.suffix)), min(sizes) - _SPARE, 1)
    odd = any(_ODD.search(one.name) for one in seen)
    return msgspec.structs.replace(rule, length=(fewest, most), chars="H0aA·" if odd else "H", alone=alone)


def edges_of(documents: Sequence[Marked], label: str) -> Rule | None:
    """What the examples say of where names begin, beyond what is known: words that stand before names and hardly ever in
    them (公司|经理), and known edges that stand in names more often than before them (管理 in 综合管理部部长)."""
    before: Counter[str] = Counter()
    within: Counter[str] = Counter()
    stops_before: Counter[str] = Counter()
    for document in documents:
        around = Surroundings(document.text)
        for start, end in document.names:
            for stop in around.clause(start, end).stops:
                if start < stop.end < end:
                    within[stop.word] += 1
                elif stop.end == start:
                    stops_before[stop.word] += 1
            words = (document.text[start - size : start] for size in range(1, min(3, start) + 1))
            before.update(word for word in words if word.isalpha())
    names = [document.text[start : end - 1] for document in documents for start, end in document.names]
    found = {
        word: times
        for word, times in before.items()
        if times > 1
        and word not in within
        and word not in stops_before
        and sum(word in name for name in names) * 10 <= times
    }
    edges = [word for word in found if not any(word[i:] in found for i in range(1, len(word)))]
    inside = sorted(word for word in within if within[word] > stops_before[word])
    return Rule(label=label, edges=sorted(edges), inside=inside) if edges or inside else None
