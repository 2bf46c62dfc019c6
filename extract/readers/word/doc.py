"""Old Word files (.doc, and .wps files that are such OLE files) to a `Source`.

Rules: [MS-DOC]. The text stands in pieces of the stream WordDocument, which the table stream lists; the properties of
paragraphs say which of them are cells. Headers, footers and comments are no text of the document. Automatic
numbers are computed as for .docx. Text that is hidden, or deleted while changes were tracked, is not read.
"""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Any

from ...errors import UnreadableError
from ...records import Source
from ..grid import arranges_page, heading_rows
from ..ole import refuse_opened, refuse_others, stream
from ..package import broken, library
from ..writer import TextWriter
from .doc_lists import LEVEL, LIST, MAX_CHAIN, read_counters, read_styles
from .doc_properties import DEFINE_TABLE, HiddenRuns, ParagraphRuns
from .doc_tables import Row, grid_of
from .doc_text import IN_TABLE, ROW_END, Paragraph, Piece, Text, odd
from .lists import Counters
from .paragraphs import DROPPED_FIELDS, field_name

MEDIA_TYPE = "application/msword"
WHAT = "Word file (.doc)"
MAGIC = 0xA5EC
WORD_97 = 0x00C1
ENCRYPTED, TABLE_1 = 0x0100, 0x0200
# offsets in the file information block (FIB): lengths of the stories, and places of structures in the table stream
STORIES = 76
STYLES, CHARACTERS, PARAGRAPHS, PIECES, LISTS, OVERRIDES = (154 + n * 8 for n in (1, 12, 13, 33, 73, 74))
COMPRESSED = 0x40000000
CELL = "\x07"
FIELD_MARKS = "\x13\x14\x15"
DROPPED = dict.fromkeys([*range(9), *range(0x13, 0x16), 0x1F, 0xFFFE, 0xFFFF])
PRINTED = DROPPED | {0x0B: "\n", 0x0C: "\n", 0x0E: "\n", 0x1E: "-", 0x09: " "}


def read_doc(data: bytes, name: str) -> Source:
    """Read the bytes of an old Word file; `name` is its name in the source and in errors.

    Raises UnreadableError for a file that is damaged, protected by a password, older than Word 97, or no Word file.
    """
    olefile = library("olefile", name)
    try:
        with olefile.OleFileIO(BytesIO(data)) as container:
            refuse_opened(container, data, name)
            return _Reader(container, data, name).read(data)
    except UnreadableError:
        raise
    except Exception as error:  # the library and struct raise errors of many kinds for a damaged file
        refuse_others(data, name)
        raise broken(name, WHAT, error) from None


