"""The graph as a Python user sees it: a method for each family of questions, each one .rq file with parameters."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..extract.errors import DocumentError
from ..graph.store import DEFAULT_STORE, Store
from .catalog import question
from .network import to_networkx
from .table import Table, Value
from .views import view as make_view
from .views.subgraph import subgraph

if TYPE_CHECKING:
    import networkx

    from ..graph.property_graph import PropertyGraph

XSD = "http://www.w3.org/2001/XMLSchema#"


def _decimal(text: str) -> Value:
    """A whole decimal as an int: 150000 yuan are no 150000.0; text that is no number stays text."""
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text


NUMBERS: dict[str, Callable[[str], Value]] = {
    f"{XSD}integer": int,
    f"{XSD}decimal": _decimal,
    f"{XSD}double": float,
    f"{XSD}float": float,
}


class KnowledgeGraph:
    """Questions to a store. Make one with `zhengce.open(folder)` or `zhengce.build(paths)`."""

    def __init__(self, store: Store) -> None:
        """Wrap a store."""
        self.store = store

    def __repr__(self) -> str:
        """How many texts there are, and where."""
        return f"KnowledgeGraph({len(self.store.sources())} texts, {self.store.folder or 'in memory'})"

    @classmethod
    def open(cls, folder: str | Path = DEFAULT_STORE) -> "KnowledgeGraph":
        """Open a store on disk for reading. Raises StoreError where there is none."""
        return cls(Store.open(Path(folder)))

    def query(self, name: str, **parameters: object) -> Table:
        """Answer a named question. Raises UnknownQueryError or ParameterError."""
        return self.sparql(question(name).bind(parameters))

    def sparql(self, query: str) -> Table:
        """Answer a SPARQL 1.1 query: SELECT as it says; ASK as one cell; CONSTRUCT and DESCRIBE as triples.

        Raises SyntaxError for text that is no query.
        """
        result = self.store.query(query)
        if isinstance(result, ox.QueryBoolean):
            return Table.of(["answer"], [[bool(result)]])
        if isinstance(result, ox.QueryTriples):
            triples = sorted((str(t.subject), str(t.predicate), str(t.object)) for t in result)
            return Table.of(["subject", "predicate", "object"], triples)
        names = [variable.value for variable in result.variables]
        return Table.of(names, [[_value(solution[name]) for name in names] for solution in result])

    def view(self, name: str = "responsibility", **filters: object) -> "PropertyGraph":
        """A view of the graph (`responsibility`, `targets`, `documents`, `full`) as nodes and edges.

        The filters are the parameters of the question `measures`: what they leave is shown with all that belongs to it.
        Raises UnknownViewError or ParameterError.
        """
        given = {key: value for key, value in filters.items() if value is not None}
        return make_view(self.store, name, self._wanted(given))

    def export(
        self, format: str, out: Path, view: str | None = None, vocabulary: bool = False, **filters: object
    ) -> int:
        """Write a file and return its size in bytes: RDF of the store, or a view as a graph file of another form.

        The filters are those of `view`; with them RDF holds what the measures that they leave need. Raises ExportError
        where that cannot be, or nothing is left.
        """
        from ..graph.export import RDF_FORMATS, ExportError, write, write_graph

        given = {key: value for key, value in filters.items() if value is not None}
        wanted = self._wanted(given)
        if wanted is not None and not wanted:
            raise ExportError("no measure fits these filters; nothing was written. Try: zhengce query measures")
        if format in RDF_FORMATS:
            if view is not None:
                raise ExportError(
                    f"{format} is RDF and has no views: leave --view out, or give --format gexf, graphml, cyjs …"
                )
            part = None if wanted is None else subgraph(self.store, wanted, vocabulary)
            return write(self.store, format, out, vocabulary, part)
        if vocabulary:
            raise ExportError(f"only RDF holds the vocabulary: leave --vocabulary out, or give one of {RDF_FORMATS}")
        return write_graph(make_view(self.store, view or "responsibility", wanted), format, out)

    def _wanted(self, given: dict[str, object]) -> frozenset[str] | None:
        """The IRIs of the measures that filters leave; None without filters."""
        return frozenset(str(row.iri) for row in self.query("measures", **given)) if given else None

    def to_networkx(self, view: str = "responsibility", **filters: object) -> "networkx.DiGraph[str]":
        """A view as a networkx graph (see `queries.network`), filtered as `view` does."""
        return to_networkx(self.view(view, **filters))

    def departments(
        self, instrument: str | None = None, agency: str | None = None, document: str | None = None
    ) -> Table:
        """Which bodies own obligations of a kind, from which provision: a row for each body and provision.

        `instrument` is the code of an instrument or group, `agency` a name in any spelling, `document` a number
        (豫政办〔2022〕14号). Responsibility is stated for the provision, not for each of its sentences.
        """
        return self.query("departments", instrument=instrument, agency=agency, document=document)

    def measures(
        self,
        instrument: str | None = None,
        modality: str | None = None,
        target: str | None = None,
        agency: str | None = None,
        document: str | None = None,
    ) -> Table:
        """Which measures there are, one row each with its evidence's offsets (code points of the source text).

        A `target` type finds the measures for it and for every broader type that covers it.
        """
        return self.query(
            "measures", instrument=instrument, modality=modality, target=target, agency=agency, document=document
        )

    def amounts(
        self,
        kind: str | None = None,
        role: str | None = None,
        unit: str | None = None,
        place: str | None = None,
        least: float | None = None,
        most: float | None = None,
        instrument: str | None = None,
        target: str | None = None,
        document: str | None = None,
    ) -> Table:
        """Amounts, rates, durations, counts: money in yuan, percent as printed; `least` and `most` bound the value."""
        return self.query(
            "amounts", kind=kind, role=role, unit=unit, place=place, least=least, most=most,
            instrument=instrument, target=target, document=document,
        )  # fmt: skip

    def benefits(self, instrument: str | None = None, target: str | None = None, document: str | None = None) -> Table:
        """What one can get: each amount with basis, cap and case, its measure's conditions, dates and cost shares."""
        return self.query("benefits", instrument=instrument, target=target, document=document)

    def timeline(
        self,
        role: str | None = None,
        until: str | None = None,
        on: str | None = None,
        instrument: str | None = None,
        target: str | None = None,
        document: str | None = None,
    ) -> Table:
        """Dates and periods (ISO, both ends inclusive); `until` and `on` are ISO days, `role` is deadline, from …"""
        return self.query(
            "timeline", role=role, until=until, on=on, instrument=instrument, target=target, document=document
        )

    def goals(
        self,
        place: str | None = None,
        instrument: str | None = None,
        target: str | None = None,
        document: str | None = None,
    ) -> Table:
        """Goals that are broken down by place; `place` is a name or GB/T 2260 code and holds the places in it."""
        return self.query("goals", place=place, instrument=instrument, target=target, document=document)

    def funding_shares(
        self, instrument: str | None = None, target: str | None = None, document: str | None = None
    ) -> Table:
        """Who bears which share (0..1) of a cost."""
        return self.query("funding-shares", instrument=instrument, target=target, document=document)

    def changes(
        self,
        kind: str | None = None,
        instrument: str | None = None,
        target: str | None = None,
        document: str | None = None,
    ) -> Table:
        """Extensions, continuations, planned revisions and repeals, with the old and new dates where they are said."""
        return self.query("changes", kind=kind, instrument=instrument, target=target, document=document)

    def provenance(
        self, quote: str | None = None, about: str | None = None, rule: str | None = None, document: str | None = None
    ) -> Table:
        """Where the source says it: the mentions whose quote holds a text, or that are about an IRI."""
        return self.query("provenance", quote=quote, about=about, rule=rule, document=document)


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Value:
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        if term.datatype.value in NUMBERS:
            return NUMBERS[term.datatype.value](term.value)
        if term.datatype.value == f"{XSD}boolean":
            return term.value == "true"
        return term.value
    return term.value if isinstance(term, ox.NamedNode | ox.BlankNode) else str(term)


class BuildFailure(ExceptionGroup[DocumentError]):
    """Some files gave no graph: one DocumentError for each, and `graph` with what the others gave."""

    graph: KnowledgeGraph

    def __new__(cls, message: str, failed: Sequence[DocumentError], graph: KnowledgeGraph) -> "BuildFailure":
        """Make the group; `failed` is not empty."""
        self = super().__new__(cls, message, failed)
        self.graph = graph
        return self

    def __init__(self, message: str, failed: Sequence[DocumentError], graph: KnowledgeGraph) -> None:
        """Say in one line how many failed."""
        super().__init__(message, failed)
