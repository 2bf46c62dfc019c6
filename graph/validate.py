"""Check a graph before it is stored: the SHACL shapes of the ontology, and each quote against the source."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import Dataset, Graph, Node, URIRef
from rdflib.namespace import SH
from rdflib.util import guess_format

from ..extract.errors import DocumentError
from ..extract.records import Source
from ..ontology.terms import NIF, RDF, ZC, ZCS
from ..ontology.vocabulary import read

# a stored graph is checked without its source; where there is one, this stands for the shape
QUOTE_SHAPE = ZCS["mention-quotes-source"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One result of validation: the thing, the shape that it fails (local name), and what is wrong (zh, en)."""

    focus: str
    shape: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """The violations, which keep a graph out of the store, and the warnings, which do not; both sorted."""

    violations: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Is there no violation?"""
        return not self.violations


@cache
def _shapes() -> Graph:
    return Graph().parse(data=read("shapes.ttl"), format="turtle")


def validate(graph: Graph, source: Source | None = None) -> Report:
    """Check one graph. With its source, each quote is compared with the characters at its offsets (code points)."""
    import pyshacl  # takes a second to load, and only this function needs it

    _, results, _ = pyshacl.validate(graph, shacl_graph=_shapes(), inplace=True, advanced=False, meta_shacl=False)
    found = sorted(_findings(results)) if isinstance(results, Graph) else []
    quotes = sorted(_misquotes(graph, source)) if source else []
    violations = tuple(finding for severity, finding in found if severity == SH.Violation)
    warnings = tuple(finding for severity, finding in found if severity == SH.Warning)
    return Report(violations + tuple(quotes), warnings)


def _findings(results: Graph) -> Iterator[tuple[Node, Finding]]:
    for result in results.subjects(RDF.type, SH.ValidationResult):
        severity = results.value(result, SH.resultSeverity)
        if severity is None:
            continue
        shape = results.value(result, SH.sourceShape)
        value = results.value(result, SH.value)
        messages = sorted(str(message) for message in results.objects(result, SH.resultMessage))
        finding = Finding(
            focus=str(results.value(result, SH.focusNode)),
            shape=shape.removeprefix(str(ZCS)) if isinstance(shape, URIRef) else "unnamed",
            value="" if value is None else str(value),
            message=" / ".join(messages),
        )
        yield severity, finding


def _misquotes(graph: Graph, source: Source) -> Iterator[Finding]:
    for mention in graph.subjects(RDF.type, ZC.Mention):
        begin, end, quote = (graph.value(mention, p) for p in (NIF.beginIndex, NIF.endIndex, NIF.anchorOf))
        if source.text[int(str(begin)) : int(str(end))] != str(quote):
            yield Finding(
                str(mention),
                QUOTE_SHAPE.removeprefix(str(ZCS)),
                str(quote),
                "引文与原文在该位置的文字不符 / the quote is not what the source says at its offsets",
            )


def validate_file(path: Path) -> Report:
    """Check an RDF file. Raises DocumentError where it is missing or no RDF."""
    if not path.is_file():
        raise DocumentError(str(path), "is not there.", "Check the path.")
    try:
        dataset = Dataset()
        dataset.parse(path, format=guess_format(path.name) or "turtle")
    except Exception as error:  # rdflib's parsers raise whatever they meet
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise DocumentError(
            str(path), f"is no RDF ({first}).", "Turtle, N-Triples, N-Quads, TriG and JSON-LD are read."
        ) from None
    # what two texts say of one document is checked text by text, as it was before it was stored
    reports = [validate(_copy(graph)) for graph in dataset.graphs() if len(graph)]
    return Report(
        tuple(sorted(finding for report in reports for finding in report.violations)),
        tuple(sorted(finding for report in reports for finding in report.warnings)),
    )


def _copy(graph: Graph) -> Graph:
    copy = Graph()
    for triple in graph:
        copy.add(triple)
    return copy


def validate_triples(triples: str) -> Report:
    """Check a graph given as N-Triples."""
    return validate(Graph().parse(data=triples, format="nt"))
