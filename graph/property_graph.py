"""A property graph: nodes and edges of named kinds whose attributes have one type each, read as a stream.

It is what graph files are written from. Who makes one gives two functions that yield its nodes and its edges, in the
same order each time; nothing here holds the whole graph, only the number of edges at each node. Text is made fit for
every format on the way: line ends and tabs become a space, other control characters and lone surrogates go.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, groupby, islice, repeat
from operator import attrgetter, itemgetter
from typing import NamedTuple, TypeVar

Value = str | int | float | bool

TYPES: Mapping[str, type] = {"string": str, "integer": int, "float": float, "boolean": bool}
BATCH = 1000
# what the writers add or need; no attribute of a kind may be called so, whatever its case
RESERVED = frozenset(
    "id iri label name kind type value key source target interaction represents degree colour size".split()  # noqa: SIM905
)
SPACES = re.compile("[\t-\r\x85\u2028\u2029]+")
NEVER = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\U0001fffe\U0001ffff]")
LONE = re.compile("[\ud800-\udfff]")
SMALLEST, LARGEST = 10.0, 80.0


class SchemaError(ValueError):
    """A node, edge or attribute that the kinds of its graph do not allow: a fault of who made the graph."""


class Column(NamedTuple):
    """An attribute of a kind: its name and its type, a key of TYPES. A kind may leave any attribute out of a node."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of nodes or of edges: its name in files, how people call it, its attributes and its colour (#RRGGBB)."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...] = ()
    colour: str = "#7f7f7f"


class Node(NamedTuple):
    """A node; None or an empty text among its attributes stands for an attribute that it does not have."""

    id: str
    label: str
    kind: str
    attributes: Mapping[str, Value | None]


class Edge(NamedTuple):
    """A directed edge. No two edges of a graph have the same kind, source and target."""

    id: str
    source: str
    target: str
    kind: str
    label: str
    attributes: Mapping[str, Value | None]


Item = TypeVar("Item", Node, Edge)


class NodeBatch(NamedTuple):
    """Some nodes of one kind, column by column in the order of the kind's columns; None where a node has no value."""

    kind: Kind
    ids: Sequence[str]
    labels: Sequence[str]
    degrees: Sequence[int]
    columns: list[list[Value | None]]

    @property
    def sizes(self) -> list[float]:
        """How large each is drawn."""
        return list(map(size_of, self.degrees))


class EdgeBatch(NamedTuple):
    """Some edges of one kind, column by column in the order of the kind's columns."""

    kind: Kind
    ids: Sequence[str]
    sources: Sequence[str]
    targets: Sequence[str]
    labels: Sequence[str]
    columns: list[list[Value | None]]


@dataclass(frozen=True)
class PropertyGraph:
    """A graph as kinds and two streams; `make_nodes` and `make_edges` yield the same in the same order each time.

    Raises SchemaError where two kinds give one attribute different types, or use a name that files need themselves.
    """

    title: str
    node_kinds: tuple[Kind, ...]
    edge_kinds: tuple[Kind, ...]
    make_nodes: Callable[[], Iterable[Node]]
    make_edges: Callable[[], Iterable[Edge]]
    # who knows the numbers of edges already may give them, which saves one reading of the edges
    count_ends: Callable[[], Mapping[str, int]] | None = None

    def __post_init__(self) -> None:
        """Check the kinds; make the title fit for files as all other text."""
        object.__setattr__(self, "title", clean(self.title))
        for kinds in (self.node_kinds, self.edge_kinds):
            columns_of(kinds)

    @cached_property
    def degrees(self) -> Mapping[str, int]:
        """The number of edges at each node that has any."""
        found, is_clean = self._ends
        return found if is_clean else {clean(name): number for name, number in found.items()}

    @cached_property
    def _ends(self) -> tuple[Mapping[str, int], bool]:
        """The number of edges at each node, and whether all names are clean, which need not be looked at again then."""
        # the ends of edges are their second and third fields; counting runs in C this way
        ends = map(itemgetter(1, 2), self.make_edges())
        found = self.count_ends() if self.count_ends else Counter(chain.from_iterable(ends))
        return found, all(map(str.isprintable, found))

    @property
    def node_columns(self) -> tuple[Column, ...]:
        """The attributes that nodes may have, in the order of the kinds."""
        return columns_of(self.node_kinds)

    @property
    def edge_columns(self) -> tuple[Column, ...]:
        """The attributes that edges may have, in the order of the kinds."""
        return columns_of(self.edge_kinds)

    def nodes(self) -> Iterator[Node]:
        """The nodes, clean and without empty attributes. Raises SchemaError for what the kinds do not allow."""
        for batch in self.node_batches():
            for id, label, values in zip(batch.ids, batch.labels, rows(batch.columns, len(batch.ids)), strict=True):
                yield Node(id, label, batch.kind.name, _given(batch.kind, values))

    def edges(self) -> Iterator[Edge]:
        """The edges, clean and without empty attributes. Raises SchemaError for what the kinds do not allow."""
        for batch in self.edge_batches():
            values = rows(batch.columns, len(batch.ids))
            ends = zip(batch.ids, batch.sources, batch.targets, batch.labels, values, strict=True)
            for id, source, target, label, given in ends:
                yield Edge(id, source, target, batch.kind.name, label, _given(batch.kind, given))

    def node_batches(self, size: int = BATCH) -> Iterator[NodeBatch]:
        """The nodes in batches of one kind, in their order: what the writers read, since columns are quick to write."""
        kinds = {kind.name: kind for kind in self.node_kinds}
        degrees = self.degrees
        for name, some in _runs(self.make_nodes(), size):
            kind = _known(kinds, name)
            given, labels, _, attributes = zip(*some, strict=True)
            ids = _clean_all(given)
            counts = list(map(degrees.get, ids, repeat(0)))
            yield NodeBatch(kind, ids, _clean_all(labels), counts, _columns(kind, attributes))

    def edge_batches(self, size: int = BATCH) -> Iterator[EdgeBatch]:
        """The edges in batches of one kind, in their order."""
        kinds = {kind.name: kind for kind in self.edge_kinds}
        _, ends_are_clean = self._ends
        for name, some in _runs(self.make_edges(), size):
            kind = _known(kinds, name)
            ids, sources, targets, _, labels, attributes = zip(*some, strict=True)
            begins, ends = (sources, targets) if ends_are_clean else (_clean_all(sources), _clean_all(targets))
            yield EdgeBatch(kind, _clean_all(ids), begins, ends, _clean_all(labels), _columns(kind, attributes))


