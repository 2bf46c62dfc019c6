"""Which format a file has, by its content and not by its name, and which reader reads it.

A format that is known and not read gives an error that says what to do. Nothing is executed or fetched here.
"""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO

from ..errors import UnreadableError
from ..records import Source
from .archives import names_of
from .ole import OLE, refuse_others

HEAD = 4096
AS_DOCX = "Open it in Word, WPS Office or LibreOffice and save it as .docx (or as plain text)."
AS_CSV = "Save the sheet that holds the texts as CSV (UTF-8) with a column named text or html, or as a .docx document."
AS_TEXT = "Save its text as .txt, .docx or .pdf."
OCR = "Recognise its text (OCR) with a scanner's or an office program and save that as .docx, .txt or PDF."


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is read: `module` and `function` of its reader, which is loaded when first used.

    `isolated`: the reader works in a process of its own, with limits of time and memory. `container`: the file holds
    documents rather than being one.
    """

    name: str
    media_type: str
    module: str = ""
    function: str = ""
    isolated: bool = False
    container: bool = False

    def reader(self) -> Callable[[bytes, str], Source]:
        """The function that reads it. Raises ImportError where its packages are not installed."""
        found: Callable[[bytes, str], Source] = getattr(import_module(self.module, __package__), self.function)
        return found


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = {
    known.name: known
    for known in (
        Format("text", "text/plain", ".text", "read_text"),
        Format("html", "text/html", ".web.html", "read_html", isolated=True),
        Format("mhtml", "multipart/related", ".web.mhtml", "read_mhtml", isolated=True),
        Format("pdf", "application/pdf", ".paged.pdf", "read_pdf", isolated=True),
        Format("docx", _WORD, ".word.docx", "read_docx", isolated=True),
        Format("doc", "application/msword", ".word.doc", "read_doc", isolated=True),
        Format("ofd", "application/ofd", ".paged.ofd", "read_ofd", isolated=True),
        Format("zip", "application/zip", isolated=True, container=True),
        Format("jsonl", "application/jsonl", container=True),
        Format("csv", "text/csv", container=True),
        Format("parquet", "application/vnd.apache.parquet", isolated=True, container=True),
    )
}

# what is known by its first bytes and not read: what it is, and what to do
REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "is a PNG picture, not text.", OCR),
    (b"\xff\xd8\xff", "is a JPEG picture, not text.", OCR),
    (b"GIF8", "is a GIF picture, not text.", OCR),
    (b"II*\0", "is a TIFF picture, not text.", OCR),
    (b"MM\0*", "is a TIFF picture, not text.", OCR),
    (b"{\\rtf", "is an RTF file.", AS_DOCX),
    (b"\x1f\x8b", "is a gzip archive.", "Unpack it (gunzip, tar xzf) and build what is in it."),
    (b"Rar!", "is a RAR archive.", "Unpack it, and build the folder or a .zip of it."),
    (b"7z\xbc\xaf", "is a 7-Zip archive.", "Unpack it, and build the folder or a .zip of it."),
    (b"SQLite format 3\0", "is an SQLite database.", "Export the table that holds the texts as CSV."),
)
# names in a zip archive that say which kind of document it is
ZIP_KINDS: tuple[tuple[str, str], ...] = (("word/document.xml", "docx"), ("OFD.xml", "ofd"))
ZIP_REFUSED: tuple[tuple[str, str, str], ...] = (
    ("xl/workbook.xml", "is an Excel workbook.", AS_CSV),
    ("xl/workbook.bin", "is an Excel workbook.", AS_CSV),
    ("ppt/presentation.xml", "is a PowerPoint presentation.", AS_TEXT),
    ("content.xml", "is an OpenDocument file.", AS_DOCX),
    ("META-INF/container.xml", "is an e-book (EPUB).", AS_TEXT),
)
HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|link|script|style|div|p|table|article|section|span|h[1-6]|center|br|ul|ol|font)\b",
    re.I | re.S,
)
MHTML_START = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?content-type:\s*multipart/related", re.I)
XML_START = re.compile(rb"\s*<\?xml\b")
TEXT_COLUMNS = ("text", "html", "content", "body", "正文", "内容", "文本", "全文")
MAX_ROW = 64 * 1024 * 1024


def sniff(data: bytes, name: str) -> Format:
    """The format of a file by its bytes; text where nothing says otherwise.

    Raises UnreadableError, which names the cure, for a format that is known and not read.
    """
    for signature, problem, cure in REFUSED:
        if data.startswith(signature):
            raise UnreadableError(name, problem, cure)
    if b"%PDF-" in data[:1024]:
        return FORMATS["pdf"]
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zip_kind(names_of(BytesIO(data), name), name)
    if data.startswith(OLE):
        refuse_others(data, name)
        return FORMATS["doc"]
    if data.startswith(b"PAR1"):
        return FORMATS["parquet"]
    return _text_kind(data, name)


def _zip_kind(names: frozenset[str], name: str) -> Format:
    """A document in a zip archive, or an archive of documents."""
    for part, kind in ZIP_KINDS:
        if part in names:
            return FORMATS[kind]
    for part, problem, cure in ZIP_REFUSED:
        if part in names:
            raise UnreadableError(name, problem, cure)
    return FORMATS["zip"]


def _text_kind(data: bytes, name: str) -> Format:
    head = data[:HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        # for the look only: each ASCII character of UTF-16 has a zero beside it
        head = head[2:].replace(b"\0", b"")
    head = head.removeprefix(b"\xef\xbb\xbf")
    if HTML_START.match(head):
        return FORMATS["html"]
    if MHTML_START.match(head):
        return FORMATS["mhtml"]
    if XML_START.match(head):
        if b"<html" in head.lower():
            return FORMATS["html"]
        what = "is a Word 2003 XML file." if b"mso-application" in head else "is XML data, not a document."
        raise UnreadableError(name, what, AS_DOCX)
    return _rows_kind(data, head, name)


def _rows_kind(data: bytes, head: bytes, name: str) -> Format:
    """Rows of documents (JSON lines, CSV), or plain text."""
    if head.lstrip()[:1] in (b"{", b"["):
        if columns := json_columns(data.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")[0]):
            if text_column(columns):
                return FORMATS["jsonl"]
            problem = f"holds JSON rows without a column of texts (it has {', '.join(columns[:8])})."
            raise UnreadableError(name, problem, COLUMN_CURE)
        if _is_json(data):
            cure = "Write one document a line as JSON with a field named text or html. "
            cure += "For annotations: zhengce import-annotations."
            raise UnreadableError(name, "is JSON data, not a document.", cure)
    columns = csv_columns(data[:HEAD])
    if text_column(columns) and len(columns) > 1:
        return FORMATS["csv"]
    if name.lower().endswith((".csv", ".tsv")):
        problem = f"is a table without a column of texts (its first line is {', '.join(columns[:8])})."
        raise UnreadableError(name, problem, COLUMN_CURE)
    return FORMATS["text"]


COLUMN_CURE = f"Name the column that holds the documents one of: {', '.join(TEXT_COLUMNS)}."


def json_columns(line: bytes) -> list[str]:
    """The names in a line that is a JSON object; none where it is something else, or an annotation file."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return []
    return list(row) if isinstance(row, dict) and not {"meta", "units"} <= row.keys() else []


def csv_columns(head: bytes) -> list[str]:
    """The names in the first line of a table with commas, tabs or semicolons."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        first = head[: len(head) // 2 * 2].decode("utf-16", "replace").partition("\n")[0].rstrip("\r")
    else:
        line = re.split(rb"[\r\n]", head.removeprefix(b"\xef\xbb\xbf"), maxsplit=1)[0]
        try:
            first = line.decode("utf-8")
        except UnicodeDecodeError:
            first = line.decode("gb18030", "replace")
    try:
        rows = list(csv.reader([first], delimiter=delimiter_of(first)))
    except csv.Error:
        return []
    return [cell.strip() for cell in rows[0]] if rows else []


def delimiter_of(line: str) -> str:
    """The delimiter of a table by its first line."""
    return max(",\t;", key=line.count)


def text_column(columns: list[str]) -> str | None:
    """The column that holds the documents, by its name."""
    by_name = {column.strip().lower(): column for column in reversed(columns)}
    return next((by_name[name] for name in TEXT_COLUMNS if name in by_name), None)


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
