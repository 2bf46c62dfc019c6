"""A view for networkx: nodes are IRIs, attributes those of the view."""

from typing import TYPE_CHECKING

from ..graph.property_graph import PropertyGraph
from .views import VIEWS

if TYPE_CHECKING:
    import networkx


def to_networkx(graph: PropertyGraph) -> "networkx.DiGraph[str]":
    """A view as a networkx DiGraph; as a MultiDiGraph where two edges may join the same two nodes.

    Every node has `kind` and `label`, every edge `kind`, `label` and `weight`, beside the attributes of its kind
    (`role`, `position` …). Attributes that a node does not have are left out.
    """
    import networkx

    multi = any(view.multi and view.edge_kinds == graph.edge_kinds for view in VIEWS.values())
    made = networkx.MultiDiGraph() if multi else networkx.DiGraph()
    made.graph["name"] = graph.title
    for node in graph.nodes():
        made.add_node(node.id, kind=node.kind, label=node.label, **node.attributes)
    for edge in graph.edges():
        made.add_edge(edge.source, edge.target, kind=edge.kind, label=edge.label, **edge.attributes)
    return made
