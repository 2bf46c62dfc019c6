"""Cytoscape.js JSON (.cyjs), for Cytoscape desktop and pages with cytoscape.js; networkx reads it too.

`name` is what Cytoscape shows and `value` what networkx takes for the node itself. A page that hands the whole file to
cytoscape.js gets colours and sizes from its `style`.
"""

import json as jsons
from collections.abc import Iterator

from ..property_graph import LARGEST, SMALLEST, Column, EdgeBatch, NodeBatch, PropertyGraph
from .text import attributes, json, numbers, woven


def pieces(graph: PropertyGraph) -> Iterator[str]:
    """The file, piece by piece."""
    data = _dumps({"name": graph.title})
    yield f'{{"format_version":"1.0","generated_by":"zhengce","directed":true,"multigraph":true,"data":{data},\n'
    yield f'"style":{_dumps(style(graph))},\n"elements":{{\n"nodes":[\n'
    comma = ""
    for batch in graph.node_batches():
        yield comma + _nodes(batch)
        comma = ",\n"
    yield '\n],\n"edges":[\n'
    comma = ""
    for edges in graph.edge_batches():
        yield comma + _edges(edges)
        comma = ",\n"
    yield "\n]}}\n"


def style(graph: PropertyGraph) -> list[dict[str, object]]:
    """How cytoscape.js draws the graph: colour by kind, size as computed, labels as they are."""
    size = f"mapData(size, {SMALLEST}, {LARGEST}, {SMALLEST}, {LARGEST})"
    nodes: dict[str, object] = {"label": "data(label)", "width": size, "height": size, "font-size": 8}
    edges: dict[str, object] = {"width": 1, "curve-style": "bezier", "target-arrow-shape": "triangle"}
    colours: list[dict[str, object]] = [
        {"selector": f'node[kind = "{kind.name}"]', "style": {"background-color": kind.colour}}
        for kind in graph.node_kinds
    ]
    return [{"selector": "node", "style": nodes}, {"selector": "edge", "style": edges}, *colours]


def _dumps(value: object) -> str:
    return jsons.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _marks(column: Column) -> tuple[str, str]:
    return f',"{column.name}":', ""


def _nodes(batch: NodeBatch) -> str:
    ids, labels = json(batch.ids), json(batch.labels)
    return woven(
        '{"data":{"id":',
        ids,
        ',"value":',
        ids,
        ',"name":',
        labels,
        ',"label":',
        labels,
        f',"kind":"{batch.kind.name}","colour":"{batch.kind.colour}","degree":',
        numbers(batch.degrees),
        ',"size":',
        numbers(batch.sizes),
        *attributes(batch.kind.columns, batch.columns, json, _marks),
        "}},\n",
    ).removesuffix(",\n")


def _edges(batch: EdgeBatch) -> str:
    ids = json(batch.ids)
    return woven(
        '{"data":{"id":',
        ids,
        ',"key":',
        ids,
        ',"source":',
        json(batch.sources),
        ',"target":',
        json(batch.targets),
        ',"label":',
        json(batch.labels),
        f',"kind":"{batch.kind.name}","interaction":"{batch.kind.name}"',
        *attributes(batch.kind.columns, batch.columns, json, _marks),
        "}},\n",
    ).removesuffix(",\n")
