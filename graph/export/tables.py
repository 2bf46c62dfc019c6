"""Tables of nodes and edges: a pair of CSV files for spreadsheets and Gephi, and a pair of Parquet files with types.

CSV is UTF-8 with a byte order mark, without which Excel takes Chinese for something else. A text that a spreadsheet
would take for a formula (it begins with = + - @, also in full width) gets an apostrophe before it: a document must not
compute in anybody's spreadsheet. Parquet and the files for Neo4j keep such texts as they are.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Any

from ...extract.errors import UserError
from ..property_graph import Column, Kind, PropertyGraph, Value, size_of

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
    yield "\ufeff" + table([[name] for name in (*NODE_HEAD, *(column.name for column in columns))])
    for batch in graph.node_batches():
        number = len(batch.ids)
        sizes = [size_of(degree) for degree in batch.degrees]
        kind, colour = [batch.kind.name] * number, [batch.kind.colour] * number
        fixed: list[Sequence[Value | None]] = [batch.ids, _harmless(batch.labels), kind, colour, batch.degrees, sizes]
        yield table(fixed, batch.kind, [_harmless(values) for values in batch.columns], columns)


def _edges(graph: PropertyGraph) -> Iterator[str]:
    columns = graph.edge_columns
    heads = ("Weight" if column.name == "weight" else column.name for column in columns)
    yield "\ufeff" + table([[name] for name in (*EDGE_HEAD, *heads)])
    for batch in graph.edge_batches():
        number = len(batch.ids)
        kind, directed = [batch.kind.name] * number, ["Directed"] * number
        fixed: list[Sequence[Value | None]] = [
            batch.sources,
            batch.targets,
            directed,
            batch.ids,
            _harmless(batch.labels),
            kind,
        ]
        yield table(fixed, batch.kind, [_harmless(values) for values in batch.columns], columns)


def _harmless(values: Sequence[Value | None]) -> list[Value | None]:
    """Texts that no spreadsheet takes for a formula; numbers as they are."""
    return [f"'{value}" if isinstance(value, str) and value[:1] in FORMULA else value for value in values]


def table(
    fixed: Sequence[Sequence[Value | None]],
    kind: Kind | None = None,
    given: Sequence[Sequence[Value | None]] = (),
    columns: Sequence[Column] = (),
) -> str:
    """Columns as lines of CSV; those of a kind are put under all columns of the file, empty where it has none."""
    number = len(fixed[0])
    own = {column.name: values for column, values in zip(kind.columns, given, strict=True)} if kind else {}
    nothing: Sequence[Value | None] = [None] * number
    spread = [_plain(own[column.name], column) if column.name in own else nothing for column in columns]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(zip(*fixed, *spread, strict=True))
    return out.getvalue()


def _plain(values: Sequence[Value | None], column: Column) -> Sequence[Value | None]:
    if column.type != "boolean":
        return values
    return [None if value is None else "true" if value else "false" for value in values]


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
            sizes = [size_of(degree) for degree in batch.degrees]
            yield batch.kind, [batch.ids, batch.labels, kind, colour, batch.degrees, sizes], batch.columns

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
