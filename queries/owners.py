"""Bodies that are named together, as a networkx graph."""

from typing import TYPE_CHECKING

from .table import Table

if TYPE_CHECKING:
    import networkx


def co_ownership(bodies: Table, pairs: Table) -> "networkx.Graph[str]":
    """Bodies that are named together, as an undirected networkx graph (see `KnowledgeGraph.co_ownership`)."""
    import networkx

    graph = networkx.Graph()
    for row in bodies:
        graph.add_node(row.agency, items=row.items, group=row.group)
    for row in pairs:
        graph.add_edge(row.agency, row.other, weight=row.items, share=row.share, items=row.items_list)
    return graph
