"""Parts of a document: attachments, the document that a notice carries, and where operative text ends."""

import pytest
from zhengce.extract.layout import clean
from zhengce.extract.parts import find_parts

NOTICE = "湖州市人民政府办公室关于印发湖州市渔业若干措施的通知\n各区县人民政府：\n"
SIGNED = "湖州市人民政府办公室\n2022年3月1日\n"
PLAN = "湖州市渔业若干措施\n一、养鱼。各区要多养鱼。\n二、卖鱼。各区要多卖鱼。\n"


def titles(source: str) -> list[str]:
    """Titles of the parts after the main text."""
    text = clean(source)
    return [text.text[slice(*part.title)] if part.title else "" for part in find_parts(text)[1:]]


def closing(source: str) -> str:
    """The operative text's last characters."""
    text = clean(source)
    return text.text[: find_parts(text)[0].body_end][-6:]


@pytest.mark.parametrize(
    "sentence",
    [
        "现将《湖州市渔业若干措施》印发给你们，请认真贯彻执行。",
        "《湖州市渔业若干措施》已经市政府同意，现印发给你们，请认真贯彻执行。",
        "《湖州市渔业若干措施》已经市政府常务会议研究通过，现予印发，望遵照执行。",  # 现予印发 was not known
        "经市政府同意，现将《湖州市渔业若干措施》予以公布，请遵照执行。",
        "市政府同意市农业农村局《湖州市渔业若干措施》，现转发给你们，请认真贯彻执行。",
        "现将有关措施印发给你们，请认真贯彻执行。",  # the notice does not name it; its own title does
    ],
)
def test_carried_document(sentence: str) -> None:
    assert titles(NOTICE + sentence + "\n" + SIGNED + PLAN) == ["湖州市渔业若干措施"]


def test_a_carried_document_whose_title_differs() -> None:
    # 渔业若干措施 in the notice, with the place on the plan itself
    assert titles(NOTICE + "现将《渔业若干措施》印发给你们。\n" + SIGNED + PLAN) == ["湖州市渔业若干措施"]


def test_a_carried_document_with_attachments_of_its_own() -> None:
    source = NOTICE + "现将《湖州市渔业若干措施》印发给你们。\n" + SIGNED + PLAN + "附件：1.鱼种目录\n2.鱼塘标准\n"
    source += "附件1\n鱼种目录\n1.鲤鱼。\n2.鲫鱼。\n附件2\n鱼塘标准\n1.水深二米。\n2.有增氧机。\n"
    assert titles(source) == ["湖州市渔业若干措施", "鱼种目录", "鱼塘标准"]  # attachments hid what carries them


ARTICLES = "第一条 为养鱼，制定本办法。\n第二条 对养鱼户给予补助。\n"
ISSUED = "湖州市人民政府办公室关于印发《湖州市渔业办法（试行）》的通知\n各区县人民政府：\n"


@pytest.mark.parametrize(
    "source",
    [
        ISSUED + "《湖州市渔业办法（试行）》已经市政府同意，现印发实施。\n" + SIGNED + ARTICLES,
        ISSUED + "《湖州市渔业办法（试行）》已经市政府同意，现印发实施。\n" + SIGNED + "（此件公开发布）\n" + ARTICLES,
        ISSUED
        + "现将《湖州市渔业办法（试行）》印发给你们，请认真执行。\n为养鱼，制定如下措施。\n1.各区养鱼。\n2.卖鱼。\n",
        "关于印发湖州市渔业办法（试行）的通知\n为贯彻市委决策部署，支持养鱼，提出如下措施。\n一、养鱼\n（一）各区养鱼。\n二、卖鱼\n",
    ],
)
def test_what_a_notice_issues_without_a_title(source: str) -> None:
    # its articles behind the signature were lost
    assert titles(source) == ["湖州市渔业办法（试行）"]
    assert "第一条" not in closing(source)


@pytest.mark.parametrize(
    "source",
    [
        ISSUED
        + "现将《湖州市渔业办法（试行）》印发给你们，并就有关事项通知如下：\n一、养鱼。各区要多养鱼。\n"
        + SIGNED,
        ISSUED + "请认真贯彻执行。\n" + SIGNED + "相关链接\n政策解读\n",
        "湖州市人民政府办公室关于印发会议纪要的通知\n各区：\n请贯彻执行。\n" + SIGNED + ARTICLES,
    ],
)
def test_a_notice_with_items_of_its_own(source: str) -> None:
    assert titles(source) == []


def test_a_notice_is_signed_behind_what_it_issues() -> None:
    source = ISSUED + "现将《湖州市渔业办法（试行）》印发给你们。\n第一条 对养鱼户给予补助。\n第二条 另行公布标准。\n"
    text = clean(source + SIGNED)
    main = find_parts(text)[0]
    assert main.date is not None
    assert text.text[slice(*main.date)] == "2022年3月1日"


def test_the_number_of_the_notice_above_what_it_carries() -> None:
    source = NOTICE + "市里组织编制了有关措施，现印发给你们。\n" + SIGNED + "湖政办发〔2022〕3号附件\n" + PLAN
    assert titles(source) == ["湖州市渔业若干措施"]


