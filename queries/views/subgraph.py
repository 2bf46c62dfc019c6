"""The part of a store that some measures need, as RDF: for files in RDF with the filters of the questions."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from ...graph.store import VOCABULARY_GRAPH, Store
from ...ontology.vocabulary import PREFIXES
from .text import Text, view_query

ZC = PREFIXES["zc"]
COVERS = f"{ZC}covers"
EVIDENCE = frozenset(f"{ZC}{name}" for name in ("evidence", "mention", "statedBy"))


def subgraph(store: Store, wanted: frozenset[str], vocabulary: bool = False) -> list[ox.Quad]:
    """The quads about these measures, sorted: their facts, provisions, documents, owners, and the evidence of all this.

    An assignment stays where it covers one of the measures, and covers only these; with `vocabulary` the vocabulary
    is there whole.
    """
    found = set(store.graph(VOCABULARY_GRAPH.value)) if vocabulary else set()
    documents = set()
    for row in store.rows(view_query("preferred")):
        text = Text(store, row["source"], wanted)
        if text.is_shown:
            found.update(_of_text(text, store.graph(text.source)))
            documents.add(text.document)
    about = (quad for quad in store.graph(store.dataset.value) if _iri(quad.subject) in documents)
    return sorted(found.union(about), key=str)


def _of_text(text: Text, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    by_subject: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        by_subject.setdefault(_iri(quad.subject), []).append(quad)
    assigned = {row["id"] for row in text.assignments}
    kept = {text.source, text.document, *text.shown, *text.homes, *text.facts, *assigned}
    todo = sorted(kept & by_subject.keys())
    while todo:
        for quad in by_subject[todo.pop()]:
            target = _iri(quad.object)
            if quad.predicate.value == COVERS and target not in text.shown:
                continue
            yield quad
            # evidence comes along, and what several texts share (bodies, units, places); no other part of the text
            shared = target in by_subject and not target.startswith(f"{text.source}/")
            if target not in kept and (shared or quad.predicate.value in EVIDENCE) and target in by_subject:
                kept.add(target)
                todo.append(target)


def _iri(term: object) -> str:
    """The IRI of a term; empty for a literal (graphs have no blank nodes)."""
    return term.value if isinstance(term, ox.NamedNode) else ""
