"""Views of a store as property graphs: the parts of it that people look at, whole or filtered as questions are.

A view asks each source text by itself (`*.rq` beside this file, over the named graph of that text), so that a store of
any size streams through; only what several texts share (bodies, places) and the number of edges at each node is kept.
Nodes are IRIs. Their order is that of the sources' IRIs and, within a text, of its characters; shared nodes come last.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ...extract.errors import UserError
from ...graph.property_graph import Edge, Node, PropertyGraph
from ...graph.store import Store
from ...ontology.vocabulary import SCHEME_BASE
from .kinds import EDGE_KINDS, VIEWS, View
from .links import Link, body_places, document_links, links
from .names import code_of, concept_of, place_of
from .text import Attributes, Text, short, things, view_query

__all__ = ["VIEWS", "UnknownViewError", "View", "view"]

# so many texts stay in memory with their rows; of larger stores each is asked again for each stream
KEPT = 24


class UnknownViewError(UserError):
    """No view of this name; the message lists those there are."""


def view(store: Store, name: str, wanted: frozenset[str] | None = None) -> PropertyGraph:
    """A view of a store. `wanted` are the IRIs of the measures to show, with what belongs to them; None shows all.

    Raises UnknownViewError.
    """
    if name not in VIEWS:
        raise UnknownViewError(f"there is no view {name!r}; there are: {', '.join(VIEWS)}")
    shown = VIEWS[name]
    made = _Maker(store, name, wanted)
    graph = PropertyGraph(f"zhengce {name} {shown.zh}", shown.node_kinds, shown.edge_kinds, made.nodes, made.edges)
    made.degrees = lambda: graph.degrees
    return graph


class _Body(NamedTuple):
    """A body as the texts together name it."""

    groups: set[str]
    labels: list[str]
    spellings: set[str]
    levels: set[str]


class _Maker:
    """Makes the nodes and edges of one view, as often as they are asked for."""

    def __init__(self, store: Store, name: str, wanted: frozenset[str] | None) -> None:
        self.store = store
        self.name = name
        self.view = VIEWS[name]
        self.wanted = wanted
        self.degrees: Callable[[], Mapping[str, int]] = dict
        self._kept: OrderedDict[str, Text] = OrderedDict()
        self._known: dict[str, str] | None = None

    def texts(self) -> Iterator[Text]:
        """The preferred texts, in the order of their IRIs."""
        for row in self.store.rows(view_query("preferred")):
            yield self._text(row["source"])

    def _text(self, source: str) -> Text:
        if source not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept.popitem(last=True)  # a stream comes again from the beginning: keep the first ones
            self._kept[source] = Text(self.store, source, self.wanted)
        return self._kept[source]

    # ---- edges ----

    def edges(self) -> Iterator[Edge]:
        """The edges, numbered in their order."""
        for number, link in enumerate(self._links(), 1):
            label = link.label or EDGE_KINDS[link.kind].zh
            yield Edge(f"e{number}", link.source, link.target, link.kind, label, link.attributes)

    def _links(self) -> Iterator[Link]:
        make = document_links if self.name == "documents" else links
        bodies: dict[tuple[str, str], None] = {}
        for text in self.texts():
            yield from make(text, self.view.edges, self._resolve)
            if self.name == "full" and text.is_shown:
                bodies.update(dict.fromkeys(body_places(text)))
        if "text-of" in self.view.edges:
            yield from self._texts_of()
        for body, place in sorted(bodies):
            yield Link("located-in", body, place, None, {"weight": 1})

    def _texts_of(self) -> Iterator[Link]:
        """Every text of each document that is shown, not the preferred one alone."""
        preferred = {text.source: text.document for text in self.texts() if text.is_shown}
        documents = set(preferred.values())
        for source in self.store.sources():
            for row in self.store.rows(view_query("text"), source):
                if row["document"] in documents:
                    given = {"preferred": preferred.get(source) == row["document"], "weight": 1}
                    yield Link("text-of", row["id"], row["document"], None, given)

    def _resolve(self, cited: str) -> str:
        """The document of the view that a cited document is, found by number or full title; else the cited one."""
        if self._known is None:
            shown = {text.document for text in self.texts() if text.is_shown}
            self._known = {iri: document for iri, document in self._in_store().items() if document in shown}
        return self._known.get(cited, cited)

    def _in_store(self) -> dict[str, str]:
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

    # ---- nodes ----

    def nodes(self) -> Iterator[Node]:
        """The nodes that edges lead to or from; in the views of documents and of everything each document too."""
        degrees = self.degrees()
        alone = "document" if self.name in ("documents", "full") else None
        bodies: dict[str, _Body] = {}
        others: dict[tuple[str, str], tuple[str, Attributes]] = {}
        for text in self.texts():
            for thing in things(text, self.view.nodes):
                if thing.id in degrees or thing.kind == alone:
                    yield Node(thing.id, short(thing.label), thing.kind, thing.attributes)
            if text.is_shown:
                self._collect(text, bodies, others)
        if "text" in self.view.nodes:
            yield from self._text_nodes(degrees)
        for (kind, id), (label, given) in sorted(others.items(), key=lambda item: item[0]):
            if id in degrees:
                yield Node(id, label, kind, given)
        yield from _bodies(bodies, degrees)
        yield from _concepts(degrees)

    def _collect(
        self,
        text: Text,
        bodies: dict[str, _Body],
        others: dict[tuple[str, str], tuple[str, Attributes]],
    ) -> None:
        """Put what a text says of bodies, cited documents and places beside what others say of them."""
        if "agency" in self.view.nodes:
            for row in text.rows("agent"):
                body = bodies.setdefault(row["id"], _Body(set(), [], set(), set()))
                body.groups.add(row["group"])
                body.labels.append(row["label"])
                body.spellings.update({row["spelling"]} - {""})
                body.levels.update({row["level"]} - {""})
        if "cited" in self.view.nodes:
            for row in text.rows("cited"):
                others.setdefault(("cited", row["id"]), (short(row["title"]), {"number": row["number"]}))
        if "place" in self.view.nodes:
            for row in text.rows("place"):
                if not row["id"].startswith(SCHEME_BASE):
                    others.setdefault(("place", row["id"]), (row["label"], {}))

    def _text_nodes(self, degrees: Mapping[str, int]) -> Iterator[Node]:
        for source in self.store.sources():
            if source in degrees:
                for row in self.store.rows(view_query("text"), source)[:1]:
                    given: Attributes = {
                        "file": row["file"],
                        "media_type": row["media_type"],
                        "length": int(row["length"]),
                    }
                    yield Node(source, short(row["file"]), "text", given)


def _bodies(bodies: Mapping[str, _Body], degrees: Mapping[str, int]) -> Iterator[Node]:
    """Bodies with every spelling of all texts; a group is what no text takes for a body of its own."""
    found = []
    for id, body in bodies.items():
        if id in degrees:
            kind = "group" if body.groups == {"true"} else "agency"
            level = min(body.levels, default=None)
            given: Attributes = {
                "spellings": "; ".join(sorted(body.spellings)),
                "admin_level": code_of(level) if level else None,
            }
            found.append(Node(id, min(body.labels), kind, given))
    yield from sorted(found, key=lambda node: (node.kind, node.id))


def _concepts(degrees: Mapping[str, int]) -> Iterator[Node]:
    """The concepts that edges lead to: instruments, targets and places of the vocabulary."""
    for id in sorted(id for id in degrees if id.startswith(SCHEME_BASE)):
        if place := place_of(id):
            yield Node(id, place.name, "place", {"code": place.code, "admin_level": place.level})
        elif concept := concept_of(id):
            kind = id.removeprefix(SCHEME_BASE).partition("/")[0]
            given = {"code": concept.code, "label_en": concept.en, "broader": "; ".join(concept.broader)}
            yield Node(id, concept.zh, kind, given)
