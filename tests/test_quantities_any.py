"""Quantities of any text: amounts in any spelling are read back, nothing raises, time grows with the text only."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_linear
from zhengce.extract.finders.quantities import find_quantities

DIGIT = "零一二三四五六七八九"


def chinese(n: int) -> str:
    """1..9999 as a Chinese numeral."""
    out, zero = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // power % 10
        if digit:
            out += ("零" if zero and out else "") + DIGIT[digit] + name
            zero = False
        else:
            zero = True
    return out.removeprefix("一") if out.startswith("一十") else out


amounts = st.integers(1, 99_999_999)


@given(amounts, st.sampled_from(["{0}元", "{0:,}元"]), st.sampled_from(["给予", "每户奖励", "补助不超过"]))
def test_any_amount_is_read_back(yuan: int, spelling: str, before: str) -> None:
    sentence = f"{before}{spelling.format(yuan)}。"
    (found,) = find_quantities(sentence)
    assert (found.kind, found.value, found.unit) == ("money", yuan, "CNY")


@given(st.decimals("0.01", "9999", places=2), st.sampled_from([("万", 10**4), ("亿", 10**8), ("千万", 10**7)]))
def test_multipliers_are_worked_in(number: Decimal, scale: tuple[str, int]) -> None:
    (found,) = find_quantities(f"贷款额度{number}{scale[0]}元以内")
    assert (found.value, found.bound) == (number * scale[1], "max")


@given(st.integers(2, 999), st.sampled_from([("个月", "month"), ("万元", "CNY"), ("亩", "mu"), ("名", "名")]))
def test_chinese_numerals_are_read_back(n: int, unit: tuple[str, str]) -> None:
    sentence = f"不少于{chinese(n)}{unit[0]}。"
    if unit[0] == "万元":
        n *= 10_000
    (found,) = find_quantities(sentence)
    assert (found.value, found.unit, found.bound) == (n, unit[1], "min")


PIECES = [
    "最高", "不超过", "每人", "每年", "1", "50", "万", "元", "%", "三", "个月", "、", "，", "至", "（含）",
    "以上", "的企业", "“", "”", "《", "》", "分别", "1:1", "1/3", "十", "百分之", "亿", "半年", "减半", "家",
    "次", ".", ",", "日", "年",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.booleans())
def test_anything_is_read_in_order_and_never_raises(sentence: str, blocked: bool) -> None:
    taken = [(0, min(4, len(sentence)))] if blocked and sentence else []
    found = find_quantities(sentence, taken)
    assert list(found) == sorted(found, key=lambda q: (q.begin, q.end))
    for q in found:
        assert 0 <= q.begin < q.end <= len(sentence)
        assert q.role in {"benefit", "condition", "goal", "cost-share"}
        assert q.bound in {"exact", "min", "max", "approx"}
        assert not any(b <= q.begin < e for b, e in taken)
    for first, second in itertools.pairwise(found):
        assert first.end <= second.begin


WORST = [
    "1家",
    "每",
    "三",
    "1",
    "1.",
    "1,",
    "50万元、",
    "1、",
    "（含",
    "1万",
    "最高给予每人",
    "1-",
    "一周",
    "2日",
    "“",
    "《一",
    "分别3、",
]


@pytest.mark.parametrize("piece", WORST)
def test_time_is_linear(piece: str) -> None:
    assert_linear(find_quantities, piece, 10000)
