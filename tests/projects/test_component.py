"""Projects: one record for each project that an article names."""

from collections.abc import Callable

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


def test_project_is_none_where_none_is_named(articles: Run) -> None:
    (article,) = articles("会议要求抓项目、促投资，项目部负责人参加。")
    assert article.projects == []


def test_projects_take_linear_time(articles: Run, fast: Pipeline) -> None:
    assert_linear(lambda size: articles("中创新航项目" * size, pipeline=fast), 1_000)
