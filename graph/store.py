"""The graphs of many documents in one place: Oxigraph on disk, one named graph for each source text."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType

import pyoxigraph as ox

from ..extract.errors import UserError
from ..extract.handmade import RULE as HANDMADE_RULE
from ..ontology.vocabulary import PREFIXES, read, scheme_files
from .dataset import add_text, describe, drop_text
from .iris import DEFAULT_BASE

VOCABULARY_GRAPH = ox.NamedNode("https://w3id.org/zhengce/def")
IS_FORMAT_OF = ox.NamedNode("http://purl.org/dc/terms/isFormatOf")
TITLE = ox.NamedNode("http://purl.org/dc/terms/title")
TRIPLES = ox.NamedNode("http://rdfs.org/ns/void#triples")
VOID = {"void": "http://rdfs.org/ns/void#", "owl": "http://www.w3.org/2002/07/owl#"}
VOCABULARY_FILES = ("policy.ttl", "alignments.ttl")
DATA_FOLDER = "oxigraph"
REJECTED_FOLDER = "rejected"
VOCABULARY_MARK = "vocabulary.sha256"
FILES = "files.json"
DEFAULT_STORE = Path("zhengce-store")

Row = Mapping[str, ox.NamedNode | ox.BlankNode | ox.Literal | None]

# of two texts of one document the longer counts, of two equally long the one whose IRI sorts first
ELECT = """DELETE { GRAPH ?dataset { ?document zc:preferredText ?before } }
WHERE { VALUES (?dataset ?document) { %(pairs)s } GRAPH ?dataset { ?document zc:preferredText ?before } } ;
INSERT { GRAPH ?dataset { ?document zc:preferredText ?best } }
WHERE {
  VALUES (?dataset ?document) { %(pairs)s }
  GRAPH ?best { ?best dct:isFormatOf ?document ; zc:length ?length }
  FILTER NOT EXISTS {
    GRAPH ?other { ?other dct:isFormatOf ?document ; zc:length ?longer }
    FILTER (?longer > ?length || (?longer = ?length && STR(?other) < STR(?best)))
  }
}"""


class StoreError(UserError):
    """A store that is not there, is no store, or is being written by somebody else; the message says what to do."""


class Store:
    """A set of named graphs with the vocabulary beside them. Make one with `memory`, `open` or `create`."""

    def __init__(self, quads: ox.Store, folder: Path | None, base: str, writable: bool) -> None:
        """Wrap an Oxigraph store; `folder` is None for one in memory."""
        self._quads = quads
        self.folder = folder
        self.writable = writable
        self._files: dict[str, str] = _read_files(folder)
        self.base = base
        self.dataset = ox.NamedNode(f"{base}dataset")

    @classmethod
    def memory(cls, base: str = DEFAULT_BASE) -> "Store":
        """A store in memory, with the vocabulary loaded."""
        store = cls(ox.Store(), None, base, True)
        store._load_vocabulary()
        return store

    @classmethod
    def create(cls, folder: Path, base: str = DEFAULT_BASE) -> "Store":
        """Open a store on disk for writing; make it where there is none.

        Raises StoreError where the folder holds something else or another process writes to it.
        """
        if folder.exists() and not folder.is_dir():
            raise StoreError(f"{folder} is a file, not a store. Name another folder with --store.")
        if folder.is_dir() and any(folder.iterdir()) and not (folder / DATA_FOLDER).is_dir():
            raise StoreError(f"{folder} holds other files, not a store. Name an empty or new folder with --store.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            quads = ox.Store(folder / DATA_FOLDER)
        except OSError as error:
            raise StoreError(
                f"{folder} cannot be opened for writing. Is another build running on it? Wait for it, or use another "
                f"folder with --store. ({error})"
            ) from None
        store = cls(quads, folder, base, True)
        if store._vocabulary_mark() != _vocabulary_digest():
            store._load_vocabulary()
        return store

    @classmethod
    def open(cls, folder: Path, base: str = DEFAULT_BASE) -> "Store":
        """Open a store on disk for reading; any number of readers may. Raises StoreError where there is none."""
        if not (folder / DATA_FOLDER).is_dir():
            raise StoreError(f"There is no store in {folder}. Make one: zhengce build FILE --store {folder}")
        try:
            return cls(ox.Store.read_only(str(folder / DATA_FOLDER)), folder, base, False)
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{folder} cannot be read as a store; build it anew. ({error})") from None

    def __enter__(self) -> "Store":
        """Use a store in a with statement."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the store."""
        self.close()

    def flush(self) -> None:
        """Bring the description of the dataset up to date and write everything to disk."""
        if self.writable:
            self._describe()
            if self.folder is not None:
                self._quads.flush()

    def _describe(self) -> None:
        """Say of the dataset how much it holds (see `graph.dataset`)."""
        counted = {quad.subject for quad in self._quads.quads_for_pattern(None, TRIPLES, None, self.dataset)}
        for source in map(ox.NamedNode, self.sources()):
            if source not in counted:
                # a graph of a store that is older than the description
                size = sum(1 for _ in self._quads.quads_for_pattern(None, None, None, source))
                self._quads.update(add_text(self.dataset, source, size), prefixes=VOID | PREFIXES)
        self._quads.update(describe(self.dataset, self.base), prefixes=VOID | PREFIXES)

    def close(self) -> None:
        """Write everything to disk and let other writers in; a store on disk cannot be used after this."""
        self.flush()
        if self.folder is not None:
            self._quads = ox.Store()

    def replace(self, source: str, document: str, triples: str, former: str | None = None) -> None:
        """Put the graph of a source text (N-Triples) in place of what it was, in one transaction.

        `former` is a source text that this one supersedes; its graph is dropped. The texts preferred for the documents
        that they were or are texts of are chosen anew in the same transaction.
        """
        affected = sorted({document, *self._documents(source), *(self._documents(former) if former else ())})
        drop = ""
        if former:
            gone = ox.NamedNode(former)
            drop = f"DROP SILENT GRAPH {gone} ;\n{drop_text(self.dataset, gone)} ;\n"
        pairs = " ".join(f"({self.dataset} {ox.NamedNode(iri)})" for iri in affected)
        graph = ox.NamedNode(source)
        self._quads.update(
            f"{drop}DROP SILENT GRAPH {graph} ;\nINSERT DATA {{ GRAPH {graph} {{\n{triples}\n}} }} ;\n"
            + f"{add_text(self.dataset, graph, len(set(triples.splitlines())))} ;\n"
            + ELECT % {"pairs": pairs},
            prefixes=VOID | PREFIXES,
        )

    def record_file(self, path: str, source: str) -> None:
        """Remember which source text a file gave."""
        self._files[path] = source
        if self.folder is not None:
            text = json.dumps(self._files, ensure_ascii=False, indent=0, sort_keys=True)
            (self.folder / FILES).write_text(text, encoding="utf-8", errors="surrogateescape")

    def superseded(self, path: str, source: str, document: str, title: str) -> str | None:
        """The text that a file held before it was edited: one of the same document, or of the same title.

        None where another file still holds that text, where a person made its graph, or where the file's name is now
        that of another document: nothing is dropped on suspicion.
        """
        former = self._files.get(path)
        if former is None or former == source or self.is_handmade(former):
            return None
        if any(text == former for file, text in self._files.items() if file != path):
            return None
        same = document in self._documents(former) or (title and title in self._titles(former))
        return former if same else None

    def is_handmade(self, source: str) -> bool:
        """Does the stored graph of a source text come from annotations made by hand?"""
        rule = ox.NamedNode(f"{PREFIXES['zc']}rule")
        found = self._quads.quads_for_pattern(None, rule, ox.Literal(HANDMADE_RULE), ox.NamedNode(source))
        return next(iter(found), None) is not None

    def _documents(self, source: str) -> list[str]:
        """The documents of which the stored graph of a source text says that it is a text."""
        graph = ox.NamedNode(source)
        found = self._quads.quads_for_pattern(graph, IS_FORMAT_OF, None, graph)
        return [quad.object.value for quad in found if isinstance(quad.object, ox.NamedNode)]

    def _titles(self, source: str) -> list[str]:
        """The titles that a stored graph gives its document."""
        graph = ox.NamedNode(source)
        found = (self._quads.quads_for_pattern(ox.NamedNode(d), TITLE, None, graph) for d in self._documents(source))
        return [quad.object.value for quads in found for quad in quads if isinstance(quad.object, ox.Literal)]

    def select(self, query: str) -> Iterator[Row]:
        """Rows of a SELECT query over the union of all graphs. Raises ValueError for another kind of query."""
        solutions = self.query(query)
        if not isinstance(solutions, ox.QuerySolutions):
            raise ValueError("not a SELECT query")
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            yield {name: solution[name] for name in names}

    def query(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Any SPARQL 1.1 query over the union of all graphs; the prefixes of the ontology need not be declared.

        Raises SyntaxError for text that is no query.
        """
        return self._quads.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)

    def rows(self, query: str, source: str | None = None) -> list[dict[str, str]]:
        """Rows of a SELECT query as plain text, unbound variables as empty text: quicker than `select` for many rows.

        With a `source` the query sees the graph of that source text and nothing else. Raises ValueError for another
        kind of query.
        """
        graph = ox.NamedNode(source) if source else None
        found = self._quads.query(
            query, prefixes=PREFIXES, use_default_graph_as_union=source is None, default_graph=graph
        )
        if not isinstance(found, ox.QuerySolutions):
            raise ValueError("not a SELECT query")
        text = (found.serialize(format=ox.QueryResultsFormat.CSV) or b"").decode("utf-8")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def sources(self) -> list[str]:
        """The IRIs of the source texts, sorted."""
        own = {VOCABULARY_GRAPH, self.dataset}
        return sorted(g.value for g in self._quads.named_graphs() if isinstance(g, ox.NamedNode) and g not in own)

    def triples(self, graph: str) -> str:
        """One named graph as N-Triples, sorted."""
        triples = (quad.triple for quad in self._quads.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
        return "\n".join(sorted(f"{triple} ." for triple in triples))

    def graph(self, name: str) -> Iterator[ox.Quad]:
        """The quads of one named graph, in no order."""
        return self._quads.quads_for_pattern(None, None, None, ox.NamedNode(name))

    def quads(self, vocabulary: bool = False) -> list[ox.Quad]:
        """All quads, sorted as N-Quads lines; without the vocabulary unless asked for."""
        found = (q for q in self._quads if vocabulary or q.graph_name != VOCABULARY_GRAPH)
        return sorted(found, key=str)

    def _vocabulary_mark(self) -> str | None:
        if self.folder is None:
            return None
        mark = self.folder / VOCABULARY_MARK
        return mark.read_text(encoding="ascii") if mark.is_file() else None

    def _load_vocabulary(self) -> None:
        """Put the shipped vocabulary in place of the one that the store has."""
        quads = [quad for name in (*VOCABULARY_FILES, *scheme_files()) for quad in _vocabulary_quads(read(name))]
        if self.folder is None:
            self._quads.bulk_extend(quads)
        else:
            # one transaction, so that nobody reads a store without its vocabulary
            triples = "\n".join(f"{quad.triple} ." for quad in quads)
            self._quads.update(
                f"DROP SILENT GRAPH {VOCABULARY_GRAPH} ; INSERT DATA {{ GRAPH {VOCABULARY_GRAPH} {{ {triples} }} }}"
            )
            (self.folder / VOCABULARY_MARK).write_text(_vocabulary_digest(), encoding="ascii")


def _read_files(folder: Path | None) -> dict[str, str]:
    """Which file gave which source text; without the list nothing is superseded."""
    try:
        known = json.loads((folder / FILES).read_text(encoding="utf-8", errors="surrogateescape")) if folder else {}
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _vocabulary_quads(turtle: str) -> Iterable[ox.Quad]:
    for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, VOCABULARY_GRAPH)


def _vocabulary_digest() -> str:
    digest = hashlib.sha256()
    for name in (*VOCABULARY_FILES, *scheme_files()):
        digest.update(read(name).encode())
    return digest.hexdigest()
