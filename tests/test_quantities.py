"""Quantities: the lexicon row by row, one value in many spellings, names that are no amounts."""

from decimal import Decimal
from typing import Any

import pytest
from quantity_cases import quote
from zhengce.extract.finders.quantities import FoundQuantity, find_quantities
from zhengce.extract.finders.quantity_roles import Surroundings, role_of
from zhengce.extract.finders.unit_table import lexicon

RULES = lexicon()


def pairs(table: str) -> list[Any]:
    """(row, sentence, number) of every example of a table."""
    return [pytest.param(row, *pair, id=f"{row['name']}-{pair[0]}") for row in RULES[table] for pair in row["examples"]]


def misses(table: str) -> list[Any]:
    return [pytest.param(row, s, id=f"{row['name']}-{s}") for row in RULES[table] for s in row["near_misses"]]


def role_rule(sentence: str, found: FoundQuantity) -> str:
    around = Surroundings.of(sentence, found.begin, found.end, found.kind, found.unit, found.bound, found.value)
    return role_of(around)[1]


def bounded(sentence: str) -> list[tuple[str, str, bool]]:
    return [(quote(sentence, q), q.bound, q.inclusive) for q in find_quantities(sentence)]


# ---- the lexicon, row by row


@pytest.mark.parametrize(("row", "sentence", "number"), pairs("unit"))
def test_unit(row: dict[str, Any], sentence: str, number: str) -> None:
    assert (row["name"], number) in [(q.rule, quote(sentence, q)) for q in find_quantities(sentence)]


@pytest.mark.parametrize(("row", "sentence"), misses("unit"))
def test_no_unit(row: dict[str, Any], sentence: str) -> None:
    assert row["name"] not in [q.rule for q in find_quantities(sentence)]


@pytest.mark.parametrize("sentence", [s for row in RULES["phrase"] for s in row["examples"]])
def test_phrase_holds_no_number(sentence: str) -> None:
    assert find_quantities(sentence) == ()


@pytest.mark.parametrize("sentence", [s for row in RULES["phrase"] for s in row["near_misses"]])
def test_number_beside_phrase(sentence: str) -> None:
    assert find_quantities(sentence)


@pytest.mark.parametrize(("row", "sentence", "number"), pairs("bound"))
def test_bound(row: dict[str, Any], sentence: str, number: str) -> None:
    assert (number, row["bound"], row.get("inclusive", True)) in bounded(sentence)


@pytest.mark.parametrize(("row", "sentence"), misses("bound"))
def test_other_bound(row: dict[str, Any], sentence: str) -> None:
    found = bounded(sentence)
    assert found
    assert (row["bound"], row.get("inclusive", True)) not in [(bound, inclusive) for _, bound, inclusive in found]


@pytest.mark.parametrize(("row", "sentence", "number"), pairs("role"))
def test_role(row: dict[str, Any], sentence: str, number: str) -> None:
    found = [(quote(sentence, q), q.role, role_rule(sentence, q)) for q in find_quantities(sentence)]
    assert (number, row["role"], row["name"]) in found


@pytest.mark.parametrize(("row", "sentence"), misses("role"))
def test_other_role(row: dict[str, Any], sentence: str) -> None:
    assert row["name"] not in [role_rule(sentence, q) for q in find_quantities(sentence)]


@pytest.mark.parametrize("table", ["unit", "phrase", "bound", "role"])
def test_every_rule_has_examples(table: str) -> None:
    for row in RULES[table]:
        assert len(row["examples"]) >= 3, row["name"]
    names = [row["name"] for row in RULES[table]]
    assert len(names) == len(set(names))


# ---- one value, many spellings

