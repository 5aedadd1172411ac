"""Resolve: one name in an article for what goes by several, and a key for it across articles."""

from collections.abc import Callable

from zhengwen.records import Article

Run = Callable[..., list[Article]]


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
