"""A file to its documents: itself, or those of the archive or table of rows that it is.

`items` lists them cheaply; `load` reads one, in the worker process where its format is parsed there.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ..errors import DocumentError, UnreadableError
from ..records import PageData, Source
from . import worker
from .archives import names_of
from .containers import NO_PAGE, Found, parquet_page, rows_of_csv, rows_of_json, zip_page
from .formats import HEAD, MAX_ROW, csv_columns, json_columns, sniff, text_column

MAX_BYTES = 64 * 1024 * 1024
MAX_CONTAINER = 8 * 1024 * 1024 * 1024
BUILD_IT = "zhengce build reads each of them; to read one, name it after the file (a.zip/b.docx, rows.jsonl/12)."


@dataclass(frozen=True, slots=True)
class Item:
    """A document to be read: `path` as the user gave it, with `/inner` for one in a container; `name` without folders.

    `data` are its bytes where they came out of a container, `page` what a row says beside its text, `error` why it
    cannot be read.
    """

    path: Path
    name: str
    data: bytes | None = None
    page: PageData = NO_PAGE
    error: DocumentError | None = None


def items(path: Path) -> Iterator[Item]:
    """The documents of a file, in its order. What is wrong with one is its `error`; this never raises DocumentError."""
    name = file_name(path)
    try:
        _refuse_what_is_no_file(path)
        kind = _container(path)
        if kind is None:
            yield Item(path, name)
            return
        empty = True
        for found in _found(path, kind):
            empty = False
            inner = PurePosixPath(found.name)
            yield Item(path / inner, f"{name}/{found.name}", found.data, found.page, found.error)
        if empty:
            raise UnreadableError(str(path), "holds no document.", "Leave it out, or fetch it again.")
    except DocumentError as error:
        yield Item(path, name, error=error)
    except OSError as error:
        problem = f"could not be read ({error.strerror})."
        yield Item(path, name, error=UnreadableError(str(path), problem, "Check that it is a file that you may read."))


def read(path: Path) -> Source:
    """Read one document: a file, or one in a container (`a.zip/b.docx`, `rows.jsonl/12`).

    Raises DocumentError, which names the cure; so for a file that holds several documents.
    """
    if holder := next((above for above in path.parents if above.is_file()), None):
        for item in items(holder):
            if item.path in (path, holder):
                return load(item)
        raise UnreadableError(str(path), f"is not in {holder}.", "zhengce build lists the documents that are in it.")
    listed = items(path)
    first = next(listed)
    if next(listed, None) is not None:
        raise UnreadableError(str(path), "holds several documents.", BUILD_IT)
    return load(first)


def load(item: Item) -> Source:
    """Read a document. Raises DocumentError, which names the cure."""
    if item.error:
        raise item.error
    data = read_bytes(item.path) if item.data is None else item.data
    source = read_data(data, str(item.path))
    page = PageData(**{f.name: getattr(item.page, f.name) or getattr(source.data, f.name) for f in fields(PageData)})
    return replace(source, name=item.name, data=page)


def read_data(data: bytes, name: str) -> Source:
    """Read the bytes of a document in whatever format they are. Raises DocumentError, which names the cure."""
    if not data.strip(b" \t\r\n\0"):
        raise UnreadableError(name, "is empty.", "Leave it out, or fetch the document again.")
    known = sniff(data, name)
    if known.container:
        raise UnreadableError(name, f"holds several documents ({known.name}).", BUILD_IT)
    if known.isolated:
        module = f"{__package__}{known.module}"
        source: Source = worker.call(module, known.function, name, data, name)
        return source
    return known.reader()(data, name)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises UnreadableError for one that is missing or larger than a document (64 MiB)."""
    try:
        _refuse_what_is_no_file(path)
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableError(str(path), f"has {size} bytes, the limit is {MAX_BYTES}.", "Split it into documents.")
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableError(str(path), "is not there.", "Check the path.") from None
    except OSError as error:
        problem = f"could not be read ({error.strerror})."
        raise UnreadableError(str(path), problem, "Check that it is a file that you may read.") from None


def file_name(path: Path) -> str:
    """The file's name as text: archives made on Windows give names whose bytes are GBK."""
    data = os.fsencode(path.name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _refuse_what_is_no_file(path: Path) -> None:
    """Raise UnreadableError for a folder, and for a pipe or device, which may wait for ever for what is read."""
    if path.is_dir():
        next(path.iterdir(), None)  # where it cannot be listed, the error says why
        raise UnreadableError(str(path), "is a folder.", "zhengce build reads the files in it.")
    if path.exists() and not path.is_file():
        raise UnreadableError(str(path), "is a pipe or a device.", "Save what it gives as a file and read that.")


def _container(path: Path) -> str | None:
    """zip, jsonl, csv or parquet where the file holds documents; None where it is one, or is not there."""
    try:
        with path.open("rb") as file:
            return _container_kind(file, path)
    except OSError:
        return None  # reading it says what is wrong


def _container_kind(file: BinaryIO, path: Path) -> str | None:
    head = file.read(HEAD)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        names = names_of(file, str(path))
        return None if names & DOCUMENT_PARTS else "zip"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        file.seek(0)
        return "jsonl" if text_column(json_columns(_first_line(file))) else None
    columns = csv_columns(head)
    return "csv" if len(columns) > 1 and text_column(columns) else None


# a zip archive with one of these is a document, of a format that is read or refused
DOCUMENT_PARTS = frozenset(
    {"word/document.xml", "OFD.xml", "xl/workbook.xml", "xl/workbook.bin", "ppt/presentation.xml", "content.xml"}
    | {"META-INF/container.xml"}
)


def _first_line(file: BinaryIO) -> bytes:
    for line in iter(lambda: file.readline(MAX_ROW), b""):
        if line := line.removeprefix(b"\xef\xbb\xbf").strip():
            return line
    return b""


def _found(path: Path, kind: str) -> Iterator[Found]:
    size = path.stat().st_size
    if size > MAX_CONTAINER:
        raise UnreadableError(str(path), f"has {size} bytes, the limit is {MAX_CONTAINER}.", "Split it.")
    if kind == "jsonl":
        yield from rows_of_json(path)
    elif kind == "csv":
        yield from rows_of_csv(path)
    else:
        function = zip_page if kind == "zip" else parquet_page
        # the process may have been started in another folder
        place, name = str(path.absolute()), str(path)
        start: int | None = 0
        while start is not None:
            found, start = worker.call(function.__module__, function.__name__, name, place, start, name)
            yield from found
