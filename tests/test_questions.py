"""The 25 competency questions against answers that were worked by hand from the example document.

Items are written as in the document: 正文 一 … 十, 附件1 一 … 十, 附件2 一（一） … 三（四）, 附件3 一（一） … 七（二）.
"""

import json
import re
import shlex
import sys
from collections.abc import Iterable
from typing import Any

import pytest
from conftest import ROOT
from test_docs import run
from zhengce.cli import main
from zhengce.queries import Competency, KnowledgeGraph, arguments, competencies

FINANCE = (
    "正文一 正文二 正文三 正文五 正文六 正文八 正文九 附件1二 附件1三 附件1六 附件1七 附件1八 附件2二（二） "
    "附件2二（三） 附件2二（四） 附件2二（六） 附件2二（七） 附件3一（一） 附件3二（一） 附件3二（二） "
    "附件3二（三） 附件3三（一） 附件3三（二） 附件3三（三） 附件3五（一） 附件3五（二） 附件3六（一） "
    "附件3六（三）"
)
CITIES = (
    "正文二 正文五 附件1三 附件1四 附件1五 附件1六 附件1七 附件1八 附件1九 附件1十 附件2二（一） "
    "附件2二（二） 附件2二（三） 附件2二（四） 附件2二（六） 附件2二（八） 附件2二（十） 附件3一（一） "
    "附件3一（二） 附件3三（一） 附件3三（二） 附件3六（三） 附件3七（一） 附件3七（二）"
)


def items(rows: Iterable[Any]) -> str:
    return " ".join(f"{row.part}{row.provision}" for row in rows)


def ask(graph: KnowledgeGraph, number: str) -> list[Any]:
    """The rows of a competency question as its command gives them; of the first command where it has several."""
    asks = next(asks for asks in competencies() if asks.number == number)
    return list(graph.query(asks.question, **arguments(asks.example)))


def test_q2_rent_that_is_saved(henan_graph: KnowledgeGraph) -> None:
    rows = ask(henan_graph, "Q2")
    state = [r for r in rows if "承租国有" in r.conditions]
    assert [(r.part, r.provision, r.amount) for r in state] == [
        (part, item, amount)
        for part, item in (("正文", "一"), ("附件1", "三"))
        for amount in ("3个月", "减半", "6个月")
    ]
    private = [r for r in rows if "承租非国有" in r.conditions]
    assert items(private) == "正文一 附件1三"
    assert all(r.value is None and "encourage" in r.modality for r in private)
    assert "（房东）" in private[1].measure


def test_q3_and_q4_are_in_benefits(henan_graph: KnowledgeGraph) -> None:
    assert [r.value for r in ask(henan_graph, "Q3")] == [100000, 200000]
    assert len(ask(henan_graph, "Q4")) == 7


def test_q5_what_a_first_time_above_scale_firm_can_use(henan_graph: KnowledgeGraph) -> None:
    rows = ask(henan_graph, "Q5")
    said = "".join(dict.fromkeys(r.measure for r in rows))
    for words in (
        "免征契税",
        "免收交易手续费",
        "租金优惠",
        "能源消耗部分予以补贴",
        "优先满足首次“小升规”工业企业用地需求",
        "无还本续贷",
        "制造业高质量发展专项资金",
        "大气污染防治专项资金",
        "申报省级科技计划",
        "给予10万元的财政奖励",
        "给予20万元的财政奖励",
        "平均担保费率降至1%以下",
        "云服务平台",
        "双随机、一公开",
    ):
        assert words in said, words
    assert "各省辖市、济源示范区2022年新增" not in said  # a goal is no support


def test_q6_exempted_and_deferred(henan_graph: KnowledgeGraph) -> None:
    rows = ask(henan_graph, "Q6")
    exempt = [r for r in rows if r.treatment == "exempt"]
    assert items(r for r in exempt if r.levy == "tax") == "正文一 正文一 附件1一 附件2二（四）"
    deferred = {(r.part, r.provision, r.levy) for r in rows if r.treatment == "defer"}
    assert deferred == {
        ("正文", "一", "tax"),
        ("附件1", "一", "tax"),
        ("附件2", "二（四）", "tax"),
        ("正文", "四", "social-insurance"),
        ("附件1", "四", "utility"),
    }
    assert {r.words for r in exempt if r.levy == "charge"} >= {"免收省内高速公路通行费", "免收交易手续费", "不收滞纳金"}


def test_q8_training_and_hiring(henan_graph: KnowledgeGraph) -> None:
    rows = [(r.part, r.provision, r.value, r.unit, r.per, r.applies_to) for r in ask(henan_graph, "Q8")]
    worked = [
        ("正文", "四", None, None, None, None),  # 职业介绍补贴
        ("正文", "四", 5000, "CNY", "person year", "中级工"),
        ("正文", "四", 6000, "CNY", "person year", "高级工"),
        ("附件1", "二", 1, "year", None, None),
        ("附件3", "五（二）", None, None, None, None),  # 评价补贴
    ]
    # the text names one more without a rate: 一次性吸纳就业补贴
    assert sorted(map(repr, rows)) == sorted(map(repr, [*worked, ("正文", "四", None, None, None, None)]))


