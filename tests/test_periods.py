"""Dates and periods: the rule tables, every spelling of a date, and what must stay no date."""

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_linear
from zhengce.extract.finders.days import FoundPeriod, from_issue, resolve, until_issue
from zhengce.extract.finders.periods import find_periods

ISSUED = "2022-02-09"
LEXICON = tomllib.loads((resources.files("zhengce.extract") / "lexicon/periods.toml").read_text(encoding="utf-8"))
ROWS = [*LEXICON["form"], *LEXICON["cue"]]
DIGITS = "〇一二三四五六七八九"


def shown(sentence: str, found: FoundPeriod) -> tuple[str, str]:
    start, end = resolve(found, ISSUED)
    days = end if found.role == "recurring" and not start else f"{start or '..'}/{end or '..'}"
    return sentence[found.begin : found.end], f"{days} {found.role}"


def all_shown(sentence: str) -> list[tuple[str, str]]:
    return [shown(sentence, found) for found in find_periods(sentence)]


@pytest.mark.parametrize(
    ("rule", "sentence", "text", "value"),
    [(row["name"], *example) for row in ROWS for example in row["examples"]],
)
def test_rule_reads_its_examples(rule: str, sentence: str, text: str, value: str) -> None:
    found = [(shown(sentence, each), each.rule) for each in find_periods(sentence)]
    assert any(seen == (text, value) and rule in named for seen, named in found), found


@pytest.mark.parametrize(("rule", "sentence"), [(row["name"], near) for row in ROWS for near in row["near_misses"]])
def test_rule_leaves_its_near_misses(rule: str, sentence: str) -> None:
    assert not [each for each in find_periods(sentence) if rule in each.rule.replace("–", "+").split("+")]


@pytest.mark.parametrize(("sentence", "text", "value"), LEXICON["list"]["examples"])
def test_list_shares_year_and_role(sentence: str, text: str, value: str) -> None:
    assert (text, value) in all_shown(sentence)


@pytest.mark.parametrize(("sentence", "text", "value"), LEXICON["issue"]["examples"])
def test_from_the_day_of_issue(sentence: str, text: str, value: str) -> None:
    # 即日起 was lost, and the period ended without a beginning
    found = next(each for each in find_periods(sentence) if each.issued is not None)
    begin, start = from_issue(found, ISSUED)
    assert (sentence[begin : found.end], f"{start}/{resolve(found, ISSUED)[1]} period") == (text, value)
    assert from_issue(found, None) == (found.begin, None)


@pytest.mark.parametrize(("sentence", "text", "value"), LEXICON["until-issue"]["examples"])
def test_to_the_day_of_issue(sentence: str, text: str, value: str) -> None:
    # the day of issue was lost, and one day remained of a period
    (found,) = find_periods(sentence)
    end, last = until_issue(found, ISSUED)
    assert (sentence[found.begin : end], f"{resolve(found, ISSUED)[0]}/{last} period") == (text, value)
    assert until_issue(found, None) == (found.end, None)


@pytest.mark.parametrize("sentence", LEXICON["until-issue"]["near_misses"])
def test_not_to_the_day_of_issue(sentence: str) -> None:
    assert all(until_issue(each, ISSUED)[1] is None for each in find_periods(sentence))


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        ("2月、3月两个月的租金全免", ["2月、3月"]),
        ("免收5月和6月两个月管理费", ["5月和6月"]),
        ("4月、5月这两个月减半", ["4月、5月"]),
        ("3月、4月各举办一场", ["3月", "4月"]),
    ],
)
def test_two_months_are_one_period_where_the_text_says_two(sentence: str, texts: list[str]) -> None:
    assert [text for text, _ in all_shown(sentence)] == texts


@pytest.mark.parametrize("sentence", LEXICON["issue"]["near_misses"])
def test_not_from_the_day_of_issue(sentence: str) -> None:
    assert all(each.issued is None for each in find_periods(sentence))


