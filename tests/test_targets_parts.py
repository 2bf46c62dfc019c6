"""Whom a measure is for, by the part that he plays: who is paid, brought, excepted, worked with or only named."""

import pytest
from target_cases import said

# one line each: the sentence, and what it is for
SENTENCES = [
    # a firm right behind 对 is meant, also where a later one has its clause; of those before 以及 each is
    (
        "对民营企业并购重组后纳税增加的企业给予奖励",
        [("民营企业", "private-enterprise"), ("企业", "enterprise")],
    ),
    (
        "为隔离人员以及受疫情影响暂时失去收入来源的人群延长还款期限",
        [("隔离人员", "individual"), ("人群", "individual")],
    ),
    # what a firm makes, what it is certified for; kinds of projects
    ("协调解决急需物资生产企业的困难", [("急需物资生产企业", "enterprise")]),
    ("扩大高级认证企业免担保范围", [("高级认证企业", "enterprise")]),
    ("农业类项目20万元以上的给予补助", [("农业类项目", "construction-project")]),
    # sectors that the lexicon lacks, where several stand before 等企业; works are none
    ("支持汽车、建材、装备等企业“走出去”", [("汽车", "enterprise"), ("建材", "enterprise"), ("装备", "enterprise")]),
    ("支持设施建设、科研攻关、成果应用等企业", [("企业", "enterprise")]),
    ("支持北京、天津、河北等企业参展", [("企业", "enterprise")]),
    ("为小微企业提供担保、贴息、保险等企业服务", [("小微企业", "small-micro")]),
    # whom a firm takes on is meant, not the firm
    ("对小微企业招用的高校毕业生给予社保补贴", [("高校毕业生", "individual")]),
    ("对企业引进的人才给予奖励", [("人才", "individual")]),
    # a thing yields only to a recipient that is known
    ("对新认定的孵化器，给予管理者50万元", [("孵化器", "service-institution")]),
    # makers are no shops, the crowd is none, who is trained is one
    ("对生产、销售企业给予奖励", [("销售企业", "enterprise")]),
    ("支持钢铁销售企业开拓市场", [("钢铁销售企业", "enterprise")]),
    ("促进高层次人才聚集", [("高层次人才", "individual")]),
    ("对农机操作人员给予补贴", [("农机操作人员", "individual")]),
    # sectors that a sentence only focuses on
    ("以数字化为牵引，聚焦电子信息、机器人等重点行业，支持工业企业改造", [("工业企业", "enterprise")]),
    # what a body that is meant undertakes or takes part in, right before its 的; another name in a bracket of its own
    ("对承建政府投资项目的中小企业给予补助", [("中小企业", "sme")]),
    ("对引荐高层次人才的中介机构给予奖励", [("中介机构", "service-institution")]),
    ("给予企业（机构）租金补贴", [("企业", "enterprise")]),
    ("按成交价给予补贴（消费者同时享受其他补贴）", []),
    ("对企业因生产急需新录用的人员给予补贴", [("企业", "enterprise"), ("人员", "individual")]),
    (
        "对保障生活的连锁商超等企业以及受疫情影响较大的餐饮企业给予补贴",
        [("连锁商超", "tourism-catering-retail"), ("餐饮企业", "tourism-catering-retail")],
    ),
    ("对列入技能等级认定试点企业的给予补助", [("技能等级认定试点企业", "enterprise")]),
    # a title in quotes that is counted or graded; firms that are hit, without their 的
    ("对获得市级“老字号”称号的给予奖励", [("老字号", "tourism-catering-retail")]),
    ("加强对受疫情影响严重企业的信贷支持", [("受疫情影响严重企业", "enterprise")]),
    # sectors that a service body behind 等 sums up, also where the article's number stands before them
    (
        "第五条审计、法律、检验检测等专业服务机构，营业收入首次突破1亿元的，奖励10万元",
        [("审计", "service-institution"), ("法律", "service-institution"), ("检验检测", "service-institution")],
    ),
    (
        "支持银行、期货、信托等金融机构落户，给予开办补助",
        [("银行", "financial-institution"), ("期货", "financial-institution"), ("信托", "financial-institution")],
    ),
    ("依托广播、电视等服务平台开展宣传", []),
    # who is named right behind 给予, before the sum
    ("对新认定的首台套装备，给予研制单位30万元奖励", [("研制单位", "enterprise")]),
    ("经评审，给予每个承研单位最高100万元支持", [("承研单位", "market-entity")]),
    ("给予临时性工作补助", []),
    # titles that stand for the firm, counted or paid for; as an attribute of one they do not
    ("认定为省级智能制造示范工厂的奖励50万元", [("省级智能制造示范工厂", "enterprise")]),
    (
        "省级绿色工厂、数字化车间按20万元、10万元的标准执行",
        [("省级绿色工厂", "enterprise"), ("数字化车间", "enterprise")],
    ),
    ("对新获批省级智能工厂的企业给予奖励", [("企业", "enterprise")]),
    ("获评国家重点“小巨人”的，奖励80万元", [("国家重点“小巨人”", "little-giant")]),
    ("到2026年，制造业单项冠军达到10个", [("制造业单项冠军", "leading-enterprise")]),
    ("开展单项冠军遴选", []),
    (
        "首次入选中国民营企业500强、全省制造业百强的，分别奖励100万元、20万元",
        [("中国民营企业500强", "leading-enterprise"), ("制造业百强", "leading-enterprise")],
    ),
    # who stands at the clause's end, behind what pays him; the head of a firm, right behind 奖励
    ("按合同金额的20%补贴模型研发单位", [("模型研发单位", "market-entity")]),
    ("产值首次突破5亿元的，奖励企业负责人5万元", [("企业负责人", "individual")]),
    # headquarters that are paid, whoever set them up; branches for their shops
    ("对大型企业在本区设立的区域总部，年营收首次达到5亿元的，奖励100万元", [("区域总部", "leading-enterprise")]),
    ("发展总部经济，建设总部大楼", []),
    (
        "限上住宿、餐饮业年营业额1000万元以上的，奖励5万元",
        [("限上住宿", "tourism-catering-retail"), ("餐饮业", "tourism-catering-retail")],
    ),
    ("推动餐饮业转型升级", []),
    # vehicles stand for the carrier where they are let pass
    ("对运输车辆开通绿色通道，不停车、不检查、不收费", [("运输车辆", "transport-enterprise")]),
    ("办理运输车辆通行证", []),
    # the owner is a person, the business is not
    ("小微企业主申请贷款时优先受理", [("小微企业主", "individual")]),
    ("支持企业主动对接", [("企业", "enterprise")]),
    # public offices that open a sentence do something; others are told what holds for them
    ("公共就业服务机构每月面向农民工举办一次招聘会", [("农民工", "individual")]),
    # what one is on, what is excepted, who is at fault, who only serves, who is left in peace
    ("列入市级重点企业名单的，给予贴息", [("市级重点企业", "leading-enterprise")]),
    ("小型企业优先，房地产项目除外", [("小型企业", "small-micro")]),
    ("工作人员滥用职权的，依法处理", []),
    ("鼓励景区配备讲解员", [("景区", "tourism-catering-retail")]),
    ("商户可在不影响居民休息的前提下设置外摆", [("商户", "market-entity")]),
    # a share of the posts is for them, whatever is said of the employer behind it
    (
        "国有企业拿出不少于40%的岗位招聘应届高校毕业生，增加成本的，可调整总额",
        [("应届高校毕业生", "individual")],
    ),
    # what one is graded by; who is served by the one that is paid; what a firm sets up
    ("按商户信用状况分档缴存保证金", []),
    ("龙头企业带动中小企业上云的，奖励5万元", [("龙头企业", "leading-enterprise")]),
    ("支持平台企业在本区设立结算主体", [("平台企业", "platform-enterprise")]),
    # 对 before 外贸 is no 对外
    ("引导银行机构对外贸企业不抽贷", [("外贸企业", "foreign-trade")]),
    # who is blamed; who stands with a unit
    ("对落实不力的单位和个人予以追责问责", []),
    ("为参加抢修的单位和人员提供保险", [("单位", "market-entity"), ("人员", "individual")]),
    ("其子女入学由教育部门统筹安排", [("子女", "individual")]),
    # members that the lexicon lacks share the noun of the last; goods do where a shop or grower is named with them
    ("支持陶瓷洁具、藤编工艺品、灯饰企业参展", [(m, "enterprise") for m in ("陶瓷洁具", "藤编工艺品", "灯饰企业")]),
    ("对受灾的草莓、蓝莓种植户给予补助", [("草莓", "agricultural"), ("蓝莓种植户", "agricultural")]),
    ("对新建的氟硅材料、特种纸项目给予奖励", [(m, "construction-project") for m in ("氟硅材料", "特种纸项目")]),
    ("对重要地段、重点企业加强保电", [("重点企业", "leading-enterprise")]),
    (
        "对受灾的干鲜果、食用菌、水产种苗和花椒种植户给予补助",
        [(m, "agricultural") for m in ("干鲜果", "食用菌", "水产种苗", "花椒种植户")],
    ),
    ("对数字化、绿色化、管网升级项目给予奖补", [("管网升级项目", "construction-project")]),
    # … and where 等 stands between them and it
    ("引导茶油、竹笋、菌菇等农业企业改善条件", [(m, "agricultural") for m in ("茶油", "竹笋", "菌菇")]),
    # whom one works with
    ("支持企业联合高校、科研院所开展攻关", [("企业", "enterprise")]),
    # … and at a sentence's beginning, no verb
    ("紧固件企业购置设备的，给予补助", [("紧固件企业", "enterprise")]),
    ("重组后企业年产值增长的，给予补助", [("企业", "enterprise")]),
    # sectors before a count of them
    (
        "餐饮、零售、客运三类行业的企业，凭流水即可申请",
        [("餐饮", "tourism-catering-retail"), ("零售", "tourism-catering-retail"), ("客运", "transport-enterprise")],
    ),
    (
        "对餐饮、零售、旅游、民航等5个特困行业企业缓缴保费",
        [
            ("餐饮", "tourism-catering-retail"),
            ("零售", "tourism-catering-retail"),
            ("旅游", "tourism-catering-retail"),
            ("民航", "transport-enterprise"),
        ],
    ),
    (
        "对餐饮、零售等两类行业的中小微企业给予补贴",
        [("餐饮", "tourism-catering-retail"), ("零售", "tourism-catering-retail"), ("中小微企业", "msme")],
    ),
    ("民宿、影院两类经营主体可申请贴息", [("民宿", "tourism-catering-retail"), ("影院", "tourism-catering-retail")]),
    ("对A、B两类企业给予奖励", [("企业", "enterprise")]),
    # those named before the noun that sums them up
    (
        "广泰堂、恒升斋、聚兴楼等老字号可申请修缮补助",
        [(m, "tourism-catering-retail") for m in ("广泰堂", "恒升斋", "聚兴楼")],
    ),
    # the subject that something is asked of, known by its ending; bodies that buy or oversee are doers
    ("试飞主体应为每架次投保", [("试飞主体", "market-entity")]),
    ("骗取资金者须退回全部补助", [("骗取资金者", "other")]),
    ("领取人应为车辆所有人", [("领取人", "individual")]),
    ("第八条采购人应当公开采购意向", []),
    ("监管单位须每季度检查一次", []),
    ("项目建成后三年内停产的，追回资金", [("项目", "construction-project")]),
    # treated like others; shut out; on a list
    ("社会团体、基金会参照企业执行", [("社会团体", "other"), ("基金会", "other")]),
    ("列入失信名单的企业、“僵尸企业”不纳入补贴范围", [("企业", "enterprise"), ("“僵尸企业”", "enterprise")]),
    ("推进“僵尸企业”出清", []),
    # names of brands and funds are nobody
    ("打造“柳溪月嫂”“东山导游”等劳务品牌", []),
    ("损失由省中小微企业信贷风险补偿资金分担", []),
    # one is counted, not named
    ("企业每接收一名实习生，补贴1000元", [("企业", "enterprise")]),
    # tasks for public bodies
    ("积极创建国家级示范城市", []),
    ("推进污水处理厂提标改造，新建管网60公里", []),
    # nobody
    ("推进证照分离改革全覆盖", []),
    ("", []),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_sentence(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert said(sentence) == expected
