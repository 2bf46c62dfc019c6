"""Tables of amounts: rows with amounts are measures with their headings as context, others are none."""

import makers
import pytest
from pages import gov_page
from zhengce.extract.pipeline import extract_source
from zhengce.extract.readers import read_data
from zhengce.extract.records import Document, Measure, Quantity
from zhengce.graph.triples import to_graph
from zhengce.graph.validate import validate

OPENING = [
    "某市人民政府关于支持企业创新的若干措施",
    "某政〔2023〕5号",
    "各区人民政府：",
    "为支持企业创新，制定以下措施。",
]
BEFORE = [*OPENING, "一、加大奖补力度", "对获奖企业给予奖励，标准见下表。"]
AFTER = ["（责任单位：市财政局）", "二、保障措施", "各单位要加强领导，落实责任。", "某市人民政府", "2023年5月6日"]
Rows = list[list[str]]


def page(rows: Rows, before: list[str] = BEFORE) -> Document:
    lines = ["".join(f"<p>{line}</p>" for line in part) for part in (before, AFTER)]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    html = gov_page("", body=f"{lines[0]}<table border='1'>{cells}</table>{lines[1]}")
    return extract_source(read_data(html.encode("gb18030"), "t.html"))


def word(rows: Rows, before: list[str] = BEFORE) -> Document:
    lines = ["".join(makers.paragraph(makers.run(line)) for line in part) for part in (before, AFTER)]
    cells = "".join(
        f"<w:tr>{''.join(f'<w:tc>{makers.paragraph(makers.run(cell))}</w:tc>' for cell in row)}</w:tr>" for row in rows
    )
    body = f"{lines[0]}<w:tbl>{cells}</w:tbl>{lines[1]}"
    return extract_source(read_data(makers.docx(body), "t.docx"))


MADE = pytest.mark.parametrize("made", [page, word])


def rows_of(document: Document) -> list[Measure]:
    return [measure for measure in document.measures if measure.rule == "table-row"]


def said(quantity: Quantity) -> tuple[object, ...]:
    value = quantity.value if isinstance(quantity.value, str) else float(quantity.value)
    return value, quantity.unit, quantity.bound, quantity.role, quantity.applies_to, quantity.place


AWARDS = [
    ["序号", "奖项", "奖补标准（万元）", "支持比例"],
    ["1", "一等奖", "50", "30%"],
    ["2", "二等奖", "不超过20", "最高20%"],
    ["3", "三等奖", "5-10", ""],
    ["", "合计", "80", ""],
]


@MADE
def test_amounts_take_unit_role_and_case_from_their_headings(made) -> None:  # type: ignore[no-untyped-def]
    document = made(AWARDS)
    rows = rows_of(document)
    assert [[said(q) for q in row.quantities] for row in rows] == [
        [(500000.0, "CNY", "exact", "benefit", "一等奖", None), (30.0, "%", "exact", "benefit", "一等奖", None)],
        [(200000.0, "CNY", "max", "benefit", "二等奖", None), (20.0, "%", "max", "benefit", "二等奖", None)],
        [(50000.0, "CNY", "min", "benefit", "三等奖", None), (100000.0, "CNY", "max", "benefit", "三等奖", None)],
    ]
    assert rows[0].text == "奖项：一等奖；奖补标准（万元）：50；支持比例：30%"
    assert document.source.quote(rows[0].span) == "1\t一等奖\t50\t30%"
    assert [document.source.quote(q.span) for q in rows[1].quantities] == ["20", "20%"]
    # they stand in the provision above the table, and its note covers them
    assert {document.provisions[row.provision].title for row in rows if row.provision is not None} == {"加大奖补力度"}
    numbers = [document.measures.index(row) for row in rows]
    assert set(numbers) <= set(document.assignments[0].covers)
    assert validate(to_graph(document), document.source).violations == ()


@MADE
def test_goals_take_their_place_from_the_row(made) -> None:  # type: ignore[no-untyped-def]
    before = [*OPENING, "一、实施培育工程", "各市培育目标如下：", "单位：家"]
    document = made(
        [["地区", "目标数", "联系电话"], ["郑州市", "1,200", "037165500000"], ["洛阳市", "60", "1"]], before
    )
    rows = rows_of(document)
    assert [[said(q) for q in row.quantities] for row in rows] == [
        [(1200.0, "家", "exact", "goal", None, "郑州市")],
        [(60.0, "家", "exact", "goal", None, "洛阳市")],
    ]
    assert "电话" not in rows[0].text
    assert not any("单位：家" in measure.text for measure in document.measures)