def test_every_rule_has_examples() -> None:
    assert len({row["name"] for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert len(row["examples"]) >= 3, row["name"]
        assert row["near_misses"], row["name"]


NO_DATE = [
    "对月销售额未超过15万元（按季度缴纳的季度销售额未超过45万元）的纳税人",  # a rate of reporting
    "缓缴3个月，最长不超过1年",  # lengths
    "年内募集岗位300个",  # a word without an anchor, as 当年
    "力争年内全部开工",
    "5年内累计不超过500万元",
    "毕业2年内的高校毕业生",
    "年满16周岁、未满60周岁",  # ages
    "豫政办〔2022〕14号、国发[2020]5号",  # document numbers
    "修订《河南省“十四五”规划（2021—2025年）》",  # a year in a title
    "《2022年工作要点》",
    "《产业结构调整指导目录（2019年本）》和目录（2021年版）",  # versions
    "上年度、当年、近期、今后三年",  # words with no anchor
    "上年12月31日在册、次年1月底前、当年年底前",
    "自印发之日起、即日起、疫情期间",
    "春节、国庆节期间",
    "每月10日前、每季度、每半年",
    "2020年月日前、年月底、月日前、20年3月",  # a source that lost its digits
    "2022年2月30日前、2022年13月、4月31日",  # no such day
    "1:3、2/3、0371-65905",
    "全年完成、近年来、历年、常年、一年一度",
    "二十五家、十五个、一百五十万元",
    "第十四个五年规划和2035年远景目标纲要",
]


@pytest.mark.parametrize("sentence", NO_DATE)
def test_no_date(sentence: str) -> None:
    assert all_shown(sentence) == []


SENTENCES = [
    ("提前批2022年3月底前发行60%以上、5月底前发行完毕", ["2022年3月底", "5月底"]),
    ("由原定的2021年12月31日延长至2022年6月30日", ["2021年12月31日", "2022年6月30日"]),
    ("在2022年2月16日到5月31日期间免门票", ["2022年2月16日到5月31日"]),
    ("从2022年起，圆满完成“十四五”时期任务", ["2022年", "“十四五”"]),
    ("全市2022年贷款增速较2021年提高1个百分点", ["2022年", "2021年"]),
    ("《2021年目录》内的企业2022年1月1日起免税", ["2022年1月1日"]),
    ("2021年、2022年分别奖励", ["2021年", "2022年"]),
]


@pytest.mark.parametrize(("sentence", "texts"), SENTENCES)
def test_all_dates_of_a_sentence(sentence: str, texts: list[str]) -> None:
    assert [text for text, _ in all_shown(sentence)] == texts


def test_near_year_holds_where_the_document_has_no_date() -> None:
    _, second = find_periods("2021年第一季度全额补贴，第二、三季度减半")
    assert resolve(second, None) == ("2021-04-01", "2021-09-30")


def test_a_list_after_until_is_a_list_of_deadlines() -> None:
    assert [found.role for found in find_periods("到2025年、2030年分别达到50亿元")] == ["deadline", "deadline"]


def test_near_year_of_a_list_beats_an_older_document() -> None:
    first, second = find_periods("2023年3月底前完成60%，5月底前全部完成")
    assert second.near == 2023
    assert resolve(second, "2022-12-20") == (None, "2023-05-31")
    assert resolve(first, None) == (None, "2023-03-31")


def test_missing_year_without_document_date_gives_nothing() -> None:
    (found,) = find_periods("3月31日前报送")
    assert resolve(found, None) == (None, None)
    assert resolve(found, "2020-02-05") == (None, "2020-03-31")


def test_last_of_february_follows_the_year() -> None:
    (found,) = find_periods("2月底前")
    assert [resolve(found, f"{year}-01-01")[1] for year in (2020, 2021)] == ["2020-02-29", "2021-02-28"]
    (leap,) = find_periods("2月29日前")
    assert resolve(leap, "2021-01-01") == (None, None)


# ------------------------------------------------------------------------------------------------------- properties


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones or not tens else "")


def by_place(year: int, zero: str) -> str:
    return "".join(DIGITS[int(c)] for c in str(year)).replace("〇", zero)


DAY_SPELLINGS: list[Callable[[date], str]] = [
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}年{d.month:02}月{d.day:02}日",
    lambda d: f"{d.year}年{d.month}月{d.day}号",
    lambda d: f"{by_place(d.year, '〇')}年{chinese(d.month)}月{chinese(d.day)}日",
    lambda d: f"{by_place(d.year, '○')}年{chinese(d.month)}月{chinese(d.day)}日",
    lambda d: f"{by_place(d.year, '零')}年{chinese(d.month)}月{chinese(d.day)}日",
    lambda d: d.isoformat(),
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}/{d.month:02}/{d.day:02}",
]
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
spelling = st.sampled_from(DAY_SPELLINGS)


