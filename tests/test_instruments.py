"""Instruments: every row of the rule file, then the choices between rules."""

import time
import tomllib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zhengce.extract.finders.instruments import find_by_rules, instrument_rules
from zhengce.extract.finders.rules import Rule, RuleBook, _rule, load_rules
from zhengce.extract.finders.settling import find_instruments

RULES = instrument_rules().rules
EXAMPLES = [pytest.param(r, text, id=f"{r.name}:{text}") for r in RULES for text in r.examples]
NEAR_MISSES = [pytest.param(r, text, id=f"{r.name}:{text}") for r in RULES for text in r.near_misses]


def codes(sentence: str, heading: str = "") -> list[str]:
    return [finding.code for finding in find_by_rules(sentence, heading)]


@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_example_fires_its_rule(rule: Rule, text: str) -> None:
    assert (rule.name, rule.code) in {(f.rule, f.code) for f in instrument_rules().find(text)}


@pytest.mark.parametrize(("rule", "text"), NEAR_MISSES)
def test_near_miss_does_not_fire_its_rule(rule: Rule, text: str) -> None:
    assert rule.name not in {f.rule for f in instrument_rules().find(text)}


def test_every_rule_has_examples_and_a_name_of_its_own() -> None:
    assert [name for name, n in Counter(r.name for r in RULES).items() if n > 1] == []
    assert [r.name for r in RULES if len(r.examples) < 3 or not r.near_misses] == []


def test_every_code_of_the_scheme_has_a_rule() -> None:
    assert len({r.code for r in RULES}) == 44


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # the most specific that fits: a rent subsidy is rent relief, no subsidy
        ("鼓励各地出台房租补贴政策，省财政给予奖补", ["rent-relief", "award"]),
        # but a subsidy of its own in another clause stays
        ("对为商户减免租金的市场，由市财政给予一定资金补贴", ["rent-relief", "subsidy"]),
        # 担保费率 holds 保费, which is insurance
        ("将平均担保费率降至1%以下", ["guarantee"]),
        # a plan for something named is that thing, generic policies are rule-making
        ("各地可结合实际制定配套政策", ["rule-making"]),
        # a cited title says nothing, making the cited document does
        ("按照《中小企业发展专项资金管理办法》规定执行", ["organisation"]),
        ("修订《中小企业发展专项资金管理办法》", ["rule-making"]),
        ("免征契税，免收交易手续费", ["tax-exemption", "fee-relief"]),
        ("由市场监管局、工业和信息化局负责", ["public-service"]),
        # who gets the money is no instrument: its standing, its trade, its investment
        ("对新评定的三星级饭店给予20万元奖励", ["award"]),
        ("对乡村旅游经营户给予每户5000元补助", ["subsidy"]),
        ("对固定资产投资1000万元以上的项目，按5%给予奖励", ["award"]),
        # what is done for it is
        ("对招徕游客1万人次以上的旅行社给予奖励", ["consumption-promotion", "award"]),
        ("对企业境外参展的展位费给予50%补助", ["market-expansion", "subsidy"]),
        ("认定一批省级示范企业并给予资金补助", ["recognition", "subsidy"]),
        ("争取成功创建国家5A级旅游景区", ["recognition"]),
        # the trade alone, where the sentence says no more
        ("大力发展红色旅游、生态旅游", ["consumption-promotion"]),
        ("支持旅游企业、电商企业开展培训", ["training"]),
        # what money is for
        ("引导资金重点用于宣传营销、人才引进、从业人员培训", ["special-fund"]),
        ("安排产业扶持资金，重点支持企业实施技术改造", ["special-fund"]),
        ("安排300万元资金用于发放消费券", ["special-fund", "voucher"]),
        # what somebody has had before, and the loan whose interest is paid
        ("已享受其他财政补助的，不再给予奖励", ["award"]),
        ("对企业设备更新贷款，按年利率2%给予贴息", ["interest-subsidy"]),
        # a tax is cut, not the taxpayer
        ("缴纳房产税确有困难的，可申请房产税减免", ["tax-exemption", "tax-reduction"]),
        # a subsidy for who cuts the rent is more than rent relief
        ("对减免租金的园区可给予适度补贴", ["rent-relief", "subsidy"]),
        ("年内建成充电站200个以上", ["target-setting"]),
        # where the money goes after it was given, what was checked, what goes on meanwhile
        ("给予企业100万元奖励，专项用于研发、培训", ["award"]),
        ("设立引导资金，列入预算，用于产业补助和奖励", ["special-fund"]),
        ("加强对惠企政策和专项资金使用情况的监督检查", ["supervision"]),
        ("在落实税收优惠政策的基础上，给予一次性补贴", ["subsidy"]),
        # trades that are listed
        ("对旅游、会展、教育培训等行业给予补助", ["subsidy"]),
        # the rate and the base of a sum
        ("按贷款市场报价利率的50%给予贴息", ["interest-subsidy"]),
        ("按固定资产投资的5%给予企业奖励", ["award"]),
        # what is left out
        ("对新引进的总部（不含房地产项目建设主体）给予奖励", ["award"]),
        # whom a form is shown to, who is asked
        ("凭领导小组出具的证明可申请免征车船税", ["tax-exemption"]),
        # where nothing strong is said: what is done, then in which words
        ("各单位于每月底前将有关情况上报", ["organisation"]),
        ("改扩建城区中小学校", ["project-investment"]),
        ("依法查处各类违规行为", ["supervision"]),
    ],
)
def test_choices(sentence: str, expected: list[str]) -> None:
    assert codes(sentence) == expected


