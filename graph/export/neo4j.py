"""Neo4j: Cypher statements for a database that runs, and CSV files for `neo4j-admin database import`.

Every node has the label Zhengce beside that of its kind, and its IRI as `iri`. A constraint keeps the IRI unique, so
running the statements again changes nothing, and those of another store add to them.
"""

from collections.abc import Iterator, Sequence
from json.encoder import encode_basestring

from ..property_graph import Column, EdgeBatch, Kind, NodeBatch, PropertyGraph
from .tables import cells, head, lines
from .text import attributes, numbers, woven

CSV_TYPES = {"string": "string", "integer": "long", "float": "double", "boolean": "boolean"}
LABEL = "Zhengce"
# statements of this many rows are quick to plan and small in memory
ROWS = 500
NODE_COLUMNS = ("iri:ID", ":LABEL", "label:string", "kind:string", "colour:string", "degree:long", "size:double")
EDGE_COLUMNS = (":START_ID", ":END_ID", ":TYPE", "label:string")


def node_label(kind: Kind) -> str:
    """The label of a kind of nodes in Neo4j: funding-share → FundingShare."""
    return "".join(part.capitalize() for part in kind.name.split("-"))


def edge_type(kind: Kind) -> str:
    """The type of a kind of edges in Neo4j: issued-by → ISSUED_BY."""
    return kind.name.replace("-", "_").upper()


def pieces(graph: PropertyGraph) -> Iterator[str]:
    """The file of Cypher statements, piece by piece."""
    yield f"// {graph.title}\n"
    yield f"CREATE CONSTRAINT zhengce_iri IF NOT EXISTS FOR (n:{LABEL}) REQUIRE n.iri IS UNIQUE;\n"
    for batch in graph.node_batches(ROWS):
        yield _unwind(_node_rows(batch))
        yield f"MERGE (n:{LABEL} {{iri: row.iri}}) SET n:{node_label(batch.kind)} SET n += row.has;\n"
    for edges in graph.edge_batches(ROWS):
        yield _unwind(_edge_rows(edges))
        yield f"MATCH (a:{LABEL} {{iri: row.source}}) MATCH (b:{LABEL} {{iri: row.target}})\n"
        yield f"MERGE (a)-[r:{edge_type(edges.kind)}]->(b) SET r += row.has;\n"


def files(graph: PropertyGraph) -> dict[str, Iterator[str]]:
    """The two CSV files, piece by piece; their heads say the types as the import wants them."""
    return {"nodes.csv": _nodes_csv(graph), "relationships.csv": _edges_csv(graph)}


def _unwind(rows: str) -> str:
    return "UNWIND [\n" + rows.removesuffix(",\n") + "\n] AS row\n"


def _marks(column: Column) -> tuple[str, str]:
    return f", {column.name}: ", ""


def cypher(values: Sequence[str]) -> list[str]:
    """Texts as Cypher strings: between double quotes, with a backslash before quotes and backslashes."""
    return list(map(encode_basestring, values))


def _node_rows(batch: NodeBatch) -> str:
    return woven(
        "{iri: ",
        cypher(batch.ids),
        ", has: {label: ",
        cypher(batch.labels),
        f', kind: "{batch.kind.name}", colour: "{batch.kind.colour}", degree: ',
        numbers(batch.degrees),
        ", size: ",
        numbers(batch.sizes),
        *attributes(batch.kind.columns, batch.columns, cypher, _marks),
        "}},\n",
    )


def _edge_rows(batch: EdgeBatch) -> str:
    return woven(
        "{source: ",
        cypher(batch.sources),
        ", target: ",
        cypher(batch.targets),
        ", has: {label: ",
        cypher(batch.labels),
        *attributes(batch.kind.columns, batch.columns, cypher, _marks),
        "}},\n",
    )


def _heads(columns: tuple[Column, ...]) -> list[str]:
    return [f"{column.name}:{CSV_TYPES[column.type]}" for column in columns]


def _nodes_csv(graph: PropertyGraph) -> Iterator[str]:
    columns = graph.node_columns
    yield head([*NODE_COLUMNS, *_heads(columns)])
    for batch in graph.node_batches():
        fixed = [
            cells(batch.ids),
            f"{LABEL};{node_label(batch.kind)}",
            cells(batch.labels),
            batch.kind.name,
            batch.kind.colour,
            numbers(batch.degrees),
            numbers(batch.sizes),
        ]
        yield lines(fixed, columns, batch, cells)


def _edges_csv(graph: PropertyGraph) -> Iterator[str]:
    columns = graph.edge_columns
    yield head([*EDGE_COLUMNS, *_heads(columns)])
    for batch in graph.edge_batches():
        fixed = [cells(batch.sources), cells(batch.targets), edge_type(batch.kind), cells(batch.labels)]
        yield lines(fixed, columns, batch, cells)