class _Reader:
    """Reads one Word file."""

    def __init__(self, container: Any, data: bytes, name: str) -> None:
        self.name = name
        self.word = stream(container, data, "WordDocument")
        magic, version = struct.unpack_from("<HH", self.word)
        (flags,) = struct.unpack_from("<H", self.word, 10)
        if magic != MAGIC or version < WORD_97:
            raise UnreadableError(
                name, "was written by Word 95 or older.", "Open it in Word or WPS and save it as .docx."
            )
        if flags & ENCRYPTED:
            raise UnreadableError(name, "is protected by a password.", "Remove the password in Word and save it again.")
        self.table = stream(container, data, "1Table" if flags & TABLE_1 else "0Table")
        pieces = self._pieces()
        beside = stream(container, data, "Data") if container.exists("Data") else b""
        self.styles = read_styles(self._structure(STYLES))
        self.counters = self._lists()
        runs = ParagraphRuns(self.word, self._structure(PARAGRAPHS), beside, self._tells)
        self.text = Text(self.word, pieces, runs, HiddenRuns(self.word, self._structure(CHARACTERS)))
        self.fields: list[tuple[str, bool]] = []
        self.sound = True

    def read(self, data: bytes) -> Source:
        writer = TextWriter()
        lengths = [max(0, n) for n in struct.unpack_from("<8i", self.word, STORIES)]
        begins = [sum(lengths[:n]) for n in range(8)]
        # the text, then footnotes, endnotes and text boxes; headers, comments and boxes in headers are left out
        for n in (0, 1, 5, 6):
            if n and lengths[n]:
                writer.line()
            self._write(list(self.text.paragraphs(begins[n], begins[n] + lengths[n])), writer)
        return writer.source(data, self.name, MEDIA_TYPE)

    def _structure(self, at: int) -> bytes:
        """The part of the table stream whose place and length stand at an offset of the FIB."""
        begin, size = struct.unpack_from("<II", self.word, at)
        return bytes(self.table[begin : begin + size])

    def _lists(self) -> Counters:
        """The automatic numbering; the levels of lists follow the list of lists, beyond its length."""
        begin, size = struct.unpack_from("<II", self.word, LISTS)
        return read_counters(self.table[begin:] if size else b"", self._structure(OVERRIDES))

    def _label(self, paragraph: Paragraph) -> str:
        """The automatic number before a paragraph, from its own properties or those of its style."""
        number, level = self._numbering(paragraph.style, paragraph.properties)
        key = int.from_bytes(number or b"", "little")
        return self.counters.label(str(key), (level or b"\0")[0]) if key else ""

    def _numbering(self, style: int, own: dict[int, bytes]) -> tuple[bytes | None, bytes | None]:
        """List and level of a paragraph, where its properties or its style name them."""
        number, level = own.get(LIST), own.get(LEVEL)
        for _ in range(MAX_CHAIN):
            known = self.styles.get(style)
            if known is None or (number is not None and level is not None):
                break
            number = known.properties.get(LIST) if number is None else number
            level = known.properties.get(LEVEL) if level is None else level
            style = known.based_on
        return number, level

    def _tells(self, style: int, own: dict[int, bytes]) -> bool:
        """Is a paragraph of this style and these properties more than its text: numbered, or in a table?"""
        if IN_TABLE in own or ROW_END in own:
            return True
        return bool(self.counters.lists) and self._numbering(style, own)[0] is not None

    def _pieces(self) -> list[Piece]:
        """The pieces of text in order."""
        data = self._structure(PIECES)
        at = 0
        while data[at : at + 1] == b"\x01":
            at += 3 + int(struct.unpack_from("<H", data, at + 1)[0])
        if data[at : at + 1] != b"\x02":
            raise broken(self.name, WHAT, "no table of pieces")
        (size,) = struct.unpack_from("<I", data, at + 1)
        count = (min(size, len(data) - at - 5) - 4) // 12
        places = struct.unpack_from(f"<{count + 1}i", data, at + 5)
        pieces = []
        for n in range(count):
            (offset,) = struct.unpack_from("<I", data, at + 5 + 4 * (count + 1) + 8 * n + 2)
            single = bool(offset & COMPRESSED)
            offset &= COMPRESSED - 1
            pieces.append((places[n], places[n + 1], offset // 2 if single else offset, single))
        if list(places) != sorted(places) or places[0] < 0 or places[-1] > len(self.word):
            raise broken(self.name, WHAT, "its pieces overlap")
        return pieces

    def _write(self, paragraphs: list[Paragraph | str], writer: TextWriter) -> None:
        single = [paragraph for paragraph in paragraphs if not isinstance(paragraph, str)]
        begun, _, ended = (sum(paragraph.text.count(mark) for paragraph in single) for mark in FIELD_MARKS)
        # where a field never ends, nothing may be dropped for being in one
        self.sound = begun == ended
        rows: list[Row] = []
        cells: list[list[str]] = []
        cell: list[str] = []
        for paragraph in paragraphs:
            if rows and (isinstance(paragraph, str) or not paragraph.in_table):
                _write_table(rows, writer)
                rows = []
            if isinstance(paragraph, str):
                self._write_plain(paragraph, writer)
                continue
            if paragraph.ends_row:
                rows.append(Row(cells, paragraph.properties.get(DEFINE_TABLE, b"")))
                cells, cell = [], []
                continue
            lines = (self._label(paragraph) + self._printed(paragraph.text)).split("\n")
            if not paragraph.in_table:
                for line in lines:
                    writer.line(line)
            else:
                cell += lines
                if paragraph.mark == CELL:
                    cells.append(cell)
                    cell = []
        rows += [Row(cells)] if cells else []
        _write_table(rows, writer)

    def _write_plain(self, lines: str, writer: TextWriter) -> None:
        """Write lines that have no mark in them; a field may be open, since the paragraph before them."""
        if self.sound and self.fields:
            for line in lines.split("\n")[:-1]:
                writer.line(self._printed(line))
        else:
            writer.lines(lines)

    def _printed(self, text: str) -> str:
        """The text as printed: fields with their results, special characters dropped."""
        if not self.sound or (not self.fields and not any(mark in text for mark in FIELD_MARKS)):
            return text.translate(PRINTED) if odd(text) else text
        shown = []
        begin = 0
        for at, character in enumerate(text + "\x13"):
            if character not in FIELD_MARKS:
                continue
            part = text[begin:at]
            begin = at + 1
            if not self.fields or all(done and name not in DROPPED_FIELDS for name, done in self.fields):
                shown.append(part)
            elif not self.fields[-1][1]:
                self.fields[-1] = (self.fields[-1][0] or field_name(part), False)
            if at == len(text):
                break
            self._mark(character)
        return "".join(shown).translate(PRINTED)

    def _mark(self, character: str) -> None:
        if character == "\x13":
            self.fields.append(("", False))
        elif self.fields and character == "\x14":
            self.fields[-1] = (self.fields[-1][0], True)
        elif self.fields:
            self.fields.pop()


def _write_table(rows: list[Row], writer: TextWriter) -> None:
    if not rows:
        return
    grid = grid_of(rows)
    if arranges_page(grid):
        for row in rows:
            for cell in row.cells:
                for line in cell:
                    writer.line(line)
        return
    texts = [["\n".join(cell) if isinstance(cell, list) else cell for cell in row] for row in grid]
    writer.table(texts, heading_rows(texts))