def test_heading_stands_in_for_a_silent_sentence() -> None:
    findings = find_by_rules("具体标准由双方商定。", heading="减免房屋租金")
    assert [(f.code, f.begin, f.end, f.rule) for f in findings] == [("rent-relief", 0, 10, "heading-fallback")]


def test_own_words_come_before_the_heading() -> None:
    assert codes("对贷款给予贴息", heading="减免房屋租金") == ["interest-subsidy"]


def test_what_is_done_comes_before_the_heading() -> None:
    assert codes("统筹布局建设农产品加工产业园", heading="做大做强龙头企业，培育壮大市场主体") == ["project-investment"]


@pytest.mark.parametrize(
    "sentence",
    [
        "其中，县级承担30%。",
        "具体范围另定。",
        "单户最高不超过限额。",
        "后续视情况扩大范围。",
        # others are treated alike, some are left out
        "民办学校比照上款执行。",
        "以家庭为单位的，参照办理。",
        "材料不全的，一律不予兑现。",
        "年内已退出的不再受理。",
    ],
)
def test_a_sentence_goes_on_with_the_one_before(sentence: str) -> None:
    findings = find_by_rules(sentence, heading="减免房屋租金", before=["interest-subsidy", "credit"])
    assert [(f.code, f.rule) for f in findings] == [("interest-subsidy", "goes-on"), ("credit", "goes-on")]


def test_a_sentence_that_compares_something_else_does_not_go_on() -> None:
    assert [f.rule for f in find_by_rules("参照周边地区开展摸底", before=["credit"])] != ["goes-on"]


def test_a_sentence_with_words_of_its_own_does_not_go_on() -> None:
    assert [f.code for f in find_by_rules("其中，对贷款给予贴息", before=["training"])] == ["interest-subsidy"]


@pytest.mark.parametrize(
    ("sentence", "heading", "expected"),
    [
        ("建成品牌专卖店1000个。", "主要目标", ["target-setting"]),
        ("上市企业达到3家。", "发展目标", ["target-setting"]),
        ("规模以上企业突破100家。", "目标任务", ["target-setting"]),
        ("成功上市的，奖励100万元。", "推动企业上市", ["award", "equity-financing"]),
        ("对完成任务的单位奖励5万元。", "目标考核", ["award"]),
    ],
)
def test_numbers_under_a_heading_of_goals_are_targets(sentence: str, heading: str, expected: list[str]) -> None:
    assert sorted(codes(sentence, heading)) == expected


def test_a_noun_of_public_life_gives_way_to_any_other_sign() -> None:
    assert codes("群众投诉应当逐级上报") == ["organisation"]
    assert codes("方便群众办事") == ["public-service"]


