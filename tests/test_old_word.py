"""Old Word files (.doc): what is printed and what is not, automatic numbers, tables with merged cells."""

import re
import struct

import pytest
from formats import cells_of, facts
from makers import (
    HENAN,
    IN_TABLE,
    LABELS,
    ROW_END,
    doc,
    doc_streams,
    in_list,
    old_level,
    old_lists,
    ole,
)
from zhengce.extract.pipeline import extract_source
from zhengce.extract.readers.word.doc import read_doc
from zhengce.extract.records import Source

PLAIN = Source(HENAN, "henan.txt", "text/plain", "utf-8", "")


def test_the_example_as_an_old_word_file_says_the_same() -> None:
    assert facts(extract_source(read_doc(doc(HENAN), "henan.doc"))) == facts(extract_source(PLAIN))


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
