"""Which measures a note covers, and who leads."""

import pytest
from zhengce.extract.layout import clean
from zhengce.extract.outline import outline
from zhengce.extract.pipeline import extract_source
from zhengce.extract.records import Assignment, Measure, Source
from zhengce.extract.region import region_of
from zhengce.extract.resolve import assign

HEAD = "湖州市渔业若干措施\n为养鱼，制定以下措施。\n"
A, B = "（责任单位：市财政局）", "（责任单位：市工信局）"


def assignments(body: str) -> list[Assignment]:
    found = outline(clean(HEAD + body))
    measures = [
        Measure(found.clean.span(s.begin, s.end), "", s.part, s.item, (), (), "sentence") for s in found.sentences
    ]
    return assign(found, measures, region_of("湖州市人民政府"))


def covers(body: str) -> list[str]:
    """The measures that each assignment covers, as their numbers."""
    return ["".join(map(str, a.covers)) for a in assignments(body)]


@pytest.mark.parametrize(
    ("expected", "body"),
    [
        # its own paragraph
        (["0", "1"], f"一、养鱼。各区养鱼。{A}\n二、卖鱼。各区卖鱼。{B}\n"),
        (["01", "2"], f"一、养鱼。各区养鱼。各镇养鱼。{A}\n二、卖鱼。各区卖鱼。{B}\n"),
        # two notes in one item: each since the one before
        (["0", "1"], f"一、养鱼。各区养鱼。{A}各镇卖鱼。{B}\n"),
        # side by side: both the same
        (["0", "0"], "一、养鱼。各区养鱼。（牵头单位：市财政局）（配合单位：市工信局）\n"),
        (["0", "0"], "一、养鱼。各区养鱼。\n牵头单位：市财政局\n配合单位：市工信局\n二、卖鱼。各区卖鱼。\n"),
        # right after a heading: all below it
        (["01"], f"一、养鱼{A}\n（一）鲤鱼。各区养鲤鱼。\n（二）鲫鱼。各区养鲫鱼。\n二、卖鱼。各区卖鱼。\n"),
        # … but what has a note of its own
        (["0", "1"], f"一、养鱼{A}\n（一）鲤鱼。各区养鲤鱼。\n（二）鲫鱼。各区养鲫鱼。{B}\n二、卖鱼。各区卖鱼。\n"),
        # one note at the end of each chapter: the chapter
        (
            ["01", "23"],
            f"一、养鱼\n1.鲤鱼。各区养鲤鱼。\n2.鲫鱼。各区养鲫鱼。\n{A}\n二、卖鱼\n3.鲤鱼。各区卖鲤鱼。\n4.鲫鱼。各区卖鲫鱼。\n{B}\n",
        ),
        # … also where a paragraph closes the document, or a chapter has no items; both hid it
        (
            ["01", "23"],
            f"一、养鱼\n1.鲤鱼。各区养鲤鱼。\n2.鲫鱼。各区养鲫鱼。\n{A}\n二、卖鱼\n3.鲤鱼。各区卖鲤鱼。\n4.鲫鱼。各区卖鲫鱼。\n{B}\n本措施自发布之日起施行。\n",
        ),
        (["01", "2"], f"一、养鱼\n1.鲤鱼。各区养鲤鱼。\n2.鲫鱼。各区养鲫鱼。\n{A}\n二、卖鱼\n各区卖鱼。\n{B}\n"),
        # a note in every item is none for the chapter
        (["0", "1"], f"一、养鱼\n1.鲤鱼。各区养鲤鱼。{A}\n2.鲫鱼。各区养鲫鱼。{B}\n"),
        # one for the whole document
        (["01"], "一、养鱼。各区养鱼。\n二、卖鱼。各区卖鱼。\n本措施各项任务，责任单位为：市财政局。\n"),
    ],
)
def test_reach(expected: list[str], body: str) -> None:
    assert covers(body) == expected


@pytest.mark.parametrize(
    ("roles", "body"),
    [
        ("lead responsible|responsible responsible", "列第一位者为牵头单位"),
        ("lead responsible|lead responsible", "列第一位者为牵头单位，下同"),
    ],
)
def test_first_named_leads_here_or_from_here_on(roles: str, body: str) -> None:
    note = "（责任单位：市财政局、市工信局{}）"
    found = assignments(f"一、养鱼。各区养鱼。{note.format('。' + body)}\n二、卖鱼。各区卖鱼。{note.format('')}\n")
    assert "|".join(" ".join(a.role for a in found[n : n + 2]) for n in (0, 2)) == roles


def test_a_sentence_says_that_the_first_named_leads() -> None:
    found = assignments(
        "一、养鱼。各区养鱼。（责任单位：市财政局、市工信局）\n二、附则。责任单位列第一位的为牵头单位。\n"
    )
    assert [a.role for a in found] == ["lead", "responsible"]


def test_without_an_issuer_the_title_says_whose_city_it_is() -> None:
    text = f"{HEAD}一、养鱼。各区养鱼。{A}\n"
    made = extract_source(Source(text, "f.txt", "text/plain", "utf-8", ""))
    assert [assignment.agent.name for assignment in made.assignments] == ["湖州市财政局"]
    assert made.region is not None
    assert made.region.value == "湖州市"


def test_each_goes_with_all_kinds_of_places() -> None:
    # regression: 县级市 alone is no body
    found = assignments("一、养鱼。各镇养鱼。（责任单位：市财政局，各区、县级市）\n")
    assert [a.agent.name for a in found] == ["湖州市财政局", "湖州市各区", "湖州市各县级市"]
    assert [a.agent.collective for a in found] == [False, True, True]


@pytest.mark.parametrize(
    "said",
    [
        "以下政策措施均需各区县政府落实，不再单独列出",
        "以下各项均由各区县政府负责，以下不再一一列出",
        "后续任务均须各区县政府配合落实，不再另行标注",
    ],
)
def test_bodies_that_later_notes_leave_out(said: str) -> None:
    found = assignments(
        f"一、养鱼。各区养鱼。（责任单位：市财政局。{said}）\n二、卖鱼。各区卖鱼。{B}\n"
        "三、运鱼。各区运鱼。（责任单位：市商务局、各区县政府）\n"
    )
    assert [(a.agent.name, a.covers) for a in found] == [
        ("湖州市财政局", (0,)),
        ("湖州市工信局", (1,)),
        ("湖州市各区县政府", (1,)),
        ("湖州市商务局", (2,)),
        ("湖州市各区县政府", (2,)),
    ]
