"""Responsibility notes: every form that documents use, and brackets and lines that look like one and are none."""

import pytest
from zhengce.extract.layout import clean
from zhengce.extract.notes import find_notes


def members(text: str) -> list[str]:
    """Each member of each note as `role text`."""
    return [f"{member.role} {member.text}" for note in find_notes(clean(text)) for member in note.members]


A, B, C = "市发改委", "市财政局", "市工信局"
ALL = [f"responsible {name}" for name in (A, B, C)]
LED = [f"lead {A}", f"responsible {B}", f"responsible {C}"]
HELPED = [f"lead {A}", f"participant {B}", f"participant {C}"]

FORMS = [
    (ALL, f"给予补助。（责任单位：{A}、{B}、{C}）"),
    (ALL, f"给予补助。({'责任部门'}:{A},{B},{C})"),
    (ALL, f"给予补助。〔责任单位：{A}、{B}、{C}〕"),
    (ALL, f"给予补助。[责任单位：{A}、{B}、{C}]"),
    (ALL, f"给予补助。【责任单位：{A}、{B}、{C}】"),
    (ALL, f"给予补助。（责任单位：{A}，{B}，{C}）"),
    (ALL, f"给予补助。（责任单位：{A}；{B}；{C}。）"),
    (ALL, f"给予补助。（责任单位：{A} {B} {C}）"),  # was one name of three
    (ALL, f"给予补助。（责任单位 {A}、{B}、{C}）"),  # no colon
    (ALL, f"给予补助。（市级责任单位：{A}、{B}、{C}）"),
    (ALL, f"给予补助。（责任部门（单位）：{A}、{B}、{C}）"),
    (ALL, f"给予补助。（对接部门：{A}、{B}、{C}）"),
    (ALL, f"给予补助。（受理部门：{A}、{B}、{C}；咨询电话：12345）"),
    (ALL, f"给予补助。（兑现部门：{A}、{B}、{C}）"),
    (ALL, f"给予补助。（责任单位为{A}、{B}和{C}）"),
    (ALL, f"给予补助。（{A}、{B}、{C}负责）"),
    (ALL, f"给予补助。（{A}、{B}、{C}按职责分工负责）"),
    (ALL, f"给予补助。（{A}、{B}、{C}等部门根据职责分工分别负责）"),
    (ALL, f"给予补助。（由{A}、{B}、{C}落实）"),
    (ALL, f"给予补助。（{A}、{B}按职责分工负责，{C}结合实际落实）"),  # 结合实际 was part of the name
    (ALL, f"给予补助。\n责任单位：{A}、{B}、{C}\n下一段。"),
    (ALL, f"给予补助。\n责任单位：{A}、{B}、\n{C}\n\n下一段。"),
    (ALL, f"给予补助。\n责任单位：\n{A}、{B}、{C}\n\n下一段。"),  # names on the line after their label
    (ALL, f"给予补助。责任单位：{A}、{B}、{C}。再给予贴息。"),  # behind its sentence on one line; was not found
    (ALL, f"给予补助。\n责任单位：{A} {B} {C}\n"),
    (ALL, f"给予补助。（责任领导：张某；责任单位：{A}、{B}、{C}）"),  # the bracket's end was part of a name
    (ALL, f"给予补助。（{A}、{B}、{C}按职责分工负责；完成时限：持续推进）"),  # was no note
    (ALL, f"给予补助。——责任单位：{A}、{B}、{C}"),
    (ALL, f"给予补助。（责任单位：{A}、{B}、{C}。以下措施均需各区政府落实，不再单独列出）"),
    (HELPED, f"给予补助。（主办：{A}；协办：{B}、{C}）"),  # 单位 left out
    (ALL, f"本措施各项任务，责任单位为：{A}、{B}、{C}。"),
    (ALL, f"给予补助。（责任单位：{A}、{B}、{C}。以下各项均需各区政府落实，不再单独列出）"),  # 以下…各区政府 was a name
    (LED, f"给予补助。（牵头单位：{A}；责任单位：{B}、{C}）"),
    (LED, f"给予补助。（牵头单位：{A}，责任单位：{B}、{C}）"),
    (LED, f"给予补助。（{A}牵头，{B}、{C}按职责分工负责）"),
    (LED, f"给予补助。\n牵头单位：{A} 责任单位：{B}、{C}\n"),  # two labels on one line; the second was a name
    (HELPED, f"给予补助。（牵头单位：{A}；配合单位：{B}、{C}）"),
    (HELPED, f"给予补助。（{A}牵头，{B}、{C}参与）"),
    (HELPED, f"给予补助。（{A}牵头负责，{B}、{C}配合）"),  # 牵头负责 was taken into the name, so it was no note
    (HELPED, f"给予补助。（由{A}牵头，{B}和{C}协同推进）"),
    (HELPED, f"给予补助。（{A}会同{B}、{C}负责）"),
    (HELPED, f"给予补助。\n牵头部门：{A}\n参与部门：{B}、{C}\n完成时限：2022年12月\n"),
    (HELPED, f"给予补助。（牵头单位：{A}；参与单位：{B}、{C}；完成时限：2022年底）"),  # the time limit was a member
    (HELPED, f"给予补助。（牵头单位：{A}；参与单位：{B}、{C}，2022年6月底前完成）"),
    (HELPED, f"给予补助。（{A}牵头，{B}、{C}配合，2022年底前完成）"),  # was no note
    (ALL, f"给予补助。（{A}、{B}、{C}按职责分工负责，长期坚持）"),
    (ALL, f"给予补助。（{A}、{B}、{C}负责，10月底前）"),
    (HELPED, f"给予补助。（{A}牵头，{B}、{C}配合，全年推进）"),
    (ALL, f"给予补助。（责任单位：{A}、{B}、{C}；全年推进）"),  # 全年 was a body
    (HELPED, f"给予补助。\n【牵头单位】{A}【配合单位】{B}、{C}\n"),  # the second label was part of a name
    (ALL, f"给予补助。\n【责任单位】{A}、{B}、{C}\n"),  # was no note
    (HELPED, f"给予补助。\n[牵头单位]{A} [配合单位]{B}、{C}\n"),
    (ALL, f"给予补助。（政策执行部门：{A}、{B}、{C}）"),
    # both were participants
    ([*ALL[:1], "participant 各镇街"], f"给予补助。（责任部门：{A}，各镇街配合）"),
    (ALL, f"给予补助。（{A}、{B}、{C}）"),  # nothing but names, at the end of a paragraph
    (
        [f"responsible {b}" for b in ("省人社厅", "省政务服务办", "省就业中心")],
        "给予补助。（省人社厅、省政务服务办、省就业中心）",
    ),  # was no note
    ([], "给予补助。（审批、督办）"),
    # … also beside those who are offices only there
    (
        [f"responsible {b}" for b in ("县农业农村局", "供销社", "邮政管理部门", "各乡镇街道")],
        "给予补助。（县农业农村局、供销社、邮政管理部门，各乡镇街道）",
    ),
    ([], "给予补助。（学校、服务中心）"),
    ([], "给予奖励。（省级工程研究中心、市级企业技术中心）"),
    ([], "就近就诊。（市中心医院、市妇幼保健院）"),
    (
        [f"responsible {b}" for b in ("市贸促会", "市农科院", "临江农业大学")],
        "给予补助。（市贸促会、市农科院、临江农业大学）",
    ),
    (ALL, f"给予补助。（{A}、{B}、{C}）\n二、再给予贴息。"),
    (ALL, f"给予补助。{A}、{B}、{C}负责。"),  # a sentence of its own; was a measure
    (ALL, f"给予补助。\n由{A}、{B}、{C}等部门按职责分工负责。"),
    (LED, f"给予补助。{A}牵头，{B}、{C}按职责分工负责。"),
    (HELPED, f"给予补助。{A}牵头，{B}、{C}配合。再给予贴息。"),
    (HELPED, f"给予补助。由{A}牵头负责；{B}、{C}参与。"),
    (ALL, f"第三条 {A}、{B}、{C}负责本办法的组织实施。"),  # of an 办法; were measures
    (ALL, f"给予补助。{A}、{B}和{C}按照职责，共同负责本细则的实施和监督管理。"),
    (ALL, f"给予补助。本办法由{A}、{B}、{C}负责组织实施。"),
]


