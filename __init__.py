"""zhengce (政策): Chinese policy documents as a knowledge graph that people can trust.

The verbs: `extract` (a file → records), `build` (files → graph), `open` (a store → graph), `validate` (a graph file →
report), `export` (a graph → files). Each is loaded when it is first used, so that importing zhengce costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

if TYPE_CHECKING:
    from .extract.records import Document
    from .graph.validate import Report
    from .queries import KnowledgeGraph
    from .queries.filters import Filters

__all__ = ["build", "export", "extract", "open", "validate"]

PathLike = str | Path


def extract(path: PathLike) -> Document:
    """Say what one file states, as records. Raises `zhengce.extract.errors.DocumentError`, which names the cure."""
    from .extract.pipeline import extract

    return extract(path)


def build(paths: PathLike | Iterable[PathLike], store: PathLike | None = None, jobs: int = 1) -> KnowledgeGraph:
    """Build the graph of files and folders, in memory or into a store on disk, and return it for questions.

    Raises BuildFailure, a group of DocumentErrors, where files gave no graph; its `graph` holds the rest.
    """
    from .extract.errors import DocumentError
    from .graph.batch import build
    from .graph.store import Store
    from .queries import BuildFailure, KnowledgeGraph

    given = [paths] if isinstance(paths, str | Path) else list(paths)
    with Store.memory() if store is None else Store.create(Path(store)) as target:
        report = build([Path(path) for path in given], target, jobs=jobs)
    graph = KnowledgeGraph(target if store is None else Store.open(Path(store)))
    failed = [
        DocumentError(str(o.path), o.problem, o.cure) for o in report.outcomes if o.state in ("failed", "rejected")
    ]
    if failed:
        raise BuildFailure(f"{len(failed)} of {len(report.outcomes)} files gave no graph", failed, graph)
    return graph


def open(store: PathLike = "zhengce-store") -> KnowledgeGraph:
    """Open a store on disk for questions. Raises `zhengce.graph.store.StoreError` where there is none."""
    from .queries import KnowledgeGraph

    return KnowledgeGraph.open(store)


def validate(path: PathLike) -> Report:
    """Check an RDF file (Turtle, N-Triples, JSON-LD, RDF/XML by its ending) against the shapes."""
    from .graph.validate import validate_file

    return validate_file(Path(path))


def export(
    graph: KnowledgeGraph, format: str, out: PathLike, view: str | None = None, **filters: Unpack[Filters]
) -> int:
    """Write a graph to files and return their size in bytes.

    `html` is a page for the browser; `turtle`, `nquads`, `trig` and `jsonld` are RDF; `gexf`, `graphml`, `cyjs`,
    `cx2`, `cypher`, `neo4j-csv`, `csv` and `parquet` hold a `view` of it: responsibility (unless said otherwise),
    targets, documents or full. The filters are those of the question `measures`. Raises
    `zhengce.graph.export.ExportError` or `zhengce.serve.PageError`, which name the cure.
    """
    if format == "html":
        from .serve.page import write_page

        return write_page(graph, Path(out), **filters)
    return graph.export(format, Path(out), view, False, **filters)
