"""Views of a store as property graphs: the parts of it that people look at, whole or filtered as questions are.

A view asks each source text by itself (`*.rq` beside this file, over the named graph of that text) and once, so that a
store of any size streams through; only what several texts share (bodies, places) and the number of edges at each node
is kept in memory. Nodes are IRIs. Their order is that of the sources' IRIs and, within a text, of its characters;
what texts share comes last.
"""

from ...extract.errors import UserError
from ...graph.property_graph import PropertyGraph
from ...graph.store import Store
from .kinds import VIEWS, View
from .maker import Maker

__all__ = ["VIEWS", "UnknownViewError", "View", "view"]


class UnknownViewError(UserError):
    """No view of this name; the message lists those there are."""


def view(store: Store, name: str, wanted: frozenset[str] | None = None) -> PropertyGraph:
    """A view of a store. `wanted` are the IRIs of the measures to show, with what belongs to them; None shows all.

    The store is read when the first node or edge is asked for. Raises UnknownViewError.
    """
    if name not in VIEWS:
        raise UnknownViewError(f"there is no view {name!r}; there are: {', '.join(VIEWS)}")
    shown = VIEWS[name]
    made = Maker(store, name, wanted)
    title = f"zhengce {name} {shown.zh}"
    return PropertyGraph(title, shown.node_kinds, shown.edge_kinds, made.nodes, made.edges, made.ends)
