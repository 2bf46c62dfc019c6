"""Word files: automatic numbering, what is printed and what is not, tables, notes, limits; old Word files too."""

import re
import struct
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from formats import facts
from makers import (
    HENAN,
    IN_TABLE,
    LABELS,
    ROW_END,
    abstract,
    doc,
    doc_streams,
    docx,
    henan_docx,
    in_list,
    level,
    number,
    old_level,
    old_lists,
    ole,
    paragraph,
    restart,
    run,
    word_part,
    zipped,
)
from zhengce.extract.errors import MissingExtraError, UnreadableError
from zhengce.extract.numerals import chinese_integer
from zhengce.extract.pipeline import extract_source
from zhengce.extract.readers.numbers import number_text
from zhengce.extract.readers.word.doc import read_doc
from zhengce.extract.readers.word.docx import read_docx
from zhengce.extract.records import Source

PLAIN = Source(HENAN, "henan.txt", "text/plain", "utf-8", "")


def lines(body: str, **parts: str) -> list[str]:
    return read_docx(docx(body, **parts), "a.docx").text.splitlines()


def test_the_example_with_automatic_numbers_says_the_same() -> None:
    data = henan_docx()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert "一、完善" not in archive.read("word/document.xml").decode()
    found = facts(extract_source(read_docx(data, "henan.docx")))
    plain = facts(extract_source(PLAIN))
    for kind in plain:
        assert found[kind] == plain[kind], kind


def test_the_example_as_an_old_word_file_says_the_same() -> None:
    assert facts(extract_source(read_doc(doc(HENAN), "henan.doc"))) == facts(extract_source(PLAIN))


# format → numbers and what Word prints for them
NUMBERS = [
    ("decimal", {1: "1", 12: "12"}),
    ("decimalZero", {1: "01", 12: "12"}),
    ("upperRoman", {4: "IV", 9: "IX", 1994: "MCMXCIV", 4000: "4000"}),
    ("lowerRoman", {3: "iii", 40: "xl"}),
    ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB"}),
    ("lowerLetter", {2: "b", 28: "bb"}),
    ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 101: "一〇一"}),
    (
        "chineseCountingThousand",
        {10: "十", 12: "十二", 20: "二十", 100: "一百", 105: "一百零五", 110: "一百一十", 1001: "一千零一"},
    ),
    ("chineseCountingThousand", {10_000: "一万", 10_500: "一万零五百", 12_345: "一万二千三百四十五"}),
    ("taiwaneseCountingThousand", {11: "十一", 100: "一百", 20_000: "二萬"}),
    ("japaneseCounting", {1: "一", 10: "十", 21: "二十一", 100: "百", 105: "百五"}),
    ("ideographDigital", {10: "一〇", 23: "二三"}),
    ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
    ("ideographZodiac", {1: "子", 12: "亥", 13: "13"}),
    ("ideographZodiacTraditional", {1: "甲子", 11: "甲戌", 60: "癸亥"}),
    ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 25: "贰拾伍", 105: "壹佰零伍"}),
    ("decimalFullWidth", {12: "１２"}),
    ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
    ("decimalEnclosedCircleChinese", {10: "⑩"}),
    ("decimalEnclosedParen", {3: "⑶"}),
    ("decimalEnclosedFullstop", {3: "⒊"}),
    ("ideographEnclosedCircle", {1: "㈠", 10: "㈩", 11: "11"}),
    ("ordinal", {1: "1st", 12: "12th", 23: "23rd"}),
    ("numberInDash", {3: "- 3 -"}),
    ("bullet", {1: ""}),
    ("none", {1: ""}),
    ("hebrew1", {3: "3"}),  # another script: in digits
    ("lowerLetter", {100_000: "100000"}),  # and not a line of 3,847 letters
]


@pytest.mark.parametrize(("form", "printed"), NUMBERS)
def test_number_formats(form: str, printed: dict[int, str]) -> None:
    assert {n: number_text(n, form) for n in printed} == printed


def test_chinese_numbers_are_those_that_extraction_reads() -> None:
    for n in range(1, 1000):
        assert chinese_integer(number_text(n, "chineseCountingThousand")) == n


