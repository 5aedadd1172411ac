"""Resolve: one name in an article for what goes by several, and a key for it across articles."""

from collections.abc import Callable

import pytest

from tests.conftest import SAMPLES, documents
from zhengwen.pipeline import Pipeline
from zhengwen.records import Article, Entity

Run = Callable[..., list[Article]]

BYD = "比亚迪股份有限公司"
ANHUI = "安徽省人民政府"
REFORM = "太原市发展和改革委员会"
LANXI = "湖北澜汐新材料有限公司"


def named(article: Article, name: str) -> list[Entity]:
    return [entity for entity in article.entities if entity.text == name]


def test_zone_takes_the_full_name_for_its_short_one(articles: Run) -> None:
    (article,) = articles("合肥经济技术开发区召开会议。\n合肥经开区今年签约项目9个。")
    zones = [entity for entity in article.entities if entity.label == "ZONE"]
    assert [zone.text for zone in zones] == ["合肥经济技术开发区", "合肥经开区"]
    assert len({zone.canonical for zone in zones}) == len({zone.key for zone in zones}) == 1


def test_place_has_the_key_of_its_division(articles: Run) -> None:
    (article,) = articles("阜阳市和阜阳接壤的亳州市都丰收了。")
    places = {entity.text: entity for entity in article.entities if entity.label == "PLACE"}
    assert places["阜阳市"].key == places["阜阳"].key == "division:341200"
    assert places["阜阳"].canonical == "阜阳市"
    assert places["亳州市"].key == "division:341600"


def test_every_entity_has_a_canonical_name(articles: Run) -> None:
    (article,) = articles("市长汪思源在开发区会见了中创新航、澜汐新材料有限公司和南京大学的代表。")
    assert article.entities
    assert all(entity.canonical for entity in article.entities)


@pytest.mark.parametrize(
    ("text", "name", "keys"),
    [
        ("长春市朝阳区启动改造。", "朝阳区", ["division:220104"]),
        ("北京市朝阳区启动改造。", "朝阳区", ["division:110105"]),
        ("长春市朝阳区启动改造，朝阳区各街道参加。", "朝阳区", ["division:220104"] * 2),
        ("长春市召开大会。会后，代表来到朝阳区。", "朝阳区", ["division:220104"]),
        ("长春市和北京市召开大会。会后，代表来到朝阳区。", "朝阳区", ["place:朝阳区"]),
        ("朝阳区启动改造。", "朝阳区", ["place:朝阳区"]),
        ("阳新县富池镇植树。", "富池镇", ["division:420222101"]),
        ("湖北省阳新县富池镇植树。记者来到富池镇。", "富池镇", ["division:420222101"] * 2),
        ("代表团在京参会。", "京", ["division:110000"]),
        ("臺灣訪客到合肥。", "臺灣", ["division:710000"]),
    ],
)
def test_place_is_the_division_that_its_article_names(articles: Run, text: str, name: str, keys: list[str]) -> None:
    (article,) = articles(text)
    assert [entity.key for entity in named(article, name)] == keys


def test_place_abbreviation_has_the_full_name(articles: Run) -> None:
    (article,) = articles("代表团在京参会。")
    assert [entity.canonical for entity in article.entities] == ["北京市"]


@pytest.mark.parametrize(
    "names",
    [
        ("合肥经济技术开发区", "合肥经开区", "安徽省合肥经济技术开发区"),
        ("合肥高新技术产业开发区", "合肥高新区"),
        ("郑州综合保税区", "郑州综保区"),
        ("九江石化产业园", "江西省九江石化产业园"),
        ("合肥經濟技術開發區", "合肥经开区"),
    ],
)
def test_zone_has_one_key_in_all_articles(articles: Run, names: tuple[str, ...]) -> None:
    found = [entity for name in names for entity in articles(f"记者走进{name}。")[0].entities if entity.label == "ZONE"]
    assert len(found) == len(names)
    assert len({entity.key for entity in found}) == 1


def test_nominal_zone_is_the_last_of_its_kind(articles: Run) -> None:
    (article,) = articles("合肥高新技术产业开发区与芜湖经开区签约。\n会后，高新区提速，经开区升级，开发区提质。")
    last = {entity.text: entity.key for entity in article.entities if not entity.nominal}
    found = {entity.text: entity.key for entity in article.entities if entity.nominal}
    assert found == {
        "高新区": last["合肥高新技术产业开发区"],
        "经开区": last["芜湖经开区"],
        "开发区": last["芜湖经开区"],
    }


def test_nominal_zone_without_another_has_no_key(articles: Run) -> None:
    (article,) = articles("开发区坚持项目为王，环境不断优化。")
    assert [(entity.nominal, entity.key) for entity in article.entities] == [(True, None)]


@pytest.mark.parametrize(
    ("text", "name", "canonical", "key"),
    [
        ("太原市发改委开会。", "太原市发改委", REFORM, f"org:{REFORM}"),
        (f"{REFORM}开会。", REFORM, REFORM, f"org:{REFORM}"),
        ("安徽省召开大会。省政府要求落实。", "省政府", ANHUI, f"org:{ANHUI}"),
        ("合肥市召开大会。省政府要求落实。", "省政府", ANHUI, f"org:{ANHUI}"),
        ("省政府要求落实。", "省政府", "省政府", None),
        ("山西省和安徽省召开大会。省政府要求落实。", "省政府", "省政府", None),
        ("太原市召开大会。市政府要求落实。", "市政府", "太原市人民政府", "org:太原市人民政府"),
        ("國務院發文。", "國務院", "国务院", "org:国务院"),
        (f"{BYD}扩产。", BYD, BYD, "company:比亚迪"),
        ("比亚迪扩产。", "比亚迪", "比亚迪", "company:比亚迪"),
        (f"{LANXI}（以下简称“澜汐”）发布公告。", "澜汐", LANXI, f"company:{LANXI}"),
        (f"{LANXI}发布公告，澜汐新材料将扩产。", "澜汐新材料", LANXI, f"company:{LANXI}"),
        ("省长计　博调研。", "计　博", "计博", "person:计博"),
    ],
)
def test_name_has_its_full_form_and_key(articles: Run, text: str, name: str, canonical: str, key: str | None) -> None:
    (article,) = articles(text)
    assert [(entity.canonical, entity.key) for entity in named(article, name)] == [(canonical, key)]


def test_confidence_is_between_zero_and_one(default: Pipeline) -> None:
    found = [article for document in documents(default, SAMPLES) for article in default.articles(document)]
    entities = [entity for article in found if isinstance(article, Article) for entity in article.entities]
    assert len(entities) > 100
    assert all(0 < entity.confidence <= 1 for entity in entities)
