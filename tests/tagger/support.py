"""A small entity model, trained in a second on sentences of our own."""

from functools import cache

import msgspec

from zhengwen.tagger.classes import word_classes
from zhengwen.tagger.model import Model
from zhengwen.tagger.observe import layered
from zhengwen.train.corpora import Example
from zhengwen.train.ner import fitted
from zhengwen.train.settings import NerSettings

LABELS = ["COMPANY", "PERSON"]
PEOPLE = ["王启明", "李国安", "周素云", "陈立", "吴建峰", "赵敏芝"]
FIRMS = ["蓝桥电子", "恒远重工", "天衡药业", "汇川纺织", "金禾食品"]
SETTINGS = NerSettings(labels=LABELS, epochs=6)


@cache
def sentences() -> tuple[Example, ...]:
    found = []
    for person in PEOPLE:
        for firm in FIRMS:
            text = f"昨天，{person}来到{firm}的车间参观，看了三条生产线。"
            at = text.index(firm)
            found.append(Example(text, [(3, 3 + len(person), "PERSON"), (at, at + len(firm), "COMPANY")]))
    return tuple(found)


@cache
def model() -> Model:
    return fitted([(example, 1.0) for example in sentences()], layered(word_classes()), SETTINGS)


@cache
def cut() -> Model:
    """The same, looking at the words of the segmentation too."""
    settings = msgspec.structs.replace(SETTINGS, segmented="segment-pku")
    return fitted([(example, 1.0) for example in sentences()], layered(word_classes()), settings)