@lru_cache(1024)
def size_of(degree: int) -> float:
    """How large a node is drawn: its area grows with the number of its edges, within SMALLEST and LARGEST."""
    return round(min(LARGEST, SMALLEST * math.sqrt(max(1, degree))), 1)


def clean(text: str) -> str:
    """Text that XML, JSON, CSV and UTF-8 can all carry on one line."""
    if text.isprintable():
        return text
    text = LONE.sub("\ufffd", text)
    return NEVER.sub("", SPACES.sub(" ", text))


def columns_of(kinds: Sequence[Kind]) -> tuple[Column, ...]:
    """All attributes of some kinds, each once. Raises SchemaError where they disagree about a type or a name."""
    found: dict[str, Column] = {}
    for kind in kinds:
        for column in kind.columns:
            if column.type not in TYPES:
                raise SchemaError(f"{kind.name}.{column.name}: no type {column.type!r}; there are: {', '.join(TYPES)}")
            if column.name.lower() in RESERVED:
                raise SchemaError(f"{kind.name}.{column.name}: files use this name themselves; give it another")
            if found.setdefault(column.name, column).type != column.type:
                raise SchemaError(f"{kind.name}.{column.name} is {column.type}, elsewhere {found[column.name].type}")
    return tuple(found.values())


def rows(columns: Sequence[Sequence[Value | None]], number: int) -> Iterable[tuple[Value | None, ...]]:
    """Columns as that many rows; without columns the rows are empty."""
    return zip(*columns, strict=True) if columns else ((),) * number


def _given(kind: Kind, values: tuple[Value | None, ...]) -> dict[str, Value | None]:
    found = zip(kind.columns, values, strict=True)
    return {column.name: value for column, value in found if value is not None}


def _runs(items: Iterable[Item], size: int) -> Iterator[tuple[str, list[Item]]]:
    for name, run in groupby(items, key=attrgetter("kind")):
        while some := list(islice(run, size)):
            yield name, some


def _known(kinds: Mapping[str, Kind], name: str) -> Kind:
    if name not in kinds:
        raise SchemaError(f"no kind {name!r}; there are: {', '.join(kinds)}")
    return kinds[name]


def _columns(kind: Kind, attributes: Sequence[Mapping[str, Value | None]]) -> list[list[Value | None]]:
    known = {column.name for column in kind.columns}
    if unknown := set().union(*attributes) - known:
        raise SchemaError(f"{kind.name} has no attribute {', '.join(sorted(unknown))}")
    return [_checked(kind, column, _column(column.name, attributes)) for column in kind.columns]


def _column(name: str, attributes: Sequence[Mapping[str, Value | None]]) -> list[Value | None]:
    try:
        return list(map(itemgetter(name), attributes))
    except KeyError:
        return [given.get(name) for given in attributes]


def _checked(kind: Kind, column: Column, values: list[Value | None]) -> list[Value | None]:
    """The values of one column, of its type and of no other; a whole number may stand where a float is wanted."""
    wanted = TYPES[column.type]
    found = set(map(type, values)) - {wanted, type(None)}
    if column.type == "float" and found == {int}:
        values, found = [None if value is None else float(value) for value in values], set()
    if found:
        names = ", ".join(sorted(kind_of.__name__ for kind_of in found))
        raise SchemaError(f"{kind.name}.{column.name} is {column.type}, not {names}")
    if column.type == "float" and not all(value is None or math.isfinite(value) for value in values):  # type: ignore[arg-type]
        raise SchemaError(f"{kind.name}.{column.name} holds a number that is not finite")
    if column.type == "string":
        if None not in values and all(values) and all(map(str.isprintable, values)):  # type: ignore[arg-type]
            return values
        return [value if value is None else clean(value) or None for value in values]  # type: ignore[arg-type]
    return values


def _clean_all(values: Sequence[str]) -> Sequence[str]:
    return values if all(map(str.isprintable, values)) else [clean(value) for value in values]
