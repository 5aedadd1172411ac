"""Projects: one record for each project that an article names."""

from collections.abc import Callable

import pytest

from tests.timing import assert_linear
from zhengwen.pipeline import Pipeline
from zhengwen.records import Article

Run = Callable[..., list[Article]]


def test_project_has_its_company_stage_and_facts(articles: Run) -> None:
    (article,) = articles("5月6日，安徽栖梧光电科技有限公司年产3GW电池片项目开工，总投资23亿元。", date="2024-05-07")
    (project,) = article.projects
    names = {entity.id: entity.text for entity in article.entities}
    assert project.name == "安徽栖梧光电科技有限公司年产3GW电池片项目"
    assert [names[company] for company in project.companies] == ["安徽栖梧光电科技有限公司"]
    assert project.stage == "started"
    texts = {quantity.id: quantity.text for quantity in article.quantities}
    facts = {fact.id: texts[fact.quantity] for fact in article.facts}
    assert [facts[fact] for fact in project.facts] == ["3GW", "23亿元"]


def test_project_named_twice_is_one(articles: Run) -> None:
    (article,) = articles("霍山县独立储能项目签约。\n霍山县独立储能项目总投资6亿元。")
    assert [project.name for project in article.projects] == ["霍山县独立储能项目"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "霍山县独立储能项目、全椒经开区年产2万吨石英管项目现场签约。",
            ["霍山县独立储能项目", "全椒经开区年产2万吨石英管项目"],
        ),
        ("安徽栖梧光电科技有限公司400MW/800MWh储能项目开工。", ["安徽栖梧光电科技有限公司400MW/800MWh储能项目"]),
        ("中国中化投资100亿元的精细化工项目开工。", ["精细化工项目"]),
        ("霍山县重点项目集中开工，签约项目16个。", []),
        ("抓项目就是抓发展，全力推进重大项目建设。", []),
    ],
)
def test_project_is_a_name_and_no_class(articles: Run, text: str, names: list[str]) -> None:
    (article,) = articles(text)
    assert [project.name for project in article.projects] == names


def test_project_gathers_what_it_costs_holds_and_covers(articles: Run) -> None:
    (article,) = articles(
        "5月6日，霍山县独立储能项目开工。该项目总投资6亿元，占地120亩，建成后可带动就业300人。", date="2024-05-07"
    )
    (project,) = article.projects
    texts = {quantity.id: quantity.text for quantity in article.quantities}
    said = {fact.id: texts[fact.quantity] for fact in article.facts}
    assert (said[project.investment or ""], said[project.area or ""]) == ("6亿元", "120亩")
    assert (project.stage, project.date) == ("started", "2024-05-06")


def test_project_is_none_where_none_is_named(articles: Run) -> None:
    (article,) = articles("会议要求抓项目、促投资，项目部负责人参加。")
    assert article.projects == []


def test_projects_take_linear_time(articles: Run, fast: Pipeline) -> None:
    assert_linear(lambda size: articles("中创新航项目" * size, pipeline=fast), 1_000)
