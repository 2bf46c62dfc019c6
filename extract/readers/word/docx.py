"""Word files (.docx, .docm, .dotx, and .wps files that are such packages) to a `Source`.

The package is read with zipfile and lxml: the libraries for Word files give neither automatic numbers nor text boxes,
notes and tracked changes, and they parse every part of a file that may be hostile. Macros are never looked at.
Headers and footers are no text of the document. Where pages begin is Word's to decide, so the source has no pages.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...errors import UnreadableError
from ...records import Source
from ..grid import arranges_page, heading_rows
from ..ole import OLE, refuse_encrypted
from ..package import Package, broken
from ..writer import Covered, TextWriter
from .lists import VAL, Lists, W
from .paragraphs import MC, Paragraphs

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WHAT = "Word file"
# the Strict form of the standard has other names for the same elements
STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
NO_DOCUMENT = "holds no Word text (a workbook, a presentation?)."
# Word allows 63 columns
MAX_COLUMNS = 63
TABLE_OF_CONTENTS = "Table of Contents"
BLOCK_WRAPPERS = frozenset(W + tag for tag in ("ins", "moveTo", "customXml", "smartTag", "sdtContent"))


def read_docx(data: bytes, name: str) -> Source:
    """Read the bytes of a Word file; `name` is its name in the source and in errors.

    Raises UnreadableError for a file that is damaged, protected by a password, or beyond the limits of `package`.
    """
    if data.startswith(OLE):
        refuse_encrypted(data, name)
    package = Package(data, name, WHAT)
    try:
        return _Reader(package).read(data)
    except RecursionError:
        raise broken(name, WHAT, "nested too deeply") from None


@dataclass(frozen=True, slots=True)
class _Table:
    """A table's rows; a cell is its lines, or which neighbour spans its place."""

    rows: list[list[list[str] | Covered]]
    headings: int
    nested: bool


