"""Views: what they show is what the store holds, counted by SPARQL or by hand; filters are those of questions."""

from collections import Counter
from pathlib import Path

import pytest
import zhengce
from conftest import HENAN, NOTICE, ROOT
from rdflib import RDF, Dataset, Graph, URIRef
from zhengce.graph.batch import build
from zhengce.graph.export import export
from zhengce.graph.property_graph import PropertyGraph
from zhengce.graph.store import Store
from zhengce.graph.validate import validate_triples
from zhengce.queries import KnowledgeGraph
from zhengce.queries.catalog import ParameterError
from zhengce.queries.views import VIEWS, UnknownViewError
from zhengce.queries.views.kinds import EDGE_KINDS, NODE_KINDS

CITING = """临江市人民政府关于支持企业发展的若干意见

临政〔2023〕2号

各县（区）人民政府：

一、加大财税支持。按照《关于进一步支持小微企业发展的通知》（临政办发〔2022〕8号）规定，对小微企业免收3个月房租。修订《临江市专项资金管理办法》，对中小企业给予补助。（责任单位：市财政局、市发展改革委）

二、延续实施阶段性降低失业保险费率政策，执行期限延长至2023年12月31日。（责任单位：市人力资源社会保障局牵头，市财政局配合）

临江市人民政府
2023年5月4日
"""


def kinds(graph: PropertyGraph) -> tuple[Counter[str], Counter[str]]:
    return Counter(node.kind for node in graph.nodes()), Counter(edge.kind for edge in graph.edges())


def count(graph: KnowledgeGraph, pattern: str, what: str = "*") -> int:
    return int(graph.sparql(f"SELECT (COUNT({what}) AS ?n) {{ {pattern} }}").rows[0][0])


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """A notice, a reprint of it in other lines, and an opinion that cites it."""
    folder = tmp_path_factory.mktemp("town")
    notice = NOTICE.read_text(encoding="utf-8")
    (folder / "notice.txt").write_text(notice, encoding="utf-8")
    (folder / "reprint.txt").write_text(notice + "\n（转载自门户网站）\n", encoding="utf-8")
    number = next(line for line in notice.splitlines() if "号" in line and "〔" in line).strip()
    (folder / "opinion.txt").write_text(CITING.replace("临政办发〔2022〕8号", number), encoding="utf-8")
    store = Store.memory()
    build([folder], store)
    return KnowledgeGraph(store)


# ---- the example, whole ----


def test_the_full_view_has_everything_once(henan_graph: KnowledgeGraph) -> None:
    nodes, edges = kinds(henan_graph.view("full"))
    classes = {
        "document": "zc:PolicyDocument", "part": "zc:Attachment", "provision": "zc:Provision", "measure": "zc:Measure",
        "quantity": "zc:Quantity", "period": "zc:Period", "condition": "zc:Condition",
        "funding-share": "zc:FundingShare", "change": "zc:Change", "cited": "zc:CitedDocument",
        "agency": "zc:Agency", "group": "zc:AgentGroup",
    }  # fmt: skip
    for kind, name in classes.items():
        assert nodes[kind] == count(henan_graph, f"?x a {name}", "DISTINCT ?x"), kind
    for kind, name in (("instrument", "zc:instrument"), ("target", "zc:beneficiary|zc:impliedBeneficiary")):
        assert nodes[kind] == count(henan_graph, f"?m {name} ?x", "DISTINCT ?x"), kind
    paths = {
        "contains": "?x eli:is_part_of ?y", "states": "?x zc:statedIn ?y", "uses": "?x zc:instrument ?y",
        "for": "?x zc:beneficiary|zc:impliedBeneficiary ?y", "acts": "?x zc:bearer ?y", "cites": "?x dct:references ?y",
        "has": "?x zc:quantity|zc:period|zc:condition|zc:fundingShare|zc:change ?y", "capped-by": "?x zc:cap ?y",
        "paid-by": "?x zc:payer ?y", "issued-by": "?x eli:passed_by ?y", "addressed-to": "?x zc:addressee ?y",
        "changed-from": "?x zc:changedFrom ?y", "changed-to": "?x zc:changedTo ?y",
        "located-in": "?x dct:spatial|zc:place ?y", "replaced-by": "?x dct:isReplacedBy ?y",
        "responsible": "?a zc:agent ?x ; zc:statedFor ?y",
    }  # fmt: skip
    for kind, path in paths.items():
        assert edges[kind] == count(henan_graph, f"SELECT DISTINCT ?x ?y {{ {path} }}"), kind
    assert set(edges) == set(paths)
    assert set(nodes) == {*classes, "instrument", "target", "place"}


