"""Whose document it is, and the full names of bodies that it names without their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zhengce.extract.region import inferred_region, is_collective, issuing_region, region_of

ISSUERS = [
    "山东省人民政府办公厅",
    "杭州市人民政府",
    "昌吉回族自治州人民政府",
    "内蒙古自治区人民政府",
    "上海市浦东新区人民政府",
    "安吉县人民政府",
    "义乌市人民政府",
    "南京市六合区人民政府",
    "工业和信息化部",
    "重庆市人民政府",
]


@pytest.mark.parametrize(
    ("region", "issuer"),
    [
        ("河南省", "河南省人民政府办公厅"),
        ("杭州市", "杭州市人民政府"),
        ("义乌市", "义乌市人民政府办公室"),
        ("昌吉回族自治州", "昌吉回族自治州人民政府办公室"),
        ("内蒙古自治区", "内蒙古自治区人民政府"),
        ("上海市浦东新区", "上海市浦东新区人民政府"),  # as the government calls itself
        ("浦东新区", "浦东新区人民政府"),
        ("锡林郭勒盟", "锡林郭勒盟行政公署"),
        ("成都市", "成都市经济和信息化局"),
        ("杭州市", "中共杭州市委办公厅"),  # was 中共杭州市
        ("浙江省", "国家税务总局浙江省税务局"),  # was the whole country
        ("全国", "工业和信息化部"),
        ("全国", "财政部"),
        ("全国", "国家税务总局"),
        ("全国", "中国人民银行"),
        ("粤东市", "粤东市科学技术局"),  # no such place in the gazetteer
        ("绵江新区", "绵江新区管委会"),
        ("全国", "市场监管总局"),
        ("全国", "财政部办公厅"),
        ("全国", "住房城乡建设部"),
        ("全国", "全国工商联办公室"),
        ("铜陵经济技术开发区", "铜陵经济技术开发区管委会"),  # was the city
        ("铜陵市", "铜陵市经济技术开发区建设指挥部"),
    ],
)
def test_region(region: str, issuer: str) -> None:
    assert region_of(issuer).name == region


@pytest.mark.parametrize(
    ("region", "issuers", "title"),
    [
        ("南阳市", [], "南阳市支持科技创新若干政策"),  # nobody signs: the title begins with the place
        ("南阳市", ["市发展改革委", "市财政局"], "南阳市支持科技创新若干政策"),
        ("全国", ["财政部", "税务总局"], "关于养鱼的公告"),
        # a district as its title calls it, unless several cities have one of that name
        ("历下区", ["济南市历下区人民政府"], "历下区促进养鱼若干政策"),
        ("济南市历下区", ["济南市历下区人民政府"], "济南市历下区促进养鱼若干政策"),
        ("济南市历下区", ["济南市历下区人民政府"], "关于养鱼的通知"),
        ("南京市鼓楼区", ["南京市鼓楼区人民政府"], "鼓楼区促进养鱼若干政策"),
        (None, [], "关于支持外贸企业的若干措施"),
        (None, [], "海南黄花梨保护办法"),  # a place's short name may be a part of another word
    ],
)
def test_region_of_a_document(region: str | None, issuers: list[str], title: str) -> None:
    found = issuing_region(issuers, title)
    assert (found.name if found else None) == region


@pytest.mark.parametrize(
    ("issuer", "names"),
    [
        (
            "山东省人民政府办公厅",
            "省财政厅>山东省财政厅 工业和信息化厅>山东省工业和信息化厅 省委宣传部>山东省委宣传部 团省委>团山东省委"
            " 省市场监管局>山东省市场监管局 青岛市政府>青岛市政府 市县财政部门>山东省市县财政部门 教育部>教育部"
            " 各市、县（市、区）人民政府>山东省各市、县（市、区）人民政府 工商银行山东省分行>工商银行山东省分行",
        ),
        (
            "杭州市人民政府",
            "市市场监管局>杭州市市场监管局 市场监管局>杭州市市场监管局 市政府办公厅>杭州市政府办公厅 市政协>杭州市政协"
            " 市政工程处>杭州市市政工程处 市民政局>杭州市民政局 市民服务中心>杭州市市民服务中心 团市委>团杭州市委"
            " 市直园区管委会>杭州市直园区管委会"
            " 市委>杭州市委 高新区管委会>杭州市高新区管委会 各园区管委会>杭州市各园区管委会"
            " 经济技术开发区管委会>杭州市经济技术开发区管委会"
            " 市属各开发区管委会>杭州市属各开发区管委会 钱塘新区管委会>钱塘新区管委会 省电力公司>浙江省电力公司"
            " 钱江海关>钱江海关 人行杭州中心支行>人行杭州中心支行 国网杭州供电公司>国网杭州供电公司"
            " 余杭区政府>余杭区政府"
            " 开发区〔新区〕管委会>杭州市开发区〔新区〕管委会"
            " 市委金融办（市地方金融管理局）>杭州市委金融办（杭州市地方金融管理局）"
            " 市发改委（数据管理局）>杭州市发改委（数据管理局） 各区（市）政府>杭州市各区（市）政府"
            " 浙江银保监局>浙江银保监局 县（市、区）政府>杭州市县（市、区）政府 共青团杭州市委>共青团杭州市委"
            " 共青团市委>共青团杭州市委",
        ),
        (
            "昌吉回族自治州人民政府",
            "州财政局>昌吉回族自治州财政局 自治区税务局>新疆维吾尔自治区税务局 昌吉市>昌吉市",
        ),
        ("内蒙古自治区人民政府", "自治区农牧厅>内蒙古自治区农牧厅 呼和浩特海关>呼和浩特海关 财政厅>内蒙古自治区财政厅"),
        (
            "上海市浦东新区人民政府",
            "新区财政局>上海市浦东新区财政局 区统计局>上海市浦东新区统计局"
            " 上海市浦东新区税务局>上海市浦东新区税务局 浦东新区教育局>上海市浦东新区教育局 徐汇区教育局>徐汇区教育局",
        ),
        (
            "安吉县人民政府",
            "县财政局>安吉县财政局 市水利局>湖州市水利局 安吉农商银行>安吉农商银行",
        ),
        ("义乌市人民政府", "市商务局>义乌市商务局 省商务厅>浙江省商务厅 义乌海关>义乌海关 金华市税务局>金华市税务局"),
        ("南京市六合区人民政府", "区财政局>南京市六合区财政局 市财政局>南京市财政局 玄武区政府>玄武区政府"),
        (
            "广东省广州市天河区人民政府",
            "区财政局>广东省广州市天河区财政局 天河区财政局>广东省广州市天河区财政局"
            " 广州市天河区财政局>广东省广州市天河区财政局 市财政局>广州市财政局 区级>广东省广州市天河区级",
        ),
        (
            "安吉县人民政府",
            "县级>安吉县级 市本级>湖州市本级 德清县经信局（县科技局）>德清县经信局（县科技局）"
            " 省发展改革委（省能源局、省粮食局）>浙江省发展改革委（省能源局、省粮食局）",
        ),
        ("六合区人民政府", "区财政局>六合区财政局 市财政局>南京市财政局 南京市六合区教育局>六合区教育局"),
        ("工业和信息化部", "财政部>财政部 各省、自治区、直辖市人民政府>各省、自治区、直辖市人民政府"),
    ],
)
def test_full_name(issuer: str, names: str) -> None:
    region = region_of(issuer)
    for pair in names.split(" "):
        named, full = pair.split(">")
        assert region.full_name(named)[0] == full


def test_a_prefix_is_carried_on_in_a_list() -> None:
    region = region_of("安吉县人民政府")
    carried = None
    full = []
    for named in ("市财政局", "税务局", "人行湖州市中心支行", "商务局", "县财政局", "残联"):
        name, carried = region.full_name(named, carried)
        full.append(name)
    assert full == [
        "湖州市财政局",
        "湖州市税务局",
        "人行湖州市中心支行",
        "湖州市商务局",
        "安吉县财政局",
        "安吉县残联",
    ]


@pytest.mark.parametrize("named", ["各有关部门", "各市、县政府", "市直有关单位", "乡镇（街道）", "市县财政部门"])
def test_collective(named: str) -> None:
    assert is_collective(named)


@pytest.mark.parametrize("named", ["市财政局", "余杭区政府", "县财政局", "市委宣传部", "区市场监管局"])
def test_one_body(named: str) -> None:
    assert not is_collective(named)


NAMES = st.one_of(
    st.lists(
        st.sampled_from(
            [
                "省",
                "市",
                "区",
                "县",
                "州",
                "团",
                "各",
                "财政局",
                "委",
                "政府",
                "杭州",
                "共青",
                "中共",
                "高新区",
                "管委会",
                "海关",
            ]
        ),
        min_size=1,
        max_size=5,
    ).map("".join),
    st.text(alphabet="省市区县州盟旗团各全本我财政委局场民新园", min_size=1, max_size=6),
)


@given(st.sampled_from(ISSUERS), NAMES)
def test_a_full_name_is_full(issuer: str, named: str) -> None:
    region = region_of(issuer)
    full = region.full_name(named)[0]
    assert region.full_name(full)[0] == full


def test_a_branch_that_names_its_place_by_a_word_gets_the_place() -> None:
    # regression: 人民银行市中心支行 stayed without its city
    city = region_of("湘潭市人民政府")
    assert city.full_name("人民银行市中心支行")[0] == "人民银行湘潭市中心支行"
    assert city.full_name("国网市供电公司")[0] == "国网湘潭市供电公司"
    assert city.full_name("国家税务总局省税务局")[0] == "国家税务总局湖南省税务局"
    assert city.full_name("人行长沙中心支行")[0] == "人行长沙中心支行"
    assert city.full_name("国家开发银行")[0] == "国家开发银行"


def test_a_place_outside_the_gazetteer_is_known_by_its_short_name_too() -> None:
    # regression: 绵江市绵江银保监分局
    city = region_of("绵江市人民政府")
    assert city.full_name("绵江银保监分局")[0] == "绵江银保监分局"
    assert city.full_name("市财政局")[0] == "绵江市财政局"
    assert city.full_name("财政局")[0] == "绵江市财政局"


@pytest.mark.parametrize(
    ("region", "title", "text", "named"),
    [
        (
            "广东省",
            "数字广东建设工作要点",
            "数字广东建设工作要点。深圳、广州要先行。",
            ["省发展改革委", "省财政厅", "市政府"],
        ),
        ("湖州市", "关于养鱼的意见", "湖州渔业兴旺。我市要打造湖州鱼乡，学习杭州。", []),
        ("湖州市", "关于养鱼的意见", "湖州渔业兴旺，湖州市民爱鱼。", ["市农业农村局"]),
        ("安吉县", "关于养鱼的意见", "全县要多养鱼，安吉县鱼多，安吉县人人爱鱼。", []),
        (None, "关于养鱼的意见", "我市要多养鱼。湖州市、杭州市、湖州市、杭州市都养。", []),  # two places alike
        (None, "关于养鱼的意见", "我县要多养鱼。", []),  # which?
        (None, "关于养鱼的意见", "湖州市要多养鱼，湖州市要先行。", []),  # nothing calls the place its own
        (None, "关于贯彻《浙江省渔业条例》的意见", "浙江省渔业条例要贯彻。", ["市农业农村局"]),  # a city's
    ],
)
def test_inferred_region(region: str | None, title: str, text: str, named: list[str]) -> None:
    found = inferred_region(title, text, named)
    assert (found[0].name if found else None) == region
    assert found is None or text[found[1] : found[2]] in (found[0].name, found[0].name[:-1])


@pytest.mark.parametrize(
    ("region", "text"),
    [
        # regression: the province that is cited three times was taken for the city's own place
        (
            "抚州市",
            "根据《江西省养老办法》《江西省民政厅江西省财政厅意见》，结合抚州实际，提出措施。各部门落实。",
        ),
        ("安吉县", "为招商引资，结合安吉县实际，制定本办法。全县各单位要落实。"),
        ("江西省", "现结合江西省的实际，提出以下意见。"),
        ("", "结合各地实际、工作实际和企业实际，分类施策。"),
        ("", "结合鼓楼区实际，制定措施。"),  # four cities have one
        ("", "结合杭州实际，学习经验，结合湖州实际，制定措施。"),
    ],
)
def test_the_place_that_a_text_fits(region: str, text: str) -> None:
    found = inferred_region("", text, ())
    assert (found[0].name if found else "") == region
    assert found is None or text[found[1] - 2 : found[1]] == "结合"


@pytest.mark.parametrize(
    ("region", "text"),
    [
        ("长兴县", "全县旅游业要加快发展。对组织游客来长兴的旅行社给予奖励，打造长兴美食街。"),
        ("仙居县", "落实我县政策。在仙居新建的酒店，按仙居标准给予补助。"),
        ("安吉县", "县财政设立资金，我县企业到安吉落户的，享受安吉人才政策。"),
        ("", "我县要完善资源配置，节约资源。"),  # 资源 may be a county, never as a place here
        ("", "我县企业来长兴参展，到仙居考察，长兴、仙居的经验要推广。"),
        ("", "我县组织游客来长兴旅游。"),
    ],
)
def test_a_county_by_its_short_name(region: str, text: str) -> None:
    found = inferred_region("", text, ())
    assert (found[0].name if found else "") == region
