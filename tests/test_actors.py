"""Who does it: the rows of the rule file, hard cases, properties, and time that grows with the text only."""

import tomllib
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_rows import cases
from timing import assert_linear
from zhengce.extract.finders.actors import find_actors
from zhengce.extract.region import make_region

TABLE: dict[str, Any] = tomllib.loads(
    resources.files("zhengce.extract").joinpath("lexicon", "actors.toml").read_text(encoding="utf-8")
)


def finds_mark(text: str) -> bool:
    """Is there an actor exactly at the [ ] mark of a sentence? Without a mark: is there any?"""
    if "[" not in text:
        return bool(find_actors(text))
    begin, end = text.index("["), text.index("]") - 1
    sentence = text.replace("[", "").replace("]", "")
    return any((a.begin, a.end) == (begin, end) for a in find_actors(sentence))


@pytest.mark.parametrize("section", ["head", "modifier", "position"])
def test_rows_are_whole(section: str) -> None:
    names = [row["name"] for row in TABLE[section]]
    assert len(set(names)) == len(names)
    for row in TABLE[section]:
        assert len(row["examples"]) >= 3, row["name"]
        assert row["near_misses"], row["name"]
        words = row.get("words", [])
        assert len(set(words)) == len(words), row["name"]


@pytest.mark.parametrize(("row", "text"), cases(TABLE, "examples", "head", "modifier", "position"))
def test_row_decides_its_examples(row: dict[str, Any], text: str) -> None:
    assert finds_mark(text) == (row.get("action") != "drop")


@pytest.mark.parametrize(("row", "text"), cases(TABLE, "near_misses", "head", "modifier", "position"))
def test_row_leaves_its_near_misses(row: dict[str, Any], text: str) -> None:
    assert finds_mark(text) == (row.get("action") == "drop")


