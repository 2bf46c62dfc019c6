"""Graph files: each is read by a reader that is not ours, and says what the graph says, to the last attribute."""

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import HENAN
from foreign import READERS, Read, Things, tidy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from zhengce.graph.export import FILE_FORMATS, FOLDER_FORMATS, GRAPH_FORMATS, ExportError, write_graph
from zhengce.graph.property_graph import Column, Edge, Kind, Node, PropertyGraph, SchemaError, clean, size_of
from zhengce.queries import KnowledgeGraph

VIEWS = ("responsibility", "targets", "documents", "full")


def said(graph: PropertyGraph) -> Read:
    """What a graph says, in the form of the readers."""
    nodes, edges = {}, {}
    colours = {kind.name: kind.colour for kind in graph.node_kinds}
    for node in graph.nodes():
        degree = graph.degrees.get(node.id, 0)
        look = {"kind": node.kind, "colour": colours[node.kind], "degree": degree, "size": size_of(degree)}
        nodes[node.id] = tidy({"label": node.label, **look, **node.attributes})
    for edge in graph.edges():
        edges[edge.source, edge.kind, edge.target] = tidy({"label": edge.label, **edge.attributes})
    return nodes, edges


def as_text(things: Things) -> Things:
    """Things as a spreadsheet has them: all text, and no formulas."""

    def cell(value: object) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        return f"'{value}" if isinstance(value, str) and value[0] in "=+-@＝＋－＠" else str(value)

    return {key: {name: cell(value) for name, value in thing.items()} for key, thing in things.items()}


# ---- the example ----


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == set(GRAPH_FORMATS)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("format", GRAPH_FORMATS)
def test_a_reader_that_is_not_ours_finds_the_whole_view(
    henan_graph: KnowledgeGraph, tmp_path: Path, format: str, view: str
) -> None:
    graph = henan_graph.view(view)
    size = write_graph(graph, format, tmp_path / "out")
    assert size == sum(file.stat().st_size for file in (tmp_path, tmp_path / "out") for file in file.glob("*.*")) or (
        size == (tmp_path / "out").stat().st_size
    )
    nodes, edges = said(graph)
    assert len(nodes) == sum(1 for _ in graph.make_nodes())
    assert len(edges) == sum(1 for _ in graph.make_edges())
    if format == "csv":
        nodes, edges = as_text(nodes), as_text(edges)
    found = READERS[format](tmp_path / "out")
    assert found[0] == nodes
    assert found[1] == edges


def test_igraph_reads_graphml(henan_graph: KnowledgeGraph, tmp_path: Path) -> None:
    import igraph

    graph = henan_graph.view("full")
    write_graph(graph, "graphml", tmp_path / "full.graphml")
    found = igraph.Graph.Read_GraphML(str(tmp_path / "full.graphml"))
    nodes, edges = said(graph)
    assert (found.vcount(), found.ecount(), found.is_directed()) == (len(nodes), len(edges), True)
    assert set(found.vs["id"]) == set(nodes)
    for vertex in found.vs:
        assert vertex["label"] == nodes[vertex["id"]]["label"]
        assert vertex["degree"] == vertex.degree() == nodes[vertex["id"]]["degree"]
    assert sum(found.es["weight"]) == sum(edge["weight"] for edge in edges.values())


def test_columns_of_parquet_have_types(henan_graph: KnowledgeGraph, tmp_path: Path) -> None:
    import pandas

    write_graph(henan_graph.view("full"), "parquet", tmp_path / "out")
    nodes = pandas.read_parquet(tmp_path / "out" / "nodes.parquet")
    assert nodes["amount_max"].dtype == "float64"
    assert pandas.api.types.is_string_dtype(nodes["label"])
    # 不超过 and 以内 in the example: worked from the answer of `zhengce query amounts`
    assert nodes["amount_max"].count() == 27
    assert nodes.groupby("kind").size()["measure"] == 194


