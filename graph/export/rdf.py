"""A store as files: N-Quads (sorted, the form to compare), TriG, Turtle and JSON-LD; equal graphs give equal bytes."""

import json
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from ...ontology.vocabulary import PREFIXES, read
from ..store import Store
from .files import write_file

FORMATS = ("turtle", "nquads", "trig", "jsonld")


def export(store: Store, format: str, vocabulary: bool = False, part: list[ox.Quad] | None = None) -> str:
    """The whole store in one format, or a sorted part of it; Turtle merges the named graphs.

    Raises ValueError for an unknown format.
    """
    quads = store.quads(vocabulary) if part is None else part
    if format == "nquads":
        return "".join(f"{quad} .\n" for quad in quads)
    if format == "trig":
        return _text(ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=PREFIXES))
    if format == "turtle":
        triples = sorted({quad.triple for quad in quads}, key=str)
        return _text(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES))
    if format == "jsonld":
        return _jsonld(quads)
    raise ValueError(f"no format {format!r}; there are: {', '.join(FORMATS)}")


def write(store: Store, format: str, out: Path, vocabulary: bool = False, part: list[ox.Quad] | None = None) -> int:
    """Write an export to a file and return its size in bytes. Raises ExportError where it cannot be written."""
    data = export(store, format, vocabulary, part).encode("utf-8")

    def pour(handle: IO[bytes]) -> None:
        handle.write(data)

    return write_file(out, pour)


def _jsonld(quads: list[ox.Quad]) -> str:
    """JSON-LD 1.1, compacted with the context of the ontology."""
    from rdflib import Dataset  # only this format needs it

    dataset = Dataset()
    dataset.parse(data="".join(f"{quad} .\n" for quad in quads), format="nquads")
    context = json.loads(read("context.jsonld"))
    text = dataset.serialize(format="json-ld", context=context["@context"], auto_compact=False)
    return json.dumps(_ordered(json.loads(text)), ensure_ascii=False, indent=1) + "\n"


def _ordered(value: object) -> object:
    """Keys sorted, and lists whose order means nothing (all of them: no RDF list is written) sorted too."""
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted((_ordered(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8")
