"""Numbers in Word files: the formats that Word has, and lists, levels, restarts and styles."""

import pytest
from formats import lines
from makers import (
    abstract,
    level,
    number,
    paragraph,
    restart,
    run,
)
from zhengce.extract.numerals import chinese_integer
from zhengce.extract.readers.numbers import number_text

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