@pytest.mark.parametrize(("expected", "text"), FORMS, ids=[text[5:40] for _, text in FORMS])
def test_form(expected: list[str], text: str) -> None:
    assert members(text) == expected


@pytest.mark.parametrize(
    ("expected", "listed"),
    [
        (["工业和信息化局", "财政局"], "工业和信息化局、财政局"),  # 和 within a name
        (["区自然资源和规划局", "区住房和城乡建设局"], "区自然资源和规划局、区住房和城乡建设局"),
        (["市财政局", "市税务局"], "市财政局和市税务局"),
        (["市财政局", "税务局"], "市财政局及税务局"),
        (["市委宣传部", "市总工会", "团市委", "市妇联"], "市委宣传部、市总工会、团市委、市妇联"),
        (["省人社厅", "省政务服务办", "省大数据中心"], "省人社厅、省政务服务办、省大数据中心"),
        # was 各市 alone
        (["省商务厅", "各市人民政府", "各县（市、区）人民政府"], "省商务厅，各市、县（市、区）人民政府"),
        (["各区政府", "各县（市）政府", "钱塘新区管委会"], "各区、县（市）政府、钱塘新区管委会"),
        (["各市人民政府", "各自治州人民政府", "省财政厅"], "各市、自治州人民政府、省财政厅"),
        (["各市、县（区）", "省财政厅"], "各市、县（区）、省财政厅"),
        (["各市人民政府", "各县（区）人民政府", "省财政厅"], "各市、县（区）人民政府和省财政厅"),
        (["各县政府（管委会）", "各区政府（管委会）"], "各县、区政府（管委会）"),
        (["各省、自治区、直辖市人民政府"], "各省、自治区、直辖市人民政府"),  # a set phrase
        (["各县（市、区）人民政府"], "各县（市、区）人民政府"),
        (["各区政府", "市财政局"], "各区政府、市财政局"),
        (["各乡镇（街道）"], "各乡镇（街道）"),
        (["市科技局", "市商务局"], "市科技局、市商务局等各有关部门"),
        (["市商务局", "人行湖州市中心支行", "国网湖州供电公司"], "市商务局、人行湖州市中心支行、国网湖州供电公司"),
        (["市财政局", "市政府办公室"], "市财政局、市政府\n办公室"),  # a wrapped name is one
    ],
)
def test_names_in_a_list(expected: list[str], listed: str) -> None:
    assert members(f"给予补助。（责任单位：{listed}）") == [f"responsible {name}" for name in expected]