class _Reader:
    """Reads one Word file."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.writer = TextWriter()
        self.document = self._main()
        related = self._relations(self.document)
        body = package.xml(self.document, STRICT).find(W + "body")
        if body is None:
            raise UnreadableError(package.name, NO_DOCUMENT, "Save the document's text as .docx or .txt.")
        self.body = body
        self.notes = {kind: self._notes(related.get(kind + "s")) for kind in ("footnote", "endnote")}
        self.lists = Lists(self._part(related.get("numbering")), self._part(related.get("styles")))
        self.paragraphs = Paragraphs(body)

    def read(self, data: bytes) -> Source:
        noted: list[tuple[str, str]] = []
        for block in self.blocks(self.body, noted):
            if isinstance(block, str):
                self.writer.line(block)
            else:
                self._write_table(block)
        for n, note in enumerate(dict.fromkeys(noted)):
            if not n:
                self.writer.line()
            self._write_note(note)
        return self.writer.source(data, self.package.name, MEDIA_TYPE)

    def _main(self) -> str:
        """The part that holds the text."""
        relations = self._relations("")
        if "officedocument" not in relations or not relations["officedocument"].lower().endswith(".xml"):
            raise UnreadableError(self.package.name, NO_DOCUMENT, "Save the document's text as .docx or .txt.")
        return relations["officedocument"]

    def _relations(self, part: str) -> dict[str, str]:
        """The parts that a part refers to: the last word of the relation's type, in lower case → its name."""
        folder, leaf = posixpath.split(part)
        member = posixpath.join(folder, "_rels", leaf + ".rels")
        if part and member not in self.package:
            return {}
        found: dict[str, str] = {}
        for relation in self.package.xml(member):
            if relation.get("TargetMode") == "External" or "Target" not in relation.attrib:
                continue
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target"))).lstrip("/")
            found.setdefault(relation.get("Type", "").rsplit("/", 1)[-1].lower(), target)
        return found

    def _part(self, member: str | None) -> Any | None:
        return self.package.xml(member, STRICT) if member and member in self.package else None

    def _notes(self, member: str | None) -> dict[str, Any]:
        """The notes of one kind by their ids; the lines that part them from the text are none."""
        root = self._part(member)
        return {} if root is None else {note.get(W + "id", ""): note for note in root if not note.get(W + "type")}

    def blocks(self, container: Any, noted: list[tuple[str, str]]) -> Iterator[str | _Table]:
        """The lines and tables of a body, cell, text box or note, in order; `noted` gathers the notes met."""
        carried = ""
        for child in container:
            if child.tag == W + "p":
                properties = child.find(W + "pPr")
                text = self.paragraphs.text(child)
                if properties is not None and _joins_next(properties):
                    carried += text
                else:
                    yield from self._lines(carried + text, properties)
                    carried = ""
                yield from self._beside(noted)
            elif child.tag == W + "tbl":
                yield self._table(child, noted)
            elif child.tag in BLOCK_WRAPPERS or (child.tag == W + "sdt" and not _is_contents(child)):
                yield from self.blocks(child, noted)
            elif child.tag == MC + "AlternateContent":
                yield from self.blocks(child[0] if len(child) else (), noted)
        if carried:
            yield from self._lines(carried, None)

    def _lines(self, text: str, properties: Any | None) -> Iterator[str]:
        """The lines of a paragraph; one that a field hides altogether has none."""
        if self.paragraphs.hidden and not text:
            return
        label = self.lists.label(properties)
        yield from (label + text).split("\n")

    def _beside(self, noted: list[tuple[str, str]]) -> Iterator[str | _Table]:
        """What the last paragraph anchors: its text boxes, now; its notes, later."""
        noted += self.paragraphs.notes
        self.paragraphs.notes = []
        boxes, self.paragraphs.boxes = self.paragraphs.boxes, []
        for box in boxes:
            yield from self.blocks(box, noted)

    def _table(self, element: Any, noted: list[tuple[str, str]]) -> _Table:
        rows: list[list[list[str] | Covered]] = []
        headings = 0
        nested = False
        for row in _rows(element):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                continue
            headings += properties is not None and headings == len(rows) and _is_on(properties, "tblHeader")
            cells: list[list[str] | Covered] = [[] for _ in range(_number(properties, "gridBefore", 0))]
            for cell in _cells(row):
                own = cell.find(W + "tcPr")
                merge = own.find(W + "vMerge") if own is not None else None
                if merge is not None and merge.get(VAL, "continue") == "continue" and rows:
                    cells.append(Covered.ABOVE)
                else:
                    lines, inner = self._cell(cell, noted)
                    cells.append(lines)
                    nested = nested or inner
                cells += [Covered.LEFT] * (_number(own, "gridSpan", 1) - 1)
                if len(cells) > MAX_COLUMNS:
                    break
            rows.append(cells[:MAX_COLUMNS])
        return _Table(rows, headings, nested)

    def _cell(self, cell: Any, noted: list[tuple[str, str]]) -> tuple[list[str], bool]:
        """The lines of a cell, and whether a table stands in it."""
        lines: list[str] = []
        nested = False
        for block in self.blocks(cell, noted):
            if isinstance(block, str):
                lines.append(block)
            else:
                nested = True
                lines += _flat(block)
        return lines, nested

    def _write_table(self, table: _Table) -> None:
        if table.nested or arranges_page(table.rows):
            for line in _flat(table):
                self.writer.line(line)
            return
        rows = [["\n".join(cell) if isinstance(cell, list) else cell for cell in row] for row in table.rows]
        self.writer.table(rows, table.headings or heading_rows(rows))

    def _write_note(self, note: tuple[str, str]) -> None:
        kind, key = note
        if (element := self.notes[kind].get(key)) is None:
            return
        for block in self.blocks(element, []):
            for line in (block,) if isinstance(block, str) else _flat(block):
                self.writer.line(line.strip())


def _flat(table: _Table) -> list[str]:
    return [line for row in table.rows for cell in row if isinstance(cell, list) for line in cell]


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table, those in content controls and tracked insertions too."""
    for child in table:
        if child.tag == W + "tr":
            yield child
        elif child.tag == W + "sdt" or child.tag in BLOCK_WRAPPERS:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag == W + "sdt" or child.tag in BLOCK_WRAPPERS:
            yield from _cells(child)


def _joins_next(properties: Any) -> bool:
    """Is the end of this paragraph deleted, in tracked changes?"""
    mark = properties.find(W + "rPr")
    return mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)


def _is_contents(control: Any) -> bool:
    """Is a content control Word's table of contents?"""
    return any(gallery.get(VAL) == TABLE_OF_CONTENTS for gallery in control.iter(W + "docPartGallery"))


def _is_on(properties: Any, switch: str) -> bool:
    found = properties.find(W + switch)
    return found is not None and found.get(VAL, "1") not in ("0", "false", "off")


def _number(properties: Any | None, child: str, default: int) -> int:
    found = properties.find(W + child) if properties is not None else None
    text = found.get(VAL, "") if found is not None else ""
    return min(MAX_COLUMNS, max(default, int(text))) if text.isdecimal() and len(text) < 9 else default
