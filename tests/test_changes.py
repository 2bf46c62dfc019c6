"""Extensions, revisions, continuations and repeals: the rule tables and what only looks like them."""

import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_linear
from zhengce.extract.finders.changes import find_changes

LEXICON = tomllib.loads((resources.files("zhengce.extract") / "lexicon/changes.toml").read_text(encoding="utf-8"))
RULES = LEXICON["change"]


def quoted(sentence: str, offsets: tuple[int, int] | None) -> str:
    return sentence[slice(*offsets)] if offsets else ""


def shown(sentence: str) -> list[tuple[str, str, str, str]]:
    return [
        (c.kind, c.affects, quoted(sentence, c.changed_from), quoted(sentence, c.changed_to))
        for c in find_changes(sentence)
    ]


@pytest.mark.parametrize(
    ("rule", "kind", "sentence", "affects", "before", "after"),
    [(r["name"], r["kind"], *row) for r in RULES for row in r["examples"]],
)
def test_rule_reads_its_examples(rule: str, kind: str, sentence: str, affects: str, before: str, after: str) -> None:
    (found,) = find_changes(sentence)
    assert shown(sentence) == [(kind, affects, before, after)]
    assert found.rule == rule
    assert sentence[found.affects_begin : found.affects_end] == affects
    assert found.begin <= found.affects_begin < found.affects_end <= found.end


@pytest.mark.parametrize("sentence", [near for r in RULES for near in r["near_misses"]])
def test_near_misses_are_none(sentence: str) -> None:
    assert find_changes(sentence) == ()


def test_every_rule_has_examples() -> None:
    assert len({row["name"] for row in RULES}) == len(RULES)
    for row in RULES:
        assert len(row["examples"]) >= 3
        assert row["near_misses"]


CHANGES = [
    (
        "原《招商政策》（政发〔2018〕6号）、《奖励办法》同时废止",
        [("repeal", "招商政策", "", ""), ("repeal", "奖励办法", "", "")],
    ),
    (
        "稳岗返还政策，以及特别培训补助政策，实施期限延长至2020年12月31日",
        [("extension", "稳岗返还政策，以及特别培训补助政策", "", "2020年12月31日")],
    ),
    (
        "免租政策实施期限由2022年6月底延长至12月底，继续执行缓缴政策",
        [("extension", "免租政策", "2022年6月底", "12月底"), ("continuation", "缓缴政策", "", "")],
    ),
    (
        "本办法自发布之日起施行，有效期5年，原《暂行办法》同时废止",
        [("repeal", "暂行办法", "", "")],
    ),
    ("延期还本付息政策延期至2021年3月31日", [("extension", "延期还本付息政策", "", "2021年3月31日")]),
]


@pytest.mark.parametrize(("sentence", "expected"), CHANGES)
def test_changes_of_a_sentence(sentence: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert shown(sentence) == expected


NO_CHANGE = [
    "鼓励景区、运动场所延长夜间经营时间",
    "延长产业链、提升价值链",
    "修订完善工作机制",
    "继续加强组织领导",
    "继续加快出口退税进度",
    "可按照有关规定延期缴纳税款",
    "还本日期最长可延至2022年12月31日",
    "还款期限延长至2020年6月30日",
    "展期3至6个月",
    "加快制修订地方标准",
    "主持修订国际标准的企业",
    "落实延续实施的税费优惠政策",
    "清理废止妨碍统一市场的规定",
    "实施期限至2022年12月31日",
    "《环境保护法》（2014年修订）",
]


@pytest.mark.parametrize("sentence", NO_CHANGE)
def test_no_change(sentence: str) -> None:
    assert find_changes(sentence) == ()


@given(
    st.sampled_from(["稳岗返还政策", "房租减免政策", "阶段性降费政策"]),
    st.sampled_from(["实施期限", "执行期限", "，执行期限", "有效期"]),
    st.sampled_from(["延长至", "延长到", "顺延至", "延期至"]),
    st.integers(2020, 2030),
    st.integers(1, 12),
)
def test_an_extension_in_any_wording_is_read_back(policy: str, term: str, verb: str, year: int, month: int) -> None:
    until = f"{year}年{month}月底"
    assert shown(f"将{policy}{term}{verb}{until}。") == [("extension", policy, "", until)]


@given(st.text(alphabet="延长至修订废止继续执行《》（）政策办法期限由原定的2022年12月31日，。、同时停", max_size=60))
def test_no_input_breaks_the_finder(sentence: str) -> None:
    for found in find_changes(sentence):
        assert 0 <= found.begin <= found.affects_begin < found.affects_end <= found.end <= len(sentence)
        assert found.affects == sentence[found.affects_begin : found.affects_end]


WORST = [
    "延长至",
    "政策延长至2022年",
    "贷款延长至",
    "《办法》废止",
    "《废止",
    "修订",
    "继续执行政策",
    "废止、《",
    "期限，",
    "修订《",
    "以及政策，以及延期至",
]


@pytest.mark.parametrize("piece", WORST)
def test_time_is_linear(piece: str) -> None:
    assert_linear(find_changes, piece, 25000)