# one line each: the sentence, and the full names where the document is Hubei's
SENTENCES = [
    ("具体方案由省交通运输厅制定", ["湖北省交通运输厅"]),
    ("省财政给予适当奖补", ["湖北省财政"]),
    # payers that share their noun
    ("所需资金由省级和属地财政按1：1分担", ["湖北省财政", "属地财政"]),
    ("补贴由省与市县财政按照5：5比例分担", ["湖北省财政", "市县财政"]),
    # lists
    ("各地、各部门要密切配合", ["各地", "各部门"]),
    ("由省商务厅会同有关部门研究，经省政府同意后下发", ["湖北省商务厅", "有关部门", "湖北省政府"]),
    ("指导开发区、工业园区、乡镇（街道）等单位加强服务", ["开发区", "工业园区", "乡镇（街道）"]),
    # a list that shares 部门 or 管委会
    ("税务、人社、医保等部门要落实政策", ["税务部门", "人社部门", "医保部门"]),
    (
        "各县市区人民政府、园区和示范区管委会要给予补助",
        ["湖北省各县市区人民政府", "湖北省园区管委会", "湖北省示范区管委会"],
    ),
    # … without 等, with the level that stands before the first member only, with a field that no table has
    ("住房城乡建设、水利部门重点检查工程质量", ["住房城乡建设部门", "水利部门"]),
    ("省级财政、水利部门应联合行文", ["湖北省级财政部门", "湖北省级水利部门"]),
    (
        "全省各级商务、税务等部门出台办事指引",
        ["湖北省各级商务部门", "湖北省各级税务部门"],
    ),
    ("各地教育、档案学、民政等部门要摸清底数", ["各地教育部门", "各地档案学部门", "各地民政部门"]),
    ("文旅、商圈等要丰富供给", []),
    # … closed by somebody who is no public body; of the province, whose field begins with 市
    ("省级财政、审计部门和相关金融机构要加强协同", ["湖北省级财政部门", "湖北省级审计部门"]),
    ("省财政、市场监管等部门结合职能抓好落实", ["湖北省财政部门", "湖北省市场监管部门"]),
    ("省内企业、市场主体等要加强自律", []),
    ("各地主管部门、电力企业、交易机构要高度重视", ["各地主管部门"]),
    ("商务部门和相关协会搭建对接平台", ["商务部门"]),
    ("各县区、各有关企业要求补报的材料", []),
    ("国有融资担保机构可减收担保费", ["国有融资担保机构"]),
    ("省投融资担保集团对合作机构减收再担保费", ["湖北省投融资担保集团"]),
    ("省发展改革委联合省商务厅开展审核", ["湖北省发展改革委", "湖北省商务厅"]),
    ("材料齐全的，报省人力资源社会保障厅复核。", ["湖北省人力资源社会保障厅"]),
    ("材料齐全的，报省人力资源社会保障厅备案。", []),
    ("有条件地区可加大奖补力度", ["有条件地区"]),
    ("减半收取担保费，财政贴息率提高1个百分点", []),
    # the noun of a list is a body of its own elsewhere; a bracket names no place by itself
    ("税务、人社等有关部门要落实政策", ["税务部门", "人社部门"]),
    ("各区（市、县、开发区）、市级行业主管部门要报送进展", ["湖北省各区（市、县、开发区）", "湖北省市级行业主管部门"]),
    ("资金由临江地区管委会统一管理", ["临江地区管委会"]),
    ("组织商务、畜牧兽医等主管部门下沉企业", ["商务主管部门", "畜牧兽医主管部门"]),
    ("企业、商会等有关部门的意见要采纳", []),
    # what keeps a body from what it does
    ("各行业主管部门，要根据形势加强研究", ["各行业主管部门"]),
    ("各行业主管部门，要求报送的材料", []),
    # a district of a city that ends in two characters of rank; what a level keeps
    ("浦东新区政府做好财力保障工作", ["浦东新区政府"]),
    ("市高校毕业生公共就业服务机构收到材料后，应当审核", ["湖北省市高校毕业生公共就业服务机构"]),
    ("公共就业服务机构收到的材料另行归档", []),
    ("省担保集团降低担保费率", ["湖北省担保集团"]),
    # units of a body, bodies with a bracket, a bare bureau after one of the province
    ("政府部门及其所属单位不得拖欠账款", ["政府部门", "政府部门所属单位"]),
    ("企业及其所属单位不得拖欠账款", []),
    ("省发展改革委（省能源局）、省财政厅等单位，按照职责分工监督检查", ["湖北省发展改革委", "湖北省财政厅"]),
    ("省商务厅、财政厅联合印发细则", ["湖北省商务厅", "湖北省财政厅"]),
    ("财政局按季拨付资金", ["湖北省财政局"]),
    ("市场监管局依法查处违法行为", ["湖北省市场监管局"]),
    # places in brackets, and the own place by its full name
    ("各县（市、区）、各园区要制定方案", ["湖北省各县（市、区）", "各园区"]),
    ("各市、县（区）人民政府要落实责任", ["湖北省各市人民政府", "湖北省各县（区）人民政府"]),
    ("竹溪县商务局负责受理申请", ["竹溪县商务局"]),
    # the names of national bodies
    ("税务总局编制办税指引", ["国家税务总局"]),
    # persons, applications, cited rules, relative clauses
    ("副组长由省商务厅厅长兼任", []),
    ("企业向省商务厅提出申请", []),
    ("落实省财政按贷款利率一半贴息的政策", []),
    ("省商务厅组织参加的展会，给予展位费补助", []),
    # payers and those who examine
    ("达标的，县财政再补助10万元", ["湖北省县财政"]),
    ("市、县两级财政按5：5比例承担", ["湖北省市、县两级财政"]),
    ("经旅游主管部门审核，报省政府批准", ["旅游主管部门", "湖北省政府"]),
    ("自然资源部门优先保障用地", ["自然资源部门"]),
    # descriptions stay as printed
    ("税务部门要落实政策", ["税务部门"]),
    ("发展商务、科技等产业", []),
    ("县级以上地方政府应加强领导", ["县级以上地方政府"]),
    # of the whole country, or with a place of their own
    ("国家税务总局要优化服务", ["国家税务总局"]),
    ("推动中国进出口银行湖北省分行安排专项额度", ["中国进出口银行湖北省分行"]),
    ("支持武汉、宜昌开展试点工作", ["武汉", "宜昌"]),
    # coordinating groups at work
    ("发挥省中小企业工作领导小组作用，加强协调", ["湖北省中小企业工作领导小组"]),
    # doers that are asked to do something for others
    ("引导全省政府性融资担保机构为企业增信", ["政府性融资担保机构"]),
    ("鼓励各地出台补贴政策", ["各地"]),
    # no actors: banks, applied to, relative clauses, objects, names of funds, generic use
    ("鼓励金融机构发放信用贷款", []),
    ("金融机构应通过续贷给予支持", []),
    ("向税务部门提出申请的", []),
    ("对经省科技厅认定的企业给予奖励", []),
    ("对各地进展情况进行通报", []),
    ("各地应急周转资金池提供服务", []),
    ("加大政府采购力度", []),
    ("支持地方特色产业发展", []),
    ("落实《省人民政府办公厅要求》", []),
    # a level that the members of a list share; departments and places that no table holds
    ("各级民政部门、财政部门要密切配合", ["各级民政部门", "各级财政部门"]),
    ("市级教育部门、财政部门制定细则", ["湖北省市级教育部门", "湖北省市级财政部门"]),
    ("各级民政部门、税务总局要密切配合", ["各级民政部门", "国家税务总局"]),
    ("各区（市）县商务主管部门应于六月底前完成审核", ["湖北省各区（市）县商务主管部门"]),
    ("省竹编产业局负责受理申请", ["湖北省竹编产业局"]),
    ("竹溪商务局和省竹编产业局会商后公布名单", ["竹溪商务局", "湖北省竹编产业局"]),
    ("竹溪茶叶局势向好", []),
    # lists that a comma or 协同 joins, one that who is no public body closes
    ("各镇人民政府，县直各部门，居委会要做好劝导", ["湖北省各镇人民政府", "湖北省县直各部门", "居委会"]),
    ("由街道办事处协同公安、消防等部门依法处理", ["街道办事处", "公安部门", "消防部门"]),
    ("各金融监管部门、银行业机构要组建专班", ["各金融监管部门"]),
    # what a body is stands between it and what it does
    ("省商务厅作为专项资金的主管部门，负责项目评审", ["湖北省商务厅"]),
    ("省财政厅作为出资人代表的基金，可给予让利", []),
    # guarantee bodies that share their noun, and a level that stands for its treasury
    ("全省各级政府性融资担保、再担保机构要降低费率", ["湖北省各级政府性融资担保机构", "湖北省各级政府性再担保机构"]),
    ("连片种植的，市级每亩补助30元", ["湖北省市级"]),
    ("各区（县级市）要制定方案", ["湖北省各区（县级市）"]),
    ("给予配套奖励，市级奖励2万元，省级奖励5万元", []),
    # words that no table holds, in front and in a list
    ("各地工信部门、工业园区管理部门要督促企业", ["各地工信部门", "工业园区管理部门"]),
    ("各地公安交管部门已开通网上业务", ["各地公安交管部门"]),
    ("各地加强部门协作", ["各地"]),
    (
        "市发展改革委和市市场监管局负责组织县级有关部门开展检查",
        ["湖北省市发展改革委", "湖北省市市场监管局", "湖北省县级有关部门"],
    ),
    ("组织乡镇（街道）将事项告知居民", ["乡镇（街道）"]),
    # what a name goes on with
    ("省级财政厅（局）会同有关部门确定名单", ["湖北省级财政厅（局）", "有关部门"]),
    ("国家税务总局湖北省税务局负责解释", ["国家税务总局湖北省税务局"]),
    # a bare rank that decides
    ("用地指标由省统筹解决", ["湖北省"]),
    ("由市场主体自行确定", []),
    # names that run on without a comma, and what all of them share
    ("全省各级各部门各单位要狠抓落实", ["湖北省各级", "湖北省各部门", "湖北省各单位"]),
    ("各级各有关部门（单位）先做好台账登记", ["各级", "各有关部门（单位）"]),
    ("省市县各级政府各有关部门要主动服务", ["省市县各级政府", "各有关部门"]),
    ("各级各类学校要加强管理", []),
    # each district, each county; owned by either; a body by its own name in a list of fields
    ("鼓励各区、县（市）提供场地", ["湖北省各区", "湖北省各县（市）"]),
    ("鼓励各区和民营企业提供场地", ["湖北省各区"]),
    ("号召省属、市属国有企业参照执行", ["湖北省属国有企业", "湖北省市属国有企业"]),
    ("省属、民营企业参照执行", []),
    ("各地商务、海关等部门要建立机制", ["各地商务部门", "各地海关"]),
    # where it is; money that a level pays; what a level must do
    ("由所在区（市、县、开发区）帮助解决", ["湖北省区（市、县、开发区）"]),
    ("由所在企业报备", []),
    ("展期内财政给予贴息", ["湖北省财政"]),
    ("所需资金市县财政共同承担", ["市县财政"]),
    ("所需资金市县企业共同承担", []),
    ("推进武汉、宜昌等6个国家级城市试点", []),
    ("展期期间财政不再贴息", ["湖北省财政"]),
    ("租车费用财政补助一半", ["湖北省财政"]),
    ("办公费用财政资金不予列支", []),
    # a department whose field no table holds, where it must or may
    ("许可部门应当为其换发证件", ["许可部门"]),
    ("征收部门可视情调整", ["征收部门"]),
    ("企业内设部门应当配合", []),
    ("财务部门应当建立台账", []),
    ("多个部门要协同推进", []),
    ("县级负责人要走访企业", []),
    ("县级应当承担的费用由省财政解决", ["湖北省财政"]),
    ("各地指定银行代发工资", ["各地"]),
    ("鼓励各地购买服务", ["各地"]),
    # names with 经 and 和; 县 before 市场; who may only be on the way
    ("经县科经局核准可延长一次", ["湖北省县科经局"]),
    ("本办法由县科学技术和经济信息化局会同县财政局负责解释。", ["湖北省县科学技术和经济信息化局", "湖北省县财政局"]),
    ("由县招商和投资促进中心提出方案", ["湖北省县招商和投资促进中心"]),
    ("县市场监管局依法查处", ["湖北省县市场监管局"]),
    ("县市场建设要加快", []),
    ("各单位一律不得对外承诺", ["各单位"]),
    ("县级不再重复奖励", ["湖北省县级"]),
    ("经宜昌、武汉港口发运的，每箱补助300元", []),
    # firms close the list
    ("机关、事业单位和大型企业不得拖欠账款", ["机关", "事业单位"]),
    ("各县（市、区）人民政府和各运营公司要恢复通行", ["湖北省各县（市、区）人民政府"]),
    # the own treasury, the own city
    ("增加的利息，由财政给予补贴", ["湖北省财政"]),
    ("建立财政奖补机制，财政资金向乡村倾斜", []),
    ("国家出台新政策的，武汉市遵照执行", ["武汉市"]),
    ("支持武汉农商行扩大信贷", []),
    ("", []),
]


