"""Conditions: every row of the rule file, then the ways in which a clause describes who qualifies."""

import tomllib

import pytest
from conftest import ROOT
from zhengce.extract.finders.conditions import find_conditions
from zhengce.extract.finders.targets import find_targets

TABLE = tomllib.loads((ROOT / "extract" / "lexicon" / "conditions.toml").read_text(encoding="utf-8"))["measure"]
EXAMPLES = [(row["code"], sentence, said) for row in TABLE for sentence, said in row["examples"]]
NEAR_MISSES = [sentence for row in TABLE for sentence in row["near_misses"]]

# sentence → (condition, rule); an empty list where there is none
CLAUSES = [
    ("承租国有房屋的免收3个月租金。", [("承租国有房屋", "condition-before-act")]),
    ("承租非国有房屋的，鼓励业主减免租金。", [("承租非国有房屋", "condition-without-noun")]),
    ("申请境外上市的企业，在证监会批准后，给予200万元补助。",
     [("申请境外上市", "condition-before-target"), ("在证监会批准后", "condition-trigger")]),
    # several clauses describe one beneficiary
    ("对受疫情影响，暂时经营困难，无力缴费的企业，可以缓缴。",
     [("受疫情影响，暂时经营困难，无力缴费", "condition-before-target")]),
    # the description begins at the last 对, not at the verb before
    ("推动银行对符合条件的小微企业发放贷款。", [("符合条件", "condition-before-target")]),
    # a comma in brackets cuts nothing
    ("对月销售额10万元以下（按季纳税，季度30万元以下）的纳税人免税。",
     [("月销售额10万元以下（按季纳税，季度30万元以下）", "condition-before-target")]),
    ("将审批时间压减至60个工作日，对推行承诺制的企业优先办理。", [("推行承诺制", "condition-before-target")]),
    ("租用标准厂房的给予补贴。", [("租用标准厂房", "condition-before-act")]),
    ("吸纳就业困难人员的优先支持。", [("吸纳就业困难人员", "condition-before-act")]),
    ("首次认定为高新技术企业的，奖励20万元。", [("首次认定为高新技术企业", "condition-without-noun")]),
    ("对坚持不裁员的，返还失业保险费。", [("坚持不裁员", "condition-without-noun")]),
    ("经税务机关批准后，可延期缴纳。", [("经税务机关批准后", "condition-trigger")]),
    ("在完成竣工验收后，拨付剩余资金。", [("在完成竣工验收后", "condition-trigger")]),
    # 后 and 的 that describe nobody
    ("会后及时总结。", []),
    ("疫情过后，恢复生产。", []),
    ("落实好的政策，推广好的做法。", []),
    ("完善财政专项资金直达企业机制，支持企业纾困解难。", []),
    ("加强对企业的宣传。", []),
    ("对上述的企业给予支持。", []),
    ("提高企业的创新能力。", []),
]  # fmt: skip


def said(sentence: str) -> list[tuple[str, str | None, str]]:
    targets = [(target.begin, target.end) for target in find_targets(sentence)]
    return [(sentence[c.begin : c.end], c.measured_by, c.rule) for c in find_conditions(sentence, targets)]


@pytest.mark.parametrize(("code", "sentence", "condition"), EXAMPLES)
def test_an_example_is_found_with_its_measure(code: str, sentence: str, condition: str) -> None:
    assert (condition, code) in [(text, measured) for text, measured, _ in said(sentence)]


@pytest.mark.parametrize("sentence", NEAR_MISSES)
def test_a_near_miss_has_no_condition(sentence: str) -> None:
    assert said(sentence) == []


@pytest.mark.parametrize(("sentence", "conditions"), CLAUSES)
def test_a_clause_is_cut_where_the_description_ends(sentence: str, conditions: list[tuple[str, str]]) -> None:
    assert [(text, rule) for text, _, rule in said(sentence)] == conditions