@pytest.mark.parametrize(
    ("day", "expired"),
    [
        ("2022-02-15", ""),
        ("2022-03-01", "正文二 正文四"),
        ("2022-07-01", "正文二 正文二 正文四 正文五 正文五 正文八 附件1八"),
        (
            "2023-01-01",
            "正文二 正文二 正文四 正文四 正文五 正文五 正文六 正文八 正文八 正文八 附件1五 附件1八 附件2一（二）",
        ),
    ],
)
def test_q9_what_has_expired(henan_graph: KnowledgeGraph, day: str, expired: str) -> None:
    assert items(henan_graph.validity(on=day, state="expired")) == expired
    rows = henan_graph.validity(on=day)
    assert len(rows) == 17
    (document,) = [row for row in rows if row.what == "document"]
    assert (document.state, document.start, document.finish) == ("in-force", "2022-02-09", None)


def test_q9_before_the_document(henan_graph: KnowledgeGraph) -> None:
    assert {row.state for row in henan_graph.validity(on="2022-02-08")} == {"not-yet"}


def test_q10_and_q12_items(henan_graph: KnowledgeGraph) -> None:
    assert items(ask(henan_graph, "Q10")) == FINANCE
    rows = ask(henan_graph, "Q12")
    assert items(rows) == CITIES
    # in one item the cities are named first
    assert [f"{r.part}{r.provision}" for r in rows if r.named == 1] == ["附件3一（二）"]


def test_q11_ranking(henan_graph: KnowledgeGraph) -> None:
    rows = ask(henan_graph, "Q11")
    assert sum(row.items for row in rows) == 220
    assert [(row.agency, row.items) for row in rows[:5]] == [
        ("河南省工业和信息化厅", 30),
        ("河南省财政厅", 28),
        ("河南省各省辖市政府", 24),
        ("济源示范区管委会", 24),
        ("河南省发展改革委", 18),
    ]
    assert {row.agency for row in rows if row.group} == {"河南省各省辖市政府", "河南省直有关部门"}
    assert sum(row.first for row in rows) == 50  # each of the 50 notes names one body first


def test_q13_q15_and_q16(henan_graph: KnowledgeGraph) -> None:
    assert [row.share for row in ask(henan_graph, "Q13")] == [0.5] * 4
    (total,) = henan_graph.goal_totals()
    assert (total.places, total.total, total.floor, total.factor, total.at_least) == (18, 2500, 2500, 1.2, 3000)
    (one,) = henan_graph.goal_totals(place="郑州市")
    assert (one.total, one.at_least) == (310, 372)
    rows = ask(henan_graph, "Q16")
    assert [(r.value, r.average) for r in rows] == [(5, False), (6, True), (60, False), (40, False)]


def test_q17_recurring(henan_graph: KnowledgeGraph) -> None:
    rows = ask(henan_graph, "Q17")
    assert [(r.part + r.provision, r.said) for r in rows if r.found_by in ("frequency", "date")] == [
        ("正文三", "每周1次"),
        ("正文七", "一周一次"),
        ("附件2二（五）", "每周1次"),
        ("附件2三（四）", "每季度"),
        ("附件2三（四）", "每年1月底"),
    ]
    assert [r.value for r in rows if r.found_by == "goal"] == [2500, 10000, 1000, 100, 1000]
    assert [r.said for r in rows if r.found_by == "word"] == [
        "周周", "常态化", "每年", "定期", "定期", "常态化", "定期", "年度综合考评"
    ]  # fmt: skip


def test_q18_prohibitions(henan_graph: KnowledgeGraph) -> None:
    rows = ask(henan_graph, "Q18")
    assert [r.words for r in rows if r.ground == "prohibition"] == ["不采取停工措施", "不得盲目抽贷", "不予行政处罚"]
    assert items(r for r in rows if r.ground == "limit") == "附件2三（三）"
    assert items(r for r in rows if r.ground == "negative") == "正文四 正文七 附件1四 附件2二（四）"
    assert len(rows) == 15