def test_cx2_counts_its_elements_and_declares_its_attributes(henan_graph: KnowledgeGraph, tmp_path: Path) -> None:
    write_graph(henan_graph.view("full"), "cx2", tmp_path / "out.cx2")
    aspects = json.loads((tmp_path / "out.cx2").read_text(encoding="utf-8"))
    assert aspects[0] == {"CXVersion": "2.0", "hasFragments": False}
    held = {name: value for aspect in aspects[1:] for name, value in aspect.items()}
    counts = {entry["name"]: entry["elementCount"] for entry in held["metaData"]}
    assert counts == {name: len(held[name]) for name in counts}
    python = {"string": str, "long": int, "double": (int, float), "boolean": bool}
    for of in ("nodes", "edges"):
        declared = held["attributeDeclarations"][0][of]
        for thing in held[of]:
            for name, value in thing["v"].items():
                assert isinstance(value, python[declared[name]["d"]])
                assert not isinstance(value, bool) or declared[name]["d"] == "boolean"


def test_gexf_attributes_are_declared_with_one_type(henan_graph: KnowledgeGraph, tmp_path: Path) -> None:
    write_graph(henan_graph.view("full"), "gexf", tmp_path / "out.gexf")
    space = "{http://www.gexf.net/1.2draft}"
    root = ElementTree.parse(tmp_path / "out.gexf").getroot()
    for of in ("node", "edge"):
        (declared,) = (found for found in root.iter(f"{space}attributes") if found.get("class") == of)
        types = {found.get("id"): found.get("type") for found in declared}
        assert len(types) == len(declared)
        used = {value.get("for") for thing in root.iter(f"{space}{of}") for value in thing.iter(f"{space}attvalue")}
        assert used <= set(types)


def test_heads_of_neo4j_files_follow_its_rules(henan_graph: KnowledgeGraph, tmp_path: Path) -> None:
    write_graph(henan_graph.view("full"), "neo4j-csv", tmp_path / "out")
    heads = {}
    for name in ("nodes.csv", "relationships.csv"):
        with (tmp_path / "out" / name).open(encoding="utf-8", newline="") as file:
            heads[name] = next(csv.reader(file))
    field = re.compile(r"[a-z_]+:(?:string|long|double|boolean)|iri:ID|:LABEL|:START_ID|:END_ID|:TYPE")
    for name, special in (
        ("nodes.csv", ["iri:ID", ":LABEL"]),
        ("relationships.csv", [":START_ID", ":END_ID", ":TYPE"]),
    ):
        assert all(field.fullmatch(head) for head in heads[name])
        assert len(set(heads[name])) == len(heads[name])
        assert [head for head in heads[name] if head.startswith(":") or head.endswith(":ID")] == special


# ---- the same bytes ----


def bytes_of(path: Path) -> dict[str, bytes]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


SCRIPT = """
import sys
from pathlib import Path
import zhengce
from zhengce.graph.export import GRAPH_FORMATS
g = zhengce.build(sys.argv[1])
for format in GRAPH_FORMATS:
    zhengce.export(g, format, Path(sys.argv[2]) / format, view="full")
zhengce.export(g, "csv", Path(sys.argv[2]) / "csv.zip", view="full")
"""


def test_two_processes_write_the_same_bytes_and_no_clock(tmp_path: Path) -> None:
    made = []
    for seed, day in (("1", "2026-03-01"), ("2", "2031-12-24")):
        out = tmp_path / seed
        out.mkdir()
        # the clock that Python code would ask is put to another day
        clock = f"import time; time.time = lambda: {1772323200.0 if seed == '1' else 1924300800.0}\n"
        done = subprocess.run(
            [sys.executable, "-c", clock + SCRIPT, HENAN, out],
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin", "TZ": "UTC"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{day}: {done.stderr}"
        made.append({path.name: bytes_of(path) for path in sorted(out.iterdir())})
    assert len(made[0]) == len(GRAPH_FORMATS) + 1
    assert made[0] == made[1]


def test_a_zip_holds_what_the_folder_holds(henan_graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph = henan_graph.view("responsibility")
    for format in FOLDER_FORMATS:
        write_graph(graph, format, tmp_path / format)
        write_graph(graph, format, tmp_path / f"{format}.zip")
        with zipfile.ZipFile(tmp_path / f"{format}.zip") as archive:
            assert {name: archive.read(name) for name in archive.namelist()} == bytes_of(tmp_path / format)


# ---- hostile text ----

KINDS = (
    Kind("thing", "物", "thing", (Column("text", "string"), Column("n", "integer"), Column("x", "float"))),
    Kind("other-thing", "另", "other", (Column("flag", "boolean"), Column("text", "string"))),
)
EDGE_KINDS = (Kind("leads-to", "至", "leads to", (Column("text", "string"), Column("weight", "integer"))),)
HOSTILE = [
    "\x00\x01\x0b\x1b\x7f\x85",
    "a\nb\r\nc\td",
    "]]><!-- & -->",
    "</script><script>alert(1)</script>",
    "'\"`\\",
    '\\"); MATCH (n) DETACH DELETE n; //',
    "\\u0022 \\\\u0027",
    "\ud800\udfff\udc00",
    "😀👩‍👩‍👧🇨🇳",
    "=1+1",
    "＝HYPERLINK(1)",
    "-1",
    "@x",
    "\ufeff\u200b\u202e\u2028\u2029\ufffe\uffff",
    "，,;|：:",
    " ",
    "NA",
    "true",
    "1e5",
    "{{}} %s $x ${x}",
]
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(), max_size=12), st.none())


