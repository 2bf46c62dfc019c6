"""The graph as a Python user sees it: a method for each family of questions, each one .rq file with parameters."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from ..graph.store import DEFAULT_STORE, Store
from .catalog import question
from .table import Table, Value

XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS: dict[str, Callable[[str], Value]] = {
    f"{XSD}integer": int,
    f"{XSD}decimal": float,
    f"{XSD}double": float,
    f"{XSD}float": float,
}


class KnowledgeGraph:
    """Questions to a store. Make one with `zhengce.open(folder)` or `zhengce.build(paths)`."""

    def __init__(self, store: Store) -> None:
        """Wrap a store."""
        self.store = store

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
