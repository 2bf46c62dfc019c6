"""The nodes that several texts share: bodies, cited documents, places, and concepts of the vocabulary."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from ...graph.property_graph import Node
from ...ontology.vocabulary import SCHEME_BASE
from .names import code_of, concept_of, place_of
from .text import Attributes, Text, short


class _Body(NamedTuple):
    """A body as the texts together name it."""

    groups: set[str]
    labels: set[str]
    spellings: set[str]
    levels: set[str]


class Shared:
    """What the texts say of the things that they share, put together."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._bodies: dict[str, _Body] = {}
        self._others: dict[tuple[str, str], tuple[str, Attributes]] = {}

    def add(self, text: Text, kinds: Collection[str]) -> None:
        """Put what one text says of things of some kinds beside what others say of them."""
        if "agency" in kinds:
            for row in text.rows("agent"):
                body = self._bodies.setdefault(row["id"], _Body(set(), set(), set(), set()))
                for seen, word in zip(body, (row["group"], row["label"], row["spelling"], row["level"]), strict=True):
                    if word:
                        seen.add(word)
        if "cited" in kinds:
            for row in text.rows("cited"):
                self._others.setdefault(("cited", row["id"]), (short(row["title"]), {"number": row["number"]}))
        if "place" in kinds:
            for row in text.rows("place"):
                if not row["id"].startswith(SCHEME_BASE):
                    self._others.setdefault(("place", row["id"]), (row["label"], {}))

    def nodes(self) -> Iterator[Node]:
        """Cited documents and places by IRI, then bodies with every spelling of all texts.

        A group is what no text takes for a body of its own.
        """
        for (kind, id), (label, given) in sorted(self._others.items(), key=lambda item: item[0]):
            yield Node(id, label, kind, given)
        found = []
        for id, body in self._bodies.items():
            level = min(body.levels, default="")
            attributes: Attributes = {"spellings": "; ".join(sorted(body.spellings)), "admin_level": code_of(level)}
            kind = "group" if body.groups == {"true"} else "agency"
            found.append(Node(id, min(body.labels), kind, attributes))
        yield from sorted(found, key=lambda node: (node.kind, node.id))


def concepts(ids: Iterable[str]) -> Iterator[Node]:
    """The concepts among some IRIs: instruments, places and targets of the vocabulary."""
    for id in sorted(id for id in ids if id.startswith(SCHEME_BASE)):
        if place := place_of(id):
            yield Node(id, place.name, "place", {"code": place.code, "admin_level": place.level})
        elif concept := concept_of(id):
            kind = id.removeprefix(SCHEME_BASE).partition("/")[0]
            given = {"code": concept.code, "label_en": concept.en, "broader": "; ".join(concept.broader)}
            yield Node(id, concept.zh, kind, given)
