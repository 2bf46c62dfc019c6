"""Tables of nodes and edges: a pair of CSV files for spreadsheets and Gephi, and a pair of Parquet files with types.

CSV is UTF-8 with a byte order mark, without which Excel takes Chinese for something else. A text that a spreadsheet
would take for a formula (it begins with = + - @, also in full width) gets an apostrophe before it: a document must not
compute in anybody's spreadsheet. Parquet and the files for Neo4j keep such texts as they are.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import IO, Any

from ...extract.errors import UserError
from ..property_graph import Column, EdgeBatch, Kind, NodeBatch, PropertyGraph
from .text import Escape, Part, numbers, texts, woven

FORMULA = frozenset("=+-@＝＋－＠")
NODE_HEAD = ("Id", "Label", "kind", "colour", "degree", "size")
EDGE_HEAD = ("Source", "Target", "Type", "Id", "Label", "kind")
# rows of a Parquet row group
GROUP = 20_000


class MissingExtraError(UserError):
    """A part of zhengce that is not installed; the message says how to install it."""


def files(graph: PropertyGraph) -> dict[str, Iterator[str]]:
    """The two CSV files, piece by piece. Their heads are those that Gephi wants (Id, Label, Source, Target, Weight)."""
    return {"nodes.csv": _nodes(graph), "edges.csv": _edges(graph)}


def _nodes(graph: PropertyGraph) -> Iterator[str]:
    columns = graph.node_columns
    yield "\ufeff" + head([*NODE_HEAD, *(column.name for column in columns)])
    for batch in graph.node_batches():
        fixed = [
            cells(batch.ids),
            _harmless(batch.labels),
            batch.kind.name,
            batch.kind.colour,
            numbers(batch.degrees),
            numbers(batch.sizes),
        ]
        yield lines(fixed, columns, batch, _harmless)


def _edges(graph: PropertyGraph) -> Iterator[str]:
    columns = graph.edge_columns
    yield "\ufeff" + head([*EDGE_HEAD, *("Weight" if column.name == "weight" else column.name for column in columns)])
    for batch in graph.edge_batches():
        ends = [cells(batch.sources), cells(batch.targets)]
        fixed = [*ends, "Directed", cells(batch.ids), _harmless(batch.labels), batch.kind.name]
        yield lines(fixed, columns, batch, _harmless)


def _harmless(values: Sequence[str]) -> Sequence[str]:
    """Texts as cells that no spreadsheet takes for a formula."""
    return cells([f"'{value}" if value[:1] in FORMULA else value for value in values])


def head(names: Sequence[str]) -> str:
    """The first line of a CSV file."""
    return ",".join(names) + "\n"


def cells(values: Sequence[str]) -> Sequence[str]:
    """Texts as cells of CSV (RFC 4180): between quotation marks where one holds such a mark or a comma; no line ends.

    The module csv gives the same, in four times the time.
    """
    joined = "\n".join(values)
    if "," not in joined and '"' not in joined:
        return values
    doubled = (value.replace('"', '""') for value in values)
    return [f'"{value}"' if "," in value or '"' in value else value for value in doubled]


def lines(fixed: Sequence[Part], columns: Sequence[Column], batch: NodeBatch | EdgeBatch, escape: Escape) -> str:
    """The lines of a batch: what each has, then its attributes under the columns of the file; empty for None."""
    own = dict(zip(batch.kind.columns, batch.columns, strict=True))
    parts = list(fixed)
    for column in columns:
        made = texts(column, own[column], escape) if column in own else ""
        parts.append(made if isinstance(made, str) else [text or "" for text in made])
    commas = (piece for part in parts for piece in (",", part))
    next(commas)
    return woven(*commas, "\n")


def parquet(graph: PropertyGraph) -> dict[str, Callable[[IO[bytes]], None]]:
    """The two Parquet files, each as what writes it. Raises MissingExtraError without pyarrow."""
    try:
        import pyarrow.parquet
    except ImportError:
        raise MissingExtraError("Parquet files need pyarrow: pip install 'zhengce[parquet]'") from None
    pa = pyarrow
    types = {"string": pa.string(), "integer": pa.int64(), "float": pa.float64(), "boolean": pa.bool_()}

    def writer(
        fixed: dict[str, Any], columns: Sequence[Column], batches: Callable[[], Iterator[tuple[Kind, Any, Any]]]
    ) -> Callable[[IO[bytes]], None]:
        fields = [*fixed.items(), *((column.name, types[column.type]) for column in columns)]
        schema = pa.schema([pa.field(name, type) for name, type in fields])

        def write(out: IO[bytes]) -> None:
            with pyarrow.parquet.ParquetWriter(out, schema, compression="zstd") as parquet:
                for kind, some, values in batches():
                    own = dict(zip((column.name for column in kind.columns), values, strict=True))
                    spread = [own.get(column.name, [None] * len(some[0])) for column in columns]
                    arrays = [pa.array(v, field.type) for v, field in zip((*some, *spread), schema, strict=True)]
                    parquet.write_batch(pa.record_batch(arrays, schema=schema), row_group_size=GROUP)

        return write

    def nodes() -> Iterator[tuple[Kind, Any, Any]]:
        for batch in graph.node_batches(GROUP):
            number = len(batch.ids)
            kind, colour = [batch.kind.name] * number, [batch.kind.colour] * number
            yield batch.kind, [batch.ids, batch.labels, kind, colour, batch.degrees, batch.sizes], batch.columns

    def edges() -> Iterator[tuple[Kind, Any, Any]]:
        for batch in graph.edge_batches(GROUP):
            kind = [batch.kind.name] * len(batch.ids)
            yield batch.kind, [batch.sources, batch.targets, batch.ids, batch.labels, kind], batch.columns

    text = types["string"]
    node_fields = dict.fromkeys(("id", "label", "kind", "colour"), text) | {
        "degree": types["integer"],
        "size": types["float"],
    }
    edge_fields = dict.fromkeys(("source", "target", "id", "label", "kind"), text)
    return {
        "nodes.parquet": writer(node_fields, graph.node_columns, nodes),
        "edges.parquet": writer(edge_fields, graph.edge_columns, edges),
    }
