"""Files that hold documents: archives, and tables with a document in each row.

Each document is named by where it stands: `archive.zip/folder/inner.docx`, `rows.jsonl/12` (rows count from 1). What is
wrong with one is said in its place and stops nothing.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from ..errors import DocumentError, UnreadableError
from ..records import PageData
from .archives import LIMIT_CURE, MAX_DEPTH, Member, members
from .formats import COLUMN_CURE, MAX_ROW, delimiter_of, sniff, text_column

# how much is fetched from the worker process at once
PAGE_ITEMS = 1000
PAGE_BYTES = 32 * 1024 * 1024
MAX_NESTED = 256 * 1024 * 1024
NO_PAGE = PageData()
# so much of a table tells its encoding
HEAD_OF_TABLE = 256 * 1024
MEND_ROW = "Mend or remove the row; the others are read."
# the columns that say something of the document, by what their names may be
COLUMNS = {
    "title": ("title", "标题", "题目", "名称", "文件名称"),
    "number": ("number", "文号", "发文字号", "document_number", "docno"),
    "date": ("date", "成文日期", "发文日期", "发布日期", "pubdate", "pub_date", "publish_date"),
    "issuer": ("issuer", "发文机关", "发文机构", "发布机构", "agency"),
    "url": ("url", "link", "href", "网址", "链接", "source_url"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A document in a container: its name there, its bytes, what its row says beside the text, or its error."""

    name: str
    data: bytes = b""
    page: PageData = NO_PAGE
    error: DocumentError | None = None


def zip_page(path: str, start: int, name: str) -> tuple[list[Found], int | None]:
    """Documents of an archive from its member at `start`, and where the next call goes on (None at the end).

    Archives in it are read too, to a depth of two. `path` says where it is, whatever the folder that this process works
    in; `name` is how errors call it.
    """
    found: list[Found] = []
    size = count = 0
    with Path(path).open("rb") as file:
        for at, member in members(file, name, start):
            for inner in _unpacked(member, name, 1):
                found.append(inner)
                size += len(inner.data)
                count += 1
            if count >= PAGE_ITEMS or size >= PAGE_BYTES:
                return found, at + 1
    return found, None


def _unpacked(member: Member, path: str, depth: int) -> Iterator[Found]:
    """A member, or where it is an archive itself, its members."""
    full = f"{path}/{member.name}"
    if member.error or not _is_archive(member.data, full):
        yield Found(member.name, member.data, error=member.error)
        return
    if depth >= MAX_DEPTH:
        problem = f"is an archive in an archive in an archive (more than {MAX_DEPTH} deep)."
        yield Found(member.name, error=UnreadableError(full, problem, LIMIT_CURE))
        return
    size = 0
    try:
        for _, inner in members(BytesIO(member.data), full):
            for found in _unpacked(inner, full, depth + 1):
                size += len(found.data)
                if size > MAX_NESTED:
                    raise UnreadableError(full, f"unpacks to more than {MAX_NESTED >> 20} MiB.", LIMIT_CURE)
                yield Found(f"{member.name}/{found.name}", found.data, error=found.error)
    except DocumentError as error:
        yield Found(member.name, error=error)


def _is_archive(data: bytes, name: str) -> bool:
    try:
        return data.startswith(b"PK") and sniff(data, name).name == "zip"
    except DocumentError:
        return False  # reading it says what is wrong


def rows_of_json(path: Path) -> Iterator[Found]:
    """The documents of JSON lines."""
    with path.open("rb") as file:
        n = 0
        for line in iter(lambda: file.readline(MAX_ROW), b""):
            if not line.strip(b"\xef\xbb\xbf \t\r\n"):
                continue
            n += 1
            full = f"{path}/{n}"
            if not line.endswith(b"\n") and len(line) >= MAX_ROW:
                raise UnreadableError(full, f"has more than {MAX_ROW} bytes.", "Split it.")
            try:
                row = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
            except (ValueError, RecursionError) as error:
                yield Found(str(n), error=UnreadableError(full, f"is no JSON ({error}).", MEND_ROW))
                continue
            yield _row(n, row if isinstance(row, dict) else {}, full)