def test_who_is_responsible(henan_graph: KnowledgeGraph) -> None:
    graph = henan_graph.view("responsibility")
    nodes, edges = kinds(graph)
    # worked by hand: 33 bodies with a name of their own, two groups, 220 edges from them, 194 measures
    assert (nodes["agency"], nodes["group"], nodes["measure"]) == (33, 2, 194)
    assert edges == {"responsible": 220, "states": 194}
    finance = next(node for node in graph.nodes() if node.label == "河南省财政厅")
    assert finance.kind == "agency"
    assert "省财政厅" in str(finance.attributes["spellings"]).split("; ")
    assert graph.degrees[finance.id] == 28
    group = next(node for node in graph.nodes() if node.label == "河南省各省辖市政府")
    assert group.kind == "group"
    first = next(edge for edge in graph.edges() if edge.kind == "responsible")
    assert (first.label, first.attributes["role"], first.attributes["position"]) == ("负责", "responsible", 1)
    assert str(first.attributes["note"]).startswith("（责任单位：省税务局、财政厅")


def test_targets_and_instruments(henan_graph: KnowledgeGraph) -> None:
    graph = henan_graph.view("targets")
    labels = {node.label: node for node in graph.nodes()}
    relief = labels["房租减免"]
    assert (relief.kind, relief.attributes["label_en"]) == ("instrument", "rent relief")
    measures = {edge.source for edge in graph.edges() if edge.target == relief.id}
    assert len(measures) == len(henan_graph.measures(instrument="rent-relief"))
    implied = [edge for edge in graph.edges() if edge.attributes.get("implied")]
    assert len(implied) == count(henan_graph, "?m zc:impliedBeneficiary ?t")


@pytest.mark.parametrize("name", list(VIEWS))
def test_a_view_holds_together(town: KnowledgeGraph, henan_graph: KnowledgeGraph, name: str) -> None:
    for graph in (town.view(name), henan_graph.view(name), town.view(name, instrument="cost")):
        nodes, edges = list(graph.nodes()), list(graph.edges())
        assert nodes
        ids = [node.id for node in nodes]
        assert len(set(ids)) == len(ids)
        assert {end for edge in edges for end in (edge.source, edge.target)} <= set(ids)
        assert len({(edge.kind, edge.source, edge.target) for edge in edges}) == len(edges)
        assert [edge.id for edge in edges] == [f"e{n}" for n in range(1, len(edges) + 1)]
        assert all(node.label for node in nodes)
        assert (list(graph.nodes()), list(graph.edges())) == (nodes, edges)


def test_kinds_have_two_names_and_colours_of_their_own() -> None:
    assert len({kind.colour for kind in NODE_KINDS.values()}) == len(NODE_KINDS)
    for kind in (*NODE_KINDS.values(), *EDGE_KINDS.values()):
        assert kind.zh
        assert kind.en.isascii()


# ---- several documents ----