def test_q19_bodies_that_are_named_together(henan_graph: KnowledgeGraph) -> None:
    rows = ask(henan_graph, "Q19")
    assert [(r.agency, r.other, r.items) for r in rows[:2]] == [
        ("河南省各省辖市政府", "济源示范区管委会", 24),
        ("河南省工业和信息化厅", "河南省财政厅", 16),
    ]
    graph = henan_graph.co_ownership()
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (35, len(rows))
    assert graph.edges["河南省财政厅", "河南省工业和信息化厅"]["weight"] == 16
    assert graph.nodes["河南省财政厅"]["items"] == 28
    # the pairs of 50 lists, counted from the lists themselves
    lists = {(r.part, r.provision): r.of for r in henan_graph.items()}
    assert sum(n * (n - 1) // 2 for n in lists.values()) == sum(r.items for r in rows)
    assert len(lists) == 50


def test_q20_items_without_owner(henan_graph: KnowledgeGraph) -> None:
    rows = ask(henan_graph, "Q20")
    assert items(rows) == "附件2一（一） 附件2一（二） 附件2三（一） 附件2三（二） 附件2三（三） 附件2三（四）"
    assert [row.measures for row in rows] == [0, 3, 2, 2, 2, 3]


def test_q21_modality_mix(henan_graph: KnowledgeGraph) -> None:
    rows = ask(henan_graph, "Q21")
    assert {(r.part, r.of) for r in rows} == {("正文", 55), ("附件1", 34), ("附件2", 53), ("附件3", 52)}
    assert sum(r.measures for r in rows if r.modality == "forbid") == 3


def test_q22_all_named_documents(henan_graph: KnowledgeGraph) -> None:
    assert {r.cited for r in henan_graph.citations()} == {
        "河南省省级招商引资专项资金管理办法",
        "“十四五”促进中小企业发展规划",
        "为“专精特新”中小企业办实事清单",
    }


def test_q22_citations_and_where(henan_graph: KnowledgeGraph) -> None:
    assert [(r.cited, r.relation, r.part + (r.provision or "")) for r in henan_graph.citations()] == [
        ("河南省省级招商引资专项资金管理办法", "revision", "正文六"),
        ("为“专精特新”中小企业办实事清单", "cites", "附件3"),
        ("“十四五”促进中小企业发展规划", "cites", "附件3一（一）"),
    ]


def test_q23_extensions(henan_graph: KnowledgeGraph) -> None:
    assert [(r.part + r.provision, r.how, r.changed_from, r.changed_to) for r in ask(henan_graph, "Q23")] == [
        ("正文四", "continuation", None, None),
        ("正文五", "named", None, None),
        ("附件1二", "continuation", None, None),
        ("附件1二", "continuation", None, None),
        ("附件1八", "extension", "2021-12-31", "2022-06-30"),
        ("附件2二（四）", "named", None, None),
    ]
    assert "2022年6月30日 (deadline)" in [r.dates for r in ask(henan_graph, "Q23")]


def test_q24_restatements(henan_graph: KnowledgeGraph) -> None:
    rows = ask(henan_graph, "Q24")
    pairs = [(r.part + r.provision, r.other_part + r.other_provision, r.agrees) for r in rows]
    for pair in (
        ("正文一", "附件1一", "same"),  # value-added tax, deferral
        ("正文一", "附件1三", "same"),  # rent, state-owned and other premises
        ("正文三", "附件2二（六）", "same"),  # guarantee fee
        ("正文三", "附件3三（一）", "same"),
        ("正文三", "附件2二（五）", "same"),  # weekly event
        ("正文三", "附件2二（三）", "same"),  # funds that bridge loans
        ("正文四", "附件1二", "same"),  # social insurance
        ("正文四", "附件2二（四）", "same"),
        ("正文五", "附件1八", "same"),  # vouchers
        ("附件2二（七）", "附件3三（三）", "same"),  # listing on the regional exchange
    ):
        assert pair in pairs, pair
    assert pairs.count(("正文一", "附件1三", "same")) == 2
    assert [r.agrees for r in rows].count("differs") == 0
    assert len(rows) == 18


@pytest.mark.parametrize("asks", competencies(), ids=lambda asks: f"{asks.number} {asks.question}")
def test_the_command_gives_the_same_rows(
    henan_graph: KnowledgeGraph,
    asks: Competency,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # in this process: fifty commands would start fifty interpreters
    monkeypatch.chdir(henan_folder(tmp_path_factory))
    given = ["zhengce", "query", asks.question, *shlex.split(asks.example), "--store", "s", "--format", "json"]
    monkeypatch.setattr(sys, "argv", given)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code in (None, 0)
    assert json.loads(capsys.readouterr().out) == henan_graph.query(asks.question, **arguments(asks.example)).to_dicts()


PRINTED = re.compile(r"\| Q\d+ \|.*\| `zhengce query ([^`]*)` \| `(g\.\w+\(.*?\))` \| (\d+) \|")
CALLS = PRINTED.findall((ROOT / "docs/queries.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("command", "call", "count"), CALLS, ids=[call for _, call, _ in CALLS])
def test_the_call_that_is_printed_beside_a_command_gives_its_rows(
    henan_graph: KnowledgeGraph, command: str, call: str, count: str
) -> None:
    # each method of the graph by its own name, with the arguments that a reader would copy
    name, _, example = command.partition(" ")
    found = eval(call, {"g": henan_graph})
    assert found.to_dicts() == henan_graph.query(name, **arguments(example)).to_dicts()
    assert len(found) == int(count)


def test_a_call_is_printed_for_every_question() -> None:
    assert len(CALLS) == len(competencies())


def henan_folder(factory: pytest.TempPathFactory) -> Any:
    """A folder with a store of the example document, made once."""
    from conftest import HENAN

    folder = factory.getbasetemp() / "henan-store"
    if not folder.exists():
        folder.mkdir()
        assert run(["-m", "zhengce", "build", str(HENAN), "--store", "s"], folder).returncode == 0
    return folder
