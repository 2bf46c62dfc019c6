"""Questions: the hand-worked answers, every question's recorded answer, and values that cannot change a query."""

from collections import Counter
from pathlib import Path

import pytest
import zhengce
from conftest import HENAN, NOTICE, recorded
from hypothesis import given, settings
from hypothesis import strategies as st
from zhengce.queries import (
    Competency,
    KnowledgeGraph,
    ParameterError,
    Table,
    UnknownQueryError,
    arguments,
    competencies,
    questions,
)

ANSWERS = Path(__file__).parent / "questions"

# worked by hand from the example document: part, provision → the bodies that its bracket names, in order
RENT = {
    ("正文", "一"): "河南省税务局 河南省财政厅 河南省工业和信息化厅 河南省政府国资委 河南省发展改革委 河南省电力公司",
    ("附件1", "三"): "河南省政府国资委 河南省商务厅 河南省财政厅 河南省各省辖市政府 济源示范区管委会",
    ("附件2", "二（八）"): "河南省自然资源厅 河南省各省辖市政府 济源示范区管委会",
}
# answers that count, whose rows depend on what is counted
COUNTS = {"goal-totals", "modality-mix", "ranking", "co-ownership", "departments", "validity"}
HOSTILE = [
    '"} DROP ALL #',
    "'",
    "\\",
    "\n\r\t",
    "> } INSERT",
    "?x",
    "UNDEF",
    "VALUES ?agency { UNDEF }",
    "https://a b/",
]


def test_who_owns_rent_relief(henan_graph: KnowledgeGraph) -> None:
    table = henan_graph.departments(instrument="rent-relief")
    found: dict[tuple[str, str], str] = {}
    for row in table:
        found[row.part, row.provision] = f"{found.get((row.part, row.provision), '')} {row.agency}".strip()
    assert found == RENT
    assert len(table) == 14
    assert len({row.agency for row in table}) == 10
    assert all("房租" in row.evidence or "租金" in row.evidence for row in table)
    assert all(row.agency.removeprefix("河南省") in row.stated_by for row in table)


def test_a_group_of_instruments_holds_its_members(henan_graph: KnowledgeGraph) -> None:
    cost = {(row.agency, row.part, row.provision) for row in henan_graph.departments(instrument="cost")}
    rent = {(row.agency, row.part, row.provision) for row in henan_graph.departments(instrument="rent-relief")}
    assert rent < cost


@pytest.mark.parametrize("spelling", ["河南省财政厅", "省财政厅", "财政厅"])
def test_a_body_is_found_in_any_spelling(henan_graph: KnowledgeGraph, spelling: str) -> None:
    # worked by hand: the Finance Department owns 28 items
    rows = henan_graph.departments(agency=spelling)
    assert {row.agency for row in rows} == {"河南省财政厅"}
    assert len(rows) == 28


def test_items_shared_with_the_cities(henan_graph: KnowledgeGraph) -> None:
    # worked by hand: 24 items
    assert len(henan_graph.departments(agency="各省辖市政府")) == 24


def test_measures_of_a_document_that_is_not_there(henan_graph: KnowledgeGraph) -> None:
    assert len(henan_graph.measures(document="豫政办〔2022〕14号")) == 194
    assert len(henan_graph.measures(document="豫政办〔2022〕15号")) == 0


def test_prohibitions_say_so(henan_graph: KnowledgeGraph) -> None:
    rows = henan_graph.measures(modality="forbid")
    assert rows
    assert all("不" in row.measure for row in rows)


def test_provenance_reads_back(henan_graph: KnowledgeGraph) -> None:
    text = HENAN.read_text(encoding="utf-8")
    rows = henan_graph.provenance(quote="房租")
    assert rows
    assert all("房租" in row.quote and text[row.begin : row.end] == row.quote for row in rows)


@pytest.mark.parametrize("name", questions())
def test_a_question_gives_its_recorded_answer(henan_graph: KnowledgeGraph, name: str) -> None:
    answer = henan_graph.query(name, **arguments(questions()[name].example))
    assert answer.to_csv().splitlines() == recorded(ANSWERS / f"{name}.csv", answer.to_csv()).splitlines()


@pytest.mark.parametrize("name", questions())
def test_a_question_reads_as_sparql_of_its_own(henan_graph: KnowledgeGraph, name: str) -> None:
    question = questions()[name]
    assert question.zh
    assert question.en
    assert question.about_zh
    assert question.about_en
    assert henan_graph.sparql(question.sparql) == henan_graph.query(name)


def test_the_25_questions_are_asked() -> None:
    assert {asks.number for asks in competencies()} == {f"Q{n}" for n in range(1, 26)}


@pytest.mark.parametrize("asks", competencies(), ids=lambda asks: f"{asks.number}-{asks.question}")
def test_sparql_and_python_give_the_same_rows(henan_graph: KnowledgeGraph, asks: Competency) -> None:
    values = arguments(asks.example)
    bound = henan_graph.query(asks.question, **values)
    # as a person would fill in the file
    assert henan_graph.sparql(questions()[asks.question].fill(dict(values))) == bound
    assert len(bound)


@pytest.mark.parametrize("name", questions())
def test_each_parameter_means_the_same_in_the_file(henan_graph: KnowledgeGraph, name: str) -> None:
    question = questions()[name]
    for parameter in question.parameters:
        value = VALUES.get(parameter.kind) or parameter.kind.split("/")[0]
        filled = henan_graph.sparql(question.fill({parameter.name: value}))
        assert henan_graph.query(name, **{parameter.name: value}) == filled, parameter.name


