"""The graph for networkx: who is responsible for which provision, and what the provision states."""

from typing import TYPE_CHECKING, Any

from ..graph.store import Store

if TYPE_CHECKING:
    import networkx

RESPONSIBILITY = """SELECT DISTINCT ?agent ?agency ?collective ?home ?path ?heading ?role ?position
WHERE {
  ?assignment zc:agent ?agent ; zc:statedFor ?home ; zc:role/skos:notation ?role ; zc:position ?position ;
              zc:inSource ?source .
  ?policy zc:preferredText ?source .
  GRAPH ?source { ?agent skos:prefLabel ?agency }
  OPTIONAL { ?home zc:path ?path }
  OPTIONAL { GRAPH ?source { ?home dct:title ?heading } }
  BIND (EXISTS { GRAPH ?source { ?agent a zc:AgentGroup } } AS ?collective)
} ORDER BY ?agent ?home ?position ?role"""
STATED = """SELECT DISTINCT ?home ?path ?heading ?measure ?text
WHERE {
  ?measure zc:statedIn ?home ; zc:text ?text ; zc:inSource ?source .
  ?policy zc:preferredText ?source
  OPTIONAL { ?home zc:path ?path }
  OPTIONAL { GRAPH ?source { ?home dct:title ?heading } }
} ORDER BY ?home ?measure"""


def responsibility(store: Store) -> "networkx.DiGraph[str]":
    """Agency → provision → measure, as a networkx DiGraph; nodes are IRIs.

    Node attributes: `kind` (agency, group, provision, measure) and `label`. Edge attributes: `kind` (responsible,
    states), and for responsible `role` (lead, participant, responsible) and `position` (order of naming from 1).
    """
    import networkx

    graph = networkx.DiGraph()
    for row in store.select(RESPONSIBILITY):
        agent, home = _text(row["agent"]), _text(row["home"])
        kind = "group" if _text(row["collective"]) == "true" else "agency"
        graph.add_node(agent, kind=kind, label=_text(row["agency"]))
        graph.add_node(home, kind="provision", label=f"{_text(row['path'])} {_text(row['heading'])}".strip())
        role, position = _text(row["role"]), int(_text(row["position"]))
        graph.add_edge(agent, home, kind="responsible", role=role, position=position)
    for row in store.select(STATED):
        home, measure = _text(row["home"]), _text(row["measure"])
        graph.add_node(home, kind="provision", label=f"{_text(row['path'])} {_text(row['heading'])}".strip())
        graph.add_node(measure, kind="measure", label=_text(row["text"]))
        graph.add_edge(home, measure, kind="states")
    return graph


def _text(term: Any) -> str:
    return "" if term is None else str(term.value)
