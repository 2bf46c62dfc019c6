"""PDF and OFD files: the same facts as the plain text, reading order, running heads, tables, pages, and refusals."""

import pytest
from formats import assert_refused, facts
from makers import (
    HENAN,
    RUNNING_HEAD,
    canvas,
    glyph_pdf,
    henan_ofd,
    henan_pdf,
    ofd,
    paged,
    path_object,
    pdf_of,
    text_object,
    zipped,
)
from zhengce.extract.pipeline import extract_source
from zhengce.extract.readers.paged.ofd import read_ofd
from zhengce.extract.readers.paged.pdf import read_pdf
from zhengce.extract.records import Source

PLAIN = Source(HENAN, "henan.txt", "text/plain", "utf-8", "")
PAGED = {
    "pdf": (read_pdf, henan_pdf),
    # glyph numbers with their characters beside them, as word processors write PDF; no running heads
    "pdf-glyphs": (read_pdf, lambda: glyph_pdf(paged(HENAN, 27))),
    "ofd": (read_ofd, henan_ofd),
}


@pytest.mark.parametrize("form", PAGED)
def test_the_example_says_the_same_on_pages(form: str) -> None:
    read, make = PAGED[form]
    source = read(make(), f"henan.{form}")
    plain, found = facts(extract_source(PLAIN)), facts(extract_source(source))
    for kind in plain:
        assert found[kind] == plain[kind], kind
    assert found["measures"]


@pytest.mark.parametrize("form", ["pdf", "ofd"])
def test_running_heads_and_page_numbers_go_and_pages_stay(form: str) -> None:
    read, make = PAGED[form]
    source = read(make(), f"henan.{form}")
    assert RUNNING_HEAD not in source.text
    assert "—" not in source.text
    assert len(source.pages) == len(paged(HENAN))
    once = [
        (number, line)
        for number, lines in enumerate(paged(HENAN), 1)
        for line in map(str.strip, lines)
        if source.text.count(line) == 1
    ]
    assert len(once) > 400
    for number, line in once:
        assert source.page(source.text.index(line)) == number


def test_a_line_that_comes_again_in_the_text_stays() -> None:
    page, out = canvas()
    for n in range(4):
        # at another height on each page: a sentence and no running head
        page.setFont("STSong-Light", 12)
        for m in range(12 + n):
            page.drawString(73, 760 - 28 * m, f"第{n}页第{m}行，对企业给予补助。")
        page.drawString(73, 760 - 28 * (12 + n), "本条由市财政局负责解释。")
        page.showPage()
    page.save()
    assert read_pdf(out.getvalue(), "a.pdf").text.count("本条由市财政局负责解释。") == 4


def prose(side: str, lines: int) -> list[str]:
    return [f"{side}栏第{n:02}行，对符合条件的企业给予补助资金" for n in range(lines)]


def test_two_columns_are_read_one_after_the_other() -> None:
    page, out = canvas()
    page.setFont("STSong-Light", 18)
    page.drawCentredString(297, 790, "关于支持企业发展的若干政策措施的通知")
    page.setFont("STSong-Light", 10)
    for n, (left, right) in enumerate(zip(prose("左", 20), prose("右", 20), strict=True)):
        # drawn row by row: the order of the file is not the order of reading
        page.drawString(60, 740 - 20 * n, left)
        page.drawString(310, 740 - 20 * n, right)
    page.save()
    lines = read_pdf(out.getvalue(), "a.pdf").text.splitlines()
    assert lines == ["关于支持企业发展的若干政策措施的通知", *prose("左", 20), *prose("右", 20)]


def test_two_short_columns_of_names_are_no_columns_of_prose() -> None:
    page, out = canvas()
    page.setFont("STSong-Light", 10)
    for n in range(12):
        page.drawString(60, 740 - 20 * n, f"单位{n}")
        page.drawString(310, 740 - 20 * n, f"{n}万元")
    page.save()
    assert read_pdf(out.getvalue(), "a.pdf").text.splitlines()[:2] == ["单位0 0万元", "单位1 1万元"]