def test_money_under_a_heading_of_talent_policy_is_for_talent() -> None:
    assert codes("对获得学位的毕业生给予一次性补助", heading="本土人才培养政策") == ["subsidy", "talent"]
    assert codes("对获得学位的毕业生给予一次性补助", heading="促进就业") == ["subsidy"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("稳岗补贴的标准由市人社局综合确定", ["subsidy", "rule-making"]),  # a name of money, no staffing policy
        ("对擅自抽贷、断贷的银行，一经发现严肃查处", ["supervision"]),
        ("协调解决企业存在的招工、融资、用地等难题", ["public-service"]),
        ("依托产业集群，开展技能培训", ["training"]),
        ("引导民间资本投向数字化、检验检测等领域", ["project-investment"]),
        ("数字贸易进出口额突破500亿元", ["target-setting"]),
        ("通过广播宣传减税政策、贷款条件", ["publicity"]),
        ("省里出台相关政策，我市遵照执行", ["organisation"]),
        ("对开展科研攻关的企业，免征房产税", ["tax-exemption"]),
        ("将其作为稳定就业的重要举措，压实责任", ["organisation"]),
        ("为引进人才开通绿色通道", ["talent"]),
    ],
)
def test_words_aside_name_no_act(sentence: str, expected: list[str]) -> None:
    assert codes(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # who may not charge, and who is not charged
        ("中介机构不得向申请人推销付费课程", ["fee-crackdown"]),
        ("多收的物业费须在月底前退还租户", ["fee-crackdown"]),
        ("受灾期间不再计收罚息", ["fee-relief"]),
        ("期间不得收取滞纳金", ["fee-relief"]),
        # money that is taken back, and money that is only given back
        ("提前退出的，收回剩余经费", ["supervision"]),
        ("迁出本市的企业应当退还奖励", ["supervision", "award"]),
        ("严禁截留、挪用", ["supervision"]),
        # a sum without a noun is an award, unless the sentence says what it is
        ("首次纳入名录的分别给予5万元、8万元", ["award"]),
        ("给予2万元作为培训补贴", ["training", "subsidy"]),
        # loans that are there already are no lending
        ("本季度到期的企业贷款，可办理展期", ["loan-rollover"]),
        ("20万元以下的个人贷款，一律免除反担保", ["guarantee"]),
        ("同一项目按就高原则支持", ["award"]),
        ("在岗职工人数稳定在300人以上", ["target-setting"]),
        ("无违法记录证明可用信用报告代替", ["approval-streamlining"]),
        ("为初创团队免费提供工位", ["rent-relief"]),
    ],
)
def test_terms_and_conditions(sentence: str, expected: list[str]) -> None:
    assert codes(sentence) == expected


def test_a_weak_rule_speaks_where_all_others_stand_aside() -> None:
    assert codes("必须依托云平台开展登记") == ["organisation"]


def test_a_weak_word_of_the_heading_comes_before_the_default() -> None:
    assert codes("逾期视为放弃", heading="资金管理") == ["special-fund"]
    assert codes("逾期视为放弃") == ["public-service"]


def test_default_is_never_empty() -> None:
    assert [(f.code, f.rule) for f in find_by_rules("")] == [("public-service", "default")]
    assert [f.code for f in find_instruments("")] == ["public-service"]


def test_span_is_the_cue() -> None:
    (finding,) = find_by_rules("对小微企业发放创新券")
    assert (finding.begin, finding.end) == (7, 10)


def test_verb_and_object_stay_in_one_clause() -> None:
    assert "fee-relief" not in codes("企业可免收，费用自理")


def test_faulty_row_is_named() -> None:
    with pytest.raises(ValueError, match="rule x: unknown field cue"):
        _rule(tomllib.loads('name = "x"\ncode = "y"\ncue = ["z"]'), {})


def test_missing_rule_file() -> None:
    with pytest.raises(FileNotFoundError):
        load_rules("no-such-file.toml")


def test_empty_book_finds_nothing() -> None:
    assert RuleBook(()).find("免征增值税") == []


@given(st.text(alphabet="对企业给予补贴奖励减免房租，。；《》（）贷款10%可的", max_size=80))
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    findings = find_instruments(text)
    assert findings
    assert len({f.code for f in findings}) == len(findings)
    assert [f.begin for f in findings] == sorted(f.begin for f in findings)
    assert all(0 <= f.begin <= f.end <= len(text) for f in findings)


@pytest.mark.parametrize(
    "sentence",
    [
        "对企业给予补贴免收房租通行费",
        "资金用于支持宣传",
        "对投资的企业，",
        "对贷款的，给予",
        "已享受过的",
        "每年新增企业10家，",
        "解决招工、贷款、融资等难题，",  # as many asides as findings
        "宣传贷款、担保、培训，",
        "《补贴》",
    ],
)
def test_long_text_takes_linear_time(sentence: str) -> None:
    begun = time.perf_counter()
    assert find_instruments(sentence * 3_000)
    assert time.perf_counter() - begun < 5


def test_a_rule_may_yield_to_another_code_and_stop_before_a_holder() -> None:
    table = tomllib.loads(
        """
        [[rule]]
        name = "trade"
        code = "trade"
        cues = ["旅游"]
        not_before = ["企业"]
        yields_to = ["money"]
        [[rule]]
        name = "money"
        code = "money"
        cues = ["奖励"]
        """
    )
    book = RuleBook(_rule(row, {}) for row in table["rule"])
    assert [f.code for f in book.find("发展旅游")] == ["trade"]
    assert [f.code for f in book.find("支持旅游企业")] == []
    assert [f.code for f in book.find("发展旅游，给予奖励")] == ["money"]