SAME = [
    (("money", Decimal(500000), "CNY"), ["50万元", "500000元", "500,000元", "五十万元"]),
    (("money", Decimal(20000000000), "CNY"), ["200亿元", "两百亿元", "20000000000元", "2,000,000万元"]),
    (("money", Decimal(5000000), "USD"), ["500万美元", "五百万美元", "500万美金"]),
    (("percent", Decimal(50), "%"), ["50%", "百分之五十", "百分之50", "50.0%"]),
    (("percent", Decimal("0.5"), "pp"), ["0.5个百分点", "0.5百分点"]),
    (("percent", Decimal(50), "bp"), ["50个基点", "50基点", "50BP", "五十个基点"]),
    (("fraction", "1/3", None), ["1/3", "三分之一"]),
    (("fraction", "1/2", None), ["1/2", "二分之一", "一半", "减半"]),
    (("multiple", Decimal(2), None), ["2倍", "两倍", "2.0倍", "翻一番"]),
    (("duration", Decimal(3), "month"), ["3个月", "三个月", "3个整月"]),
    (("duration", Decimal("0.5"), "year"), ["半年", "0.5年"]),
    (("duration", Decimal("1.5"), "year"), ["1.5年", "一年半", "1年半"]),
    (("duration", Decimal(5), "workday"), ["5个工作日", "5工作日", "五个工作日"]),
    (("area", Decimal(10000), "m2"), ["1万平方米", "10000㎡", "10,000平方米", "一万平方米"]),
    (("count", Decimal(50000), "人次"), ["5万人次", "50000人次", "50,000人次"]),
    (("other", Decimal(1000000), "kWh"), ["100万千瓦时", "100万度", "1000000kWh"]),
]


@pytest.mark.parametrize(("meaning", "spelling"), [(meaning, s) for meaning, spellings in SAME for s in spellings])
def test_spellings(meaning: tuple[str, Decimal | str, str | None], spelling: str) -> None:
    sentence = f"补助{spelling}以上。"
    (found,) = find_quantities(sentence)
    assert (found.kind, found.value, found.unit) == meaning
    assert quote(sentence, found) == spelling


# sentence → (number, value, bound) of each quantity
RANGES = [
    ("减租2至5个月", [("2", 2, "min"), ("5个月", 5, "max")]),
    ("奖励3万元-5万元", [("3万元", 30000, "min"), ("5万元", 50000, "max")]),
    ("奖励3-5万元", [("3", 30000, "min"), ("5万元", 50000, "max")]),
    ("奖励3万—5万元", [("3万", 30000, "min"), ("5万元", 50000, "max")]),
    ("补贴10%—20%", [("10%", 10, "min"), ("20%", 20, "max")]),
    ("补贴10~20%", [("10", 10, "min"), ("20%", 20, "max")]),
    ("投资100万元以上500万元以下", [("100万元", 1000000, "min"), ("500万元", 5000000, "max")]),
    ("投资100万元（含）至500万元", [("100万元", 1000000, "min"), ("500万元", 5000000, "max")]),
    ("年满16至24岁", [("16", 16, "min"), ("24岁", 24, "max")]),
    # no ranges: from more to less, and a list
    ("由30%提高至60%", [("30%", 30, "exact"), ("60%", 60, "exact")]),
    ("分别奖励2万元、4万元", [("2万元", 20000, "exact"), ("4万元", 40000, "exact")]),
    ("分别奖励3、5、10万元", [("3", 30000, "exact"), ("5", 50000, "exact"), ("10万元", 100000, "exact")]),
    ("分别给予不超过50万元、150万元补助", [("50万元", 500000, "max"), ("150万元", 1500000, "max")]),
    # the yuan is left out of a whole list
    ("分别给予8万、5万、3万的奖励", [("8万", 80000, "exact"), ("5万", 50000, "exact"), ("3万", 30000, "exact")]),
]


@pytest.mark.parametrize(("sentence", "expected"), RANGES)
def test_ranges_and_lists(sentence: str, expected: list[tuple[str, int, str]]) -> None:
    assert [(quote(sentence, q), q.value, q.bound) for q in find_quantities(sentence)] == expected


# ---- cases, places, basis


def test_tiers_belong_to_their_case() -> None:
    sentence = "一等奖奖励50万元，二等奖奖励30万元，三等奖奖励10万元"
    assert [q.applies_to for q in find_quantities(sentence)] == ["一等奖", "二等奖", "三等奖"]


def test_listed_cases_go_with_their_amounts() -> None:
    sentence = "按照辅导备案登记、受理申报材料两个节点，分别给予不超过50万元、150万元补助"
    assert [q.applies_to for q in find_quantities(sentence)] == ["辅导备案登记", "受理申报材料"]


def test_unequal_lists_are_not_paired() -> None:
    assert [q.applies_to for q in find_quantities("对省级、市级、县级基地，分别奖励5万元、3万元")] == [None, None]


