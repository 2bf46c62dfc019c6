"""Bytes to text: encodings that are read, bytes that are refused, and that each refusal names file and cure."""

import codecs
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
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

REFUSED = [
    (b"", "is empty"),
    (b" \r\n\t ", "is empty"),
    ("\u3000\n".encode(), "white space only"),
    (b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture"),
    (b"PK\x03\x04docx", "a broken zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "without a Word document"),
    (b"\x00\x01\x02\x03text", "binary data"),
    (b"\xff\x80\xff\x80", "neither UTF-8 nor GB18030"),
    (codecs.BOM_UTF16_LE + b"\x00\xd8a", "says that it is utf-16-le"),
    (b'{"meta": {}, "units": {}}', "JSON data"),
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
    with pytest.raises(UnreadableError, match="could not be read"):
        read(tmp_path)


@given(st.text(min_size=1).filter(lambda t: t.strip() and not t.lstrip().startswith(("{", "["))))
def test_utf8_text_is_read_or_refused_with_a_cure(text: str) -> None:
    data = text.encode("utf-8", "replace")
    with suppress(UnreadableError):
        # a leading mark is no part of the text
        assert read_data(data, "f.txt").text == data.decode().removeprefix("\ufeff")
