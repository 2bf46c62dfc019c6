"""Per what an amount is, and how often something is done: 每人每年, 年销售额, 按月调度."""

import pytest
from quantity_cases import quote
from zhengce.extract.finders.quantities import find_quantities

PER = [
    ("每人每年5000元", ("person", "year")),
    ("每户企业最高50万元", ("enterprise",)),
    ("每户补贴300元", ("household",)),
    ("单个项目最高500万元", ("project",)),
    ("单张面额50元", ("ticket",)),
    ("按5000元/辆补贴", ("vehicle",)),
    ("按30元/平方米·月减免", ("m2", "month")),
    ("月销售额15万元以下", ("month",)),
    ("每多吸纳一户商户的，补助增加80元", ("household",)),
    ("新入库企业每家一次性奖励3万元", ("enterprise",)),
    ("合作社、协会每家分别一次性补助1万元", ("enterprise",)),
    ("按每间2000元奖励民宿", ("room",)),
    ("按20元/人·晚奖励", ("person", "night")),
    ("按20元/人天奖励", ("person", "day")),
    ("每件（项）专利奖励2000元", ("item",)),
    ("单个企业年度补贴总额不超过20万元", ("enterprise", "year")),
    ("同一单位年支持费用最高10万元", ("year",)),
    ("年网络销售额500万元以上", ("year",)),
    # none: a year named as a date or once, an occasion of another clause
    ("2022年补贴5000元", ()),
    ("上年销售收入1亿元", ()),
    ("每年评选先进，奖励5000元", ()),
    ("一次性奖励5000元", ()),
    ("当年累计不超过5000元", ()),
    ("单次交易额5000元以上", ()),
]


def test_a_range_or_list_shares_what_its_last_number_is_counted_by() -> None:
    assert [q.per for q in find_quantities("补助3—5万元/亩")] == [("mu",), ("mu",)]
    assert [q.per for q in find_quantities("分别奖励20元、30元/人")] == [("person",), ("person",)]


@pytest.mark.parametrize(("sentence", "per"), PER)
def test_per(sentence: str, per: tuple[str, ...]) -> None:
    assert [q.per for q in find_quantities(sentence) if q.kind == "money"] == [per]


OFTEN = [
    ("每周1次开展对接", "每周1次", 1, "week"),
    ("频次加密到一周一次", "一周一次", 1, "week"),
    ("每季度通报进展", "每季度", 1, "quarter"),
    ("每年至少召开2次会议", "2次", 2, "year"),
    ("检查每年不超过1次", "1次", 1, "year"),
    ("每月开展走访", "每月", 1, "month"),
]


@pytest.mark.parametrize(("sentence", "number", "value", "per"), OFTEN)
def test_frequency(sentence: str, number: str, value: int, per: str) -> None:
    (found,) = find_quantities(sentence)
    assert (found.kind, quote(sentence, found), found.value, found.per) == ("frequency", number, value, (per,))


@pytest.mark.parametrize("sentence", ["每年1月底前通报", "每季度末", "每逢节日开展活动", "每家企业开展自查"])
def test_no_frequency(sentence: str) -> None:
    assert find_quantities(sentence, [(2, 4)] if "1月" in sentence else ()) == ()


@pytest.mark.parametrize(
    ("sentence", "per"),
    [
        ("年度地方财政贡献1000万元以上的", ("year",)),
        ("年度规模以上工业总产值超过5亿元的", ("year",)),
        ("年度考核达到80分的", ()),
        ("自实现税收年度起亩均税收达到10万元的", ("mu",)),
        ("单品种奖励企业200万元", ("item",)),
        ("单机补贴额不超过5万元", ("item",)),
        ("单机构补贴5万元", ()),
        ("家庭人均住房面积低于15平方米的", ("person",)),
        ("引进年薪50万元以上的人才", ("year",)),
    ],
)
def test_what_a_flow_is_counted_by(sentence: str, per: tuple[str, ...]) -> None:
    (found,) = find_quantities(sentence)
    assert found.per == per


def test_a_duty_of_every_day_is_a_frequency() -> None:
    (found,) = find_quantities("服务窗口每天要巡查网络运行情况")
    assert (found.kind, found.per) == ("frequency", ("day",))
    assert find_quantities("每天需求量增加") == ()