def test_places() -> None:
    found = find_quantities("预期目标为：郑州310家、开封130家、城关镇5家、合计445家")
    assert [q.place for q in found] == ["郑州", "开封", "城关镇", None]


@pytest.mark.parametrize(
    ("sentence", "basis"),
    [
        ("按照实际投资给予不超过30%的补贴", "实际投资"),
        ("给予不超过融资额0.1%的补助", "融资额"),
        ("按设备购置费用的15%补助", "设备购置费用"),
        ("增长15%以上", None),
        ("下浮0.3个百分点", None),
        ("给予50%的补贴", None),
    ],
)
def test_basis(sentence: str, basis: str | None) -> None:
    assert [q.basis for q in find_quantities(sentence)] == [basis]


@pytest.mark.parametrize(
    ("sentence", "inclusive"),
    [("超过50%", False), ("不满1年", False), ("增长20%（不含）以内", False), ("不超过50%", True), ("满1年", True)],
)
def test_whether_the_limit_counts(sentence: str, inclusive: bool) -> None:
    assert [q.inclusive for q in find_quantities(sentence)] == [inclusive]


# ---- names, and sources that lost their digits


@pytest.mark.parametrize(
    ("sentence", "bounds"),
    [
        ("存栏500头（圈舍面积800平方米）以上", ["min", "min"]),
        ("投资强度300万元/亩（不含土地款）以上", ["min"]),
        ("投资额1000万元（人民币，下同）及以上", ["min"]),
        ("单家企业最高补贴可达120万元", ["max"]),
        ("奖励最高可达80万元", ["max"]),
        ("主体封顶后支付50%", ["exact"]),
        ("3年期以内的信贷", ["max"]),
        ("不超过其对市、县（区）财政贡献的30%", ["max"]),
        ("至少游览一家景区", ["min"]),
        ("每满三千人次奖励五千元", ["exact", "exact"]),
    ],
)
def test_bounds_that_stand_apart(sentence: str, bounds: list[str]) -> None:
    assert [q.bound for q in find_quantities(sentence)] == bounds


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("返还比例由30%提高到50%", ["benefit", "benefit"]),
        ("首贷率由30%提高到50%", ["goal", "goal"]),
        ("10万至20万元（含）补贴3000元/辆", ["condition", "condition", "benefit"]),
        ("流转面积50亩以上，合同期限5年以上，用于种粮的，每亩奖励100元", ["condition", "condition", "benefit"]),
        ("每增加1000人次再奖励5000元，累计不超过20万元", ["condition", "benefit", "benefit"]),
        ("对裁员率不高于5.5%的，按上年缴费额的60%返还", ["condition", "benefit"]),
        ("新建连片大棚50亩以上，省财政补贴每亩5万元", ["condition", "benefit"]),
        ("新引进独立供地30亩以上的项目，应为投资不低于5000万元", ["condition", "condition"]),
        ("县财政每年安排3亿元打造产业链", ["goal"]),
        ("自投产之日起2年内，按用电量给予补贴", ["benefit"]),
    ],
)
def test_roles_of_award_policies(sentence: str, roles: list[str]) -> None:
    assert [q.role for q in find_quantities(sentence)] == roles


NAMES = [
    "形成“1+3”政策体系", "推行“三零”服务", "落实“六个百分百”", "“双随机、一公开”监管", "推行一企一策",
    "实施一户一档", "第十条规定", "2022年第一季度", "豫政办〔2022〕14号", "附件2", "拨打12345热线",
    "5G融合应用", "A级景区", "首次认定", "培育一批龙头企业", "给予一定补贴", "提供一站式服务", "一件事一次办",
    "十大战略", "两新组织", "三品一标", "LPR下调", "出台一系列措施", "一体化平台", "进一步优化", "同一单位",
    "统一标准", "任一条件", "大众创业、万众创新", "千企帮千村", "百强企业", "两创示范", "两节期间",
    "落实两个确保", "省市县三级联动", "最多跑一次", "二次开发", "三位一体", "世界500强", "上年度", "十四五时期",
    "7×24小时服务", "第二、三年的补贴", "一年期贷款利率", "三门峡市", "多元化投入", "一次性奖励",
    "《三年行动计划（2022-2024年）》", "按第2、3条执行", "第5至8项除外", "入选万人计划", "打造千亿级产业",
    "百亿元级集群", "亿元产值能耗", "数百亿元投入",
]  # fmt: skip


