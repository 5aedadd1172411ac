"""Text that no newspaper prints: it makes nothing crash, every record holds, and every kind takes linear time."""

from collections.abc import Callable

import pytest

import zhengwen
from tests.invariants import check
from tests.timing import assert_linear
from zhengwen.pipeline import Pipeline
from zhengwen.records import Article

Run = Callable[..., list[Article]]

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
FIRST = "伯文思启若鸣远景承海"
SECOND = "恺轩源涵水砚帆天泽川舒朗真宁岩"
NAMES = [surname + first + second for surname in SURNAMES for first in FIRST for second in SECOND]

ODD = {
    "titles alone": "省委副书记、省长、市委书记、市长、管委会主任、董事长、总经理",
    "titles without a break": "省委书记省长市长县长书记主任局长董事长" * 20,
    "ranks alone": "原代副常务副原代副兼副代" * 20,
    "no punctuation": "省长章伯恺在合肥高新区调研要求市发改委和安徽栖梧光电科技有限公司加快建设" * 20,
    "traditional script": "省長章伯愷在合肥經濟技術開發區調研。市發改委與安徽棲梧光電科技有限公司簽約。",
    "Latin names": "John Smith, CEO of ACME Ltd., met Mayor Anna-Maria O'Neill in Paris; ABB、GE、3M等企业参会。",
    "full-width Latin": "ＡＢＢ（中国）有限公司董事长Ｊｏｈｎ·Ｓｍｉｔｈ说。",
    "emoji": "省长👩‍👩‍👧章伯恺😀在合肥🚀高新区🇨🇳调研。🎉🎉🎉",
    "emoji alone": "😀🚀👩‍👩‍👧🇨🇳" * 50,
    "beyond the basic plane": "省长𠮷𠮷在𠀋𠀋市𪚥𪚥镇调研，𠮷𠮷科技有限公司落户。",
    "names of one character": "省领导章、邵、汪，市长郁，记者丁，张书记、李市长、王董事长",
    "brackets alone": "（【《“‘［｛〔「『』」〕｝］’”》】）" * 20,
    "brackets that open": "（" * 2_000,
    "brackets that close": "）」』》】" * 400,
    "brackets around names": "（章伯恺（邵启涵（汪思源）））（记者（（丁若水",
    "digits alone": "0123456789" * 200,
    "numerals alone": "一二三四五六七八九十百千万亿〇零" * 100,
    "marks alone": "，。；：？！、……——·" * 100,
    "dots between names": "章·伯·恺·邵·启·涵·" * 50,
    "control characters": "省长\x00\x01\x02章\x07伯\x1b恺\x7f在\x85合肥\u200b高\u200d新\ufeff区\u2028调研\u2029。\u202e市长\u202c",
    "spaces in names": "省 长 章 伯 恺 在 合 肥 高 新 区 调 研 。 市\t长\t汪\u00a0思\u2003源",
    "line in every place": "\n".join("省长章伯恺在合肥高新区调研，安徽栖梧光电科技有限公司参会"),
    "one character": "省",
    "one surname": "王",
    "suffixes alone": "有限公司股份有限公司集团公司厂银行分行支行开发区园区高新区省市县区镇乡村" * 20,
    "organs alone": "省委省政府市委市政府发改委财政局商务局管委会人大政协" * 20,
    "combining marks": "省长章\u0301伯\u0308恺\u20dd在合\ufe0f肥调研。",
}


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("paged", [False, True])
def test_odd_text_gives_good_records(articles: Run, kind: str, paged: bool) -> None:
    for article in articles(ODD[kind], paged=paged):
        check(article, ODD[kind])


@pytest.mark.parametrize("text", ["", " ", "　　", "\n\n\n", "\t \u00a0\u2003\u3000\n"])
def test_blank_text_has_no_entity(text: str) -> None:
    doc = zhengwen.load("fast")(text)
    assert (doc._.entities, doc._.roles, doc.ents) == ([], [], ())


@pytest.mark.parametrize(
    "kind",
    ["brackets alone", "digits alone", "numerals alone", "marks alone", "emoji alone", "brackets that open"],
)
def test_text_without_words_has_no_entity(articles: Run, fast: Pipeline, kind: str) -> None:
    assert not any(article.entities for article in articles(ODD[kind], pipeline=fast))


@pytest.mark.parametrize("opening", ["省领导", "市领导"])
def test_list_of_three_thousand_names_is_read_to_its_end(articles: Run, fast: Pipeline, opening: str) -> None:
    assert len(set(NAMES)) == 3_000
    text = f"{opening}{'、'.join(NAMES)}参加会议。"
    (article,) = articles(text, pipeline=fast)
    check(article, text)
    found = [entity.text for entity in article.entities if entity.label == "OFFICIAL"]
    assert len(found) == len(article.roles) > 2_900
    assert (found[0], found[-1]) == (NAMES[0], NAMES[-1])


def test_list_of_three_thousand_names_without_a_title_gives_good_records(articles: Run, fast: Pipeline) -> None:
    text = f"参加会议的有{'、'.join(NAMES)}。"
    (article,) = articles(text, pipeline=fast)
    check(article, text)


SIZE = 8_000
"""Bytes of the smaller sentence; the larger is four times as long."""


@pytest.mark.parametrize(
    "unit",
    [
        "章伯恺、",
        "省长章伯恺、",
        "省委副书记、",
        "张书记",
        "（女，回族）、",
        "任命章伯恺为省长，",
        "有限公司",
        "栖梧科技有限公司、",
        "（集团）有限公司",
        "分行",
        "开发区",
        "合肥经开区",
        "A区",
        "合肥市",
        "合肥",
        "阳新县富池镇",
        "镇",
        "（合肥",
        "（",
        "）",
        "《合肥",
        "“合肥”",
        "甲、",
        "、",
        "省委、",
        "市发改委商务局",
        "第十四届全国人大",
        "以下简称“澜汐”",
        "3.5",
        "三",
        "·",
        "A",
        " ",
        "中",
        "国",
    ],
)
def test_sentence_without_an_end_takes_linear_time(unit: str) -> None:
    nlp = zhengwen.load("entities")
    assert_linear(lambda size: nlp(unit * (size // len(unit.encode()))), SIZE)


def test_list_of_names_behind_a_title_takes_linear_time() -> None:
    nlp = zhengwen.load("entities")
    assert_linear(lambda count: nlp("省领导" + "章伯恺、" * count), 1_000)


def test_bylines_in_one_line_take_linear_time() -> None:
    nlp = zhengwen.load("entities")
    assert_linear(lambda count: nlp("记者 丁若水 " * count), 1_000)


@pytest.mark.parametrize(
    "unit",
    ["章伯恺、", "栖梧科技有限公司", "开发区", "阳新县富池镇", "（合肥", "甲、", "3"],
)
def test_sentence_of_a_megabyte_is_read(unit: str) -> None:
    text = unit * (1_000_000 // len(unit.encode()))
    doc = zhengwen.load("entities")(text)
    assert doc.text == text
    assert all(text[entity.start : entity.end] == entity.text for entity in doc._.entities)