def test_citations_lead_to_documents_of_the_store(town: KnowledgeGraph) -> None:
    graph = town.view("documents")
    nodes = {node.id: node for node in graph.nodes()}
    cites = [(nodes[e.source], nodes[e.target]) for e in graph.edges() if e.kind == "cites"]
    found = {(a.attributes["number"], b.kind) for a, b in cites}
    own, cited = ("临政〔2023〕2号", "document"), ("临政〔2023〕2号", "cited")
    assert found == {own, cited, ("临政办发〔2023〕8号", "cited")}
    changes = {
        (nodes[e.target].kind, e.label, e.attributes["change_kind"]) for e in graph.edges() if e.kind == "changes"
    }
    assert ("cited", "修订", "revision") in changes
    texts = [e for e in graph.edges() if e.kind == "text-of"]
    assert len(texts) == 3
    assert Counter(bool(e.attributes["preferred"]) for e in texts) == {True: 2, False: 1}


def test_a_citation_leads_nowhere_that_a_filter_hides(town: KnowledgeGraph) -> None:
    graph = town.view("documents", document="临政〔2023〕2号")
    assert Counter(node.kind for node in graph.nodes())["document"] == 1
    assert Counter(edge.kind for edge in graph.edges())["cites"] == 2


def test_only_preferred_texts_count(town: KnowledgeGraph) -> None:
    nodes, _ = kinds(town.view("full"))
    assert nodes["measure"] == len(town.measures())
    assert nodes["document"] == 2


def test_what_a_document_says_twice(henan_graph: KnowledgeGraph) -> None:
    graph = henan_graph.view("documents")
    pairs = {(row.measure, row.other): row.agrees for row in henan_graph.query("restatements")}
    text = {node.id: str(node.attributes.get("text")) for node in graph.nodes()}
    edges = [edge for edge in graph.edges() if edge.kind == "restates"]
    assert {(text[e.source], text[e.target]): e.attributes["agrees"] for e in edges} == pairs
    # by hand: 一 of the main text and 一 of the first attachment exempt small-scale taxpayers below the same sales
    assert any(a.startswith("对月销售额未超过15万元") and b.startswith("对月销售额未超过15万元") for a, b in pairs)


# ---- filters ----


@pytest.mark.parametrize(
    "filters",
    [{"instrument": "rent-relief"}, {"target": "small-micro"}, {"agency": "省财政厅"}, {"modality": "forbid"}],
    ids=str,
)
@pytest.mark.parametrize("name", ["responsibility", "targets", "full"])
def test_a_filter_shows_the_measures_of_the_question(
    henan_graph: KnowledgeGraph, name: str, filters: dict[str, str]
) -> None:
    wanted = {row.iri for row in henan_graph.query("measures", **filters)}
    graph = henan_graph.view(name, **filters)
    assert {node.id for node in graph.nodes() if node.kind == "measure"} == wanted
    whole = {node.id for node in henan_graph.view(name).nodes()}
    assert {node.id for node in graph.nodes()} < whole
    if name == "responsibility":
        owners = count(
            henan_graph,
            "SELECT DISTINCT ?a ?h { ?x zc:covers ?m ; zc:agent ?a ; zc:statedFor ?h FILTER (STR(?m) IN ("
            + ", ".join(f'"{iri}"' for iri in sorted(wanted))
            + ")) }",
        )
        assert kinds(graph)[1]["responsible"] == owners


def test_wrong_views_and_filters_say_what_there_is(henan_graph: KnowledgeGraph) -> None:
    with pytest.raises(UnknownViewError, match="responsibility, targets, documents, full"):
        henan_graph.view("everything")
    with pytest.raises(ParameterError, match="it has: instrument"):
        henan_graph.view("full", colour="red")


