"""Explanations agree with what the pipeline decides."""

import zhengwen
from zhengwen.facts.explain import explain
from zhengwen.facts.scores import FIELDS

TEXT = "5月6日，霍山县签约项目16个，总投资64.8亿元。\n会议结束。\n预计年产值53.7亿元。"


def test_explanation_has_every_choice_of_every_quantity() -> None:
    sentences = explain(zhengwen.load("fast"), TEXT, "2024-05-07")
    assert [[quantity.text for quantity in one.quantities] for one in sentences] == [["16个", "64.8亿元"], ["53.7亿元"]]
    for sentence in sentences:
        for choices, fact in zip(sentence.choices, sentence.facts, strict=True):
            taken = {choice.field: choice.options[0].says for choice in choices}
            assert [choice.field for choice in choices] == ["metric", "subject", "kind", "time", "modality"]
            assert set(taken) == set(FIELDS)
            assert (taken["metric"], taken["subject"], taken["kind"]) == (fact.metric, fact.subject, fact.kind)
            assert taken["time"] == (fact.time.text if fact.time else None)


def test_option_taken_has_the_highest_score() -> None:
    for sentence in explain(zhengwen.load("fast"), TEXT):
        for choices in sentence.choices:
            for choice in choices:
                assert choice.options[0].score == max(option.score for option in choice.options)


def test_text_without_quantity_explains_nothing() -> None:
    assert explain(zhengwen.load("fast"), "会议强调，要抓项目。") == []
