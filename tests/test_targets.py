"""Whom a measure is for: hard cases; what holds of any text is in test_targets_any."""

import pytest
from target_cases import said
from zhengce.extract.finders.targets import implied_concepts

# one line each: the sentence, and what it is for
SENTENCES = [
    # members of a coordination, each on its own
    (
        "对小微商贸企业、个体工商户免收租金",
        [("小微商贸企业", "small-micro-trade"), ("个体工商户", "individual-business")],
    ),
    # members that share the last one's noun, the sector said by that one
    ("支持小微、成长型旅游企业", [("小微", "tourism-catering-retail"), ("成长型旅游企业", "tourism-catering-retail")]),
    # sectors before 等行业企业: the noun only sums them up
    ("帮扶餐饮、零售等行业企业", [("餐饮", "tourism-catering-retail"), ("零售", "tourism-catering-retail")]),
    # the noun after 等 is not written again
    ("向农户、家庭农场等市场主体放贷", [("农户", "agricultural"), ("家庭农场", "agricultural")]),
    # nor where the lexicon lacks a member before 等, or one between two that it has
    (
        "支持旅行社、环湖船队等文旅企业恢复发展",
        [("旅行社", "tourism-catering-retail"), ("环湖船队", "tourism-catering-retail")],
    ),
    (
        "对出租车司机、网约花匠、货车司机发放补贴",
        [("出租车司机", "individual"), ("网约花匠", "individual"), ("货车司机", "individual")],
    ),
    # a title in quotes that somebody gets
    ("对首次获得“省级服务业龙头企业”的，给予奖励", [("省级服务业龙头企业", "leading-enterprise")]),
    # each of them is no noun by its ending, nor is who is replaced
    ("餐饮企业每户补助2万元", [("餐饮企业", "tourism-catering-retail")]),
    # status before sector before size
    ("为“专精特新”中小出口企业增信", [("“专精特新”中小出口企业", "srdi-sme")]),
    ("服务小微出口企业", [("小微出口企业", "foreign-trade")]),
    ("向服务业小微企业放贷", [("服务业小微企业", "service-enterprise")]),
    # quotes inside belong to the phrase
    ("对首次“小升规”工业企业给予奖励", [("首次“小升规”工业企业", "newly-above-scale")]),
    ("新增国家级专精特新“小巨人”企业100家", [("国家级专精特新“小巨人”企业", "little-giant")]),
    # a bare noun points back …
    ("帮助小微企业参展，提升企业形象", [("小微企业", "small-micro")]),
    # … but not with a clause of its own
    ("支持中小企业，对成长性好的企业早培育", [("中小企业", "sme"), ("企业", "enterprise")]),
    # the firm inside the relative clause of another is not the one
    ("对为小微企业提供服务的孵化器给予补助", [("孵化器", "service-institution")]),
    # short modifiers that the lexicon lacks
    ("支持商贸企业，对参展企业给予补贴", [("商贸企业", "service-enterprise"), ("参展企业", "enterprise")]),
    # the hired persons are a condition
    ("对招用毕业年度高校毕业生的小微企业给予社会保险补贴", [("小微企业", "small-micro")]),
    ("用人单位招用就业困难人员，按规定缴费的，给予补贴", [("用人单位", "market-entity")]),
    # several grades before one noun are none of it, one grade is
    ("对国家级、省级孵化器给予奖励", [("孵化器", "service-institution")]),
    ("对新评的五星级、四星级酒店给予奖励", [("酒店", "tourism-catering-retail")]),
    ("对省级孵化器给予奖励", [("省级孵化器", "service-institution")]),
    ("对第三批制造业单项冠军企业给予奖励", [("制造业单项冠军企业", "leading-enterprise")]),
    # who runs a place is one phrase with it
    ("对景区管理机构给予补助", [("景区管理机构", "tourism-catering-retail")]),
    ("给予众创空间运营单位奖励", [("众创空间运营单位", "service-institution")]),
    # whose pupils they are, but not of the last of several bodies
    ("组织技工院校学生参加实训", [("技工院校学生", "individual")]),
    # a bare noun that is counted, that means others, or that stands beside a body does not point back
    ("支持小微企业转型，带动100家企业上云", [("小微企业", "small-micro"), ("企业", "enterprise")]),
    ("支持生产企业扩产，支持其他企业转产", [("生产企业", "enterprise"), ("企业", "enterprise")]),
    # inside the relative clause of another, also as one of several and as the one who does it
    ("对为小微企业、农户提供服务的孵化器给予补助", [("孵化器", "service-institution")]),
    ("企业引进的高层次人才，给予生活补贴", [("高层次人才", "individual")]),
    # a noun that needs a modifier, with a relative clause at the head of the sentence
    ("主导制定国家标准的单位，给予20万元奖励", [("单位", "market-entity")]),
    # 等行业 sums up nothing before a noun of its own
    ("餐饮、零售等行业个体工商户免收租金", [("个体工商户", "individual-business")]),
    # a member with a sector of its own keeps it
    ("支持商贸、物流企业发展", [("商贸", "service-enterprise"), ("物流企业", "transport-enterprise")]),
    # 银行为 holds no 行为
    ("引导银行为小微企业发放贷款", [("小微企业", "small-micro")]),
    # doers
    ("鼓励金融机构向个体工商户发放贷款", [("个体工商户", "individual-business")]),
    ("引导银行对小微企业不抽贷", [("小微企业", "small-micro")]),
    ("督促供水企业落实欠费不停供", []),
    # receivers among those who mostly do
    ("对地方法人金融机构，按余额增量的1%给予资金奖励", [("地方法人金融机构", "financial-institution")]),
    # names of platforms, funds, taxes, laws and slogans
    ("依托省中小企业公共服务平台开设专栏", []),
    ("发挥省中小企业发展基金作用", []),
    ("落实《中小企业促进法》", []),
    ("开展“企业服务年”活动", []),
    ("规范企业所得税申报", []),
    # an unlisted noun is known by its ending where the clause gives it something …
    ("对参赛的调酒师给予奖励", [("调酒师", "individual")]),
    ("对验收合格的观测站，连续运行三年以上的，一次性奖励5万元", [("观测站", "service-institution")]),
    ("对新发展的盆景花卉基地给予补助", [("盆景花卉基地", "agricultural")]),
    ("对增收的企业和园区给予奖励", [("企业", "enterprise"), ("园区", "service-institution")]),
    # … and only there
    ("加快建设观测站", []),
    ("提高调酒师水平", []),
    # organisers, owners and staff count where they are paid
    ("对举办展会的承办单位给予补助", [("承办单位", "market-entity")]),
    ("鼓励业主减免租户租金", [("租户", "market-entity")]),
    ("组建专家服务团", []),
    # an owner is of the trade that he owns
    ("对建成民宿10家以上的，奖励投资方50万元", [("投资方", "tourism-catering-retail")]),
    ("对新评星级农家乐的经营者给予奖励", [("经营者", "tourism-catering-retail")]),
    # what is visited, built or named is none where somebody else is paid for it
    ("组织游客到景区研学的旅行社，给予奖励", [("旅行社", "tourism-catering-retail")]),
    ("农户新建民宿的，每户补助2万元", [("农户", "agricultural")]),
    ("对获评老字号的企业给予奖励", [("企业", "enterprise")]),
    ("新建民宿的，每间补助2000元", [("民宿", "tourism-catering-retail")]),
    ("对新建大棚每亩补助1000元", [("大棚", "agricultural")]),
    # villages and counties that win something
    ("被评为乡村旅游重点村的，县财政给予奖励", [("乡村旅游重点村", "local-government")]),
    ("考核前三名的县（市、区），省财政给予奖补", [("县（市、区）", "local-government")]),
    # kinds of projects that 等…项目 sums up
    (
        "优先发展乡村旅游、红色旅游等旅游项目",
        [("乡村旅游", "construction-project"), ("红色旅游", "construction-project")],
    ),
    # two nouns that make one, and pairs
    ("对社区菜店减免水电费", [("社区菜店", "tourism-catering-retail")]),
    ("对有功的单位和个人给予奖励", [("单位", "market-entity"), ("个人", "individual")]),
    # a bracket that qualifies is left out
    ("对新评饭店（规上企业）给予奖励", [("饭店", "tourism-catering-retail")]),
    ("对景区（点）给予奖励", [("景区（点）", "tourism-catering-retail")]),
    # firms above the threshold keep their trade
    ("对限额以上零售企业给予奖励", [("限额以上零售企业", "tourism-catering-retail")]),
    # partners
    ("支持企业与高校共建平台", [("企业", "enterprise")]),
    # capital that is invited
    ("引导社会资本参与建设", [("社会资本", "other")]),
    ("引导民间资本参与建设", [("民间资本", "private-enterprise")]),
    ("对投资初创期科技企业的天使投资人给予风险补偿", [("天使投资人", "individual")]),
    ("对融资担保机构开展的小微企业担保业务给予风险补偿", [("融资担保机构", "guarantee-institution")]),
    ("对跨境电商企业建设海外仓给予支持", [("跨境电商企业", "foreign-trade")]),
    ("支持建设工业互联网平台", []),
    ("推动传统钟表企业、玩具企业开展线上销售", [("传统钟表企业", "enterprise"), ("玩具企业", "enterprise")]),
    ("对钢铁、水泥企业给予环保补助", [("钢铁", "enterprise"), ("水泥企业", "enterprise")]),
    ("集聚人工智能、智能制造等领域高层次人才", [("高层次人才", "individual")]),
    ("对轻微违法的市场主体依法不予处罚", [("市场主体", "market-entity")]),
    ("最高给予地方实得财力50%的补助", []),
    ("鼓励各地发放消费券，省财政按实际支出的30%给予奖补", [("各地", "local-government")]),
    ("依法保护企业合法权益", [("企业", "enterprise")]),
    ("政策宣讲进企业、进园区", []),
    ("规范政府和社会资本合作", []),
    ("支持民营龙头企业建设平台", [("民营龙头企业", "leading-enterprise")]),
    # a modifier that the lexicon lacks reaches back to the nearest edge
    ("支持氢能装备企业融资", [("氢能装备企业", "enterprise")]),
    ("5年内引进200名古籍修复人才", [("古籍修复人才", "individual")]),
    ("对携带专利的省“银杏计划”人才给予资助", [("“银杏计划”人才", "individual")]),
    # … and a verb that the edges lack stays out of a firm
    ("有关部门支援企业", [("企业", "enterprise")]),
    # sectors before the noun that sums them up, also those that the lexicon lacks
    (
        "钟表修理、餐饮、物流等受影响较大的行业企业可申请缓缴",
        [("钟表修理", "enterprise"), ("餐饮", "tourism-catering-retail"), ("物流", "transport-enterprise")],
    ),
    ("对餐饮、旅游等行业给予补贴", [("餐饮", "tourism-catering-retail"), ("旅游", "tourism-catering-retail")]),
    ("在餐饮、旅游等行业推广移动支付", []),
    # the firm after 给予 points back to the project or the body named before
    ("对新引进的仓储物流项目，给予企业3年奖励，企业可选择一次领取", [("仓储物流项目", "construction-project")]),
    # titles and honours, each on its own, the bracket and the noun after 等 none
    (
        "省特级教师、“木棉学者”特聘教授等高端人才（B类人才，见附件），每人每月发放1000元人才津贴",
        [("省特级教师", "individual"), ("“木棉学者”特聘教授", "individual")],
    ),
    ("聘请特聘教授授课", []),
    # whose staff it is
    (
        "奖励规上企业主要负责人和重点项目投资人",
        [("规上企业主要负责人", "individual"), ("重点项目投资人", "individual")],
    ),
    ("对卫生院、诊所全科医生发放津贴", [("全科医生", "individual")]),
    # those who are brought, certified, left out, on a list or partners
    ("对引进博士的用人单位给予补贴", [("用人单位", "market-entity")]),
    ("对取得高级工、技师职业资格的职工给予补贴", [("职工", "individual")]),
    ("对参保企业（不含僵尸企业）给予返还", [("参保企业", "enterprise")]),
    ("对与高校签订协议的商贸企业给予补助", [("商贸企业", "service-enterprise")]),
    # banks and places as attributes
    ("按银行同期利率对企业给予贴息", [("企业", "enterprise")]),
    ("按其地方财政贡献给予新落户企业奖励", [("新落户企业", "enterprise")]),
    # what nothing is said of goes with its coordination
    ("医院和物流企业可申请免征", [("医院", "other"), ("物流企业", "transport-enterprise")]),
    # firms that trade abroad, firms that are newly above the threshold
    ("对出口额前五位的企业给予奖励", [("企业", "foreign-trade")]),
    ("对新增并纳入统计的规模以上工业企业给予奖励", [("规模以上工业企业", "newly-above-scale")]),
    # who runs, builds or leads the thing that is selected
    ("对经认定为省级公共服务平台的，给予建设单位最高50万元奖励", [("建设单位", "service-institution")]),
    ("对公共服务平台建设主体给予补助", [("公共服务平台建设主体", "service-institution")]),
    ("按投资额给予联合创新项目牵头单位补助", [("联合创新项目牵头单位", "construction-project")]),
    ("对新评定的产业园，给予运营企业奖励", [("运营企业", "enterprise")]),
    ("对新评定的产业园给予奖励", [("产业园", "service-institution")]),
    ("支持建设一批概念验证中心，择优给予每家300万元", [("概念验证中心", "service-institution")]),
    # what a work rests on, where it is done, with whom somebody is compared
    ("依托高校、科研院所引进博士", [("博士", "individual")]),
    ("支持个体工商户在社区从事经营活动", [("个体工商户", "individual-business")]),
    ("工业企业用气参照学校、福利院等用气价格执行", [("工业企业", "enterprise")]),
    (
        "对汽车销售企业、生产销售企业给予贴息",
        [("汽车销售企业", "tourism-catering-retail"), ("生产销售企业", "enterprise")],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_sentence(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert said(sentence) == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("承租非国有用房的，给予适当补贴；", ("msme", "individual-business")),
        ("对增长20%以上的，给予50%的补贴。", ("msme", "individual-business")),
        # it names somebody itself
        ("对承租国有用房的个体工商户，免收租金；", ()),
        # no case at all
        ("加快推进平台建设。", ()),
    ],
)
def test_implied_concepts(clause: str, expected: tuple[str, ...]) -> None:
    assert implied_concepts(clause, ["msme", "individual-business", "msme"]) == expected