# 类别 spans two rows, 奖补标准 two columns, 机器人 two rows
CELLS = [
    [("类别", 60, 2, 1), ("奖补标准（万元）", 200, 1, 2)],
    [("一等", 200, 1, 1), ("二等", 340, 1, 1)],
    [("机器人", 60, 2, 1), ("50", 200, 1, 1), ("30", 340, 1, 1)],
    [("40", 200, 1, 1), ("20", 340, 1, 1)],
]
SPANNED = [
    ["类别", "奖补标准（万元）", "奖补标准（万元）"],
    ["类别", "一等", "二等"],
    ["机器人", "50", "30"],
    ["机器人", "40", "20"],
]


def cells_of(source: Source) -> list[list[list[str]]]:
    return [[[source.quote(c) if c else "" for c in row] for row in table.rows] for table in source.tables]


def test_a_ruled_table_in_a_pdf_keeps_its_cells() -> None:
    page, out = canvas()
    page.drawString(60, 760, "一、奖补标准。按下表执行。")
    for r, row in enumerate(CELLS):
        for text, x, height, width in row:
            page.rect(x, 700 - 20 * (r + height - 1), 140 * width, 20 * height)
            page.drawString(x + 4, 706 - 20 * r, text)
    page.drawString(60, 600, "二、本措施自印发之日起施行。")
    page.save()
    source = read_pdf(out.getvalue(), "a.pdf")
    assert cells_of(source) == [SPANNED]
    assert source.tables[0].headings == 2
    assert source.text.startswith("一、奖补标准。按下表执行。\n类别\t")
    assert source.text.endswith("二、本措施自印发之日起施行。\n")


def test_a_table_that_goes_on_over_the_page_is_one_table() -> None:
    page, out = canvas()
    for sheet in range(2):
        page.setFont("STSong-Light", 10)
        for r in range(6):
            # the head is printed again on the second page
            cells = ("项目", "金额") if not r else (f"第{sheet}{r}项", f"{sheet}{r}万元")
            for c, text in enumerate(cells):
                page.rect(60 + 100 * c, 300 - 20 * r, 100, 20)
                page.drawString(64 + 100 * c, 306 - 20 * r, text)
        page.showPage()
    page.save()
    source = read_pdf(out.getvalue(), "a.pdf")
    assert len(source.tables) == 1
    assert [row[0] for row in cells_of(source)[0]] == ["项目", *[f"第{p}{r}项" for p in (0, 1) for r in range(1, 6)]]
    assert source.page(source.text.index("第05项")) == 1
    assert source.page(source.text.index("第11项")) == 2


def test_a_ruled_table_in_an_ofd_keeps_its_cells() -> None:
    objects = [text_object(1, "一、奖补标准。按下表执行。", 20, 30)]
    for r in range(4):
        objects.append(path_object(10 + r, 20, 40 + 8 * r, 140, 40 + 8 * r))
    for c in range(3):
        objects.append(path_object(20 + c, 20 + 60 * c, 40, 20 + 60 * c, 64))
    rows = [("项目", "金额（万元）"), ("高新技术企业", "20"), ("小巨人企业", "50")]
    for r, row in enumerate(rows):
        objects += [text_object(30 + 2 * r + c, text, 22 + 60 * c, 46 + 8 * r, 4) for c, text in enumerate(row)]
    objects.append(text_object(50, "二、由市财政局负责。", 20, 80))
    source = read_ofd(ofd(["".join(objects)]), "a.ofd")
    assert cells_of(source) == [[list(row) for row in rows]]
    assert source.text.splitlines()[0] == "一、奖补标准。按下表执行。"
    assert source.text.splitlines()[-1] == "二、由市财政局负责。"


def test_characters_placed_one_by_one_in_an_ofd_are_a_line() -> None:
    objects = "".join(text_object(n, c, 20 + 6 * n, 30) for n, c in enumerate("对小微企业免收租金。"))
    assert read_ofd(ofd([objects]), "a.ofd").text == "对小微企业免收租金。\n"


