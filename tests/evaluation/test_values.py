"""When two quantities are the same, and when two wordings are."""

from decimal import Decimal

import msgspec
import pytest

from tests.evaluation.support import value
from zhengwen.evaluation.outputs import FoundQuantity
from zhengwen.evaluation.phrases import alike, any_alike, plain
from zhengwen.evaluation.values import difference, in_base
from zhengwen.gold.documents import GoldQuantity


@pytest.mark.parametrize(
    ("number", "unit", "expected", "base"),
    [
        ("3", "kW", 3000, "W"),
        ("2.5", "GWh", 2.5e9, "Wh"),
        ("12", "度", 12000, "Wh"),
        ("7", "亩", 14000 / 3, "m2"),
        ("1.5", "km2", 1500000, "m2"),
        ("40", "斤", 20, "kg"),
        ("6", "t/d", 6000, "kg/d"),
        ("6", "吨/日", 6000, "kg/d"),
        ("300", "CNY/mu", 0.45, "CNY/m2"),
        ("90", "km/h", 90000, "m/h"),
        ("5", "‰", 0.5, "%"),
        ("5", "pp", 5, "pp"),
        ("8", "元", 8, "CNY"),
        ("8", "USD", 8, "USD"),
        ("8", "位", 8, "人"),
        ("8", "标箱", 8, "标箱"),
        ("-4", "%", -4, "%"),
        ("8", "", 8, ""),
    ],
)
def test_value_in_base_unit(number: str, unit: str, expected: float, base: str) -> None:
    found, of = in_base(Decimal(number), unit)
    assert (found, of) == (pytest.approx(expected, rel=1e-12), base)


def test_value_of_no_number_and_no_unit() -> None:
    assert in_base(None, None) == (None, "")
    assert in_base(None, "MW") == (None, "W")


@pytest.mark.parametrize(
    ("wanted", "found", "expected"),
    [
        ("1390000000 CNY", "1390000000 CNY", None),
        ("1390000000 CNY", "1390000000.00 元", None),
        ("1390000000 CNY", "1390000001 CNY", None),  # one in a thousand million is rounding
        ("1390000000 CNY", "1390000002 CNY", "value"),
        ("400 MW", "400000 kW", None),
        ("400 MW", "40 万千瓦", "unit"),
        ("400 MW", "400 MWh", "unit"),
        ("43.8 %", "43.8 pp", "unit"),
        ("43.8 %", "438 permille", None),
        ("43.8 %", "-43.8 %", "value"),
        ("0.1 t", "100 kg", None),
        ("10000 t/a", "10000 t", "unit"),
        ("10000 t/a", "10000 吨/年", None),
        ("30 家", "30 个", "unit"),
        ("30 人", "30 名", None),
        ("30 家", "40 个", "unit"),
        ("0 个", "0 个", None),
        ("0 个", "1 个", "value"),
        ("- CNY at_least", "- CNY at_least", None),
        ("- CNY", "1 CNY", "value"),
        ("1 CNY", "- CNY", "value"),
        # Bounds: more and at least are one, less and at most are one, all others differ.
        ("10 个 at_least", "10 个 more_than", None),
        ("10 个 more_than", "10 个 at_least", None),
        ("10 个 at_most", "10 个 less_than", None),
        ("10 个 at_least", "10 个 at_most", "bound"),
        ("10 个 approx", "10 个", "bound"),
        ("10 个", "10 个 approx", "bound"),
        ("10 个 approx", "10 个 at_least", "bound"),
        ("10 个 approx", "11 个", "value"),
        # Ranges: by both ends.
        ("5..8 个", "5..8 个", None),
        ("5..8 个", "5..9 个", "value"),
        ("5..8 个", "4..8 个", "value"),
        ("1..5 t", "1000..5000 kg", None),
        ("5..8 个", "5..8 家", "unit"),
        ("5..8 个", "5 个", "value"),
        ("5..8 个", "8 个 at_most", "value"),
        ("8 个", "5..8 个", "value"),
    ],
)
def test_difference_of_two_quantities(wanted: str, found: str, expected: str | None) -> None:
    a = msgspec.convert({"start": 0, "end": 1, **value(wanted)}, GoldQuantity)
    b = msgspec.convert(value(found), FoundQuantity)
    assert difference(a, b) == expected


def test_found_quantity_without_bound_is_exact() -> None:
    assert difference(GoldQuantity(start=0, end=1, value=Decimal(3), unit="个"), FoundQuantity(value=Decimal(3), unit="个")) is None  # fmt: skip


def test_found_range_that_is_called_exact_differs_in_its_bound() -> None:
    wanted = GoldQuantity(start=0, end=1, low=Decimal(3), high=Decimal(4), unit="个", bound="range")
    assert difference(wanted, FoundQuantity(low=Decimal(3), high=Decimal(4), unit="个")) == "bound"


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "1E+999", "1E-999"])
def test_found_number_of_no_sense_is_wrong(number: str) -> None:
    wanted = GoldQuantity(start=0, end=1, value=Decimal(3), unit="个")
    assert difference(wanted, FoundQuantity(value=Decimal(number), unit="个")) == "value"


@pytest.mark.parametrize(
    ("wanted", "found", "expected"),
    [
        ("总投资", "总投资", True),
        ("总投资", "投资", True),
        ("投资", "总投资额", True),
        ("“三个一批”项目", "三个一批项目", True),
        ("独立储能", "申能·中交独立储能", True),
        ("晋中市", "太原市", False),
        ("总投资", "产值", False),
        ("的", "", True),
        (None, None, True),
        (None, "", True),
        (None, "总投资", False),
        ("总投资", None, False),
        ("总投资", "（）", False),
        # One holds the other: up to three times as long and four more.
        ("投资", "投资" + "八" * 8, True),
        ("投资", "投资" + "八" * 9, False),
        ("投资" + "八" * 8, "投资", True),
        ("投资" + "八" * 9, "投资", False),
        # Shared in order: seven of ten are enough, six are not.
        ("一二三四五六七甲乙丙", "一二三四五六七子丑寅", True),
        ("一二三四五六甲乙丙丁", "一二三四五六子丑寅卯", False),
        ("一二三四五六七甲乙丙", "七六五四三二一子丑寅", False),
        ("一二三四甲五六七乙丙", "子一丑二寅三四五六七", True),
    ],
)
def test_wordings_alike(wanted: str | None, found: str | None, expected: bool) -> None:
    assert alike(wanted, found) is expected


def test_any_reading_will_do() -> None:
    assert any_alike(["产值", None], None)
    assert any_alike(["产值", "总投资"], "投资")
    assert not any_alike(["产值", None], "投资")
    assert not any_alike([], "投资")


def test_plain_wording() -> None:
    assert plain(" “全省”的《开发区》，(2023年) ") == "全省开发区2023年"
    assert plain(None) == ""
