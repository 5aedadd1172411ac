"""Facts: the sentences of `specs/facts.jsonl`. `|` parts readings that are right either way, `-` stands for null."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.marked import expect, spec
from zhengwen.records import Article, Fact

Run = Callable[..., list[Article]]


@pytest.mark.parametrize("case", spec("facts"))
def test_fact_table(articles: Run, case: dict[str, Any]) -> None:
    (article,) = articles(case["text"], date="2024-10-09")
    texts = {quantity.id: quantity.text for quantity in article.quantities}
    found = [_row(fact, texts) for fact in article.facts]
    named = [{key: row[key] for key in wanted} for row, wanted in zip(found, case["facts"], strict=False)]
    named += found[len(named) :]  # a fact too many
    accepted = [
        {key: value if value in wanted[key].split("|") else wanted[key] for key, value in row.items()}
        for row, wanted in zip(named, case["facts"], strict=False)
    ]
    expect(case, named, accepted + case["facts"][len(accepted) :])


def _row(fact: Fact, texts: dict[str, str]) -> dict[str, str]:
    return {
        "quantity": texts[fact.quantity],
        "metric": fact.metric or "-",
        "subject": fact.subject or "-",
        "kind": fact.kind,
        "modality": fact.modality,
        "time": fact.time.text if fact.time else "-",
    }


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("工业用电量同比增长8.4%。", "yoy"),
        ("工业用电量比上年增长8.4%。", "yoy"),
        ("工业用电量环比下降2.2%。", "qoq"),
        ("工业用电量增长8.4%。", ("other", None)),
        ("工业用电量占全市的8.4%。", None),
    ],
)
def test_fact_basis_is_that_of_the_change(articles: Run, text: str, basis: object) -> None:
    (article,) = articles(text)
    found = [fact.basis for fact in article.facts]
    assert found == [basis] or found[0] in (basis if isinstance(basis, tuple) else ())


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("2023年", "2023-01-01", "2023-12-31"),
        ("去年", "2023-01-01", "2023-12-31"),
        ("今年上半年", "2024-01-01", "2024-06-30"),
        ("2022年前三季度", "2022-01-01", "2022-09-30"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("8月14日", "2024-08-14", "2024-08-14"),
        ("1至5月", "2024-01-01", "2024-05-31"),
        ("2月30日", None, None),
        ("截至6月底", "2024-06-30", "2024-06-30"),
        ("“十四五”期间", "2021-01-01", "2025-12-31"),
        ("3月下旬", "2024-03-21", "2024-03-31"),
        ("年初以来", "2024-01-01", "2024-10-09"),
        ("12月", "2024-12-01", "2024-12-31"),
        ("二〇二三年三月", "2023-03-01", "2023-03-31"),
    ],
)
def test_fact_time_has_its_days(articles: Run, words: str, start: str | None, end: str | None) -> None:
    (article,) = articles(f"{words}，全县粮食产量27万吨。", date="2024-10-09")
    time = article.facts[0].time
    assert time is not None
    assert (time.start, time.end) == (start, end)


def test_fact_time_without_date_of_the_article_has_no_days(articles: Run) -> None:
    (article,) = articles("去年，全县粮食产量27万吨。")
    time = article.facts[0].time
    assert time is not None
    assert (time.text, time.start, time.end) == ("去年", None, None)


@pytest.mark.parametrize("date", ["", "2024", "2024年3月", "nonsense", "0001-01-01", "9999-12-31"])
def test_fact_bears_any_date_of_the_article(articles: Run, date: str) -> None:
    (article,) = articles("去年、前年、昨天、明年，全县粮食产量27万吨，比1至19月多3万吨。", date=date)
    assert len(article.facts) == 2