def test_a_part_of_the_store_as_rdf_is_valid(henan_graph: KnowledgeGraph, tmp_path: Path) -> None:
    henan_graph.export("trig", tmp_path / "part.trig", instrument="rent-relief")
    henan_graph.export("nquads", tmp_path / "part.nq", instrument="rent-relief")
    part = Dataset(default_union=True)
    part.parse(tmp_path / "part.trig", format="trig")
    measures = {str(s) for s in part.subjects(RDF.type, URIRef("https://w3id.org/zhengce/def#Measure"))}
    assert measures == {row.iri for row in henan_graph.measures(instrument="rent-relief")}
    whole = set(export(henan_graph.store, "nquads").splitlines())
    lines = (tmp_path / "part.nq").read_text(encoding="utf-8").splitlines()
    assert set(lines) < whole
    # as a store it is valid and answers the question with the same rows
    source = henan_graph.store.sources()[0]
    store = Store.memory()
    document = henan_graph.sparql("SELECT ?d { ?d a zc:PolicyDocument }").rows[0][0]
    triples = "\n".join(line.removesuffix(f" <{source}> .") + " ." for line in lines if line.endswith(f"<{source}> ."))
    store.replace(source, document, triples)
    assert not validate_triples(store.triples(source)).violations
    again = KnowledgeGraph(store)
    assert again.departments(instrument="rent-relief").rows == henan_graph.departments(instrument="rent-relief").rows
    assert len(again.measures()) == len(measures)


def test_a_part_with_the_vocabulary(henan_graph: KnowledgeGraph, tmp_path: Path) -> None:
    henan_graph.export("turtle", tmp_path / "part.ttl", vocabulary=True, modality="forbid")
    graph = Graph().parse(tmp_path / "part.ttl")
    assert bool(graph.query("ASK { ?c <http://www.w3.org/2004/02/skos/core#notation> 'rent-relief' }"))


# ---- networkx ----


@pytest.mark.parametrize("name", list(VIEWS))
def test_networkx_has_the_view(henan_graph: KnowledgeGraph, name: str) -> None:
    import networkx

    view, graph = henan_graph.view(name), henan_graph.to_networkx(name)
    assert (len(graph), graph.number_of_edges()) == (len(list(view.nodes())), len(list(view.edges())))
    assert dict(graph.nodes(data="kind")) == {node.id: node.kind for node in view.nodes()}
    assert all(data["label"] and data["kind"] and data["weight"] >= 0 for _, _, data in graph.edges(data=True))
    assert graph.is_multigraph() == (name in ("documents", "full"))
    assert networkx.is_directed_acyclic_graph(graph) or name == "full"


def test_networkx_takes_filters(henan_graph: KnowledgeGraph) -> None:
    graph = henan_graph.to_networkx(instrument="rent-relief")
    labels = {data["label"] for _, data in graph.nodes(data=True) if data["kind"] in ("agency", "group")}
    assert labels == {row.agency for row in henan_graph.departments(instrument="rent-relief")}


def test_the_verb_writes_views(tmp_path: Path) -> None:
    graph = zhengce.build(HENAN)
    size = zhengce.export(graph, "gexf", tmp_path / "out.gexf", view="targets", instrument="cost")
    assert size == (tmp_path / "out.gexf").stat().st_size


@pytest.mark.parametrize("path", sorted((ROOT / "queries" / "views").glob("*.rq")), ids=lambda path: path.stem)
def test_each_query_runs_as_it_stands(henan_graph: KnowledgeGraph, path: Path) -> None:
    query = path.read_text(encoding="utf-8")
    assert query.startswith("# zh: ")
    assert "\n# en: " in query
    # without the prefixes that a store declares, so that it runs on any SPARQL server
    found = henan_graph.store._quads.query(query, use_default_graph_as_union=True)
    assert list(found) or path.stem == "place"  # every place of the example is in the scheme


@pytest.mark.parametrize("name", ["responsibility", "targets", "documents", "full"])
def test_the_documentation_says_how_large_each_view_is(henan_graph: KnowledgeGraph, name: str) -> None:
    view = henan_graph.view(name)
    size = f"| {sum(1 for _ in view.nodes())} / {sum(1 for _ in view.edges())} |"
    rows = (ROOT / "docs" / "visualise.md").read_text(encoding="utf-8").splitlines()
    assert next(row for row in rows if row.startswith(f"| `{name}`")).endswith(size)