def rows_of_csv(path: Path) -> Iterator[Found]:
    """The documents of a table with commas, tabs or semicolons, in UTF-8 or GB18030."""
    csv.field_size_limit(MAX_ROW)
    with path.open("rb") as beginning:
        head = beginning.read(HEAD_OF_TABLE)
    with path.open(encoding=_csv_encoding(head), errors="surrogateescape", newline="") as file:
        first = file.readline(MAX_ROW)
        file.seek(0)
        lines = (line.replace("\0", "") for line in file) if b"\0" in head else file
        reader = csv.DictReader(lines, delimiter=delimiter_of(first))
        n = 0
        try:
            reader.fieldnames = [name.strip() for name in reader.fieldnames or ()]
            for n, row in enumerate(reader, 1):
                row.pop(None, None)  # cells beyond the last heading
                yield _row(n, row, f"{path}/{n}")
        except csv.Error as error:
            full = f"{path}/{n + 1}"
            yield Found(str(n + 1), error=UnreadableError(full, f"is no row of a table ({error}).", MEND_ROW))


def _csv_encoding(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        head[: head.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def parquet_page(path: str, start: int, name: str) -> tuple[list[Found], int | None]:
    """Documents of a Parquet file from the row group at `start`, and the next row group (None at the end).

    `path` and `name` are those of `zip_page`.
    """
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path, memory_map=False) as file:
            names = [field.name for field in file.schema_arrow]
            if text_column(names) is None:
                problem = f"has no column of texts (it has {', '.join(names[:8])})."
                raise UnreadableError(name, problem, COLUMN_CURE)
            groups = file.num_row_groups
            if start >= groups:
                return [], None
            before = sum(file.metadata.row_group(n).num_rows for n in range(start))
            wanted = [name for name in names if _wanted(name)]
            rows = file.read_row_group(start, columns=wanted).to_pylist()
    except (pyarrow.ArrowException, OSError) as error:
        raise UnreadableError(name, f"is a broken Parquet file ({error}).", "Write it again.") from None
    found = [_row(before + n, row, f"{name}/{before + n}") for n, row in enumerate(rows, 1)]
    return found, start + 1 if start + 1 < groups else None


def _wanted(name: str) -> bool:
    return text_column([name]) is not None or any(name.strip().lower() in names for names in COLUMNS.values())


def _row(n: int, row: Mapping[str, Any], full: str) -> Found:
    """The document of one row."""
    column, said = _roles(tuple(row))
    text = row.get(column) if column else None
    if not isinstance(text, str) or not text.strip():
        what = f"has no text in its column {column}." if column else "has no column of texts."
        return Found(str(n), error=UnreadableError(full, what, MEND_ROW if column else COLUMN_CURE))
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        return Found(str(n), error=UnreadableError(full, "holds bytes that are not in the file's encoding.", MEND_ROW))
    page: dict[str, str] = {}
    for field, names in said:
        for name in names:
            if (value := row[name]) not in (None, ""):
                page[field] = str(value).strip()
                break
    return Found(str(n), data, PageData(**page))


@lru_cache(maxsize=8)
def _roles(names: tuple[str, ...]) -> tuple[str | None, list[tuple[str, list[str]]]]:
    """What the columns of a row are for: the one of the texts, and by fields those that say it, the surest first."""
    # of columns with one name, but for capitals and spaces, the last one counts
    lower = [(name.strip().lower(), name) for name in reversed(names)]
    said = [
        (field, [name for wanted in known for low, name in lower if low == wanted]) for field, known in COLUMNS.items()
    ]
    return text_column(list(names)), [(field, found) for field, found in said if found]