CHINESE = "chineseCountingThousand"
# (numbering.xml, styles.xml, the paragraphs as (list, level, style), what is printed before each)
STEPS = level(0, CHINESE, "%1、") + level(1, CHINESE, "（%2）") + level(2, "decimal", "%3.")
NUMBERING = [
    # three levels, each counted anew below the one above
    (
        abstract("1", STEPS) + number("1", "1"),
        "",
        [("1", 0), ("1", 1), ("1", 1), ("1", 2), ("1", 0), ("1", 1)],
        ["一、", "（一）", "（二）", "1.", "二、", "（一）"],
    ),
    # articles count on over chapters: w:lvlRestart 0
    (
        abstract("1", level(0, CHINESE, "第%1章") + level(1, CHINESE, "第%2条", '<w:lvlRestart w:val="0"/>'))
        + number("1", "1"),
        "",
        [("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1)],
        ["第一章　", "第一条　", "第二条　", "第二章　", "第三条　"],
    ),
    # the third level begins anew after the first one only: w:lvlRestart 1
    (
        abstract(
            "1",
            level(0, "decimal", "%1.")
            + level(1, "decimal", "%2)")
            + level(2, "lowerLetter", "%3)", '<w:lvlRestart w:val="1"/>'),
        )
        + number("1", "1"),
        "",
        [("1", 0), ("1", 1), ("1", 2), ("1", 1), ("1", 2), ("1", 0), ("1", 2)],
        ["1.", "1)", "a)", "2)", "b)", "2.", "a)"],
    ),
    # numbers of the levels above; a level above that was not used yet shows its first count
    (
        abstract("1", level(0, "decimal", "%1") + level(1, "decimal", "%1.%2") + level(2, "decimal", "%1.%2.%3"))
        + number("1", "1"),
        "",
        [("1", 1), ("1", 0), ("1", 1), ("1", 2)],
        ["1.1　", "1　", "1.1　", "1.1.1　"],
    ),
    # w:isLgl: the numbers above in digits, though they are printed in Chinese themselves
    (
        abstract("1", level(0, CHINESE, "%1、") + level(1, "decimal", "%1.%2", "<w:isLgl/>")) + number("1", "1"),
        "",
        [("1", 0), ("1", 1), ("1", 1)],
        ["一、", "1.1　", "1.2　"],
    ),
    # two lists of one abstract list count on together …
    (
        abstract("1", STEPS) + number("1", "1") + number("2", "1"),
        "",
        [("1", 0), ("2", 0), ("1", 0)],
        ["一、", "二、", "三、"],
    ),
    # … unless one starts anew, which it does once
    (
        abstract("1", STEPS) + number("1", "1") + number("2", "1", restart(0)),
        "",
        [("1", 0), ("1", 0), ("2", 0), ("2", 0)],
        ["一、", "二、", "一、", "二、"],
    ),
    # a list that begins with another number, and a level that a list makes its own
    (
        abstract("1", STEPS)
        + number("1", "1", restart(0, 5))
        + number("2", "1", f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1.")}</w:lvlOverride>'),
        "",
        [("1", 0), ("1", 0), ("2", 0)],
        ["五、", "六、", "VII."],
    ),
    # lists of two abstract lists count apart
    (
        abstract("1", STEPS) + abstract("2", level(0, "decimal", "%1.")) + number("1", "1") + number("2", "2"),
        "",
        [("1", 0), ("2", 0), ("1", 0), ("2", 0)],
        ["一、", "1.", "二、", "2."],
    ),
    # what follows the number: nothing, a space
    (
        abstract("1", level(0, "decimal", "第%1条", '<w:suff w:val="nothing"/>'))
        + abstract("2", level(0, "decimal", "%1.", '<w:suff w:val="space"/>'))
        + number("1", "1")
        + number("2", "2"),
        "",
        [("1", 0), ("2", 0)],
        ["第1条", "1. "],
    ),
    # bullets print no number, and neither does a list that is not there; numId 0 takes a number away
    (
        abstract("1", level(0, "bullet", "\uf06c")) + number("1", "1"),
        "",
        [("1", 0), ("9", 0), ("0", 0)],
        ["", "", ""],
    ),
    # the list comes from the style, or from the style that it is based on; the level from the link of the level
    (
        abstract(
            "1",
            level(0, CHINESE, "%1、", '<w:pStyle w:val="H1"/>') + level(1, CHINESE, "（%2）", '<w:pStyle w:val="H2"/>'),
        )
        + number("1", "1"),
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:basedOn w:val="H2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>',
        [(None, 0, "H1"), (None, 0, "H2"), (None, 0, "Own"), (None, 0, "Loop"), ("0", 0, "H1"), (None, 0, "H1")],
        ["一、", "（一）", "（二）", "", "", "二、"],
    ),
    # an abstract list that only points at a numbering style
    (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Art"/></w:abstractNum>'
        + abstract("2", level(0, CHINESE, "第%1条 ", '<w:suff w:val="nothing"/>'))
        + number("1", "1")
        + number("2", "2"),
        '<w:style w:type="numbering" w:styleId="Art"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>',
        [("1", 0), ("1", 0)],
        ["第一条 ", "第二条 "],
    ),
    # a format of one's own, with one beside it for programs that do not know it
    (
        abstract(
            "1",
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
            '<w:numFmt w:val="custom" w:format="001, 002"/></mc:Choice><mc:Fallback><w:numFmt w:val="decimalZero"/>'
            '</mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>',
        )
        + number("1", "1"),
        "",
        [("1", 0), ("1", 0)],
        ["01.", "02."],
    ),
]


@pytest.mark.parametrize("row", range(len(NUMBERING)))
def test_automatic_numbers(row: int) -> None:
    numbering, styles, paragraphs, printed = NUMBERING[row]
    body = "".join(paragraph(run("文"), made[0], made[1], *made[2:]) for made in paragraphs)  # type: ignore[misc]
    assert lines(body, numbering=numbering, styles=styles) == [before + "文" for before in printed]


def field(instruction: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        mark.format("begin")
        + f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        + mark.format("separate")
        + result
        + mark.format("end")
    )


BOX = f"<w:txbxContent>{paragraph(run('框中的字'))}</w:txbxContent>"
# what stands in a paragraph → the lines that are printed
PRINTED = [
    ("insertions stay", f"补助<w:ins>{run('20')}</w:ins>万元", ["补助20万元"]),
    ("deletions go", f"补助<w:del><w:r><w:delText>10</w:delText></w:r></w:del><w:ins>{run('20')}</w:ins>", ["补助20"]),
    ("moves", f"<w:moveFrom>{run('走')}</w:moveFrom><w:moveTo>{run('来')}</w:moveTo>", ["来"]),
    ("links stay", f"见<w:hyperlink>{run('附件')}</w:hyperlink>", ["见附件"]),
    ("hidden text goes", run("显") + run("隐", "<w:vanish/>") + run("示", '<w:vanish w:val="0"/>'), ["显示"]),
    ("a line break ends a line", "<w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r>", ["上", "下"]),
    ("tabs are spaces", "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", ["甲 乙"]),
    ("hyphens", "<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t></w:r>", ["a-bc"]),
    ("symbols", '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="宋体" w:char="2265"/></w:r>', ["☑≥"]),
    ("unknown symbols go", '<w:r><w:sym w:font="Webdings" w:char="F031"/><w:sym w:char="zz"/></w:r>文', ["文"]),
    ("page numbers go", "第" + field(" PAGE  \\* MERGEFORMAT ", run("3")) + "页", ["第页"]),
    ("results stay", field(' DATE \\@ "yyyy" ', run("2022年")) + "起", ["2022年起"]),
    ("a field in a field", field(" IF " + field(" PAGE ", run("1")) + " ", run("甲")) + "乙", ["甲乙"]),
    ("simple fields", f'<w:fldSimple w:instr="NUMPAGES">{run("9")}</w:fldSimple>页', ["页"]),
    ("simple fields stay", f'<w:fldSimple w:instr=" REF a ">{run("第一条")}</w:fldSimple>', ["第一条"]),
    ("controls", f"<w:sdt><w:sdtPr/><w:sdtContent>{run('张三')}</w:sdtContent></w:sdt>", ["张三"]),
    (
        "pronunciation goes",
        f"<w:r><w:ruby><w:rt>{run('yu')}</w:rt><w:rubyBase>{run('豫')}</w:rubyBase></w:ruby></w:r>",
        ["豫"],
    ),
    ("formulas", "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num></m:f></m:oMath>", ["1"]),
    (
        "a text box once",
        '文<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"{BOX}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        ["文", "框中的字"],
    ),
    (
        "an old text box",
        f"<w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r>",
        ["", "框中的字"],
    ),
    ("a field without end", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("文"), ["文"]),
    (
        "comments go",
        '<w:commentRangeStart w:id="1"/>' + run("文") + '<w:r><w:commentReference w:id="1"/></w:r>',
        ["文"],
    ),
]


@pytest.mark.parametrize(("why", "content", "printed"), PRINTED)
def test_what_is_printed_of_a_paragraph(why: str, content: str, printed: list[str]) -> None:
    # bare text stands for a run
    parts = [p if p.startswith("<") or not p else run(p) for p in _split(content)]
    assert lines(paragraph("".join(parts))) == printed


def _split(content: str) -> list[str]:
    head, mark, rest = content.partition("<")
    if not mark:
        return [head]
    end = rest.rfind(">")
    return [head, "<" + rest[: end + 1], rest[end + 1 :]]


def test_a_field_without_end_hides_no_later_paragraph() -> None:
    begun = paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>')
    assert lines(begun + paragraph(run("一、对企业给予补助。")))[-1] == "一、对企业给予补助。"


def test_a_table_of_contents_goes() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    contents = (
        paragraph(
            mark.format("begin")
            + "<w:r><w:instrText>TOC \\o</w:instrText></w:r>"
            + mark.format("separate")
            + run("一、总则 1")
        )
        + paragraph(run("二、附则 9"))
        + paragraph(mark.format("end"))
    )
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph(run('一、总则 1'))}</w:sdtContent></w:sdt>"
    )
    assert [line for line in lines(contents + control + paragraph(run("正文"))) if line] == ["正文"]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    assert lines(paragraph(run("对企业"), extra=deleted) + paragraph(run("给予补助。"))) == ["对企业给予补助。"]


def test_notes_stand_after_the_text_and_headers_nowhere() -> None:
    note = '<w:footnote w:id="{}"{}>{}</w:footnote>'
    found = lines(
        paragraph(run("补助50万元") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("。")) + paragraph(run("二")),
        footnotes=note.format("0", ' w:type="separator"', paragraph(run("线")))
        + note.format("2", "", paragraph(run("按税后计算。"))),
    )
    assert found == ["补助50万元。", "二", "", "按税后计算。"]


def cell(text: str, properties: str = "") -> str:
    made = "".join(paragraph(run(part)) for part in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{made}</w:tc>"


def row(*cells: str, header: bool = False) -> str:
    return f"<w:tr><w:trPr>{'<w:tblHeader/>' if header else ''}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def cells_of(source: Source) -> list[list[str]]:
    return [[source.quote(c) if c else "" for c in cells] for cells in source.tables[0].rows]


SPAN, DOWN, COVERED = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
AMOUNTS = table(
    row(cell("奖励对象", DOWN), cell("奖励标准（万元）", SPAN)),
    row(cell("", COVERED), cell("首次认定"), cell("重新认定")),
    row(cell("高新技术企业"), cell("20"), cell("10")),
    row(cell("专精特新\n“小巨人”企业"), cell("不超过50", SPAN)),
)
AMOUNT_CELLS = [
    ["奖励对象", "奖励标准（万元）", "奖励标准（万元）"],
    ["奖励对象", "首次认定", "重新认定"],
    ["高新技术企业", "20", "10"],
    ["专精特新 “小巨人”企业", "不超过50", "不超过50"],
]


def test_a_table_keeps_its_cells_with_those_that_span_others() -> None:
    source = read_docx(docx(paragraph(run("一、标准如下：")) + AMOUNTS + paragraph(run("二、附则"))), "a.docx")
    assert cells_of(source) == AMOUNT_CELLS
    assert source.tables[0].headings == 2
    assert source.text.splitlines() == [
        "一、标准如下：",
        "奖励对象\t奖励标准（万元）\t",
        "\t首次认定\t重新认定",
        "高新技术企业\t20\t10",
        "专精特新 “小巨人”企业\t不超过50\t",
        "二、附则",
    ]


def test_rows_that_word_repeats_on_each_page_head_a_table() -> None:
    rows = [row(cell(c), cell("甲"), header=c in "12") for c in "1234"]
    assert read_docx(docx(table(*rows)), "a.docx").tables[0].headings == 2
    assert read_docx(docx(table(*[row(cell(c), cell("甲")) for c in "1234"])), "a.docx").tables[0].headings == 1


def test_rows_that_are_deleted_go() -> None:
    gone = row(cell("走"), cell("了")).replace("<w:trPr>", "<w:trPr><w:del/>")
    source = read_docx(docx(table(row(cell("甲"), cell("乙")), gone, row(cell("丙"), cell("丁")))), "a.docx")
    assert cells_of(source) == [["甲", "乙"], ["丙", "丁"]]


PAGE_CELL = "\n".join(
    f"（{n}）对符合条件的企业给予补助，资金由市、县两级财政各承担一半，具体办法由市财政局会同有关部门另行制定并公布，自印发之日起施行，由本局负责解释，执行中的问题请及时反馈，以便研究完善。"
    for n in "一二三四五六"
)
LAYOUT = [
    ("one column", table(row(cell("甲")), row(cell("乙"))), ["甲", "乙"]),
    ("one row", table(row(cell("豫政办〔2022〕14号"), cell("签发人：张三"))), ["豫政办〔2022〕14号", "签发人：张三"]),
    (
        "a table in a table",
        table(row(cell("甲"), f"<w:tc>{table(row(cell('乙'), cell('丙')), row(cell('丁')))}</w:tc>"), row(cell("戊"))),
        list("甲乙丙丁戊"),
    ),
    (
        "a page in a cell",
        table(row(cell("甲"), cell("乙")), row(cell(PAGE_CELL), cell("丙"))),
        ["甲", "乙", *PAGE_CELL.split("\n"), "丙"],
    ),
]


@pytest.mark.parametrize(("why", "body", "printed"), LAYOUT)
def test_a_table_that_arranges_a_page_is_lines(why: str, body: str, printed: list[str]) -> None:
    source = read_docx(docx(body), "a.docx")
    assert source.tables == ()
    assert source.text.splitlines() == printed


def test_numbers_count_on_in_cells() -> None:
    parts = {"numbering": abstract("1", level(0, "decimal", "%1.")) + number("1", "1")}
    item = paragraph(run("项"), "1")
    body = item + table(row(f"<w:tc>{item}</w:tc>", cell("甲")), row(f"<w:tc>{item}</w:tc>", cell("乙"))) + item
    assert lines(body, **parts) == ["1.项", "2.项\t甲", "3.项\t乙", "4.项"]


def strict(data: bytes) -> bytes:
    """The package in the Strict form of the standard."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for old, new in (
        (
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"),
    ):
        members = {name: part.replace(old, new) for name, part in members.items()}
    return zipped(members)


def test_macro_files_and_the_strict_form_are_read_the_same() -> None:
    body = paragraph(run("一、对企业给予补助。"))
    parts = {"numbering": abstract("1", STEPS) + number("1", "1")}
    text = read_docx(docx(body, **parts), "a.docx").text
    assert read_docx(docx(body, macro=True, **parts), "a.docm").text == text
    assert read_docx(strict(docx(paragraph(run("甲"), "1"), **parts)), "a.docx").text == "一、甲\n"


def changed(data: bytes, **members: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    return zipped(kept | {name.replace("__", "/") + ".xml": part for name, part in members.items()})


ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]>'
DEEP = word_part("document", "<w:body>" + "<w:sdt><w:sdtContent>" * 400 + "</w:sdtContent></w:sdt>" * 400 + "</w:body>")
WIDE = table(row(*[cell("甲", '<w:gridSpan w:val="999999999"/>')] * 50), row(cell("乙"), cell("丙")))


def encrypted() -> bytes:
    data = bytearray(docx(paragraph(run("文"))))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for info in archive.infolist():
            data[info.header_offset + 6] |= 1
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


REFUSED: list[tuple[Callable[[bytes, str], Source], Callable[[], bytes], str, str]] = [
    (read_docx, lambda: ole({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "password", "Remove the password"),
    (read_docx, encrypted, "password", "Remove the password"),
    (read_docx, lambda: henan_docx()[:9000], "damaged Word file", "Fetch"),
    (read_docx, lambda: zipped({"a.txt": "一"}), "damaged Word file", "Fetch"),
    (read_docx, lambda: changed(henan_docx(), word__document=b"<w:document"), "damaged", "Fetch"),
    (read_docx, lambda: changed(henan_docx(), word__document=b""), "damaged", "Fetch"),
    (read_docx, lambda: changed(henan_docx(), word__numbering=ENTITIES.encode()), "XML entities", "Do not use"),
    (read_docx, lambda: changed(henan_docx(), word__document=ENTITIES.encode("utf-16")), "XML entities", "Do not use"),
    (read_docx, lambda: changed(henan_docx(), word__document=DEEP.encode()), "damaged", "Fetch"),
    (read_docx, lambda: changed(henan_docx(), word__media=bytes(300 * 1024 * 1024)), "archive bomb", "Do not use"),
    (read_docx, lambda: zipped({f"a{n}": b"" for n in range(10_001)}), "10001 parts", "Do not use"),
    (read_docx, lambda: zipped({"_rels/.rels": '<Relationships xmlns="a"/>'}), "no Word text", ".docx"),
    (read_doc, lambda: doc("文", encrypted=True), "password", "Remove the password"),
    (read_doc, lambda: ole({"EncryptedPackage": b"x"}), "password", "Remove the password"),
    (read_doc, lambda: ole({"Workbook": b"x"}), "Excel workbook", "Save"),
    (read_doc, lambda: ole({"PowerPoint Document": b"x"}), "PowerPoint", "Save"),
    (read_doc, lambda: ole({"Contents": b"x"}), "without a Word document", "open it in Word or WPS"),
    (read_doc, lambda: ole({"WordDocument": bytes(600), "1Table": b""}), "Word 95", "Open it in Word or WPS"),
    (read_doc, lambda: doc(HENAN).replace(b"\x02\x10\0\0\0\0", b"\x03\x10\0\0\0\0"), "damaged Word file", "Fetch"),
    (read_doc, lambda: doc(HENAN)[:8000], "without a Word document", "again"),
]


@pytest.mark.parametrize("row", range(len(REFUSED)))
def test_a_refusal_names_file_and_cure(row: int) -> None:
    read, make, problem, cure = REFUSED[row]
    with pytest.raises(UnreadableError) as caught:
        read(make(), "folder/政策.bin")
    assert caught.value.name == "folder/政策.bin"
    assert problem in caught.value.problem
    assert cure in caught.value.cure


def test_a_cell_that_says_it_spans_a_billion_columns_does_not() -> None:
    source = read_docx(docx(WIDE), "a.docx")
    assert max(len(cells) for cells in source.tables[0].rows) <= 63


OLD = [
    ("fields", "第\x13 PAGE \\* MERGEFORMAT \x143\x15页，见\x13 HYPERLINK a \x14附件\x15。", "第页，见附件。"),
    ("breaks and hyphens", "甲\x0b乙\x1e丙\x1f丁\x0c戊", "甲\n乙-丙丁\n戊"),
    ("marks of notes, pictures and comments", "补助\x0250万元\x05\x01\x08。", "补助50万元。"),
    ("a field without end", "甲\x13 PAGE 乙", "甲 PAGE 乙"),
    ("beyond the first plane", "\U00020bb7氏\n第二段", "\U00020bb7氏\n第二段"),
]


@pytest.mark.parametrize(("why", "text", "printed"), OLD)
def test_what_is_printed_of_an_old_word_file(why: str, text: str, printed: str) -> None:
    assert read_doc(doc(text), "a.doc").text == printed + "\n"


def test_an_old_word_file_that_holds_a_workbook_is_still_one() -> None:
    # a sheet that is pasted into a document has a stream of its own
    with_sheet = doc("一、对企业给予补助。", more={"Workbook": b"x"})
    assert read_doc(with_sheet, "a.doc").text == "一、对企业给予补助。\n"


CHINESE_OLD = 39
NINE = [
    old_level(CHINESE_OLD, "\0、"),
    old_level(CHINESE_OLD, "（\1）"),
    old_level(0, "\2.", follows=1),
    *[old_level(0, "\3") for _ in range(6)],
]


def test_automatic_numbers_of_an_old_word_file() -> None:
    # two uses of one list, of which the second begins anew; a bullet; a paragraph in no list
    lists = old_lists({7: NINE, 8: [old_level(23, "\uf06c")]}, [(7, []), (7, [(0, 1)]), (8, [])])
    made = [in_list(1), in_list(1, 1), in_list(1, 1), in_list(1, 2), in_list(1), in_list(2), in_list(3), b""]
    streams = doc_streams("文\n" * 8, properties={n: (0, p) for n, p in enumerate(made)}, lists=lists)
    printed = ["一、", "（一）", "（二）", "1. ", "二、", "一、", "", ""]
    assert read_doc(ole(streams), "a.doc").text.splitlines() == [before + "文" for before in printed]


def test_articles_of_an_old_word_file_count_on_over_chapters() -> None:
    levels = [old_level(CHINESE_OLD, "第\0章"), old_level(CHINESE_OLD, "第\1条", flags=8), *NINE[2:]]
    made = [in_list(1), in_list(1, 1), in_list(1), in_list(1, 1)]
    streams = doc_streams(
        "文\n" * 4, properties={n: (0, p) for n, p in enumerate(made)}, lists=old_lists({7: levels}, [(7, [])])
    )
    assert read_doc(ole(streams), "a.doc").text.split() == ["第一章文", "第一条文", "第二章文", "第二条文"]


def test_numbers_of_an_old_word_file_that_come_from_a_style() -> None:
    # style 2 is based on style 1, which names the list; it names the level itself
    styles = {1: (0xFFF, in_list(1)), 2: (1, struct.pack("<HB", 0x260A, 1))}
    streams = doc_streams(
        "文\n" * 3,
        properties={0: (1, b""), 1: (2, b""), 2: (1, struct.pack("<HH", 0x460B, 0))},
        lists=old_lists({7: NINE}, [(7, [])]),
        styles=styles,
    )
    assert read_doc(ole(streams), "a.doc").text.split() == ["一、文", "（一）文", "文"]


def test_a_table_of_an_old_word_file_keeps_its_cells() -> None:
    cells = ["企业类型", "奖励（万元）", "高新技术企业\n（首次）", "20", "小巨人企业", ""]
    text = "一、标准如下：\n"
    properties: dict[int, tuple[int, bytes]] = {}
    for n, held in enumerate(cells):
        text += held + "\x07" + ("\x07" if n % 2 else "")
        for made in [IN_TABLE] * (1 + held.count("\n")) + ([ROW_END] if n % 2 else []):
            properties[1 + len(properties)] = (0, made)
    source = read_doc(ole(doc_streams(text + "二、附则\n", properties=properties)), "a.doc")
    assert cells_of(source) == [["企业类型", "奖励（万元）"], ["高新技术企业 （首次）", "20"], ["小巨人企业", ""]]
    assert source.text.startswith("一、标准如下：\n企业类型\t")
    assert source.text.endswith("\n二、附则\n")


def test_a_row_with_long_properties_is_a_row_all_the_same() -> None:
    """Word keeps the properties of wide rows in the stream Data."""
    text = "甲\x07乙\x07\x07丙\x07丁\x07\x07戊\n"
    huge = struct.pack("<HI", 0x6646, 4)
    properties = {n: (0, huge if n in (2, 5) else IN_TABLE) for n in range(6)}
    data = bytes(4) + struct.pack("<H", len(ROW_END)) + ROW_END
    source = read_doc(ole(doc_streams(text, properties=properties) | {"Data": data}), "a.doc")
    assert cells_of(source) == [["甲", "乙"], ["丙", "丁"]]


def row_end(ends: list[int], flags: list[int]) -> bytes:
    """The properties of the mark at the end of a row: borders of its cells, and how each is merged."""
    cells = b"".join(struct.pack("<H18x", flag) for flag in flags)
    made = bytes([len(flags)]) + struct.pack(f"<{len(ends)}h", *ends) + cells
    return ROW_END + struct.pack("<HH", 0xD608, len(made) + 1) + made


BEGUN, GOES_ON = 3 << 5, 1 << 5
# borders and flags of two rows whose cells are 甲 乙 丙 and 丁 戊 己, and the grid
MERGED = [
    (([0, 10, 20, 30], [0, 0, 0]), ([0, 10, 20, 30], [0, 0, 0]), [["甲", "乙", "丙"], ["丁", "戊", "己"]]),
    (([0, 10, 20, 30], [0, 2, 1]), ([0, 10, 20, 30], [0, 0, 0]), [["甲", "乙", "乙"], ["丁", "戊", "己"]]),
    (([0, 10, 20, 30], [BEGUN, 0, 0]), ([0, 10, 20, 30], [GOES_ON, 0, 0]), [["甲", "乙", "丙"], ["甲", "戊", "己"]]),
    (([0, 10, 30, 40], [0, 0, 0]), ([0, 10, 20, 40], [0, 0, 0]), [["甲", "乙", "乙", "丙"], ["丁", "戊", "己", "己"]]),
    (([0, 10, 20, 30], [0, 0, 0]), ([10, 20, 30, 40], [0, 0, 0]), [["甲", "乙", "丙"], ["", "丁", "戊", "己"]]),
    (([0, 10, 20], [0, 0]), ([30, 20, 10, 0], [0, 0, 0]), [["甲", "乙", "丙"], ["丁", "戊", "己"]]),  # damaged
]


@pytest.mark.parametrize(("first", "second", "grid"), MERGED)
def test_merged_cells_of_an_old_word_file(
    first: tuple[list[int], list[int]], second: tuple[list[int], list[int]], grid: list[list[str]]
) -> None:
    properties: dict[int, tuple[int, bytes]] = dict.fromkeys(range(8), (0, IN_TABLE))
    for n, (ends, flags) in ((3, first), (7, second)):
        properties[n] = (0, row_end([100 * end for end in ends], flags))
    text = "甲\x07乙\x07丙\x07\x07丁\x07戊\x07己\x07\x07庚\n"
    source = read_doc(ole(doc_streams(text, properties=properties)), "a.doc")
    assert cells_of(source) == grid
    assert source.text.endswith("庚\n")


def test_what_an_old_word_file_hides_or_has_deleted_is_not_read() -> None:
    text, begin = "给予补助十五万元。\n全删\n完。\n", 2048
    streams = doc_streams(text)
    # one page of character properties: deleted, plain, hidden, plain, switched off
    ends = [begin + 2 * at for at in (0, 4, 5, 6, 10, 12, len(text))]
    page = bytearray(struct.pack("<7I", *ends).ljust(512, b"\0"))
    for n, (code, value) in {0: (0x0800, 0), 2: (0x083C, 1), 4: (0x0800, 1)}.items():
        page[28 + n] = 200 + 4 * n
        page[2 * page[28 + n] : 2 * page[28 + n] + 4] = struct.pack("<BHB", 3, code, value)
    page[511] = 6
    word = bytearray(streams["WordDocument"])
    at = len(word) // 512
    places = struct.pack("<3I", ends[0], ends[-1], at)
    struct.pack_into("<II", word, 154 + 12 * 8, len(streams["1Table"]), len(places))
    made = {"WordDocument": bytes(word + page), "1Table": streams["1Table"] + places}
    assert read_doc(ole(made), "a.doc").text == "给予补助十万元。\n\n完。\n"


def test_the_example_as_an_old_word_file_with_automatic_numbers_says_the_same() -> None:
    kept, properties, uses = [], {}, []
    for n, line in enumerate(HENAN.splitlines()):
        at = next((at for at, label in enumerate(LABELS[:2]) if re.match(label, line)), None)
        if at is not None:
            label = re.match(LABELS[at], line)[0]  # type: ignore[index]
            uses += [(7, [(0, 1)])] if label == "一、" else []
            properties[n] = (0, in_list(len(uses), at))
            line = line[len(label) :]
        kept.append(line)
    streams = doc_streams("\n".join(kept) + "\n", properties=properties, lists=old_lists({7: NINE}, uses))
    source = read_doc(ole(streams), "henan.doc")
    assert "一、完善" not in "".join(kept)
    assert facts(extract_source(source)) == facts(extract_source(PLAIN))


def test_a_table_of_amounts_becomes_measures() -> None:
    head = "".join(
        paragraph(run(t)) for t in ("某市人民政府关于支持企业发展的通知", "一、奖励。对通过认定的企业按下表给予奖励。")
    )
    source = read_docx(docx(head + AMOUNTS + paragraph(run("二、由市财政局负责解释。"))), "a.docx")
    rows = [measure for measure in extract_source(source).measures if measure.rule == "table-row"]
    amounts = {(str(q.value), q.bound, source.quote(q.span)) for row in rows for q in row.quantities}
    assert {("200000", "exact", "20"), ("100000", "exact", "10"), ("500000", "max", "50")} <= amounts


def test_a_library_that_is_not_installed_is_named_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml.etree", None)
    with pytest.raises(MissingExtraError, match=r"lxml.*pip install 'zhengce\[readers\]'"):
        read_docx(henan_docx(), "a.docx")