@pytest.mark.parametrize(
    ("sentence", "text", "per"),
    [
        ("每半年兑现一次", "一次", ("half-year",)),
        ("每月至少跟踪1次", "1次", ("month",)),
        ("对单一金融机构的补贴上限为20万元", "20万元", ("enterprise",)),
        ("可按30元/平方米•月给予补助", "30元", ("m2", "month")),
    ],
)
def test_what_it_is_counted_by(sentence: str, text: str, per: tuple[str, ...]) -> None:
    assert [(quote(sentence, q), q.per) for q in find_quantities(sentence)] == [(text, per)]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("市住建局按季度调度工程进度", [("按季度", ("quarter",))]),
        ("项目清单按旬更新、按月公示", [("按旬", ("ten-days",)), ("按月", ("month",))]),
        ("各区按周向市商务局报送销售情况", [("按周", ("week",))]),
        ("地方金融组织应当每季度末向主管部门报送数据", [("每季度", ("quarter",))]),
        ("每年面向新材料、生物医药、高端装备、人工智能、现代农业等领域发布攻关榜单", [("每年", ("year",))]),
        ("每年公布的最低工资标准按此执行", []),
        ("每月应当缴纳的社保费可缓缴", []),
        ("按月足额发放工资", []),
        ("按季度缴纳的增值税", []),
        ("按季度考核结果给予奖励", []),
        ("按年度业务发生额计算", []),
        ("按日加收滞纳金", []),
    ],
)
def test_how_often_without_a_number(sentence: str, said: list[tuple[str, tuple[str, ...]]]) -> None:
    # 按月调度 was lost
    found = find_quantities(sentence)
    assert [(quote(sentence, q), q.per) for q in found] == said
    assert all((q.kind, q.value, q.unit) == ("frequency", 1, "次") for q in found)


@pytest.mark.parametrize(
    ("sentence", "text", "per"),
    [
        ("每个县（市、区）不少于10个", "10个", ("county",)),
        ("每省（区、市）推荐3家", "3家", ("province",)),
        ("每个设区市至少建成2个", "2个", ("city",)),
        ("每年安排不少于10%的用地指标", "10%", ("year",)),
        ("日使用费率降至0.3‰", "0.3‰", ("day",)),
        ("每人每月不低于最低工资标准的60%", "60%", ("person", "month")),
        ("社会消费品零售总额年均增长8%", "8%", ("year",)),
        ("新建生产线按设备额补助，一条线最多100万元", "100万元", ("item",)),
        ("对新认定的老字号品牌各奖励5万元", "5万元", ("item",)),
        ("单个企业全年奖励不超过60万元", "60万元", ("enterprise", "year")),
        ("参展企业每家一年不超过3万元", "3万元", ("enterprise", "year")),
        ("每成功引进1家，奖励3万元", "3万元", ("enterprise",)),
        ("按每吸纳1人2000元给予补助", "2000元", ("person",)),
        ("职业学院年培养技工500名以上", "500名", ("year",)),
        ("每户租期不超过3年", "3年", ("household",)),
        ("同一企业最多支持3个项目", "3个", ("enterprise",)),
        ("市、区两级财政各补贴2万元", "2万元", ()),
        ("青年培训500名", "500名", ()),
        ("全年发放贷款30亿元", "30亿元", ()),
        ("超过年度预算的40%", "40%", ()),
    ],
)
def test_per_what_it_is(sentence: str, text: str, per: tuple[str, ...]) -> None:
    assert [(quote(sentence, q), q.per) for q in find_quantities(sentence)] == [(text, per)]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        # the next case is counted as the one before
        ("初级工每人每年4000元，高级工6000元", [("exact", ("person", "year")), ("exact", ("person", "year"))]),
        ("跨省务工的每人补助600元，省内务工的300元", [("exact", ("person",)), ("exact", ("person",))]),
        ("每个展位补贴1万元，境外展会2万元", [("exact", ("item",)), ("exact", ("item",))]),
        ("每人补助600元，再奖励300元", [("exact", ("person",)), ("exact", ())]),
        ("每名干部联系3家企业、1个园区", [("exact", ("person",)), ("exact", ("person",))]),
        ("每名干部联系3家企业，新建1个园区", [("exact", ("person",)), ("exact", ())]),
        # what a year brings in, with a remark between
        ("年入库税收（不含代扣代缴税款和耕地占用税，下同）500万元以上的", [("min", ("year",))]),
        ("年度实际支付服务费2万元以上的", [("min", ("year",))]),
        ("年累计5000人次以上的", [("min", ("year",))]),
        ("上年度实际支付服务费2万元以上的", [("min", ())]),
        ("单个标准展位（9平方米）补助不超过3万元", [("exact", ()), ("max", ("item",))]),
        ("每吸纳1名失业人员就业6个月以上，给予1000元补贴", [("min", ()), ("exact", ("person",))]),
        ("每招用1名毕业生且签订1年以上合同的，给予企业1500元补贴", [("min", ()), ("exact", ("person",))]),
        ("费率按日万分之三计收", [("exact", ("day",))]),
        ("补贴标准逐年退坡20%", [("exact", ("year",))]),
        # limits
        ("尚未领满6个月的", [("max", ())]),
        ("领满6个月的", [("min", ())]),
        ("逾期一年未验收的", [("exact", ())]),
        ("年销售额3亿元人民币以下的企业", [("max", ("year",))]),
        ("三年内外迁的，收回补助", [("max", ())]),
        ("3年内外资企业增加", [("exact", ())]),
    ],
)
def test_counted_and_limited_as_other_places_say_it(sentence: str, said: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(q.bound, q.per) for q in find_quantities(sentence)] == said


def test_a_year_of_income_is_no_year_of_the_prize() -> None:
    found = find_quantities("年营收达到1000万元奖励20万元，此后再奖励5万元")
    assert [(q.per, q.role) for q in found] == [(("year",), "condition"), ((), "benefit"), ((), "benefit")]