# a value of each kind of parameter, such that some rows are left and some are not
VALUES = {
    "instrument": "rent-relief",
    "target": "small-micro-trade",
    "agency": "省财政厅",
    "place": "郑州市",
    "modality": "encourage",
    "date": "2022-06-30",
    "document": "豫政办〔2022〕14号",
    "number": "10",
    "text": "房租",
    "iri": "https://w3id.org/zhengce/scheme/instrument/rent-relief",
    "unit": "CNY",
    "quantity-kind": "money",
    "quantity-role": "goal",
    "temporal-role": "deadline",
    "change-kind": "extension",
}


@pytest.mark.parametrize("name", [name for name in questions() if name != "dataset"])
def test_every_row_has_its_evidence(henan_graph: KnowledgeGraph, name: str) -> None:
    text = HENAN.read_text(encoding="utf-8")
    rows = henan_graph.query(name)
    assert rows
    for row in rows:
        assert row.document == "豫政办〔2022〕14号"
        assert row.quote
        assert text[row.begin : row.end] == row.quote


def test_the_filters_are_the_same_everywhere() -> None:
    said: dict[str, set[tuple[str, str]]] = {}
    for question in questions().values():
        for parameter in question.parameters:
            said.setdefault(parameter.name, set()).add((parameter.kind, parameter.en))
    kinds = {name: {kind for kind, _ in found} for name, found in said.items()}
    assert [name for name in ("instrument", "target", "agency", "document", "modality") if len(said[name]) > 1] == []
    assert kinds["on"] == kinds["from"] == kinds["until"] == {"date"}


@pytest.fixture(scope="module")
def small_graph() -> KnowledgeGraph:
    """Questions to the graph of a small notice."""
    return zhengce.build(NOTICE)


@settings(deadline=None)
@given(value=st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20)), name=st.sampled_from(sorted(questions())))
def test_no_value_changes_anything_but_the_answer(small_graph: KnowledgeGraph, name: str, value: str) -> None:
    before = small_graph.store.quads()
    plain = small_graph.query(name)
    for parameter in questions()[name].parameters:
        try:
            answer = small_graph.query(name, **{parameter.name: value})
        except ParameterError:
            assert parameter.kind not in ("text", "agency", "document")
        else:
            assert answer.columns == plain.columns
            # counts are of what was asked for; all other rows are rows of the whole answer
            assert name in COUNTS or {repr(row) for row in answer} <= {repr(row) for row in plain}
    assert small_graph.store.quads() == before


def test_unknown_names_list_the_known_ones(henan_graph: KnowledgeGraph) -> None:
    with pytest.raises(UnknownQueryError, match="departments"):
        henan_graph.query("nobody")
    with pytest.raises(ParameterError, match="rent-relief"):
        henan_graph.departments(instrument="rent")
    with pytest.raises(ParameterError, match="it has: instrument"):
        henan_graph.query("departments", colour="red")
    with pytest.raises(ParameterError, match="none of: exempt, reduce"):
        henan_graph.taxes(treatment="waive")
    with pytest.raises(ParameterError, match="no IRI"):
        henan_graph.provenance(about="a b")


def test_sparql_of_every_kind(henan_graph: KnowledgeGraph) -> None:
    assert henan_graph.sparql("ASK { ?s ?p ?o }").rows == ((True,),)
    described = henan_graph.sparql("CONSTRUCT { ?s a ?t } WHERE { ?s a ?t } LIMIT 3")
    assert described.columns == ("subject", "predicate", "object")
    with pytest.raises(SyntaxError):
        henan_graph.sparql("DROP ALL")


def test_the_verb_is_callable_beside_its_package(henan_graph: KnowledgeGraph) -> None:
    # regression: the package zhengce.extract took the place of the function after its first import
    import zhengce.extract.records

    assert len(zhengce.extract(NOTICE).measures) == 3
    assert len(zhengce.extract(NOTICE).measures) == 3
    assert "1 texts" in repr(henan_graph)


def test_the_graph_for_networkx(henan_graph: KnowledgeGraph) -> None:
    graph = henan_graph.to_networkx()
    kinds = Counter(kind for _, kind in graph.nodes(data="kind"))
    # worked by hand: 32 bodies with a name of their own and 济源示范区管委会, two groups, 220 edges from them
    assert (kinds["agency"], kinds["group"], kinds["measure"]) == (33, 2, 194)
    owners = [(a, b) for a, b, kind in graph.edges(data="kind") if kind == "responsible"]
    assert len(owners) == 220
    finance = next(n for n, label in graph.nodes(data="label") if label == "河南省财政厅")
    assert graph.out_degree(finance) == 28


def test_a_table_is_a_table() -> None:
    table = Table.of(["a", "b"], [["<script>", 1], [None, True]])
    assert table.to_csv() == "a,b\n<script>,1\n,True\n"
    assert table.to_dicts() == [{"a": "<script>", "b": 1}, {"a": None, "b": True}]
    assert "&lt;script&gt;" in table._repr_html_()
    assert table.rows[0].a == "<script>"


@pytest.mark.parametrize("frame", ["pandas", "polars"])
def test_a_frame_or_the_cure(frame: str) -> None:
    table = Table.of(["a"], [["x"]])
    make = getattr(table, f"to_{frame}")
    try:
        __import__(frame)
    except ImportError:
        with pytest.raises(ImportError, match=f"pip install {frame}"):
            make()
    else:
        assert list(make()["a"]) == ["x"]
