"""The graph as a Python user sees it: a method for each family of questions, each one .rq file with parameters."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import pyoxigraph as ox

from ..extract.errors import DocumentError
from ..graph.store import DEFAULT_STORE, Store
from .catalog import question
from .filters import AmountFilters, DocumentFilters, Filters, ItemFilters, MixFilters, StateFilters
from .network import to_networkx
from .owners import co_ownership
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

    def view(self, name: str = "responsibility", **filters: Unpack[Filters]) -> "PropertyGraph":
        """A view of the graph (`responsibility`, `targets`, `documents`, `full`) as nodes and edges.

        The filters are the parameters of the question `measures`: what they leave is shown with all that belongs to it.
        Raises UnknownViewError or ParameterError.
        """
        given = {key: value for key, value in filters.items() if value is not None}
        return make_view(self.store, name, self._wanted(given))

    def export(
        self, format: str, out: Path, view: str | None = None, vocabulary: bool = False, **filters: Unpack[Filters]
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

    def to_networkx(self, view: str = "responsibility", **filters: Unpack[Filters]) -> "networkx.DiGraph[str]":
        """A view as a networkx graph (see `queries.network`), filtered as `view` does."""
        return to_networkx(self.view(view, **filters))

    def departments(self, **filters: Unpack[Filters]) -> Table:
        """Which bodies own obligations of a kind, from which provision: a row for each body and provision.

        Responsibility is stated for the provision, not for each of its sentences.
        """
        return self.query("departments", **filters)

    def items(self, **filters: Unpack[ItemFilters]) -> Table:
        """The provisions that a body is named for, with its place in the order of naming and all who are named."""
        return self.query("items", **filters)

    def ranking(self, **filters: Unpack[ItemFilters]) -> Table:
        """Bodies by the number of provisions that they are named for."""
        return self.query("ranking", **filters)

    def co_owners(self, least: int | None = None, **filters: Unpack[ItemFilters]) -> Table:
        """Pairs of bodies that are named together, by the number of provisions (`least` or more)."""
        return self.query("co-ownership", least=least, **filters)

    def co_ownership(self, least: int | None = None, **filters: Unpack[ItemFilters]) -> "networkx.Graph[str]":
        """The pairs of `co_owners` as an undirected networkx graph: nodes are names, `weight` is the shared provisions.

        Edges also have `share` (0..1, shared over the provisions of either) and `items`; nodes have `items`, their
        number of provisions, and `group`. Bodies that share nothing are nodes without edges.
        """
        return co_ownership(self.ranking(**filters), self.co_owners(least=least, **filters))

    def unowned(self, **filters: Unpack[DocumentFilters]) -> Table:
        """Lowest-level provisions for which no body is named, with the number of their measures."""
        return self.query("unowned", **filters)

    def measures(self, **filters: Unpack[Filters]) -> Table:
        """Which measures there are, one row each; `iri` is the measure's own."""
        return self.query("measures", **filters)

    def support(self, also: str | None = None, **filters: Unpack[Filters]) -> Table:
        """What one can get, whether or not an amount is stated; `also` is a second instrument of the same measure."""
        return self.query("support", also=also, **filters)

    def benefits(self, **filters: Unpack[AmountFilters]) -> Table:
        """Benefit amounts with basis, cap and case, and the conditions, dates and cost shares of their measure."""
        return self.query("benefits", **filters)

    def amounts(self, role: str | None = None, **filters: Unpack[AmountFilters]) -> Table:
        """Amounts, rates, durations, counts: money in yuan, percent as printed; `role` is benefit, condition, goal …"""
        return self.query("amounts", role=role, **filters)

    def taxes(self, treatment: str | None = None, levy: str | None = None, **filters: Unpack[Filters]) -> Table:
        """Taxes and charges by `treatment` (exempt, reduce, defer, refund) and `levy` (tax, social-insurance …)."""
        return self.query("taxes", treatment=treatment, levy=levy, **filters)

    def timeline(self, role: str | None = None, **filters: Unpack[Filters]) -> Table:
        """Dates and periods (ISO, both ends inclusive); `role` is deadline, from, period, point or recurring."""
        return self.query("timeline", role=role, **filters)

    def deadlines(self, **filters: Unpack[Filters]) -> Table:
        """The dates of the timeline by which something must be done or ends."""
        return self.query("timeline", role="deadline", **filters)

    def validity(self, on: str | None = None, state: str | None = None, **filters: Unpack[StateFilters]) -> Table:
        """What is in force on an ISO day: documents and dated measures; `state` is expired, in-force or not-yet."""
        return self.query("validity", on=on, state=state, **filters)

    def time_limits(self, **filters: Unpack[Filters]) -> Table:
        """Within how many working days, days or hours a matter must be handled."""
        return self.query("time-limits", **filters)

    def frequencies(self, found: str | None = None, **filters: Unpack[Filters]) -> Table:
        """Recurring duties; `found` is the ground: frequency, date, goal or word."""
        return self.query("recurring", found=found, **filters)

    def prohibitions(self, ground: str | None = None, **filters: Unpack[Filters]) -> Table:
        """Prohibitions and limits on government; `ground` is prohibition, limit, negative or restraint."""
        return self.query("restrictions", ground=ground, **filters)

    def goals(self, **filters: Unpack[Filters]) -> Table:
        """Goals that are broken down by place; `place` is a name or GB/T 2260 code and holds the places in it."""
        return self.query("goals", **filters)

    def goal_totals(self, **filters: Unpack[DocumentFilters]) -> Table:
        """What goals by place add up to, and the least that a stated multiple of them makes."""
        return self.query("goal-totals", **filters)

    def funding_shares(self, **filters: Unpack[Filters]) -> Table:
        """Who bears which share (0..1) of a cost."""
        return self.query("funding-shares", **filters)

    def citations(self, **filters: Unpack[DocumentFilters]) -> Table:
        """Documents that are cited, whether they are to be changed, and where the store has them."""
        return self.query("citations", **filters)

    def changes(self, kind: str | None = None, **filters: Unpack[Filters]) -> Table:
        """Extensions, continuations, planned revisions and repeals, with the old and new dates where they are said."""
        return self.query("changes", kind=kind, **filters)

    def extensions(self, **filters: Unpack[Filters]) -> Table:
        """Policies that are extended or continued, and sentences elsewhere in the document that name them."""
        return self.query("extensions", **filters)

    def restatements(
        self, instrument: str | None = None, agrees: str | None = None, document: str | None = None
    ) -> Table:
        """Pairs of measures in different parts of a document that say the same; `agrees`: same, differs, one-silent."""
        return self.query("restatements", instrument=instrument, agrees=agrees, document=document)

    def modality_mix(self, **filters: Unpack[MixFilters]) -> Table:
        """How many measures of each part of a document commit, encourage, permit and forbid."""
        return self.query("modality-mix", **filters)

    def provenance(
        self, quote: str | None = None, about: str | None = None, rule: str | None = None, document: str | None = None
    ) -> Table:
        """Where the source says it: the mentions whose quote holds a text, or that are about an IRI."""
        return self.query("provenance", quote=quote, about=about, rule=rule, document=document)

    def dataset(self) -> Table:
        """What the store holds: documents, texts, triples, versions, licence of the vocabulary."""
        return self.query("dataset")


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
