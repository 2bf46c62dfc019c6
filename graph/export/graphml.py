"""GraphML, for Cytoscape, yEd, igraph and networkx: attributes with their types, colour and size as attributes too."""

from collections.abc import Iterator

from ..property_graph import Column, EdgeBatch, NodeBatch, PropertyGraph, size_of
from .text import fragments, xml

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
    begin = (
        f'</data><data key="node-kind">{batch.kind.name}</data><data key="node-colour">{batch.kind.colour}</data>'
        '<data key="node-degree">'
    )
    sizes = {degree: size_of(degree) for degree in set(batch.degrees)}
    attributes = fragments(batch.kind.columns, batch.columns, xml, _node_marks, len(batch.ids))
    return "".join(
        f'<node id="{id}"><data key="node-label">{label}{begin}{degree}</data>'
        f'<data key="node-size">{sizes[degree]}</data>{given}</node>\n'
        for id, label, degree, given in zip(xml(batch.ids), xml(batch.labels), batch.degrees, attributes, strict=True)
    )


def _edges(batch: EdgeBatch) -> str:
    begin = f'</data><data key="edge-kind">{batch.kind.name}</data>'
    attributes = fragments(batch.kind.columns, batch.columns, xml, _edge_marks, len(batch.ids))
    ends = zip(xml(batch.ids), xml(batch.sources), xml(batch.targets), xml(batch.labels), attributes, strict=True)
    return "".join(
        f'<edge id="{id}" source="{source}" target="{target}"><data key="edge-label">{label}{begin}{given}</edge>\n'
        for id, source, target, label, given in ends
    )
