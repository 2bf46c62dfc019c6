"""A document whose line ends were lost is cut where its lines broke; a long paragraph stays whole."""

import pytest
import zhengce
from hypothesis import given
from hypothesis import strategies as st
from zhengce.extract.layout import clean
from zhengce.extract.one_line import ONE_LINE, lost_breaks

NOTICE = """临江市人民政府办公室关于印发支持企业发展若干措施的通知
临政办发〔2022〕9号
各县（市、区）人民政府，市政府各部门：
现将《支持企业发展若干措施》印发给你们，请认真贯彻执行。
临江市人民政府办公室
2022年3月1日
支持企业发展若干措施
为深入贯彻落实党中央、国务院决策部署，制定以下措施。
一、减轻企业负担
（一）减免房租。对承租国有房屋的小微企业免收3个月租金。（责任单位：市国资委）
（二）缓缴社保。对困难企业缓缴社会保险费，最长6个月。（责任单位：市人力资源社会保障局）
二、加大金融支持
（一）扩大信贷投放。
1.银行要新增贷款10亿元。
2.对新增贷款给予贴息，贴息率为1.5%。（责任单位：市金融局、市财政局）
（二）统一、规范担保收费。担保费率降至1%以下。（责任单位：市财政局）
三、组织保障
各县（市、区）要按照第一条、第二条落实责任，推动第一、二、三产业恢复。
"""


def _lines(text: str) -> list[str]:
    cleaned = clean(text)
    return [cleaned.text[line.begin : line.end] for line in cleaned.lines]


def _outline(text: str, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int, str]]:
    path = tmp_path_factory.mktemp("text") / "notice.txt"
    path.write_text(text, encoding="utf-8")
    document = zhengce.extract(path)
    return [(item.label, item.level, item.title) for item in document.provisions]


@pytest.mark.parametrize("joint", [" ", "\u3000\u3000", ""])
def test_the_outline_is_that_of_the_lines(joint: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    expected = _outline(NOTICE, tmp_path_factory)
    assert [label for label, *_ in expected] == [
        "一、",
        "（一）",
        "（二）",
        "二、",
        "（一）",
        "1.",
        "2.",
        "（二）",
        "三、",
    ]
    found = _outline(joint.join(NOTICE.splitlines()), tmp_path_factory)
    if joint:
        assert found == expected
    else:
        # nothing tells where a heading without 。 ends that its sentence follows at once
        assert [item[:2] for item in found] == [item[:2] for item in expected]
        assert [item for item in found if item[0] != "三、"] == [item for item in expected if item[0] != "三、"]


@pytest.mark.parametrize(
    ("before", "number"),
    [
        ("加大金融支持", "（一）扩大信贷。银行要新增贷款。（二）降低费率。"),
        ("坚持市场导向", "一、减轻企业负担。免收租金。二、加大金融支持。"),
        ("制定本办法", "第一条为支持企业发展，给予补助。第二条本办法所称企业是指工业企业。"),
        ("有关事项通知如下", "1.加大补助力度。给予补助。2.降低费率。"),
        ("加大财政支持", "（1）补助。给予补助。（2）贴息。"),
        ("第一章总则", "第一条  为支持企业发展，给予补助。第二条  本办法所称企业是指工业企业。"),  # was 第一条 alone
        ("财政支持", "第1条设立基金。第2条给予补助。"),
        ("一、减负。免租。二、加大金融支持", "（一）扩大信贷。银行要新增贷款。"),  # the only one of its chapter
    ],
)
def test_a_number_behind_a_word_begins_a_line(before: str, number: str) -> None:
    assert len(before) in lost_breaks(before + number, len(before + number))


@pytest.mark.parametrize(
    "sentence",
    [
        "对第一、二、三产业的企业给予补助，统一、规范收费，专一、专注经营。",
        "符合第五条第（一）项、第（二）项条件的企业，按照（三）款给予补助。",
        "按1.5倍给予补助，版本为2.1的系统除外，其中1、2号线沿线2.3公里。",
        "支持企业参加展会，分别给予补助（一）等奖励。",  # a first without a second
    ],
)
def test_what_only_looks_like_a_number_breaks_nothing(sentence: str) -> None:
    assert lost_breaks(sentence, len(sentence)) == []


def test_a_long_paragraph_of_a_document_in_lines_is_no_document_on_one_line() -> None:
    paragraph = "对企业给予补助，条件如下所列（一）在本市注册，（二）依法纳税。" + "其余由市财政局负责落实。" * 80
    assert len(paragraph) > ONE_LINE
    assert _lines("一、总则\n" + paragraph + "\n" + "二、附则\n" + "本办法由市财政局解释。\n" * 200)[1] == paragraph


def test_a_head_of_an_attachment_begins_a_line_and_its_title_another() -> None:
    # regression: “附件 1 支持…” stayed one line, and the attachment was not found
    lines = _lines("现印发给你们。 - 附件：1. 甲清单 临江市人民政府 2022年3月1日 附件 1 支持企业措施 一、减负 免租。")
    assert lines[1:3] == ["附件：1.甲清单", "临江市人民政府"]
    assert lines[4:6] == ["附件1", "支持企业措施"]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("附件：1.报名表.docx 2.清单.xlsx 临江市财政局 2022年3月1日", "临江市财政局"),  # was the end of the title
        # a paragraph that begins with a number stood behind the addressees
        ("临江市财政局关于养鱼的通知 各县财政局： 2021年以来，养鱼见效。 一、养鱼。 二、卖鱼。", "各县财政局："),
        ("临江市养鱼措施 一、养鱼。各区要养鱼。 六、卖鱼 18.2022年5月起，卖鱼免费。", "18.2022年5月起，卖鱼免费。"),
        ("临政办发〔2022〕9号 ———— 临江市人民政府关于养鱼的通知 各区： 为养鱼。", "临江市人民政府关于养鱼的通知"),
    ],
)
def test_a_space_behind_a_rule_or_a_file_ending_was_a_line_end(source: str, line: str) -> None:
    assert line in _lines(source)


@given(st.text(alphabet="一二三、（）()12.第条章。 支持企业\u3000", max_size=200))
def test_breaks_lie_inside_the_line_and_grow(raw: str) -> None:
    ends = lost_breaks(raw, len(raw.strip()))
    assert ends == sorted(set(ends))
    assert all(0 < end <= len(raw) for end in ends)