def test_a_turned_page_is_read_as_it_is_seen() -> None:
    page, out = canvas()
    page.setPageRotation(90)
    page.rotate(90)
    for n in range(6):
        page.drawString(60, -60 - 20 * n, f"第{n}行，对企业给予补助。")
    page.save()
    assert read_pdf(out.getvalue(), "a.pdf").text.splitlines() == [f"第{n}行，对企业给予补助。" for n in range(6)]


def test_a_rare_character_beyond_the_first_plane_does_not_shift_the_others() -> None:
    # PDFium counts it as two
    lines = ["对\U00020bb7氏企业免收租金。", "一、\U00020bb7\U00020bb7。", "二、减半收取。"]
    assert read_pdf(glyph_pdf([lines]), "a.pdf").text.splitlines() == lines


def scan(scanned: int = 1, printed: int = 0) -> bytes:
    """Pages that are pictures with a stamp on them, then pages with text."""
    page, out = canvas()
    for n in range(scanned + printed):
        page.setFont("STSong-Light", 10)
        if n < scanned:
            page.drawInlineImage(picture(), 0, 0, 595, 842)
            page.drawString(60, 30, "扫描软件")
        else:
            page.drawString(60, 700, "一、对符合条件的企业给予补助。")
        page.showPage()
    page.save()
    return out.getvalue()


def picture():  # type: ignore[no-untyped-def]
    from PIL import Image

    return Image.new("L", (60, 80), 200)


def locked() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    page, out = canvas(encrypt=StandardEncryption("secret", strength=128))
    page.drawString(60, 700, "一、对企业给予补助。")
    page.save()
    return out.getvalue()


def without_pages() -> bytes:
    return pdf_of(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 /Kids [] >>"])


GLYPHS = (
    '<ofd:CGTransform CodePosition="0" CodeCount="4" GlyphCount="4"><ofd:Glyphs>1 2 3 4</ofd:Glyphs></ofd:CGTransform>'
)
LOCKED_OFD = zipped({"OFD.xml": '<OFD xmlns="http://www.ofdspec.org/2016"><DocBody><Encryptions/></DocBody></OFD>'})
REFUSED = [
    (read_pdf, scan, "is a scan (1 of 1 pages are pictures) without a text layer: needs OCR", "OCR"),
    (read_pdf, lambda: scan(2, 1), "2 of 3 pages", "OCR"),
    (read_pdf, locked, "protected by a password", "Remove the password"),
    (read_pdf, lambda: glyph_pdf([["对小微企业免收租金。" * 3]], named=False), "needs OCR", "OCR"),
    (read_pdf, without_pages, "", "again"),
    (read_pdf, lambda: henan_pdf()[:400], "damaged PDF file", "again"),
    (read_pdf, lambda: b"%PDF-1.7\n", "damaged PDF file", "again"),
    (read_ofd, lambda: henan_ofd()[:4000], "damaged OFD file", "again"),
    (read_ofd, lambda: ofd([text_object(1, "¤¤¤¤", 20, 30, more=GLYPHS)]), "needs OCR", "docx"),
    (read_ofd, lambda: ofd([""]), "needs OCR", "docx"),
    (read_ofd, lambda: LOCKED_OFD, "protected by a password", "Remove the password"),
    (read_ofd, lambda: zipped({"OFD.xml": "<!DOCTYPE a><OFD/>"}), "XML entities", "Do not use"),
    (read_ofd, lambda: zipped({"a.txt": "一"}), "without OFD.xml", "again"),
]


@pytest.mark.parametrize("row", range(len(REFUSED)))
def test_a_refusal_names_file_and_cure(row: int) -> None:
    assert_refused(*REFUSED[row])


def test_a_scanned_page_among_printed_ones_does_not_stop_reading() -> None:
    assert "一、对符合条件的企业给予补助。" in read_pdf(scan(1, 1), "a.pdf").text


def test_a_password_that_only_forbids_printing_does_not_stop_reading() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    page, out = canvas(encrypt=StandardEncryption("", ownerPassword="secret", canPrint=0, strength=128))
    page.drawString(60, 700, "一、对企业给予补助。")
    page.save()
    assert read_pdf(out.getvalue(), "a.pdf").text == "一、对企业给予补助。\n"
