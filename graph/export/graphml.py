"""GraphML, for Cytoscape, yEd, igraph and networkx: attributes with their types, colour and size as attributes too."""

from collections.abc import Iterator

from ..property_graph import Column, EdgeBatch, NodeBatch, PropertyGraph
from .text import attributes, numbers, woven, xml

TYPES = {"string": "string", "integer": "long", "float": "double", "boolean": "boolean"}
NODE_COLUMNS = (
    Column("label", "string"),
    Column("kind", "string"),
    Column("colour", "string"),
    Column("degree", "integer"),
    Column("size", "float"),
)
EDGE_COLUMNS = (Column("label", "string"), Column("kind", "string"))
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def pieces(graph: PropertyGraph) -> Iterator[str]:
    """The file, piece by piece."""
    yield HEAD
    yield _declared("node", (*NODE_COLUMNS, *graph.node_columns))
    yield _declared("edge", (*EDGE_COLUMNS, *graph.edge_columns))
    yield f'<graph id="{xml([graph.title])[0]}" edgedefault="directed">\n'
    for batch in graph.node_batches():
        yield _nodes(batch)
    for edges in graph.edge_batches():
        yield _edges(edges)
    yield "</graph>\n</graphml>\n"


def _declared(of: str, columns: tuple[Column, ...]) -> str:
    return "".join(
        f'<key id="{of}-{c.name}" for="{of}" attr.name="{c.name}" attr.type="{TYPES[c.type]}"/>\n' for c in columns
    )


def _node_marks(column: Column) -> tuple[str, str]:
    return f'<data key="node-{column.name}">', "</data>"


def _edge_marks(column: Column) -> tuple[str, str]:
    return f'<data key="edge-{column.name}">', "</data>"


def _nodes(batch: NodeBatch) -> str:
    return woven(
        '<node id="',
        xml(batch.ids),
        '"><data key="node-label">',
        xml(batch.labels),
        f'</data><data key="node-kind">{batch.kind.name}</data><data key="node-colour">{batch.kind.colour}</data>',
        '<data key="node-degree">',
        numbers(batch.degrees),
        '</data><data key="node-size">',
        numbers(batch.sizes),
        "</data>",
        *attributes(batch.kind.columns, batch.columns, xml, _node_marks),
        "</node>\n",
    )


def _edges(batch: EdgeBatch) -> str:
    return woven(
        '<edge id="',
        xml(batch.ids),
        '" source="',
        xml(batch.sources),
        '" target="',
        xml(batch.targets),
        '"><data key="edge-label">',
        xml(batch.labels),
        f'</data><data key="edge-kind">{batch.kind.name}</data>',
        *attributes(batch.kind.columns, batch.columns, xml, _edge_marks),
        "</edge>\n",
    )
