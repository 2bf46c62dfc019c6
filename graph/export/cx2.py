"""CX2, the form of Cytoscape 3.10 and later, Cytoscape Web and NDEx: a list of aspects with their visual style."""

import json as jsons
from collections.abc import Iterator
from itertools import count

from ..property_graph import LARGEST, SMALLEST, Column, EdgeBatch, NodeBatch, PropertyGraph, size_of
from .text import fragments, json

TYPES = {"string": "string", "integer": "long", "float": "double", "boolean": "boolean"}
# `name` and `represents` are what Cytoscape and NDEx call a node's label and what it stands for
NODE_COLUMNS = (
    Column("name", "string"),
    Column("represents", "string"),
    Column("kind", "string"),
    Column("colour", "string"),
    Column("degree", "integer"),
    Column("size", "float"),
)
EDGE_COLUMNS = (Column("name", "string"), Column("interaction", "string"))


def pieces(graph: PropertyGraph) -> Iterator[str]:
    """The file, piece by piece. Nodes are numbered from 0 in their order, and edges name their ends by number."""
    sizes = {
        "attributeDeclarations": 1,
        "networkAttributes": 1,
        "nodes": sum(1 for _ in graph.make_nodes()),
        "edges": sum(graph.degrees.values()) // 2,
        "visualProperties": 1,
    }
    metadata = [{"name": name, "elementCount": number} for name, number in sizes.items()]
    yield f'[{{"CXVersion":"2.0","hasFragments":false}},\n{{"metaData":{_dumps(metadata)}}},\n'
    yield f'{{"attributeDeclarations":[{_dumps(_declarations(graph))}]}},\n'
    yield f'{{"networkAttributes":[{_dumps({"name": graph.title})}]}},\n{{"nodes":[\n'
    numbers: dict[str, int] = {}
    comma = ""
    for batch in graph.node_batches():
        yield comma + _nodes(batch, numbers)
        comma = ",\n"
    yield '\n]},\n{"edges":[\n'
    comma, edge_numbers = "", count()
    for edges in graph.edge_batches():
        yield comma + _edges(edges, numbers, edge_numbers)
        comma = ",\n"
    yield f'\n]}},\n{{"visualProperties":[{_dumps(_style(graph))}]}},\n{{"status":[{{"success":true}}]}}]\n'


def _declarations(graph: PropertyGraph) -> dict[str, object]:
    def declared(columns: tuple[Column, ...]) -> dict[str, object]:
        return {column.name: {"d": TYPES[column.type]} for column in columns}

    return {
        "networkAttributes": {"name": {"d": "string"}},
        "nodes": declared((*NODE_COLUMNS, *graph.node_columns)),
        "edges": declared((*EDGE_COLUMNS, *graph.edge_columns)),
    }


def _style(graph: PropertyGraph) -> dict[str, object]:
    colours = [{"v": kind.name, "vp": kind.colour} for kind in graph.node_kinds]
    size = {
        "type": "CONTINUOUS",
        "definition": {
            "attribute": "size",
            "map": [
                {
                    "min": SMALLEST,
                    "max": LARGEST,
                    "minVPValue": SMALLEST,
                    "maxVPValue": LARGEST,
                    "includeMin": True,
                    "includeMax": True,
                }
            ],
        },
    }
    return {
        "default": {
            "network": {"NETWORK_BACKGROUND_COLOR": "#FFFFFF"},
            "node": {"NODE_SHAPE": "ellipse", "NODE_LABEL_FONT_SIZE": 8},
            "edge": {"EDGE_TARGET_ARROW_SHAPE": "triangle", "EDGE_LINE_COLOR": "#999999"},
        },
        "nodeMapping": {
            "NODE_LABEL": {"type": "PASSTHROUGH", "definition": {"attribute": "name", "type": "string"}},
            "NODE_BACKGROUND_COLOR": {
                "type": "DISCRETE",
                "definition": {"attribute": "kind", "type": "string", "map": colours},
            },
            "NODE_WIDTH": size,
            "NODE_HEIGHT": size,
        },
    }


def _dumps(value: object) -> str:
    return jsons.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _marks(column: Column) -> tuple[str, str]:
    return f',"{column.name}":', ""


def _nodes(batch: NodeBatch, numbers: dict[str, int]) -> str:
    first = len(numbers)
    numbers.update(zip(batch.ids, count(first)))
    begin = f',"kind":"{batch.kind.name}","colour":"{batch.kind.colour}","degree":'
    sizes = {degree: size_of(degree) for degree in set(batch.degrees)}
    attributes = fragments(batch.kind.columns, batch.columns, json, _marks, len(batch.ids))
    found = zip(json(batch.ids), json(batch.labels), batch.degrees, attributes, strict=True)
    return ",\n".join(
        f'{{"id":{n},"v":{{"name":{label},"represents":{id}{begin}{degree},"size":{sizes[degree]}{given}}}}}'
        for n, (id, label, degree, given) in enumerate(found, first)
    )


def _edges(batch: EdgeBatch, numbers: dict[str, int], own: Iterator[int]) -> str:
    attributes = fragments(batch.kind.columns, batch.columns, json, _marks, len(batch.ids))
    found = zip(batch.sources, batch.targets, json(batch.labels), attributes, strict=True)
    return ",\n".join(
        f'{{"id":{next(own)},"s":{numbers[source]},"t":{numbers[target]},"v":{{"name":{label},'
        f'"interaction":"{batch.kind.name}"{given}}}}}'
        for source, target, label, given in found
    )
