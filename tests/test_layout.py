"""Clean text: what is left out, what is joined, and that every character finds its way back to the source."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zhengce.extract.layout import FOLDED, clean
from zhengce.extract.records import Span

# text with what a document and its page leave in it: spaces, line ends, marks, numbers, brackets
_PIECES = [
    "一、", "（一）", "1.", "第一条", "附件：", "附件1", "\n", "\n\n", "  ", "\u3000", "**", "# ", "> ",
    "- 3 -\n", "第 3 页", "责任单位：", "（", "）", "〔", "〕", "《", "》", "。", "；", "：", "，", "、", "，",
    "市财政局", "给予10万元奖励", "为", "的通知", "某市人民政府", "2022年3月1日", "某政办〔2022〕3号",
    "各区人民政府：", " and ", "１", "(", ")", ",", "\u200b", "⼀", "抄送：",
]  # fmt: skip
PIECES = st.sampled_from(_PIECES)
SOURCES = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


@pytest.mark.parametrize(
    ("expected", "source"),
    [
        ("加强领导", "加强\n领导"),
        ("加强领导", "加 强　领 导"),
        ("市财政局和市税务局", "市财政局 and 市税务局"),
        ("三零（零上门）", "**三零**(零上门)"),
        ("一、总则", "## 一、总则"),
        ("甲。乙。", "甲。\n- 3 -\n乙。"),
        ("甲。乙。", "甲。\n— 12 —\n乙。"),
        ("甲。乙。", "甲。\n第 1 页 共 9 页\n乙。"),
        ("甲。乙。", "甲。\n3 / 9\n乙。"),
        (
            "甲。一、养鱼",
            "甲。\n目 录\n一、养鱼......................- 1 -\n二、卖鱼…………………12\n附录：鱼种 . . . . . . . 3\n一、养鱼",
        ),
        ("第一章总则。", "第二章......2\n第三章......3\n第四章…………9\n第一章总则。"),
        # leaders before numbers that are no pages
        ("（一）一等奖………………50（二）二等奖………………30", "（一）一等奖………………50\n（二）二等奖………………30"),
        ("甲。一等奖……50", "甲。\n一等奖……50"),
        ("每年10万元，最高20％".replace("％", "%"), "每年１０万元,最高２０％"),
        ("1,000万元", "1,000万元"),
        ("一行", "⼀⾏"),  # radicals of a PDF file were no numerals
        ("[责任单位：市财政局]", "［责任单位:市财政局］"),
    ],
)
def test_clean(expected: str, source: str) -> None:
    assert clean(source).text == expected


@pytest.mark.parametrize("source", ["-1%的增长", "3人以上", "2022", "12个月", "3/4的企业"])
def test_no_mark_and_no_page_number(source: str) -> None:
    assert clean(source).text == source


def test_what_a_page_break_printed_twice_is_kept_once() -> None:
    assert clean("持续推进。\n\n推进。下一步").text == "持续推进。下一步"


def test_a_document_on_one_line_has_its_lines_again() -> None:
    source = "某市人民政府关于养鱼的意见 某政发〔2021〕3号 各区人民政府： 为养鱼，提出意见。 一、养鱼。 二、卖鱼。"
    text = clean(source)
    assert [text.text[line.begin : line.end] for line in text.lines] == source.split()


def test_names_that_a_space_keeps_apart_in_a_bracket_are_no_lines() -> None:
    assert len(clean("给予奖励。（责任单位：市财政局 市工信局 市商务局）").lines) == 1


@given(SOURCES)
def test_every_character_stands_for_its_own_source_character(source: str) -> None:
    text = clean(source)
    assert len(text.origin) == len(text.text)
    assert list(text.origin) == sorted(set(text.origin))
    for at, c in zip(text.origin, text.text, strict=True):
        own = source[at]
        # “and” becomes 和, a comma between words the Chinese one
        assert c in (own, FOLDED.get(ord(own)), "和", "，") or c == unicodedata.normalize("NFKC", own)


@given(SOURCES)
def test_nothing_is_lost_but_what_is_named(source: str) -> None:
    kept = set(clean(source).origin)
    lost = "".join(c for at, c in enumerate(source) if at not in kept)
    rest = re.sub(r"[\s\u00ad\u200b-\u200f\u2060\ufeff\x00-\x1f*_#>+\-—–－·•/，,.]|nd|第|页|共|\d", "", lost)
    # all else that goes is the end of a sentence that stands there twice
    assert all(piece in clean(source).text for piece in re.split(r"(?<=[。；！？])", rest))


@given(SOURCES)
def test_lines_cover_the_text_and_spans_grow(source: str) -> None:
    text = clean(source)
    assert [line.begin for line in text.lines] == [0, *(line.end for line in text.lines)][: len(text.lines)]
    assert (text.lines[-1].end if text.lines else 0) == len(text.text)
    spans = [text.span(at, at + 1) for at in range(len(text.text))]
    assert all(a.end <= b.begin for a, b in pairwise(spans))


# the same sentence as people have it: traditional, compatibility ideographs, marks without width, wide digits
AS_PRINTED = [
    "二、對承租國有房屋的小微企業，減免3個月租金，最高不超過50萬元。",  # Big5 files
    "二、对承租国有房屋的小微企业，减免３个月租金，最高不超过５０万元。",
    "二、对承租国有房屋的小\u200b微企业，减免\u00a03\u3000个月租金，最高不超过\u2060 50 万元。",
    "⼆、对承租国有房屋的⼩微企业，减免3个⽉租⾦，最⾼不超过50万元。",  # radicals, as PDF files write
]


@pytest.mark.parametrize("printed", AS_PRINTED)
def test_other_forms_of_a_character_are_folded_and_quoted_as_printed(printed: str) -> None:
    found = clean(printed)
    assert found.text == "二、对承租国有房屋的小微企业，减免3个月租金，最高不超过50万元。"
    assert len(found.origin) == len(found.text)
    assert printed[found.origin[0] : found.origin[-1] + 1] == printed


# characters that simplified texts use as they are
@pytest.mark.parametrize("text", ["乾县人民政府", "覆盖率", "著作权", "瞭望"])
def test_characters_of_simplified_texts_stay(text: str) -> None:
    assert clean(text).text == text


def test_spans_that_are_left_out_leave_the_rest_in_place() -> None:
    text = "一、奖励\n甲\t10\n乙\t20\n二、其他\n"
    found = clean(text, [Span(5, 15)])
    assert found.text == "一、奖励二、其他"
    assert text[found.origin[4]] == "二"


@pytest.mark.parametrize(
    ("expected", "source"),
    [
        ("各镇要养鱼。各村要卖鱼。", "各镇要养鱼.各村要卖鱼."),
        ("补助30%。各村要卖鱼", "补助30%.各村要卖鱼"),
        ("一.总则", "一.总则"),
        ("1.5万元", "1.5万元"),
        ("A.B股", "A.B股"),
    ],
)
def test_a_full_stop_may_be_typed_as_a_point(expected: str, source: str) -> None:
    assert clean(source).text == expected
