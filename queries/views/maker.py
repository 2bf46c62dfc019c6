"""A view made: each text is asked once, and its nodes and edges are kept for the streams that want them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property

from ...graph.property_graph import Edge, Node
from ...graph.store import Store
from ..catalog import question
from .kinds import EDGE_KINDS, VIEWS
from .links import Link, body_links, document_links, links, restatements
from .shared import Shared, concepts
from .spool import Spool
from .text import Attributes, Text, short, things, view_query


class Maker:
    """Makes the nodes and edges of one view, as often as they are asked for."""

    def __init__(self, store: Store, name: str, wanted: frozenset[str] | None) -> None:
        """Ask nothing yet; `wanted` are the measures that a filter left, None for all."""
        self.store = store
        self.name = name
        self.view = VIEWS[name]
        self.wanted = wanted
        self._nodes, self._links = Spool(), Spool()
        self._shared = Shared()
        self._ends: Counter[str] = Counter()

    def edges(self) -> Iterator[Edge]:
        """The edges, numbered in their order."""
        self._read  # noqa: B018 - on first use the store is read
        for number, record in enumerate(self._links, 1):
            kind, source, target, label, attributes = record
            yield Edge(f"e{number}", source, target, kind, label or EDGE_KINDS[kind].zh, attributes)

    def ends(self) -> Counter[str]:
        """The number of edges at each node."""
        self._read  # noqa: B018
        return self._ends

    def nodes(self) -> Iterator[Node]:
        """The nodes that edges lead to or from; in the views of documents and of everything each document too."""
        self._read  # noqa: B018
        alone = "document" if self.name in ("documents", "full") else None
        for kind, id, label, attributes in self._nodes:
            if id in self._ends or kind == alone:
                yield Node(id, short(label), kind, attributes)
        for node in (*self._shared.nodes(), *concepts(self._ends)):
            if node.id in self._ends:
                yield node

    @cached_property
    def _read(self) -> bool:
        """Ask the store, text by text."""
        make = document_links if self.name == "documents" else links
        bodies: set[tuple[str, str, str]] = set()
        for text in self.texts():
            self._put(list(make(text, self.view.edges, self._resolve)))
            if "restates" in self.view.edges:
                self._put(list(restatements(text, self._restated[text.name])))
            self._nodes.extend([tuple(thing) for thing in things(text, self.view.nodes)])
            self._shared.add(text, self.view.nodes)
            bodies.update(body_links(text, self.view.edges))
        if "text-of" in self.view.edges:
            self._put(list(self._texts_of()))
            self._nodes.extend([("text", node.id, node.label, node.attributes) for node in self._text_nodes()])
        # under a filter only the bodies that it shows
        shown = sorted(link for link in bodies if self.wanted is None or link[1] in self._ends)
        self._put([Link(kind, body, other, None, {"weight": 1}) for kind, body, other in shown])
        return True

    def _put(self, found: list[Link]) -> None:
        self._links.extend([tuple(link) for link in found])
        for link in found:
            self._ends[link.source] += 1
            self._ends[link.target] += 1

    def texts(self) -> Iterator[Text]:
        """The preferred texts that the view shows something of, in the order of their IRIs."""
        for source in self._sources:
            text = Text(self.store, source, self.wanted)
            if text.is_shown:
                yield text

    @cached_property
    def _sources(self) -> list[str]:
        sources = [row["source"] for row in self.store.rows(view_query("preferred"))]
        if self.wanted is None:
            return sources
        # texts of which a filter leaves nothing are asked once and no more
        return [source for source in sources if Text(self.store, source, self.wanted).is_shown]

    def _texts_of(self) -> Iterator[Link]:
        """Every text of each document that is shown, not the preferred one alone."""
        preferred = {text.source: text.document for text in self.texts()}
        documents = set(preferred.values())
        for source in self.store.sources():
            for row in self.store.rows(view_query("text"), source):
                if row["document"] in documents:
                    given = {"preferred": preferred.get(source) == row["document"], "weight": 1}
                    yield Link("text-of", row["id"], row["document"], None, given)

    def _resolve(self, cited: str) -> str:
        """The document of the view that a cited document is, found by number or full title; else the cited one."""
        return self._known.get(cited, cited)

    @cached_property
    def _known(self) -> dict[str, str]:
        """The document of the view for each cited document that it has."""
        shown = {text.document for text in self.texts()}
        return {cited: document for cited, document in self._in_store().items() if document in shown}

    @cached_property
    def _restated(self) -> dict[str, list[dict[str, str]]]:
        """The answer to the question `restatements` for each document, by the name that questions give it."""
        found: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in self.store.rows(question("restatements").bind({})):
            found[row["document"]].append(row)
        return found

    def _in_store(self) -> dict[str, str]:
        """The document of the store for each cited document that it has, where that is clear."""
        numbers: dict[str, set[str]] = defaultdict(set)
        titles: dict[str, set[str]] = defaultdict(set)
        for row in self.store.rows(view_query("store-documents")):
            if row["number"]:
                numbers[row["number"]].add(row["id"])
            for issuer in ("", row["issuers"]):
                titles[row["title"].removeprefix(issuer)].add(row["id"])
        found = {}
        for row in self.store.rows(view_query("store-citations")):
            candidates = numbers.get(row["number"]) or titles.get(row["title"], set())
            if len(candidates) == 1:
                found[row["id"]] = next(iter(candidates))
        return found

    def _text_nodes(self) -> Iterator[Node]:
        """The nodes of the texts, preferred or not."""
        for source in self.store.sources():
            for row in self.store.rows(view_query("text"), source)[:1]:
                given: Attributes = {"file": row["file"], "media_type": row["media_type"], "length": int(row["length"])}
                yield Node(source, short(row["file"]), "text", given)
