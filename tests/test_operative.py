"""Measure or statement: every row of the rule file, then sentences that look like the other kind."""

import pytest
from zhengce.extract.finders.operative import is_measure
from zhengce.extract.finders.rules import Rule, load_rules

RULES = load_rules("operative").rules
STATEMENTS = [r for r in RULES if r.code.startswith("statement")]


@pytest.mark.parametrize("text", [pytest.param(t, id=f"{r.name}:{t}") for r in STATEMENTS for t in r.examples])
def test_statement(text: str) -> None:
    assert not is_measure(text)


@pytest.mark.parametrize("text", [pytest.param(t, id=f"{r.name}:{t}") for r in STATEMENTS for t in r.near_misses])
def test_near_miss_is_a_measure(text: str) -> None:
    assert is_measure(text)


@pytest.mark.parametrize(("rule", "text"), [(r, t) for r in RULES if r.code == "measure" for t in r.examples])
def test_measure(rule: Rule, text: str) -> None:
    assert is_measure(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "每年新增规模以上工业企业2500家",  # an aim with a number binds
        "坚持不裁员的企业给予稳岗返还",  # opens like a principle
        "当前受疫情影响的企业可申请缓缴",  # opens like background
        "各地要加强政策解释说明",  # no clause of interpretation
        "环评报告表、登记表原则上由县级审批",  # 原则上 is no principle
        "与其他政策不一致的，按“就高不重复”的原则执行",  # limits what is given
        "《县招商引资奖励暂行办法》（某政规〔2019〕4号）同时废止。",  # government repeals
        "原《贷款贴息细则》同时废止，已受理的申请按原规定办理。",
        "研发投入以年度审计数为准，未经审计的不予计算。",  # no definition: it refuses
        "公示材料包括姓名、单位和补贴金额。",
        "“以旧换新”按成交价的10%计算补贴金额，最高2000元",
        "“绿色通道”按部门职责确定专人负责",
        "培训人员包括农民工和退役军人，发放培训券",
        "",
    ],
)
def test_looks_like_a_statement_but_is_none(sentence: str) -> None:
    assert is_measure(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "上述条款适用于本县的旅游企业，自公布之日起施行，有效期两年",
        "以习近平新时代中国特色社会主义思想为指导，强化财税政策支持",  # acts inside, and yet no measure
        "坚持政府引导、市场运作，充分发挥市场作用",
        "本意见中“小微企业”按国家划型标准认定",
        "上述相关条款执行期限自发布之日起六个月止",
        "本办法自2024年1月1日起施行，原《贷款贴息细则》同时废止。",
        "“营业收入”按税务部门开票金额计算，不含免税销售额。",
        "农业经营户包括家庭农场、合作社和种粮大户。",
        "全区机械到位两千台，当前备耕进度总体快于上年。",
    ],
)
def test_statement_that_speaks_of_acts(sentence: str) -> None:
    assert not is_measure(sentence)


def test_a_general_heading_holds_measures_only_where_numbers_or_money_stand() -> None:
    assert not is_measure("全力稳住市场主体，注重企业的感受度", "总体要求")
    assert is_measure("到2027年培育龙头企业50家", "总体要求")
    assert is_measure("市财政设立引导资金", "总体要求")
    assert is_measure("全力稳住市场主体，注重企业的感受度", "帮扶企业")