# a cell that says its own unit; a heading that only names the thing; conditions
CELLS = [
    (["类别", "奖励金额"], ["国家级", "给予不超过50万元奖励"], (500000.0, "CNY", "max", "benefit", "国家级", None)),
    (["类别", "补贴标准（元/人·月）"], ["失业人员", "1,500"], (1500.0, "CNY", "exact", "benefit", "失业人员", None)),
    (["类别", "年营业收入（亿元）"], ["龙头企业", "≥10"], (1e9, "CNY", "min", "condition", "龙头企业", None)),
    (["项目", "补助标准"], ["房租", "2000元/年"], (2000.0, "CNY", "exact", "benefit", "房租", None)),
]


@pytest.mark.parametrize(("heading", "row", "wanted"), CELLS)
def test_a_cell_is_read_under_its_heading(heading: list[str], row: list[str], wanted: tuple[object, ...]) -> None:
    (measure,) = rows_of(page([heading, row, ["其他", ""]]))
    assert [said(q) for q in measure.quantities] == [wanted]


# tables that give nothing: names, telephone numbers, years, plain numbers without a unit
NOTHING = [
    [["序号", "单位名称"], ["1", "市财政局"], ["2", "市工信局"]],
    [["姓名", "职务", "电话"], ["张三", "科长", "037165500000"], ["李四", "科员", "13800000000"]],
    [["年份", "文号"], ["2021", "某政〔2021〕5号"], ["2022", "某政〔2022〕6号"]],
    [["名称", "得分"], ["甲公司", "95"], ["乙公司", "90"]],
]


@MADE
@pytest.mark.parametrize("rows", NOTHING)
def test_a_table_without_amounts_makes_no_measure_and_no_provision(made, rows: Rows) -> None:  # type: ignore[no-untyped-def]
    document = made(rows)
    assert rows_of(document) == []
    assert [item.title for item in document.provisions] == ["加大奖补力度", "保障措施"]
    assert len(document.measures) == 2


@MADE
def test_a_sentence_in_a_cell_is_read_as_a_sentence(made) -> None:  # type: ignore[no-untyped-def]
    prose = "对首次升规的工业企业，由市财政给予20万元一次性奖励。"
    document = made([["序号", "政策内容"], ["1", prose], ["2", "支持企业开展技术改造，按设备投资额的10%给予补助。"]])
    texts = [measure.text for measure in document.measures]
    assert prose in texts
    assert rows_of(document) == []


def test_cells_that_span_rows_and_columns_count_for_each() -> None:
    table = "<tr><th rowspan=2>奖项</th><th colspan=2>奖补标准（万元）</th></tr><tr><th>省级</th><th>国家级</th></tr>"
    table += "<tr><td>一等奖</td><td>50</td><td rowspan=2>100</td></tr><tr><td>二等奖</td><td>20</td></tr>"
    lines = ["".join(f"<p>{line}</p>" for line in part) for part in (BEFORE, AFTER)]
    html = gov_page("", body=f"{lines[0]}<table>{table}</table>{lines[1]}")
    document = extract_source(read_data(html.encode("gb18030"), "t.html"))
    assert [[said(q)[0::4] for q in row.quantities] for row in rows_of(document)] == [
        [(500000.0, "一等奖，省级"), (1000000.0, "一等奖，国家级")],
        [(200000.0, "二等奖，省级"), (1000000.0, "二等奖，国家级")],
    ]


def test_rows_of_one_cell_above_the_headings_are_a_title_and_a_unit() -> None:
    rows = ["".join(f"<tr><td colspan='3'>{text}</td></tr>" for text in ("附件1 奖补资金编号表", "单位：万元"))]
    for cells in (["项目", "级别", "奖补标准"], ["小巨人企业", "国家级", "100"], ["专精特新企业", "省级", "20"]):
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    lines = "".join(f"<p>{line}</p>" for line in BEFORE)
    html = gov_page("", body=f"{lines}<table border='1'>{''.join(rows)}</table>")
    document = extract_source(read_data(html.encode("gb18030"), "t.html"))
    assert [said(q)[:2] for row in rows_of(document) for q in row.quantities] == [(1_000_000, "CNY"), (200_000, "CNY")]


def test_rows_under_one_heading_are_told_apart_by_the_words_beside_it() -> None:
    table = "<tr><td>级别</td><td>类型</td><td>奖励（万元）</td></tr>"
    table += "<tr><td rowspan='2'>国家级</td><td>首次认定</td><td>100</td></tr><tr><td>复核通过</td><td>30</td></tr>"
    lines = "".join(f"<p>{line}</p>" for line in BEFORE)
    html = gov_page("", body=f"{lines}<table border='1'>{table}</table>")
    document = extract_source(read_data(html.encode("gb18030"), "t.html"))
    cases = [q.applies_to for row in rows_of(document) for q in row.quantities]
    assert cases == ["国家级，首次认定", "国家级，复核通过"]
