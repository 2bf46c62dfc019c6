"""What a reader found, written as one text: lines, pages and tables with their places."""

import hashlib
from collections.abc import Sequence
from enum import Enum

from ..records import PageData, Source, Span, Table


class Covered(Enum):
    """A place in a table that another cell spans: the one to the left of it, or the one above."""

    LEFT = "left"
    ABOVE = "above"


Cell = str | Covered | None


# the characters of one byte that do not end a line, and the wide ones that do
KEEPS_ON = bytes(code for code in range(256) if len(f"{chr(code)}a".splitlines()) == 1)
WIDE_ENDS = "\u2028\u2029"


def of_one_byte(text: str) -> bytes:
    """The characters of one byte (Latin-1) of a text: to leave out the others is quicker than to look at each."""
    return text.encode("latin-1", "ignore")


def ends_lines(few: bytes) -> bool:
    """Is there one that ends a line among the characters of one byte of a text?"""
    return bool(few.translate(None, KEEPS_ON))


class TextWriter:
    """Collects the text of one document. Each line is a paragraph (or, of a paged format, a line of the page)."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._pages: list[int] = []
        self._tables: list[Table] = []

    def line(self, text: str = "") -> None:
        """Add a line; line ends in it become spaces."""
        parts = text.splitlines()
        self._add((text if parts == [text] else " ".join(parts)) + "\n")

    def block(self, lines: list[str], checked: bool = False) -> None:
        """Add some lines; line ends in them become spaces. `checked`: there are none, as the caller knows."""
        if not checked:
            text = "".join(lines)
            checked = not ends_lines(of_one_byte(text)) and not any(end in text for end in WIDE_ENDS)
        if checked:
            self._add("\n".join([*lines, ""]))
            return
        for line in lines:
            self.line(line)

    def lines(self, text: str) -> None:
        """Add lines as they are: each ends in a line feed, and no other character in it ends a line."""
        self._add(text)

    def page(self) -> None:
        """Begin a page: the first call begins page 1."""
        self._pages.append(self._length)

    def table(self, rows: Sequence[Sequence[Cell]], headings: int = 1, breaks: Sequence[int] = ()) -> None:
        """Add a table, a line for each row with tabs between its cells.

        A cell that spans rows or columns is given once as text and as `Covered` in the other places that it covers
        (None where the reader does not know by which neighbour); an empty cell is "". `breaks` are the rows with which
        a page begins.
        """
        begin = self._length
        placed: list[list[Span | None]] = []
        for at, row in enumerate(rows):
            self._pages += [self._length] * breaks.count(at)
            cells: list[Span | None] = []
            for n, cell in enumerate(row):
                if n:
                    self._add("\t")
                if not isinstance(cell, str):
                    left = cells[n - 1] if n else None
                    above = placed[-1][n] if placed and n < len(placed[-1]) else None
                    cells.append(left if cell is Covered.LEFT else above if cell is Covered.ABOVE else above or left)
                    continue
                text = " ".join(cell.split())
                cells.append(Span(self._length, self._length + len(text)) if text else None)
                self._add(text)
            self._add("\n")
            placed.append(cells)
        if self._length > begin:
            self._tables.append(Table(Span(begin, self._length), tuple(map(tuple, placed)), headings))

    def source(
        self, data: bytes, name: str, media_type: str, encoding: str = "utf-8", page_data: PageData | None = None
    ) -> Source:
        """The source of what was written; `data` are the bytes of the file."""
        text = "".join(self._pieces)
        digest = hashlib.sha256(data).hexdigest()
        tables, pages = tuple(self._tables), tuple(self._pages)
        return Source(text, name, media_type, encoding, digest, pages, tables, page_data or PageData())

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
