"""`zhengwen_quantities`: the spaCy component that finds the quantities of a Doc."""

from spacy.language import Language
from spacy.tokens import Doc

from ..extensions import text_of, with_spans
from ..records import Quantity
from ..script import simplified
from .grammar import find


def quantities(text: str) -> list[Quantity]:
    """The quantities of a text, in order, with ids q1, q2 …"""
    return [
        Quantity(
            f"q{i}",
            text[found.start : found.end],
            found.start,
            found.end,
            found.start,
            found.end,
            found.value,
            found.low,
            found.high,
            found.unit,
            found.bound,
        )
        for i, found in enumerate(find(simplified(text)), 1)
    ]


@Language.factory("zhengwen_quantities")
class QuantityFinder:
    """Sets `doc._.quantities`, and `doc.spans["quantities"]` for spaCy's own tools."""

    def __init__(self, nlp: Language, name: str):
        pass

    def __call__(self, doc: Doc) -> Doc:
        text = text_of(doc)
        found = quantities(text)
        doc._.quantities = found
        return with_spans(doc, "quantities", [(one.start, one.end, one.unit) for one in found], text)
