"""Titles of items, and the laws that the outline of any text keeps."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from zhengce.extract.layout import clean
from zhengce.extract.outline import outline
from zhengce.extract.pipeline import extract_source
from zhengce.extract.records import Source

HEAD = "某市人民政府关于养鱼的意见\n某政发〔2021〕3号\n各区人民政府：\n为养鱼，提出以下意见。\n"


def titles(body: str) -> list[str]:
    """Title of each item of a document with this body."""
    found = outline(clean(HEAD + body))
    return [found.clean.text[slice(*item.title)] if item.title else "" for item in found.items]


@pytest.mark.parametrize(
    ("expected", "body"),
    [
        (["加强领导"], "一、加强领导。各区要建立专班。"),
        (["加强领导"], "一、加强领导\n各区要建立专班。"),
        (["强化领导"], "一、强化领导：各区要建立专班。"),  # the title was lost with ：
        (["奖励标准", "", ""], "一、奖励标准。\n1.国家级奖励100万元。\n2.省级奖励50万元。"),  # a heading above items
        (["加强领导，压实责任"], "一、加强领导，压实责任\n各区要建立由主要负责同志担任组长的工作专班。"),
        # most items begin with what they say: a short first sentence is no heading either
        (
            ["", "", ""],
            "一、各区要建立由主要负责同志担任组长的工作专班。\n二、专场活动实行报名制。各镇派员参加。\n三、各镇要建立台账，按月报送进展。",
        ),
        # … but for a few words that name what is done
        (
            ["", "减免鱼塘租金", ""],
            "一、对鱼塘业主减按五成征税，一次办结。\n二、减免鱼塘租金。承租国有鱼塘的免租三月。\n三、各镇要建立台账，按月报送进展。",
        ),
        (
            ["加强领导", "组织活动", ""],
            "一、加强领导。各区养鱼。\n二、组织活动。各镇养鱼。\n三、各区要建立养鱼工作专班。",
        ),
        # … and where most have a heading, a line of its own above lower items is one
        (
            ["各区要加强组织领导", "养鱼", "卖鱼", "鱼价", "运鱼"],
            "一、各区要加强组织领导\n（一）养鱼。各区养鱼。\n二、卖鱼\n（一）鱼价。各区稳定鱼价。\n三、运鱼\n各区运鱼。",
        ),
        (["对接企业需求"], "一、对接企业需求。组织专场活动。"),  # begins with 对 and yet is a heading
        (["由头部企业带动"], "一、由头部企业带动。建立产业联盟。"),
        (["完善负责制"], "一、完善负责制。建立专班。"),
        (["满足企业要素需求"], "一、满足企业要素需求。保障用地。"),
        (["加强推动养鱼产业和卖鱼产业高质量协同"], "一、加强推动养鱼产业和卖鱼\n产业高质量协同。对鱼塘补助。"),
        (["必须落实主体责任"], "一、必须落实主体责任。企业是第一责任人。各企业要建立专班。"),
        (["121人才梯队项目"], "一、121人才梯队项目。重点培养青年人才。每年评选。"),
        (["支持对象"], "第一条 【支持对象】养鱼企业和个人均可申请。区里另行公布名单。"),  # was taken for a sentence
        (["落户奖"], "第一条 【落户奖】\n对新注册的养鱼企业给予奖励。"),  # its brackets were a part of it
        (["鱼塘奖"], "二、【鱼塘奖】对新挖的鱼塘给予奖励，一次发放。"),
        (["支持对象"], "第一条 （支持对象）养鱼企业和个人均可申请。"),
        (["支持对象"], "第一条　　支持对象　　养鱼企业和个人均可申请。"),
        ([""], "第一条 对 养鱼企业给予补助。"),  # a stray space is no such gap
        # the articles of an 办法 have no headings, a short phrase apart
        (
            ["", "鱼塘建设", ""],
            "第一条 区里对养鱼企业给予补助，另行公布标准。\n第二条 鱼塘建设。对鱼塘给予补助。\n"
            "第三条 本区对鱼苗给予补助，一次发放。",
        ),
        (
            ["", "", "", ""],
            "第一条 养鱼补助的申报审核工作原则上全部在网上办理。市里公布网址。\n第二条 对鱼塘给予补助，一次发放。\n"
            "第三条 鱼塘实行动态管理。区里每年核查。\n第四条 当申报面积有较大变化时，报区里。区里核查。",
        ),
        # the last of a list has no heading either
        (
            ["", "", ""],
            "一、申请养鱼补助，应当提交下列材料：\n（一）鱼塘的权属证明；\n（二）养鱼技术和管理制度。\n材料应当盖章。",
        ),
        (["补助", "奖励"], "一、补助。每亩100元；\n二、奖励。对大户奖励。"),
        # … nor one that leads in what it speaks of
        (
            ["", "", ""],
            "第一条 有下列情形之一的养殖户，不得享受补助：\n（一）弄虚作假的；\n（二）污染水体的。\n",
        ),
        # where all sisters have a heading, so has an item whose heading reads like a sentence
        (
            ["养鱼", "卖鱼", "运鱼", "存鱼", "对重点企业给予财政贴息支持"],
            "一、养鱼。各区养鱼。\n二、卖鱼。各区卖鱼。\n三、运鱼。各区运鱼。\n四、存鱼。各区存鱼。\n"
            "五、对重点企业给予财政贴息支持。贴息期限不超过1年。",
        ),
        (
            ["养鱼", "卖鱼", "运鱼", "存鱼", ""],
            "一、养鱼。各区养鱼。\n二、卖鱼。各区卖鱼。\n三、运鱼。各区运鱼。\n四、存鱼。各区存鱼。\n"
            "五、对重点企业给予贴息5万元。贴息期限不超过1年。",
        ),
        (
            ["提高站位，强化担当，狠抓落实", "养鱼", "卖鱼", "运鱼", "存鱼"],
            "一、提高站位，强化担当，狠抓落实\n各区要把养鱼工作摆上重要位置，由主要负责同志负总责。\n"
            "二、养鱼\n各区养鱼。\n三、卖鱼\n各区卖鱼。\n四、运鱼\n各区运鱼。\n五、存鱼\n各区存鱼。",
        ),
        # items that are sentences themselves
        ([""], "一、对养鱼企业给予10万元奖励。"),
        ([""], "一、建设数字农场。"),
        ([""], "一、建设数字农场。（责任单位：市农业农村局）"),  # the note hid that it is the only sentence
        ([""], "一、新建鱼塘5万亩\n牵头部门：市农业农村局\n完成时限：2023年12月"),
        ([""], "一、县财政局负责资金预算。县林业局负责审核。"),  # a first sentence that says who does what
        ([""], "一、企业必须落实主体责任。各区要检查。"),
        ([""], "一、复核通过后，报区政府审批。各区要复核。"),
        ([""], "一、简化管理，单位可自主调整团队。各区要落实。"),
        ([""], "一、各区要落实属地责任。市农业农村局要加强指导。"),
        ([""], "一、对新建鱼塘的补助。区里另行制定。"),
        (["", "", ""], "一、对新建企业给予补助：\n（一）甲类补助10万元；\n（二）乙类补助5万元。"),
    ],
)
def test_titles(expected: list[str], body: str) -> None:
    assert titles(body) == expected


_PIECES = [
    "一、", "二、", "（一）", "（二）", "1.", "2.", "第一章", "第一条", "第二条", "①", "附件：", "附件1\n",
    "附件：1.清单\n", "\n", "\n\n", " ", "责任单位：", "（责任单位：市财政局、市工信局）",
    "（市财政局牵头，市工信局配合）", "（", "）", "《", "》", "。", "；", "：", "，", "、", "加强领导",
    "给予10万元奖励", "现将《方案》印发给你们", "\n方案\n", "\n某市人民政府\n", "2022年3月1日\n",
    "某政办〔2022〕3号\n", "关于养鱼的通知\n", "各区人民政府：\n", "抄送：市委\n",
    "列第一位者为牵头单位，下同",
]  # fmt: skip
PIECES = st.sampled_from(_PIECES)
SOURCES = st.one_of(st.text(), st.lists(PIECES, max_size=80).map("".join))


@given(SOURCES)
def test_never_fails_and_sentences_never_overlap(source: str) -> None:
    found = outline(clean(source))
    stop = 0
    for sentence in found.sentences:
        assert stop <= sentence.begin < sentence.end
        stop = sentence.end
        if sentence.item is not None:
            item = found.items[sentence.item]
            assert item.begin <= sentence.begin
            assert sentence.end <= item.end
            assert item.part == sentence.part


@given(SOURCES)
@example("责任单位：现A")  # the front matter ended within the note
def test_items_nest_and_notes_stand_apart(source: str) -> None:
    found = outline(clean(source))
    for n, item in enumerate(found.items):
        assert item.begin < item.end
        assert item.label.level == 1 or item.parent is not None
        assert item.parent is None or (item.parent < n and found.items[item.parent].label.level < item.label.level)
    assert all(a.end <= b.begin for a, b in zip(found.notes, found.notes[1:], strict=False))
    for note in found.notes:
        for sentence in found.sentences:
            assert sentence.end <= note.begin or note.end <= sentence.begin


def test_a_decimal_number_holds_those_above_it() -> None:
    # regression: 1.1 under 1 was cited as 1.1.1
    does = "各区要养鱼。"
    body = f"1 总则\n1.1 目的。{does}\n1.2 范围。{does}\n1.2.1 鲤鱼。{does}\n2 附则\n2.1 其他。{does}\n"
    made = extract_source(Source(HEAD + body, "f.txt", "text/plain", "utf-8", ""))
    assert [made.path(n) for n in range(len(made.provisions))] == ["1", "1.1", "1.2", "1.2.1", "2", "2.1"]


@pytest.mark.parametrize(
    ("opening", "aims"),
    [
        ("为养鱼，制定如下措施。力争2022年新建鱼塘5万亩。", ["力争2022年新建鱼塘5万亩。"]),
        (
            "现就养鱼提出以下意见。\n到2025年鱼塘达到20万亩。确保产量增长5%以上。",
            ["到2025年鱼塘达到20万亩。", "确保产量增长5%以上。"],
        ),
        ("为养鱼，力争2022年新建鱼塘5万亩，制定如下措施。", []),  # a purpose of the opening itself
        ("力争2022年新建鱼塘5万亩。为此，制定如下措施。", []),
        ("为养鱼，制定如下措施。力争养好鱼。", []),  # no number
        ("今年雨水偏多。确保产量增长5%以上。", []),  # nothing leads in
    ],
)
def test_an_aim_behind_the_opening_is_operative(opening: str, aims: list[str]) -> None:
    text = HEAD.replace("为养鱼，提出以下意见。", opening) + "一、建设鱼塘。各区要建塘。"
    found = extract_source(Source(text, "f.txt", "text/plain", "utf-8", ""))
    stated = [measure for measure in found.measures if measure.provision is None]
    assert [measure.text for measure in stated] == aims
    assert all("target-setting" in {cue.code for cue in measure.instruments} for measure in stated)
