"""What a store says of itself in VoID and DCAT, as SPARQL updates of its dataset graph.

The number of triples of a source text is written in the transaction that stores its graph; the sums are made from those
numbers, so that describing a store never counts its triples again. No clock: the same graphs have the same description.
"""

import pyoxigraph as ox

TITLES = '"政策知识图谱"@zh, "policy knowledge graph"@en'

# the licence is that of the vocabulary; the documents keep their own
DESCRIBE = """DELETE {{ GRAPH {dataset} {{ {dataset} ?property ?value }} }}
WHERE {{ GRAPH {dataset} {{ {dataset} ?property ?value }} FILTER (?property != void:subset) }} ;
INSERT {{ GRAPH {dataset} {{
  {dataset} a void:Dataset, dcat:Dataset ; dct:title {titles} ; void:uriSpace "{base}" ;
    void:vocabulary <https://w3id.org/zhengce/def> ; dct:conformsTo ?ontology ;
    void:documents ?documents ; void:triples ?triples ; void:exampleResource ?example }} }}
WHERE {{
  {{ SELECT (SUM(?n) AS ?triples)
     WHERE {{ GRAPH {dataset} {{ {dataset} void:subset ?text . ?text void:triples ?n }} }} }}
  {{ SELECT (COUNT(DISTINCT ?document) AS ?documents)
     WHERE {{ GRAPH {dataset} {{ ?document zc:preferredText ?one }} }} }}
  {{ SELECT ?example WHERE {{ GRAPH {dataset} {{ ?example zc:preferredText ?any }} }} ORDER BY ?example LIMIT 1 }}
  OPTIONAL {{ GRAPH <https://w3id.org/zhengce/def> {{ <https://w3id.org/zhengce/def> owl:versionIRI ?ontology }} }}
}} ;
INSERT {{ GRAPH {dataset} {{ {dataset} zc:softwareVersion ?version }} }}
WHERE {{ GRAPH {dataset} {{ {dataset} void:subset ?text }} GRAPH ?text {{ ?text zc:softwareVersion ?version }} }}"""


def describe(dataset: ox.NamedNode, base: str) -> str:
    """The update that writes the description of a store anew; one without documents has none."""
    return DESCRIBE.format(dataset=dataset, base=base, titles=TITLES)


def add_text(dataset: ox.NamedNode, source: ox.NamedNode, triples: int) -> str:
    """The update that makes the graph of a source text, with its number of triples, a part of the dataset."""
    return (
        f"{drop_text(dataset, source)} ;\n"
        f"INSERT DATA {{ GRAPH {dataset} {{ {dataset} void:subset {source} . {source} void:triples {triples} }} }}"
    )


def drop_text(dataset: ox.NamedNode, source: ox.NamedNode) -> str:
    """The update that takes a source text out of the dataset's description."""
    return (
        f"DELETE WHERE {{ GRAPH {dataset} {{ {source} void:triples ?n }} }} ;\n"
        f"DELETE DATA {{ GRAPH {dataset} {{ {dataset} void:subset {source} }} }}"
    )