@pytest.mark.parametrize(("sentence", "names"), SENTENCES)
def test_sentence(sentence: str, names: list[str]) -> None:
    region = make_region("湖北省")
    actors = find_actors(sentence)
    assert [region.full_name(a.name)[0] if a.name_hint == "resolve" else a.name for a in actors] == names
    assert all(a.text == sentence[a.begin : a.end] for a in actors)


@pytest.mark.parametrize(
    ("sentence", "collective"),
    [
        ("各地要加强领导", True),
        ("有关部门要加强指导", True),
        ("省财政厅要加强指导", False),
        ("市商务局要抓落实", False),
    ],
)
def test_collective(sentence: str, collective: bool) -> None:
    assert [a.collective for a in find_actors(sentence)] == [collective]


FIELDS = ("财政", "商务", "科技", "交通运输", "人力资源社会保障", "农业农村")
FRAMES = ("由{}制定办法", "{}要加强指导", "{}负责组织实施", "经{}同意后执行", "加快进度，{}给予补助")


@given(st.sampled_from(FIELDS), st.sampled_from(["省{}厅", "市{}局", "{}部门"]), st.sampled_from(FRAMES))
def test_a_department_is_found_in_every_frame(field: str, form: str, frame: str) -> None:
    body = form.format(field)
    assert [a.text for a in find_actors(frame.format(body))] == [body]


@given(
    st.text(
        alphabet=st.sampled_from("由经省市县财政局厅委部门各地有关要可给予鼓励、，。（）《》和的银行政府1"), max_size=80
    )
)
def test_any_text_gives_ordered_spans(text: str) -> None:
    actors = find_actors(text)
    ends = [0, *(a.end for a in actors)]
    for before, actor in zip(ends, actors, strict=False):
        assert before <= actor.begin < actor.end <= len(text)
        assert actor.text == text[actor.begin : actor.end]
    assert find_actors(text) == actors


WORST = [
    "各地",
    "各地、",
    "省财政",
    "由省",
    "省级和",
    "《部门",
    "领导小组",
    "有关部门要",
    "省省",
    "鼓励各地",
    "、和示范区",
    "各地按结合",
    "税务、",
    "园区和",
    "a",
]


@pytest.mark.parametrize("piece", WORST)
def test_time_is_linear(piece: str) -> None:
    assert_linear(find_actors, piece, 25000)
