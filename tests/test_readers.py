"""Bytes to text: encodings that are read, bytes that are refused, and that each refusal names file and cure."""

import codecs
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import zipped
from zhengce.extract.errors import UnreadableError
from zhengce.extract.readers import read, read_data

TEXT = "一、减轻房租压力。对小微企业免收租金。\n"

ENCODINGS = [
    ("utf-8", "utf-8", b""),
    ("utf-8", "utf-8", codecs.BOM_UTF8),
    ("gb18030", "gb18030", b""),
    ("gb2312", "gb18030", b""),  # GB2312 is part of GB18030
    ("utf-16-le", "utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", "utf-16-be", codecs.BOM_UTF16_BE),
    ("utf-32-le", "utf-32-le", codecs.BOM_UTF32_LE),  # its mark begins with that of UTF-16
]

# prose long enough to tell Chinese from what a wrong decoding gives
PROSE = "一、减轻房租压力。对承租国有房屋的小微企业免收租金，鼓励其他业主减免租金，由市财政给予补助。\n2023年3月1日\n"
TRADITIONAL = "一、減輕房租壓力。對承租國有房屋的小微企業免收租金，鼓勵其他業主減免租金，由市財政給予補助。\n"

DETECTED = [
    (PROSE.encode("utf-16-le"), "utf-16-le"),  # without a mark
    (PROSE.encode("utf-16-be"), "utf-16-be"),
    (TRADITIONAL.encode("big5"), "cp950"),  # also valid GB18030, as garbage
    (TRADITIONAL.encode("gbk"), "gb18030"),
    (TRADITIONAL.encode("utf-8"), "utf-8"),
]

# what a wrong decoding has left in a file
DAMAGED = [
    PROSE.encode("utf-8").decode("gb18030", "replace"),  # 涓€銆佸噺
    PROSE.encode("utf-8").decode("latin-1"),  # ä¸€ã€
    PROSE.encode("gb18030").decode("utf-8", "replace"),
    "锟斤拷锟斤拷" * 5 + PROSE,
]

# pages that declare a charset: what they say, what they are in, what is taken
DECLARED = [
    ("gb2312", "gb18030", "gb18030"),
    ("GBK", "gb18030", "gb18030"),
    ("utf-8", "gb18030", "gb18030"),  # wrong, and not valid
    ("gb2312", "utf-8", "utf-8"),  # wrong, and gives no Chinese
    ("iso-8859-1", "utf-8", "utf-8"),  # an encoding that decodes anything proves nothing
    ("no-such-charset", "gb18030", "gb18030"),
]

REFUSED = [
    (b"", "is empty"),
    (b" \r\n\t ", "is empty"),
    ("\u3000\n".encode(), "white space only"),
    (b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture"),
    (b"PK\x03\x04docx", "a broken zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word document"),
    (b"\x00\x01\x02\x03text", "binary data"),
    (b"\xff\x80\xff\x80", "neither UTF-8 nor GB18030"),
    (codecs.BOM_UTF16_LE + b"\x00\xd8a", "says that it is utf-16-le"),
    (b'{"meta": {}, "units": {}}', "JSON data"),
    (b'{"id": 1, "name": "x"}', "without a column of texts"),
    (b"{\\rtf1 x}", "an RTF file"),
    (b"\x1f\x8b\x08\0", "a gzip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"GIF89a", "a GIF picture"),
    (b'<?xml version="1.0"?><rows/>', "XML data"),
    (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "Word 2003 XML"),
    (zipped({"xl/workbook.xml": "<x/>"}), "an Excel workbook"),
    (zipped({"ppt/presentation.xml": "<x/>"}), "a PowerPoint presentation"),
    (zipped({"content.xml": "<x/>"}), "an OpenDocument file"),
]


@pytest.mark.parametrize(("written", "named", "bom"), ENCODINGS)
def test_an_encoding_is_read(written: str, named: str, bom: bytes) -> None:
    source = read_data(bom + TEXT.encode(written), "f.txt")
    assert (source.text, source.encoding) == (TEXT, named)


@pytest.mark.parametrize(("data", "problem"), REFUSED)
def test_bytes_that_are_no_text_are_refused(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_data(data, "some/file.bin")
    assert problem in caught.value.problem
    assert str(caught.value).startswith("some/file.bin: ")
    assert caught.value.cure


@pytest.mark.parametrize(("data", "encoding"), DETECTED)
def test_an_encoding_is_told_by_the_chinese_that_it_gives(data: bytes, encoding: str) -> None:
    source = read_data(data, "f.txt")
    assert source.encoding == encoding
    assert source.text in (PROSE, TRADITIONAL)


@pytest.mark.parametrize("text", DAMAGED)
def test_text_that_was_decoded_wrongly_does_not_pass(text: str) -> None:
    with pytest.raises(UnreadableError, match="wrong encoding once"):
        read_data(text.encode("utf-8"), "f.txt")


def test_a_single_lost_character_is_borne() -> None:
    text = PROSE * 4 + "\ufffd"
    assert read_data(text.encode("utf-8"), "f.txt").text == text


@pytest.mark.parametrize(("declared", "written", "taken"), DECLARED)
def test_a_page_declares_its_charset(declared: str, written: str, taken: str) -> None:
    page = f'<html><head><meta charset="{declared}"><title>x</title></head><body><p>{PROSE}</p></body></html>'
    source = read_data(page.encode(written), "f.html")
    assert source.encoding == taken
    assert PROSE.splitlines()[0] in source.text


def test_short_chinese_text_in_gbk_is_chinese() -> None:
    # a statistical detector takes these seven characters for Korean
    assert read_data("房租减免三个月".encode("gbk"), "f.txt").text == "房租减免三个月"


def test_line_ends_stay(tmp_path: Path) -> None:
    path = tmp_path / "crlf.txt"
    path.write_bytes(b"a\r\nb\rc\n")
    assert read(path).text == "a\r\nb\rc\n"


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"nowhere\.txt: is not there"):
        read(tmp_path / "nowhere.txt")
    with pytest.raises(UnreadableError, match="is a folder"):
        read(tmp_path)


@given(st.text(min_size=1).filter(lambda t: t.strip() and not t.lstrip().startswith(("{", "["))))
def test_utf8_text_is_read_or_refused_with_a_cure(text: str) -> None:
    data = text.encode("utf-8", "replace")
    with suppress(UnreadableError):
        # a leading mark is no part of the text
        assert read_data(data, "f.txt").text == data.decode().removeprefix("\ufeff")