@pytest.mark.parametrize("sentence", NAMES)
def test_names_are_no_amounts(sentence: str) -> None:
    assert find_quantities(sentence) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "最高不超过万元",
        "按贷款额的%给予奖励",
        "2020年月日前",
        "每人每年元",
        "",
        "对投资万元以上的项目按%补助",
        "总投资亿元以上的，补助万元",
    ],
)
def test_lost_digits_give_nothing(sentence: str) -> None:
    assert find_quantities(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "number", "value"),
    [
        ("总投资亿元以上的项目", "亿元", 100_000_000),
        ("产值超百亿元的企业", "百亿元", 10_000_000_000),
        ("税收达到千万元的企业", "千万元", 10_000_000),
        ("作业面积达万亩的合作社", "万亩", 10_000),
    ],
)
def test_a_scale_alone_is_a_number_where_a_limit_says_so(sentence: str, number: str, value: int) -> None:
    (found,) = find_quantities(sentence)
    assert (quote(sentence, found), found.value, found.bound) == (number, Decimal(value), "min")


@pytest.mark.parametrize(
    ("sentence", "bounds"),
    [
        ("投资1000万元及以上至5000万元的", ["min", "max"]),
        ("面积100亩及以上至500亩的", ["min", "max"]),
        ("超过上年部分的30%返还", ["exact"]),
        ("给予超出额0.5%的奖励", ["exact"]),
        ("不超过增量部分的30%", ["max"]),
    ],
)
def test_ends_of_ranges_and_shares_of_a_part(sentence: str, bounds: list[str]) -> None:
    assert [q.bound for q in find_quantities(sentence)] == bounds


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("累计缴费36个月（含36个月）以上的人员", [("36个月", "min"), ("36个月", "min")]),
        ("接收实习人员超过50人（含50人）的单位", [("50人", "min"), ("50人", "min")]),
        ("接收实习人员50人以上（含组织者5人）", [("50人", "min")]),
        ("面积超过50亩（含50人作业区）的基地", [("50亩", "min")]),
    ],
)
def test_a_limit_that_a_bracket_says_again(sentence: str, said: list[tuple[str, str]]) -> None:
    assert [(sentence[q.begin : q.end], q.bound) for q in find_quantities(sentence)] == said


def test_a_champion_in_one_line_of_goods_is_no_rate() -> None:
    champion, single = (
        find_quantities(s)[0] for s in ("对制造业单项冠军企业奖励50万元", "对企业的技改项目，单项补助50万元")
    )
    assert (champion.per, single.per) == ((), ("item",))


def test_dates_are_no_quantities() -> None:
    sentence = "2022年2月15日前实现满产的，15日内给予10万元奖励"
    assert [quote(sentence, q) for q in find_quantities(sentence, [(0, 10)])] == ["15日", "10万元"]
    assert find_quantities("截至22年12月", [(2, 8)]) == ()


@pytest.mark.parametrize(
    ("sentence", "bounds"),
    [
        ("产值5000万元、1亿元、2亿元以上的企业", ["min", "min", "min"]),
        ("出口300万美元、500万美元以上的", ["min", "min"]),
        ("符合本政策两项或两项以上条款的", ["exact", "min"]),
        ("分别奖励3万元、5万元", ["exact", "exact"]),
        ("补助1万元、2万元以下", ["exact", "max"]),
    ],
)
def test_a_lower_limit_closes_its_list(sentence: str, bounds: list[str]) -> None:
    assert [q.bound for q in find_quantities(sentence)] == bounds


def test_a_unit_behind_a_remark() -> None:
    sentence = "外资200万-500万（不含）美元的"
    assert [(quote(sentence, q), q.bound, q.inclusive) for q in find_quantities(sentence)] == [
        ("200万", "min", True),
        ("500万（不含）美元", "max", False),
    ]


