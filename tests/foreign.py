"""Graph files as readers that are not ours find them: nodes by IRI, and edges by source, kind and target."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Things = dict[Any, dict[str, Any]]
Read = tuple[Things, Things]


def tidy(found: dict[str, Any], *drop: str) -> dict[str, Any]:
    """What a thing has: no empty values, and none of the fields that only the format needs."""
    return {key: value for key, value in found.items() if key not in drop and value not in (None, "")}


def read_gexf(path: Path) -> Read:
    import networkx

    graph = networkx.read_gexf(path)
    for _, data in graph.nodes(data=True):
        viz = data.pop("viz")
        data["size"] = viz["size"]
        data["colour"] = "#" + "".join(f"{viz['color'][part]:02x}" for part in "rgb")
    nodes = {id: tidy(data) for id, data in graph.nodes(data=True)}
    return nodes, {(s, d["kind"], t): tidy(d, "id", "kind") for s, t, d in graph.edges(data=True)}


def read_graphml(path: Path) -> Read:
    import networkx

    graph = networkx.read_graphml(path, force_multigraph=True)
    nodes = {id: tidy(data) for id, data in graph.nodes(data=True)}
    return nodes, {(s, d["kind"], t): tidy(d, "id", "kind") for s, t, d in graph.edges(data=True)}


def read_cyjs(path: Path) -> Read:
    import networkx

    graph = networkx.cytoscape_graph(json.loads(path.read_text(encoding="utf-8")))
    nodes = {id: tidy(data, "id", "value", "name") for id, data in graph.nodes(data=True)}
    drop = ("id", "key", "kind", "interaction", "source", "target")
    return nodes, {(s, d["kind"], t): tidy(d, *drop) for s, t, d in graph.edges(data=True)}


def read_cx2(path: Path) -> Read:
    from ndex2.cx2 import CX2Network

    network = CX2Network()
    network.create_from_raw_cx2(json.loads(path.read_text(encoding="utf-8")))
    nodes, iris = {}, {}
    for number, node in network.get_nodes().items():
        values = dict(node["v"])
        iris[number] = values.pop("represents")
        values["label"] = values.pop("name")
        nodes[iris[number]] = tidy(values)
    edges = {}
    for edge in network.get_edges().values():
        values = dict(edge["v"])
        values["label"] = values.pop("name")
        edges[iris[edge["s"]], values["interaction"], iris[edge["t"]]] = tidy(values, "interaction")
    return nodes, edges


TYPES: dict[str, Callable[[str], Any]] = {
    "string": str,
    "long": int,
    "double": float,
    "boolean": {"true": True, "false": False}.__getitem__,
}


def read_neo4j(path: Path) -> Read:
    """Each cell by the type that its head declares, as `neo4j-admin database import` takes it."""

    def cells(name: str) -> Iterator[dict[str, Any]]:
        with (path / name).open(encoding="utf-8", newline="") as file:
            head, *lines = csv.reader(file, strict=True)
        for line in lines:
            assert len(line) == len(head)
            row = {}
            for field, cell in zip(head, line, strict=True):
                name, _, kind = field.rpartition(":")
                if cell:
                    row[name or kind] = TYPES.get(kind, str)(cell)
            yield row

    nodes = {}
    for row in cells("nodes.csv"):
        general, own = row.pop("LABEL").split(";")
        assert general == "Zhengce"
        assert own.lower() == row["kind"].replace("-", "")
        nodes[row.pop("iri")] = row
    edges = {}
    for row in cells("relationships.csv"):
        kind = row.pop("TYPE").lower().replace("_", "-")
        edges[row.pop("START_ID"), kind, row.pop("END_ID")] = row
    return nodes, edges


STATEMENT = re.compile(r"(?:(?:[^;\"]|\"(?:[^\"\\]|\\.)*\")+);\n", re.S)
NODES = re.compile(
    r"UNWIND (\[.*\]) AS row\nMERGE \(n:Zhengce \{iri: row\.iri\}\) SET n:(\w+) SET n \+= row\.has;\n", re.S
)
EDGES = re.compile(
    r"UNWIND (\[.*\]) AS row\nMATCH \(a:Zhengce \{iri: row\.source\}\) MATCH \(b:Zhengce \{iri: row\.target\}\)\n"
    r"MERGE \(a\)-\[r:(\w+)\]->\(b\) SET r \+= row\.has;\n",
    re.S,
)
TOKEN = re.compile(r"\"(?:[^\"\\]|\\.)*\"|\w+: ", re.S)


def read_cypher(path: Path) -> Read:
    """The statements by the grammar of Cypher that they use: strings end at a quote that no backslash precedes."""
    text = path.read_bytes().decode("utf-8")
    comment, _, text = text.partition("\n")
    assert comment.startswith("// ")
    statements = STATEMENT.findall(text)
    assert "".join(statements) == text
    assert statements[0].startswith("CREATE CONSTRAINT zhengce_iri IF NOT EXISTS FOR (n:Zhengce)")
    nodes, edges = {}, {}
    for statement in statements[1:]:
        if match := NODES.fullmatch(statement):
            for row in maps(match[1]):
                assert match[2].lower() == row["has"]["kind"].replace("-", "")
                nodes[row["iri"]] = tidy(row["has"])
        else:
            found = EDGES.fullmatch(statement)
            assert found, statement[:200]
            for row in maps(found[1]):
                edges[row["source"], found[2].lower().replace("_", "-"), row["target"]] = tidy(row["has"])
    return nodes, edges


def maps(text: str) -> list[dict[str, Any]]:
    """A list of Cypher maps: keys are bare words, strings have the escapes of JSON."""
    quoted = TOKEN.sub(lambda found: found[0] if found[0][0] == '"' else f'"{found[0][:-2]}": ', text)
    made: list[dict[str, Any]] = json.loads(quoted)
    return made


def read_csv(path: Path) -> Read:
    import pandas

    def frame(name: str) -> Iterator[dict[str, Any]]:
        for row in pandas.read_csv(path / name, dtype=str, keep_default_na=False).to_dict("records"):
            yield {key.lower(): value for key, value in row.items()}

    nodes = {row["id"]: tidy(row, "id") for row in frame("nodes.csv")}
    edges = {(r["source"], r["kind"], r["target"]): r for r in frame("edges.csv")}
    assert all(row["type"] == "Directed" for row in edges.values())
    return nodes, {key: tidy(row, "source", "target", "id", "kind", "type") for key, row in edges.items()}


def read_parquet(path: Path) -> Read:
    import pyarrow.parquet

    nodes = {row["id"]: tidy(row, "id") for row in pyarrow.parquet.read_table(path / "nodes.parquet").to_pylist()}
    edges = {}
    for row in pyarrow.parquet.read_table(path / "edges.parquet").to_pylist():
        edges[row["source"], row["kind"], row["target"]] = tidy(row, "source", "target", "kind", "id")
    return nodes, edges


READERS: dict[str, Callable[[Path], Read]] = {
    "gexf": read_gexf,
    "graphml": read_graphml,
    "cyjs": read_cyjs,
    "cx2": read_cx2,
    "cypher": read_cypher,
    "neo4j-csv": read_neo4j,
    "csv": read_csv,
    "parquet": read_parquet,
}
