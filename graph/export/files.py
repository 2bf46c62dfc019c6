"""From the name of a format to files on disk. A file appears whole or not at all."""

import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import IO

from ...extract.errors import UserError
from ..property_graph import PropertyGraph
from . import cx2, cytoscape, gexf, graphml, neo4j, tables

Writer = Callable[[IO[bytes]], None]

# formats of one file, and formats of several, which go into a folder or a .zip
FILE_FORMATS: Mapping[str, Callable[[PropertyGraph], Iterator[str]]] = {
    "gexf": gexf.pieces,
    "graphml": graphml.pieces,
    "cyjs": cytoscape.pieces,
    "cx2": cx2.pieces,
    "cypher": neo4j.pieces,
}
FOLDER_FORMATS = ("neo4j-csv", "csv", "parquet")
GRAPH_FORMATS = (*FILE_FORMATS, *FOLDER_FORMATS)
# the earliest day that a zip can hold: the file must not tell when it was made
ZIP_DAY = (1980, 1, 1, 0, 0, 0)


class ExportError(UserError):
    """A file that cannot be written there, or a format that there is not; the message says what to do."""


def write_graph(graph: PropertyGraph, format: str, out: Path) -> int:
    """Write a property graph and return the number of bytes.

    `out` is a file; for the formats of FOLDER_FORMATS a folder, which is made, or a file that ends in .zip.
    Raises ExportError where `out` cannot be that or the format is unknown, MissingExtraError without a library.
    """
    if format in FILE_FORMATS:
        return write_file(out, partial(_pour, FILE_FORMATS[format](graph)))
    if format not in FOLDER_FORMATS:
        raise ExportError(f"there is no format {format!r}; there are: {', '.join(GRAPH_FORMATS)}")
    return _write_several(_several(graph, format), format, out)


def write_file(out: Path, writer: Writer) -> int:
    """Let a writer fill a file, which takes its place when it is whole. Raises ExportError where that cannot be."""
    if out.is_dir():
        raise ExportError(f"{out} is a folder. Name a file with --out.")
    if not out.parent.is_dir():
        raise ExportError(f"{out.parent} is no folder. Make it, or write to another with --out.")
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("wb") as handle:
            writer(handle)
        part.replace(out)
    except OSError as error:
        raise ExportError(
            f"{out} cannot be written: {os.strerror(error.errno or 0)}. Name another with --out."
        ) from None
    finally:
        part.unlink(missing_ok=True)
    return out.stat().st_size


def _several(graph: PropertyGraph, format: str) -> dict[str, Writer]:
    if format == "parquet":
        return tables.parquet(graph)
    made = neo4j.files(graph) if format == "neo4j-csv" else tables.files(graph)
    return {name: partial(_pour, pieces) for name, pieces in made.items()}


def _write_several(writers: Mapping[str, Writer], format: str, out: Path) -> int:
    if out.suffix.lower() == ".zip":
        return write_file(out, partial(_zip, writers))
    if out.exists() and not out.is_dir():
        raise ExportError(f"{out} is a file; {format} is several files. Name a folder or a .zip with --out.")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{out} cannot be made: {os.strerror(error.errno or 0)}. Name another with --out.") from None
    return sum(write_file(out / name, writer) for name, writer in writers.items())


def _pour(pieces: Iterator[str], handle: IO[bytes]) -> None:
    for piece in pieces:
        handle.write(piece.encode("utf-8"))


def _zip(writers: Mapping[str, Writer], handle: IO[bytes]) -> None:
    with zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, writer in writers.items():
            entry = zipfile.ZipInfo(name, ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            with archive.open(entry, "w", force_zip64=True) as file:
                writer(file)
