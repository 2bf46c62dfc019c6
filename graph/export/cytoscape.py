"""Cytoscape.js JSON (.cyjs), for Cytoscape desktop and pages with cytoscape.js; networkx reads it too.

`name` is what Cytoscape shows and `value` what networkx takes for the node itself. A page that hands the whole file to
cytoscape.js gets colours and sizes from its `style`.
"""

import json as jsons
from collections.abc import Iterator

from ..property_graph import LARGEST, SMALLEST, Column, EdgeBatch, NodeBatch, PropertyGraph, size_of
from .text import fragments, json


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
    begin = f',"kind":"{batch.kind.name}","colour":"{batch.kind.colour}","degree":'
    sizes = {degree: size_of(degree) for degree in set(batch.degrees)}
    attributes = fragments(batch.kind.columns, batch.columns, json, _marks, len(batch.ids))
    return ",\n".join(
        f'{{"data":{{"id":{id},"value":{id},"name":{label},"label":{label}{begin}{degree},"size":{sizes[degree]}'
        f"{given}}}}}"
        for id, label, degree, given in zip(json(batch.ids), json(batch.labels), batch.degrees, attributes, strict=True)
    )


def _edges(batch: EdgeBatch) -> str:
    begin = f',"kind":"{batch.kind.name}","interaction":"{batch.kind.name}"'
    attributes = fragments(batch.kind.columns, batch.columns, json, _marks, len(batch.ids))
    ends = zip(json(batch.ids), json(batch.sources), json(batch.targets), json(batch.labels), attributes, strict=True)
    return ",\n".join(
        f'{{"data":{{"id":{id},"key":{id},"source":{source},"target":{target},"label":{label}{begin}{given}}}}}'
        for id, source, target, label, given in ends
    )
