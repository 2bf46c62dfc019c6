"""Chinese numerals: by places, by units, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zhengce.extract.numerals import chinese_integer

# 三亿五千万: regression, 万 multiplied what 亿 had closed
READ = [
    ("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23), ("一百零五", 105), ("三百二十", 320), ("两千", 2000),
    ("一万二千", 12000), ("三亿五千万", 350_000_000), ("二〇二二", 2022), ("二○二○", 2020), ("零", 0), ("壹", 1),
    ("一万亿", 1_000_000_000_000), ("二十万", 200_000), ("一亿零三", 100_000_003),
]  # fmt: skip
DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(("text", "value"), READ)
def test_a_numeral_is_read(text: str, value: int) -> None:
    assert chinese_integer(text) == value


@pytest.mark.parametrize("text", ["", "企业", "1", "十家", "一2"])
def test_other_text_is_no_numeral(text: str) -> None:
    with pytest.raises(ValueError, match="numeral"):
        chinese_integer(text)


@given(st.integers(min_value=0, max_value=9999))
def test_digits_by_places(value: int) -> None:
    assert chinese_integer("".join(DIGITS[int(digit)] for digit in str(value))) == value


@given(st.integers(min_value=1, max_value=9999))
def test_units(value: int) -> None:
    thousands, hundreds, tens, ones = (value // n % 10 for n in (1000, 100, 10, 1))
    parts = [(thousands, "千"), (hundreds, "百"), (tens, "十"), (ones, "")]
    written = "".join(DIGITS[digit] + unit if digit else "零" for digit, unit in parts).strip("零")
    assert chinese_integer(written) == value