@given(days, spelling)
def test_a_day_in_any_spelling_is_read_back(day: date, spell: Callable[[date], str]) -> None:
    text = spell(day)
    iso = day.isoformat()
    assert all_shown(f"于{text}举办") == [(text, f"{iso}/{iso} point")]
    assert all_shown(f"，{text}前完成") == [(text, f"../{iso} deadline")]
    assert all_shown(f"自{text}起施行") == [(text, f"{iso}/.. from")]


@given(days, st.integers(1, 800), spelling, st.sampled_from(["至", "到", "—", "——", "-", "起至", "~"]))
def test_a_range_of_days_is_read_back(first: date, length: int, spell: Callable[[date], str], mark: str) -> None:
    last = first + timedelta(length)
    text = spell(first) + mark + spell(last)
    assert all_shown(f"对{text}期间的企业") == [(text, f"{first}/{last} period")]


@given(st.integers(1990, 2060), st.integers(1, 12), st.sampled_from(["底", "末"]), st.booleans())
def test_the_end_of_a_month_is_read_back(year: int, month: int, end: str, by_places: bool) -> None:
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    text = f"{by_place(year, '〇')}年{chinese(month)}月{end}" if by_places else f"{year}年{month}月{end}"
    assert all_shown(f"到{text}，完成任务") == [(text, f"../{last} deadline")]


@given(
    st.text(
        alphabet="0123456789年月日底末前起至到—-、每今上下半季度第一二三四五十〇《》“”（）〔〕，。自从由内旬初后",
        max_size=60,
    )
)
def test_no_input_breaks_the_finder(sentence: str) -> None:
    at = 0
    for found in find_periods(sentence):
        assert at <= found.begin < found.end <= len(sentence)
        at = found.end
        start, end = resolve(found, ISSUED)
        assert not (start and end and found.role != "recurring" and start > end)
        assert found.role in {"deadline", "from", "period", "point", "recurring"}


# ------------------------------------------------------------------------------------------------------------- time

WORST = [
    "2022年",
    "2022年1月1日至",
    "一二三四五六七八九十",
    "“十四五”",
    "每年1月底和",
    "年底",
    "《2022年",
    "自从由2022年3月",
    "20",
    "1月、",
    "2022、",
    "（含",
]


@pytest.mark.parametrize("piece", WORST)
def test_time_is_linear(piece: str) -> None:
    assert_linear(find_periods, piece, 25000)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # the year is each one where what comes round is named before
        ("每年度申报期为1－10月份，逾期不予受理", [("1－10月份", "recurring")]),
        ("每年申报时间为3月1日至4月30日", [("3月1日至4月30日", "recurring")]),
        ("今年申报时间为3月1日至4月30日", [("今年", "period"), ("3月1日至4月30日", "period")]),
        # the next step of what is done every year
        ("每年3月发布申报通知，申报截止日为4月30日", [("每年3月", "recurring"), ("4月30日", "recurring")]),
        ("每年5月底前申报，9月底前拨付", [("每年5月底", "recurring"), ("9月底", "recurring")]),
        ("每年3月发布通知。9月底前完成", [("每年3月", "recurring"), ("9月底", "deadline")]),
        # a time of day stands between the two days
        ("从2月9日00：00起至2月29日24：00免收邮费", [("2月9日00：00起至2月29日", "period")]),
    ],
)
def test_periods_that_come_round(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert [(sentence[each.begin : each.end], each.role) for each in find_periods(sentence)] == expected
