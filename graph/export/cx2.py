"""CX2, the form of Cytoscape 3.10 and later, Cytoscape Web and NDEx: a list of aspects with their visual style."""

import json as jsons
from collections.abc import Iterator

from ..property_graph import LARGEST, SMALLEST, Column, EdgeBatch, NodeBatch, PropertyGraph
from .text import attributes, json, numbers, woven

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
    known: dict[str, str] = {}
    comma = ""
    for batch in graph.node_batches():
        yield comma + _nodes(batch, known)
        comma = ",\n"
    yield '\n]},\n{"edges":[\n'
    comma, first = "", 0
    for edges in graph.edge_batches():
        yield comma + _edges(edges, known, first)
        comma, first = ",\n", first + len(edges.ids)
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


def _nodes(batch: NodeBatch, known: dict[str, str]) -> str:
    own = numbers(range(len(known), len(known) + len(batch.ids)))
    known.update(zip(batch.ids, own, strict=True))
    return woven(
        '{"id":',
        own,
        ',"v":{"name":',
        json(batch.labels),
        ',"represents":',
        json(batch.ids),
        f',"kind":"{batch.kind.name}","colour":"{batch.kind.colour}","degree":',
        numbers(batch.degrees),
        ',"size":',
        numbers(batch.sizes),
        *attributes(batch.kind.columns, batch.columns, json, _marks),
        "}},\n",
    ).removesuffix(",\n")


def _edges(batch: EdgeBatch, known: dict[str, str], first: int) -> str:
    return woven(
        '{"id":',
        numbers(range(first, first + len(batch.ids))),
        ',"s":',
        [known[source] for source in batch.sources],
        ',"t":',
        [known[target] for target in batch.targets],
        ',"v":{"name":',
        json(batch.labels),
        f',"interaction":"{batch.kind.name}"',
        *attributes(batch.kind.columns, batch.columns, json, _marks),
        "}},\n",
    ).removesuffix(",\n")
