"""How long a document is in force: the rule tables, what belongs to one measure only, and the arithmetic of days."""

import tomllib
from datetime import date
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_linear
from zhengce.extract.finders.validity import FoundValidity, find_validity, merge_validity, resolve_validity

ISSUED = "2022-02-09"
LEXICON = tomllib.loads((resources.files("zhengce.extract") / "lexicon/changes.toml").read_text(encoding="utf-8"))
RULES = LEXICON["validity"]


def in_force(sentence: str, issued: str | None = ISSUED) -> str | None:
    found = find_validity(sentence)
    if found is None:
        return None
    start, end = resolve_validity(found, issued)
    return f"{start or '..'}/{end or '..'}"


@pytest.mark.parametrize(("rule", "sentence", "days"), [(r["name"], *row) for r in RULES for row in r["examples"]])
def test_rule_reads_its_examples(rule: str, sentence: str, days: str) -> None:
    found = find_validity(sentence)
    assert found is not None
    assert rule in found.rule
    assert in_force(sentence) == days


@pytest.mark.parametrize(
    "sentence", [near for r in RULES for near in r["near_misses"]] + LEXICON["subject"]["near_misses"]
)
def test_near_misses_are_none(sentence: str) -> None:
    assert find_validity(sentence) is None


@pytest.mark.parametrize("sentence", LEXICON["subject"]["examples"])
def test_subjects_of_a_whole_document(sentence: str) -> None:
    assert find_validity(sentence) is not None


def test_every_rule_has_examples() -> None:
    for row in [*RULES, LEXICON["subject"]]:
        assert len(row["examples"]) >= 3
        assert row["near_misses"]


WHOLE = [
    ("除已有明确期限规定外，以上政策措施执行至2022年6月30日。", "../2022-06-30"),
    ("未明确实施期限的，有效期至2022年12月31日。", "../2022-12-31"),
    ("本规定由市财政局负责解释，自2022年4月1日起施行，有效期5年。", "2022-04-01/2027-03-31"),
    ("本措施自印发之日起30日后施行，有效期5年，原《奖励办法》同时废止。", "2022-03-11/2027-03-10"),
    ("本意见自2022年3月1日起施行，有效期至2027年2月28日。", "2022-03-01/2027-02-28"),
    ("本通知自印发之日起1个月后施行。", "2022-03-09/.."),
    ("本政策有效期为2022年1月1日至2022年12月31日。", "2022-01-01/2022-12-31"),
    ("本实施细则自颁布之日起施行，暂定3年。", "2022-02-09/2025-02-08"),
]


@pytest.mark.parametrize(("sentence", "days"), WHOLE)
def test_whole_documents(sentence: str, days: str) -> None:
    assert in_force(sentence) == days


ONE_MEASURE = [
    "对各地实际核销的消费券给予奖补，政策执行期限至2022年6月30日",
    "缓缴政策执行期到2022年年底",
    "补贴期限不超过3个月，自2022年1月1日起执行",
    "本条政策执行至2022年12月31日",
    "该政策自2022年1月1日起执行",
    "处于有效期内的专精特新企业",
    "高新技术企业证书有效期3年",
    "对企业自认定之日起给予3年补贴",
    "对科技型中小企业（在有效期内）优先给予支持",
    "原《奖励办法》同时废止",
]


@pytest.mark.parametrize("sentence", ONE_MEASURE)
def test_what_belongs_to_one_measure_is_none(sentence: str) -> None:
    assert find_validity(sentence) is None


def test_without_a_document_date_the_day_of_issue_is_unknown() -> None:
    assert in_force("本通知自印发之日起施行，有效期3年。", None) == "../.."
    assert in_force("本通知自2022年3月1日起施行，有效期3年。", None) == "2022-03-01/2025-02-28"


def test_two_sentences_make_one_statement() -> None:
    first, second = find_validity("本通知自2022年3月1日起施行。"), find_validity("本通知有效期3年。")
    assert first is not None
    assert second is not None
    whole = merge_validity([second, first])
    assert whole is not None
    assert resolve_validity(whole, None) == ("2022-03-01", "2025-02-28")
    assert merge_validity([]) is None


LENGTHS = [
    ("2022-03-01", 3, "2025-02-28"),
    ("2024-02-29", 1, "2025-02-28"),  # no such day in 2025: the month's last day (民法典 202)
    ("2023-02-28", 1, "2024-02-27"),
    ("2022-01-01", 1, "2022-12-31"),
]


@pytest.mark.parametrize(("start", "years", "end"), LENGTHS)
def test_years_end_before_the_same_day(start: str, years: int, end: str) -> None:
    assert resolve_validity(FoundValidity(0, 1, "test", start, years=years), None) == (start, end)


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(1, 20), st.sampled_from(["年", "个月"]))
def test_any_start_and_length_is_read_back(start: date, length: int, unit: str) -> None:
    sentence = f"本办法自{start.year}年{start.month}月{start.day}日起施行，有效期{length}{unit}。"
    found = find_validity(sentence)
    assert found is not None
    first, last = resolve_validity(found, None)
    assert first == start.isoformat()
    months = length * 12 if unit == "年" else length
    assert last is not None
    elapsed = (date.fromisoformat(last) - start).days + 1
    assert abs(elapsed - months * 365.25 / 12) <= 3


WORST = [
    "本办法自",
    "自印发之日起",
    "本通知有效期",
    "有效期至2022年",
    "除本",
    "本通知自2022年1月1日起施行，",
    "未明确",
    "施行",
]


@pytest.mark.parametrize("piece", WORST)
def test_time_is_linear(piece: str) -> None:
    assert_linear(find_validity, piece, 25000)