@st.composite
def graphs(draw: st.DrawFn) -> PropertyGraph:
    """Small graphs of two kinds of nodes whose texts are anything that Python holds."""
    nodes = []
    for n in range(draw(st.integers(1, 4))):
        text = draw(TEXTS)
        if draw(st.booleans()):
            whole = st.none() | st.integers(-(2**53), 2**53)
            number = st.none() | st.floats(allow_nan=False, allow_infinity=False)
            nodes.append(Node(f"n{n}", draw(TEXTS) or "", "thing", {"text": text, "n": draw(whole), "x": draw(number)}))
        else:
            given = {"flag": draw(st.none() | st.booleans()), "text": text}
            nodes.append(Node(f"n{n}", draw(TEXTS) or "", "other-thing", given))
    ends = st.tuples(st.integers(0, len(nodes) - 1), st.integers(0, len(nodes) - 1))
    edges = []
    for n, (a, b) in enumerate(sorted(draw(st.sets(ends, max_size=4)))):
        given = {"text": draw(TEXTS), "weight": draw(st.none() | st.integers(0, 9))}
        edges.append(Edge(f"e{n}", f"n{a}", f"n{b}", "leads-to", draw(TEXTS) or "", given))
    return PropertyGraph(draw(TEXTS) or "", KINDS, EDGE_KINDS, lambda: nodes, lambda: edges)


@pytest.mark.parametrize("format", GRAPH_FORMATS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graph=graphs())
def test_no_text_breaks_a_file(tmp_path: Path, format: str, graph: PropertyGraph) -> None:
    write_graph(graph, format, tmp_path / "out")
    expected: tuple[Things, Things] = said(graph)
    if format == "csv":
        expected = as_text(expected[0]), as_text(expected[1])
    assert READERS[format](tmp_path / "out") == expected