def test_whom_to_ring_up_is_no_part_of_a_title() -> None:
    source = "湖州市人民政府办公室关于养鱼的通知\n各区县人民政府：\n请多养鱼。\n"
    assert titles(source + "附件：鱼种目录\n联系人：王某\n" + SIGNED) == ["鱼种目录"]


def test_a_notice_that_issues_nothing_carries_nothing() -> None:
    source = "湖州市人民政府关于养鱼的通知\n各区县人民政府：\n请多养鱼。\n" + SIGNED + "相关链接\n政策解读\n"
    assert titles(source) == []


def test_a_cited_document_is_not_carried() -> None:
    source = "湖州市人民政府关于养鱼的通知\n各区县人民政府：\n请落实《养鱼条例》有关要求。\n养鱼条例\n"
    assert titles(source + "一、养鱼。各区要多养鱼。\n") == []


@pytest.mark.parametrize(
    ("expected", "listed"),
    [
        (["鱼种目录"], "附件：鱼种目录\n"),
        (["鱼种目录", "鱼塘标准"], "附件：1.鱼种目录\n2.鱼塘标准\n"),
        (["鱼种目录", "鱼塘标准"], "附件：1．鱼种目录\n      2．鱼塘标准\n"),
        (["鱼种目录", "鱼塘标准"], "附件:1.鱼种目录 2.鱼塘标准\n"),  # on one line; was one title
        (["鱼种目录", "鱼塘标准"], "附件：\n1.鱼种目录\n2.鱼塘标准\n"),
        (["鱼种目录", "鱼塘标准"], "附件1：鱼种目录\n附件2：鱼塘标准\n"),
        (["鱼种目录", "鱼塘标准"], "附件1：鱼种目录.docx\n附件2：鱼塘标准.xls\n"),
        (["鱼种目录", "鱼塘标准表"], "附件1.鱼种目录.doc\n附件2（附2）-鱼塘标准表.xlsx\n"),  # links of a saved page
        (["鱼种目录（2022年版）"], "附件：鱼种目录（2022年版）.docx\n"),
    ],
)
def test_attachments_that_are_only_listed(expected: list[str], listed: str) -> None:
    # a saved page links to them; they were lost where their text does not follow
    source = "湖州市人民政府办公室关于养鱼的通知\n各区县人民政府：\n请多养鱼。\n"
    assert titles(source + listed + SIGNED) == expected


@pytest.mark.parametrize(
    "tail",
    [
        SIGNED,
        SIGNED + "（此件公开发布）\n",
        SIGNED + "抄送：市委各部门，市人大常委会。\n湖州市人民政府办公室 2022年3月2日印发\n",
        "附件：鱼种目录\n" + SIGNED,
        "联系人：王某，电话：0572-000\n附件：鱼种目录\n" + SIGNED,
        "（联系人：王某，电话：0572-000）\n" + SIGNED,
        "湖州市财政局 湖州市商务局\n2022年3月1日\n",
        "湖州市乡村振兴办\n湖州市财政局\n2022年3月1日\n",  # a short name was a sentence of the last item
        "抄送：市委各部门。\n",
        "",
    ],
)
def test_what_closes_a_document_is_not_operative(tail: str) -> None:
    source = "湖州市人民政府办公室关于养鱼的通知\n各区县人民政府：\n一、养鱼。各区要多养鱼。\n"
    assert closing(source + tail) == "区要多养鱼。"


def test_an_attachment_has_a_signature_of_its_own() -> None:
    source = "湖州市财政局关于养鱼的通知\n各有关单位：\n请多养鱼。\n附件：承诺书\n湖州市财政局\n2022年3月1日\n"
    source += "附件\n承诺书\n我单位承诺多养鱼。\n单位（盖章）：\n2022年 月 日\n"
    text = clean(source)
    part = find_parts(text)[1]
    assert text.text[part.title[1] : part.body_end] == "我单位承诺多养鱼。" if part.title else False


def test_a_notice_that_carries_two_documents() -> None:
    other = "湖州市渔船办法\n一、造船。各区要造船。\n"
    notice = "《湖州市渔业若干措施》《湖州市渔船办法》已经市政府同意，现印发给你们，请认真贯彻执行。\n"
    assert titles(NOTICE + notice + SIGNED + PLAN + other) == ["湖州市渔业若干措施", "湖州市渔船办法"]


def test_a_title_in_a_title_is_printed_with_other_brackets() -> None:
    title = "贯彻落实《渔业若干措施》实施方案"
    notice = "现将《贯彻落实〈渔业若干措施〉实施方案》印发给你们，请认真贯彻执行。\n"
    plan = "贯彻落实《渔业若干措施》\n\n实施方案\n\n一、养鱼。各区要多养鱼。\n"
    assert titles(NOTICE + notice + SIGNED + plan) == [title]


def test_a_notice_without_a_title_carries_its_plan() -> None:
    notice = "各区县人民政府：\n《湖州市渔业若干措施》已经市政府研究通过，现印发给你们。\n2022年3月1日\n"
    assert titles(notice + PLAN) == ["湖州市渔业若干措施"]
