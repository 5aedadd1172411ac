"""Numerals written out in every fashion come back as the exact decimal."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengwen import quantities
from zhengwen.quantity.numerals import MAX_DIGITS, parse, plain

DIGITS = "零一二三四五六七八九"
many = settings(max_examples=300, deadline=None)
whole = st.one_of(st.integers(1, 10**4), st.integers(1, 10**12 - 1), st.integers(1, 999).map(lambda n: n * 10**6))
decimals = st.decimals(Decimal("0.0001"), 9999, places=4, allow_nan=False).map(plain)
SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}  # fmt: skip


def chinese(number: int) -> str:
    """A whole number below 10^16 as it is read aloud: 100200003 → 一亿零二十万零三."""
    written, gap = "", False
    for power, scale in ((12, "万亿"), (8, "亿"), (4, "万"), (0, "")):
        group = number // 10**power % 10**4
        if not group:
            gap = bool(written)
            continue
        written += ("零" if written and (gap or group < 1000) else "") + _below_ten_thousand(group) + scale
        gap = False
    return written


def _below_ten_thousand(number: int) -> str:
    written = ""
    for power, scale in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = number // 10**power % 10
        if digit:
            written += DIGITS[digit] + scale
        elif written and number % 10**power and not written.endswith("零"):
            written += "零"
    return written


@many
@given(decimals, st.sampled_from(list(SCALES)))
def test_arabic_numeral_with_scale_is_exact(number: Decimal, scale: str) -> None:
    assert parse(f"{number}{scale}") == number * SCALES[scale]


@many
@given(st.integers(1, 10**18))
def test_arabic_numeral_with_commas_is_exact(number: int) -> None:
    assert parse(f"{number:,}") == number


@many
@given(whole)
def test_chinese_numeral_is_exact(number: int) -> None:
    assert parse(chinese(number)) == number


@many
@given(whole)
def test_chinese_numeral_with_liang_is_exact(number: int) -> None:
    written = chinese(number)
    for scale in "千万亿":
        written = written.replace(f"二{scale}", f"两{scale}")
    assert parse(written) == number


@many
@given(st.integers(1, 9999), st.text("0123456789", min_size=1, max_size=4), st.sampled_from("万亿"))
def test_chinese_decimal_is_exact(number: int, fraction: str, scale: str) -> None:
    written = chinese(number) + "点" + "".join(DIGITS[int(digit)] for digit in fraction) + scale
    assert parse(written) == Decimal(f"{number}.{fraction}") * SCALES[scale]


@many
@given(st.integers(1, 9999), st.integers(1, 9999))
def test_mixed_numeral_is_exact(high: int, low: int) -> None:
    assert parse(f"{high}亿{low}万") == high * 10**8 + low * 10**4


@many
@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from(["百", "千", "万", "亿"]))
def test_last_digit_without_scale_counts_tenths_of_the_scale(first: int, last: int, scale: str) -> None:
    assert parse(DIGITS[first] + scale + DIGITS[last]) == first * SCALES[scale] + last * SCALES[scale] // 10


@many
@given(decimals, st.sampled_from(["", "万", "亿", "万亿"]), st.booleans())
def test_money_in_a_sentence_is_exact(number: Decimal, scale: str, wide: bool) -> None:
    written = str(number)
    if wide:
        written = written.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789."})
    (found,) = quantities(f"项目总投资{written}{scale}元。")
    assert (found.text, found.value, found.unit) == (f"{written}{scale}元", number * SCALES[scale], "CNY")


@many
@given(whole)
def test_formal_numeral_is_exact(number: int) -> None:
    formal = chinese(number).translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))
    assert parse(formal) == number


@many
@given(st.integers(1, 98), st.integers(2, 99))
def test_fraction_is_what_its_digits_say(part: int, of: int) -> None:
    part, of = min(part, of - 1) or 1, of
    exact = Fraction(100 * part, of)
    for written in (f"近{part}/{of}的企业", f"约{chinese(of)}分之{chinese(part)}的企业"):
        if of in (100,) or chinese(of) in ("十",):
            continue
        (found,) = quantities(written)
        assert found.unit == "%"
        assert abs(Fraction(found.value or 0) - exact) <= Fraction(1, 200)
        if (exact * 10**4).denominator == 1:
            assert Fraction(found.value or 0) == exact


@many
@given(st.integers(1, 8), st.sampled_from(["十", "百", "千", "万", "十万", "百万", "亿"]))
def test_two_digits_in_a_row_are_a_range(first: int, scale: str) -> None:
    (found,) = quantities(f"有{DIGITS[first]}{DIGITS[first + 1]}{scale}人参加")
    assert (found.low, found.high) == (first * SCALES[scale], (first + 1) * SCALES[scale])


@many
@given(st.integers(1, 10**12), st.integers(0, 9), st.integers(0, 9))
def test_yuan_jiao_and_fen_are_exact(yuan: int, jiao: int, fen: int) -> None:
    written = f"{yuan}元" + (f"{jiao}角" if jiao else "零" if fen else "") + (f"{fen}分" if fen else "")
    (found,) = quantities(f"每份{written}。")
    assert found.value == yuan + Decimal(jiao) / 10 + Decimal(fen) / 100


@pytest.mark.parametrize("numeral", ["", "元", "1.2.3", "一点", "点五", "12a", "1,,000", "三点五点六", "十二3"])
def test_numeral_that_is_none_gives_nothing_or_a_number(numeral: str) -> None:
    value = parse(numeral)
    assert value is None or isinstance(value, Decimal)


def test_numeral_longer_than_the_limit_is_no_quantity() -> None:
    assert quantities(f"编号{'9' * (MAX_DIGITS + 1)}个。") == []
