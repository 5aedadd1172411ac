"""`zhengwen_facts`: the spaCy component that makes a fact of each quantity."""

from bisect import bisect_left

import regex
from spacy.language import Language
from spacy.tokens import Doc

from ..extensions import text_of
from ..lexicon import column
from ..records import Basis, Fact, Kind, Quantity, Time
from ..script import as_written, simplified
from .attach import Attacher
from .times import find_times


def _words(kind: str) -> regex.Pattern[str]:
    return regex.compile(r"(?:\L<words>)", words=column("fact_words", "word", kind=kind))


_PLANNED, _CHANGE, _SHARE = _words("planned"), _words("change"), _words("share")
_BASES: tuple[tuple[Basis, regex.Pattern[str]], ...] = (
    ("yoy", _words("yoy")),
    ("qoq", _words("qoq")),
    ("other", _words("other")),
)
_ADDED = regex.compile(r"(?:新增|净增|增加|减少)了?$")
_CONDITION = regex.compile(
    r"(?:以上|以下|以内|及以上)?的?[\p{Han}、]{0,8}?(?:项目|企业|单位|工程|大户|产业|公司|家庭|的)"
)


@Language.factory("zhengwen_facts")
class FactFinder:
    """Sets `doc._.facts` from `doc._.quantities` and `doc._.entities`; either may be absent from the pipeline."""

    def __init__(self, nlp: Language, name: str):
        pass

    def __call__(self, doc: Doc) -> Doc:
        written, quantities = text_of(doc), doc._.quantities
        text = simplified(written)
        layout = doc._.layout
        times = find_times(text, layout.date if layout else None, written)
        attacher = Attacher(text, quantities, doc._.entities)
        facts: list[Fact] = []
        for number, quantity in enumerate(quantities):
            attached = attacher.attach(quantity, number)
            clause = attacher.clause_start(quantity.start)
            sentence = attacher.sentence_start(quantity.start)
            kind = _kind(text, quantity, clause)
            facts.append(
                Fact(
                    id=f"f{number + 1}",
                    quantity=quantity.id,
                    metric=attached.metric and as_written(attached.metric, text, written),
                    metric_id=attached.metric_id,
                    subject=attached.subject and as_written(attached.subject, text, written),
                    subject_entity=attached.subject_entity,
                    scope=attached.scope,
                    scope_entity=attached.scope_entity,
                    kind=kind,
                    basis=_basis(text, quantity, sentence) if kind == "change" else None,
                    per=quantity.unit.partition("/")[2] or None,
                    time=_time(times, quantity, sentence, attacher.line_start(quantity.start)),
                    modality="planned" if _PLANNED.search(text, clause, quantity.start) else "actual",
                    by=attached.by,
                )
            )
        doc._.facts = facts
        return doc


def _kind(text: str, quantity: Quantity, clause: int) -> Kind:
    before = text[max(clause, quantity.start - 12) : quantity.start]
    if quantity.unit in ("%", "permille", "pp", "基点", "倍"):
        if _SHARE.search(before):
            return "share"
        if quantity.unit in ("pp", "基点") or _CHANGE.search(before):
            return "change"
        return "level"
    if quantity.bound in ("at_least", "more_than", "range") and _CONDITION.match(text, quantity.end):
        return "condition"
    return "change" if _ADDED.search(before) else "level"


def _basis(text: str, quantity: Quantity, sentence: int) -> Basis:
    before = text[max(sentence, quantity.start - 30) : quantity.start]
    for basis, pattern in _BASES:
        if pattern.search(before):
            return basis
    return "other"


def _time(times: list[tuple[int, int, Time]], quantity: Quantity, sentence: int, line: int) -> Time | None:
    """The nearest time before the quantity in its sentence, else in its paragraph."""
    i = bisect_left(times, quantity.start, key=lambda time: time[0]) - 1
    for limit in (sentence, line):
        if i >= 0 and times[i][0] >= limit:
            return times[i][2]
    return None