@pytest.mark.parametrize("sentence", ["上述两项补贴不重复享受", "须同时满足四个条件", "扩大至下列5个行业"])
def test_numbers_that_refer_to_a_list(sentence: str) -> None:
    assert find_quantities(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("由县直部门派驻一名服务专员", [("一名", "count", "exact")]),
        ("每个园区明确一位联络员", [("一位", "count", "exact")]),
        ("每月至少面向农民工、退役军人举办一场招聘会", [("一场", "frequency", "min")]),
        ("按每户每周一只的标准发放", [("一只", "count", "exact")]),
        ("对在岗人员全面排查一次，不合格的清退", [("一次", "count", "exact")]),
        ("派驻一批科技人员", []),
        ("举办一场招聘会", []),
        ("明确一个牵头部门", []),
        ("一名优秀的企业家", []),
    ],
)
def test_a_one_that_counts(sentence: str, said: list[tuple[str, str, str]]) -> None:
    assert [(quote(sentence, q), q.kind, q.bound) for q in find_quantities(sentence)] == said


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("其中信用贷款不低于七成，", [("七成", "percent", Decimal(70))]),
        ("首期拨付三成，余款验收后拨付", [("三成", "percent", Decimal(30))]),
        ("租金由市、县两级各半。", [("各半", "fraction", "1/2")]),
        ("公示期为5日；", [("5日", "duration", Decimal(5))]),
        ("取消“计费方式选定后三个月内不得变更”的规定", [("三个月", "duration", Decimal(3))]),
        ("给予2至3年代理记账补助", [("2", "duration", Decimal(2)), ("3年", "duration", Decimal(3))]),
        ("已经形成一成果转化机制", []),
        ("各半年度报告", []),
        ("实现“三年任务两年完成的目标”", []),
        ("20世纪80年代的厂房", []),
    ],
)
def test_numbers_in_words(sentence: str, said: list[tuple[str, str, Decimal | str]]) -> None:
    assert [(quote(sentence, q), q.kind, q.value) for q in find_quantities(sentence)] == said


@pytest.mark.parametrize(
    ("sentence", "bounds"),
    [
        ("至少提供1次宣介、1次指导和3次推荐", ["min", "min", "min"]),
        ("至少提供1次宣介，全年推荐3次", ["min", "exact"]),
        ("达到每平方米1500元的", ["min"]),
        ("以低于市场价20%的租金出租", ["exact"]),
        ("租金低于周边厂房两成以上", ["min"]),
        ("发放低于最低工资标准80%的", ["max"]),
        ("不得拖欠超过6个月", ["max"]),
        ("拖欠超过6个月的", ["min"]),
        ("水源周边30米范围内", ["max"]),
        ("增速高于全县平均水平的再奖3万元", ["exact"]),
    ],
)
def test_limits_beside_other_words(sentence: str, bounds: list[str]) -> None:
    assert [q.bound for q in find_quantities(sentence)] == bounds


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("项目容积率不低于2.0", [("2.0", "other", Decimal("2.0"))]),
        ("电能利用效率（PUE）不高于1.25。", [("1.25", "other", Decimal("1.25"))]),
        ("综合能效系数达到3.5以上的", [("3.5", "other", Decimal("3.5"))]),
        ("版本升级到2.0，", []),
        ("市级4成、县级6成分担", [("4成", "percent", Decimal(40)), ("6成", "percent", Decimal(60))]),
        ("14成熟度", []),
        ("可不受“暂停不少于15天”的限制", [("15天", "duration", Decimal(15))]),
        ("“15天行动”", []),
        ("日万分之三", [("万分之三", "fraction", "3/10000")]),
        ("实行月调度、季通报、年考核", [("月", "frequency", 1), ("季", "frequency", 1), ("年", "frequency", 1)]),
        ("开展年考核工作", []),
        ("建立月会商制度", []),
        ("协议一年一签", [("一年一签", "frequency", 1)]),
        ("“一企一策、一日一调度”", []),
        ("县四套班子领导", []),
        ("出口超千台企业", [("千台", "count", Decimal(1000))]),
    ],
)
def test_numbers_that_other_places_write(sentence: str, said: list[tuple[str, str, Decimal | str]]) -> None:
    assert [(quote(sentence, q), q.kind, q.value) for q in find_quantities(sentence)] == said


def test_days_to_which_a_time_is_cut_are_no_day_of_a_month() -> None:
    sentence = "认定时限压缩到10日内"
    assert [(quote(sentence, q), q.unit, q.bound) for q in find_quantities(sentence)] == [("10日", "day", "max")]
