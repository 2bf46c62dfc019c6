"""Whom a measure is for: what holds of any text, and time that grows with the text only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from target_cases import said
from timing import assert_linear
from zhengce.extract.finders.targets import find_targets
from zhengce.ontology.vocabulary import concepts

CODES = {concept.code for concept in concepts("target")}


FIRMS = {
    "中小微企业": "msme",
    "中小企业": "sme",
    "小微企业": "small-micro",
    "高新技术企业": "high-tech",
    "纳税人": "taxpayer",
}
FRAMES = ("对{}给予补贴", "支持{}稳定发展", "为{}提供服务", "{}可申请缓缴", "对受灾情影响的{}，免收租金", "降低{}成本")


@given(st.sampled_from(sorted(FIRMS)), st.sampled_from(FRAMES))
def test_a_firm_is_found_in_every_frame(firm: str, frame: str) -> None:
    assert said(frame.format(firm)) == [(firm, FIRMS[firm])]


@given(st.lists(st.sampled_from(sorted(FIRMS)), min_size=1, max_size=5, unique=True), st.sampled_from(FRAMES))
def test_every_member_is_found(firms: list[str], frame: str) -> None:
    assert said(frame.format("、".join(firms))) == [(firm, FIRMS[firm]) for firm in firms]


@given(
    st.text(
        alphabet=st.sampled_from(
            "对为支持给予补贴企业中小微个体工商户的、，。；“”（）《》等和项目人员各地银行机构家型x1"
        ),
        max_size=80,
    )
)
def test_any_text_gives_ordered_spans_of_known_concepts(text: str) -> None:
    targets = find_targets(text)
    ends = [0, *(t.end for t in targets)]
    for before, target in zip(ends, targets, strict=False):
        assert before <= target.begin < target.end <= len(text)
        assert target.concept in CODES
    assert find_targets(text) == targets


WORST = [
    "企业",
    "企业的",
    "中小微",
    "对企业、",
    "“专精特新",
    "对的",
    "项目、",
    "等行业企业",
    "支持",
    "（企业",
    "《企业",
    "人员的",
    "为企业，",
    "对调酒师",
    "乡村旅游、",
    "民宿投资方",
    "餐饮、旅游等行业",
    "等受影响的行业企业",
    "氢能装备",
    "名古籍修复人才、",
    "（B类人才",
    "卫生院、诊所医生",
    # regression: each member that the lexicon lacks had the whole sentence read again
    "小微企业、环湖船队、",
    "旅行社、环湖船队等文旅企业，",
    "a",
]


@pytest.mark.parametrize("piece", WORST)
def test_time_is_linear(piece: str) -> None:
    assert_linear(find_targets, piece, 25000)