def test_who_carries_out_a_whole_document() -> None:
    text = "第二条 市农业农村局是本市养鱼工作主管部门，负责本办法组织实施。\n市财政局按照职责，协同实施本办法。\n"
    notes = find_notes(clean(text))
    assert [(note.rule, [(m.text, m.role) for m in note.members]) for note in notes] == [
        ("note-whole-part", [("市农业农村局", "responsible")]),
        ("note-whole-part", [("市财政局", "participant")]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "货物采购预留份额40%以上（含40%）。",
        "本办法所称专项资金（以下简称资金）。",
        "按国家规定执行（国发〔2019〕28号）。",
        "对首贷户（由银行自行认定）给予贴息。",
        "损失由企业自行负责。",
        "各县（市、区）要落实（已享受的除外）。",
        "建立部门协同机制（详见附件2）。",
        "明确责任单位，压实责任。",
        "推行项目长制（企业负责）。",  # 企业 is no public body
        "以上任务由市财政局牵头负责，市工信局配合。",  # a sentence with an actor
        "对承担主体责任的单位给予奖励。",
        "（责任单位：市财政局",  # never closed
        "责任单位未按时完成的，予以通报。",
        "给予补助。由市财政局负责解释。",
        "第九条 本办法由市财政局负责解释。",
        "市财政局负责本办法的解释和修订。",
        "市财政局负责养鱼补助的审核办理。",  # a task of its own, with an actor
        "企业应负责本办法补助项目的实施。",
        "给予补助。（市财政局）再给予贴息。",  # names within a paragraph may be an aside
        "按规定给予补助（市财政局）。",
        "给予补助。（此件公开发布）",
        "给予补助。（联系人：张三）",
        "给予补助。（住宿、餐饮企业）",
        "给予补助。（首次认定的研究院）",
        "给予补助。（企业负责，2022年底前完成）",
        "给予补助。（市财政局已拨付，2022年底前到位）",
        "填写表格【责任单位】栏。",
        "给予补助。各有关部门要密切配合。",
        "给予补助。市财政局安排资金，市工信局负责。",  # the first piece is what a body does
        "给予补助。项目单位为主，企业参与。",
        "给予补助。积极组织企业家参与。",
    ],
)
def test_no_note(text: str) -> None:
    assert members(text) == []


@pytest.mark.parametrize(
    "said",
    ["列第一位者为牵头单位，下同", "列首位的为牵头单位", "排在第一位的单位为牵头单位", "排第一位的责任单位为牵头单位"],
)
def test_first_named_leads(said: str) -> None:
    note = find_notes(clean(f"给予补助。（责任单位：{A}、{B}，{said}）"))[0]
    assert note.first_leads
    assert [member.text for member in note.members] == [A, B]


def test_a_bracket_in_a_bracket_is_one_note() -> None:
    notes = find_notes(clean("（责任单位：市财政局，各县〔市、区〕政府（园区管委会负责））"))
    assert len(notes) == 1


def test_two_zones_share_the_noun_of_their_boards() -> None:
    # regression: 园区和示范区管委会 was one name
    text = "一、养鱼。各区养鱼。（责任单位：市财政局、园区和示范区管委会、经开区管委会）"
    (note,) = find_notes(clean(text))
    assert [member.text for member in note.members] == ["市财政局", "园区管委会", "示范区管委会", "经开区管委会"]


@pytest.mark.parametrize(
    ("expected", "listed"),
    [
        (["北湖示范区管委会", "空港区管委会"], "北湖示范区、空港区管委会"),
        (["北湖示范区管委会", "空港区管委会", "市财政局"], "北湖示范区、空港区管委会、市财政局"),
        (["市财政局", "空港区管委会"], "市财政局、空港区管委会"),
        (["各区", "空港区管委会"], "各区、空港区管委会"),  # 各区 names no zone
    ],
)
def test_zones_in_a_list_share_the_noun_of_the_last(expected: list[str], listed: str) -> None:
    assert members(f"给予补助。（责任单位：{listed}）") == [f"responsible {name}" for name in expected]