@given(st.text(st.characters()) | st.sampled_from(HOSTILE))
def test_clean_text_is_one_line_that_xml_and_utf8_hold(text: str) -> None:
    made = clean(text)
    assert made == clean(made)
    assert len(made.splitlines()) <= 1
    made.encode("utf-8")
    escaped = made.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert (ElementTree.fromstring(f"<a>{escaped}</a>").text or "") == made


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    nodes = [Node(f"n{n}", text, "thing", {"text": text, "n": -1}) for n, text in enumerate(HOSTILE)]
    write_graph(PropertyGraph("t", KINDS, EDGE_KINDS, lambda: nodes, list), "csv", tmp_path / "out")
    data = (tmp_path / "out" / "nodes.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert {row["n"] for row in rows} == {"-1"}  # a number is a number
    texts = [row[name] for row in rows for name in ("Label", "text")]
    assert not [text for text in texts if text[:1] in tuple("=+-@＝＋－＠")]
    assert "'=1+1" in texts


# ---- what is refused ----


@pytest.mark.parametrize(
    "kinds",
    [
        (Kind("a", "", "", (Column("x", "string"),)), Kind("b", "", "", (Column("x", "integer"),))),
        (Kind("a", "", "", (Column("Label", "string"),)),),
        (Kind("a", "", "", (Column("x", "date"),)),),
    ],
)
def test_kinds_must_agree(kinds: tuple[Kind, ...]) -> None:
    with pytest.raises(SchemaError, match=r"\.(x|Label)"):
        PropertyGraph("", kinds, (), list, list)


@pytest.mark.parametrize(
    "attributes",
    [{"n": "1"}, {"n": True}, {"n": 1.5}, {"x": float("nan")}, {"x": "1"}, {"text": 1}, {"unknown": 1}],
)
def test_no_attribute_has_two_types(attributes: dict[str, Any]) -> None:
    nodes = [Node("n", "n", "thing", attributes)]
    with pytest.raises(SchemaError, match=next(iter(attributes))):
        list(PropertyGraph("", KINDS, (), lambda: nodes, list).nodes())
    with pytest.raises(SchemaError, match="no kind 'b'"):
        list(PropertyGraph("", KINDS, (), lambda: [Node("n", "n", "b", {})], list).nodes())


def test_a_failed_export_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "out.gexf"
    out.write_text("before", encoding="utf-8")
    bad = [Node("n", "n", "thing", {}), Node("m", "m", "thing", {"n": "one"})]
    with pytest.raises(SchemaError):
        write_graph(PropertyGraph("", KINDS, (), lambda: bad, list), "gexf", out)
    assert out.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [out]


def test_errors_say_what_to_do(henan_graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    for format in FILE_FORMATS:
        with pytest.raises(ExportError, match=r"is a folder\. Name a file"):
            henan_graph.export(format, tmp_path)
        with pytest.raises(ExportError, match=r"is no folder\. Make it"):
            henan_graph.export(format, tmp_path / "nowhere" / "x")
    for format in FOLDER_FORMATS:
        with pytest.raises(ExportError, match=r"Name a folder or a \.zip"):
            henan_graph.export(format, tmp_path / "file")
    with pytest.raises(ExportError, match="cannot be made"):
        henan_graph.export("csv", tmp_path / "file" / "x")
    with pytest.raises(ExportError, match="leave --view out"):
        henan_graph.export("turtle", tmp_path / "x.ttl", view="full")
    with pytest.raises(ExportError, match="leave --vocabulary out"):
        henan_graph.export("gexf", tmp_path / "x.gexf", vocabulary=True)
    with pytest.raises(ExportError, match="gexf, graphml"):
        henan_graph.export("dot", tmp_path / "x")
    with pytest.raises(ExportError, match="no measure fits"):
        henan_graph.export("gexf", tmp_path / "x", document="豫政〔1999〕1号")
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(ValueError, match=r"pip install 'zhengce\[parquet\]'"):
        henan_graph.export("parquet", tmp_path / "x")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_cells_are_those_of_the_module_csv() -> None:
    from zhengce.graph.export.tables import cells

    values = ["", "平", "a,b", 'say "a"', '"', ",", "'=1", " 空 ", "a;b", '","']
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(["x", *values])
    assert ",".join(cells(["x", *values])) + "\n" == out.getvalue()
    assert cells(["甲", "乙"]) == ["甲", "乙"]


@pytest.mark.parametrize("format", [format for format in GRAPH_FORMATS if format != "parquet"])
def test_rows_that_are_all_alike_and_rows_with_gaps(format: str, tmp_path: Path) -> None:
    """One node alone, many of equal values, and values that some do not have go different ways and say the same."""
    kind = Kind("thing", "物", "thing", (Column("text", "string"), Column("number", "float"), Column("yes", "boolean")))
    link = Kind("link", "连", "link", (Column("weight", "integer"), Column("role", "string")))
    texts: list[str | None] = ["同", None, 'a,"b"<&', "同"]
    for name, some in (("one", texts[:1]), ("alike", texts[:1] * 3), ("gaps", texts), ("none", [None, None])):
        nodes = [
            Node(f"n{n}", f"点{n}", "thing", {"text": text, "number": -0.0 if text else 0.0, "yes": bool(text)})
            for n, text in enumerate(some)
        ]
        edges = [
            Edge(f"e{n}", f"n{n}", "n0", "link", "连", {"weight": n % 2 or None, "role": text})
            for n, text in enumerate(some)
        ]
        graph = PropertyGraph(name, (kind,), (link,), nodes.__iter__, edges.__iter__)
        write_graph(graph, format, tmp_path / name)
        read_nodes, read_edges = READERS[format](tmp_path / name)
        assert [found.get("text") for found in read_nodes.values()] == some
        assert [float(found["number"]) for found in read_nodes.values()] == [0.0] * len(some)
        assert [found.get("role") for found in read_edges.values()] == some
        assert [int(found.get("weight", 0)) for found in read_edges.values()] == [n % 2 for n in range(len(some))]
