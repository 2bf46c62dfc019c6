"""Word files: what is printed and what is not, tables, notes; what is refused, of old ones too."""

import sys
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from formats import assert_refused, cells_of, facts, lines
from makers import (
    HENAN,
    abstract,
    doc,
    docx,
    henan_docx,
    level,
    number,
    ole,
    paragraph,
    run,
    word_part,
    zipped,
)
from test_word_numbers import STEPS
from zhengce.extract.errors import MissingExtraError
from zhengce.extract.pipeline import extract_source
from zhengce.extract.readers.word.doc import read_doc
from zhengce.extract.readers.word.docx import read_docx
from zhengce.extract.records import Source

PLAIN = Source(HENAN, "henan.txt", "text/plain", "utf-8", "")


def test_the_example_with_automatic_numbers_says_the_same() -> None:
    data = henan_docx()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert "一、完善" not in archive.read("word/document.xml").decode()
    found = facts(extract_source(read_docx(data, "henan.docx")))
    plain = facts(extract_source(PLAIN))
    for kind in plain:
        assert found[kind] == plain[kind], kind


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
    assert_refused(*REFUSED[row])


def test_a_cell_that_says_it_spans_a_billion_columns_does_not() -> None:
    source = read_docx(docx(WIDE), "a.docx")
    assert max(len(cells) for cells in source.tables[0].rows) <= 63


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
