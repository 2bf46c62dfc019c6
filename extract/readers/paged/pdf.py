"""PDF files with a text layer to a `Source`, by PDFium (pypdfium2).

PDFium gives a page's characters with line ends where the print breaks. We ask for the places of a line's ends only,
and of characters only where rule lines may draw a table, so that reading costs little more than PDFium itself. PDFium
is not thread-safe, and hostile files may crash it: the frame runs this reader in a process of its own.
"""

from __future__ import annotations

import ctypes
import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from ...errors import UnreadableError
from ...records import Source
from ..package import FETCH_AGAIN, broken, library
from ..writer import TextWriter
from .pages import APART, Page, Piece, write_pages
from .ruled import MAX_RULES, Rule

MEDIA_TYPE = "application/pdf"
MAX_PAGES = 3000
MAX_TEXT = 20_000_000
# fewer characters than this on a page with a picture are a stamp on a scan and no text layer
SCANNED = 10
# more characters than this that stand for nothing: the fonts do not say which characters they draw
UNMAPPED = 0.1
NEEDS_OCR = (
    "Recognise its text first (OCR: needs OCR software, for instance WPS or a scanner's), then build the result."
)
UNLOCK = "Remove the password (print it to a new PDF) and build that."
# what PDFium writes for a hyphen at a line's end, and for a character that it cannot name
ODD = re.compile("[\x00\x02\xad\ufffe\uffff\U00010000-\U0010ffff]")
HYPHENS = str.maketrans("", "", "\x00\x02\xad\ufffe\uffff")
NO_CHARACTER = re.compile("[\ufffd\ue000-\uf8ff\x01-\x08\x0e-\x1f]")
SPACES = re.compile(r"[ \t\u00a0]+")
ERROR_PASSWORD = 4
# so many lines that begin away from the margin may be the cells of a table
INDENTED = 3
PATH_OBJECT = 2
IMAGE_OBJECT = 3
MAX_OBJECTS = 20_000
MAX_POINTS = 2000


def read_pdf(data: bytes, name: str) -> Source:
    """Read the bytes of a PDF file; `name` is its name in the source and in errors.

    Raises UnreadableError for a file that is damaged, protected by a password, too long, or without a text layer
    ("needs OCR").
    """
    pdfium = library("pypdfium2", name)
    document = _opened(pdfium, data, name)
    try:
        if (count := len(document)) > MAX_PAGES:
            raise UnreadableError(name, f"has {count} pages, the limit is {MAX_PAGES}.", "Split it into documents.")
        pages = []
        pictured = size = 0
        for n in range(count):
            page, pictures = _page(pdfium, document, n, name)
            size += sum(len(piece.text) for piece in page.pieces)
            if size > MAX_TEXT:
                raise UnreadableError(name, f"has more than {MAX_TEXT} characters.", "Split it into documents.")
            pictured += pictures
            pages.append(page)
    finally:
        document.close()
    _check_text(pages, pictured, name)
    writer = TextWriter()
    write_pages(pages, writer)
    return writer.source(data, name, MEDIA_TYPE)


def _opened(pdfium: Any, data: bytes, name: str) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        # PDFium may report the fault of a file before
        if getattr(error, "err_code", None) == ERROR_PASSWORD and b"/Encrypt" in data:
            raise UnreadableError(name, "is protected by a password.", UNLOCK) from None
        raise broken(name, "PDF file", error) from None


def _check_text(pages: list[Page], pictured: int, name: str) -> None:
    """Raise UnreadableError where there is no text layer, or one whose fonts do not name their characters."""
    text = "".join(piece.text for page in pages for piece in page.pieces)
    if not pages:
        raise UnreadableError(name, "is a PDF file without pages.", FETCH_AGAIN)
    if not text.strip() or 2 * pictured > len(pages):
        what = f"is a scan ({pictured} of {len(pages)} pages are pictures)" if pictured else "holds drawings"
        raise UnreadableError(name, f"{what} without a text layer: needs OCR.", NEEDS_OCR)
    if (unknown := len(NO_CHARACTER.findall(text))) > UNMAPPED * len(text):
        problem = f"has fonts that do not say which characters they draw ({unknown} of {len(text)}): needs OCR."
        raise UnreadableError(name, problem, NEEDS_OCR)


def _page(pdfium: Any, document: Any, n: int, name: str) -> tuple[Page, bool]:
    """A page, and whether it holds pictures but hardly any text. A page that is damaged is an error of its file."""
    try:
        page = document[n]
        text_page = page.get_textpage()
        text = text_page.get_text_range()
    except (pdfium.PdfiumError, AssertionError) as error:
        raise broken(name, "PDF file", f"page {n + 1}: {error}") from None
    raw = pdfium.raw
    frame = _Frame(page)
    made = Page(frame.width, frame.height)
    places = _Places(raw, text_page, frame, text)
    made.pieces = places.quick()
    if places.spaced >= INDENTED or _may_hold_table(made.pieces):
        found = places.pieces()
        made.pieces = [piece for piece, _, _ in found]
        if _may_hold_table(made.pieces) and (rules := list(_rules(raw, page, frame))):
            made.rules = rules
            made.pieces = places.with_edges(found, rules)
    pictures = len(text) < SCANNED and any(kind == IMAGE_OBJECT for kind, _ in _objects(raw, page))
    text_page.close()
    page.close()
    return made, pictures


class _Frame:
    """The page as it is seen: PDF coordinates (from the lower left, before rotation) to ours."""

    def __init__(self, page: Any) -> None:
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._turn = page.get_rotation() % 360
        size = abs(self._right - self._left), abs(self._top - self._bottom)
        self.width, self.height = size if self._turn in (0, 180) else (size[1], size[0])

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A box as (left, top, right, bottom), from the upper left corner downwards."""
        if self._turn == 0:
            return left - self._left, self._top - top, right - self._left, self._top - bottom
        if self._turn == 180:
            return self._right - right, bottom - self._bottom, self._right - left, top - self._bottom
        if self._turn == 90:
            return bottom - self._bottom, left - self._left, top - self._bottom, right - self._left
        return self._top - top, self._right - right, self._top - bottom, self._right - left


class _Places:
    """The lines of a page and where they stand. PDFium's boxes are asked for as seldom as will do."""

    def __init__(self, raw: Any, text_page: Any, frame: _Frame, text: str) -> None:
        self._box_of = raw.FPDFText_GetLooseCharBox
        self._index_of = raw.FPDFText_GetCharIndexFromTextIndex
        self._page = text_page.raw
        self._frame = frame
        self._rect = raw.FS_RECTF()
        self._reference = ctypes.byref(self._rect)
        self._odd = ODD.search(text) is not None
        if self._odd:
            # PDFium counts a character beyond the first plane as two
            text = "".join(chr(unit) for (unit,) in struct.iter_unpack("<H", text.encode("utf-16-le", "surrogatepass")))
        self._text = text
        # the text may have characters that the page has not, and the other way round
        self._same = raw.FPDFText_CountChars(self._page) == len(text)
        self._lines = list(_lines(text))
        self.spaced = sum(" " in text[begin:end] for begin, end in self._lines) if " " in text else 0

    def quick(self) -> list[Piece]:
        """A piece for each line, with the place of its first character; how far it reaches is guessed."""
        pieces = []
        for begin, end in self._lines:
            if (box := self._box(begin)) and (shown := self._shown(begin, end)):
                left, top, _, bottom = box
                pieces.append(Piece(shown, left, left + (bottom - top) * len(shown), top, bottom))
            elif shown := self._shown(begin, end):
                pieces.append(Piece(shown, 0.0, 0.0, 0.0, 0.0))
        return pieces

    def pieces(self) -> list[tuple[Piece, int, int]]:
        """The pieces of each line, which is cut where a space is as wide as between columns, and where each stands."""
        return [made for begin, end in self._lines for made in self._cut(begin, end)]

    def with_edges(self, found: list[tuple[Piece, int, int]], rules: list[Rule]) -> list[Piece]:
        """The pieces, those that run over an upright rule with the place of each character."""
        uprights = sorted({rule.left for rule in rules if not rule.level})
        pieces = []
        for piece, begin, end in found:
            n = bisect_right(uprights, piece.left + 1)
            if n < len(uprights) and uprights[n] < piece.right - 1 and len(piece.text) == end - begin:
                boxes = [self._box(at) for at in range(begin, end)]
                piece = piece._replace(edges=tuple(box[0] if box else piece.left for box in boxes))
            pieces.append(piece)
        return pieces

    def _box(self, at: int) -> tuple[float, float, float, float] | None:
        """The box of the character at an offset of the page's text; None for one that PDFium put in."""
        index = at if self._same else self._index_of(self._page, at)
        if index < 0 or not self._box_of(self._page, index, self._reference):
            return None
        rect = self._rect
        return self._frame.box(rect.left, rect.bottom, rect.right, rect.top)

    def _shown(self, begin: int, end: int) -> str:
        shown = self._text[begin:end]
        if not self._odd:
            return shown
        return shown.translate(HYPHENS).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _cut(self, begin: int, end: int) -> Iterator[tuple[Piece, int, int]]:
        at = begin
        for space in SPACES.finditer(self._text, begin, end):
            before, after = self._box(space.start() - 1), self._box(space.end())
            if before and after and after[0] - before[2] > APART * (after[3] - after[1]):
                yield from self._piece(at, space.start())
                at = space.end()
        yield from self._piece(at, end)

    def _piece(self, begin: int, end: int) -> Iterator[tuple[Piece, int, int]]:
        shown = self._shown(begin, end)
        if not shown:
            return
        first, last = self._box(begin), self._box(end - 1)
        if first is None or last is None:
            first = last = first or last or (0.0, 0.0, 0.0, 0.0)
        left, right = min(first[0], last[0]), max(first[2], last[2])
        yield Piece(shown, left, right, min(first[1], last[1]), max(first[3], last[3])), begin, end


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Where the lines of a page begin and end, less the space around them."""
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.rstrip()
        if bare:
            yield at + len(bare) - len(bare.lstrip()), at + len(bare)
        at += len(line)


def _may_hold_table(pieces: list[Piece]) -> bool:
    """Do enough lines begin away from the margin?"""
    if len(pieces) < 2 * INDENTED:
        return False
    margin = min([piece.left for piece in pieces])
    away = sum([piece.left - margin > 4 * (piece.bottom - piece.top) for piece in pieces])
    return away >= INDENTED


def _objects(raw: Any, page: Any) -> Iterator[tuple[int, Any]]:
    """The kinds and handles of the objects on a page, not those inside of forms."""
    for n in range(min(MAX_OBJECTS, raw.FPDFPage_CountObjects(page.raw))):
        handle = raw.FPDFPage_GetObject(page.raw, n)
        yield raw.FPDFPageObj_GetType(handle), handle


def _rules(raw: Any, page: Any, frame: _Frame) -> Iterator[Rule]:
    """The horizontal and vertical lines drawn on a page: strokes, edges of boxes, and boxes as thin as a line."""
    found = 0
    for kind, handle in _objects(raw, page):
        if kind == PATH_OBJECT:
            for rule in _path(raw, handle, frame):
                found += 1
                if found > MAX_RULES:
                    return
                yield rule


def _path(raw: Any, handle: Any, frame: _Frame) -> Iterator[Rule]:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, ctypes.byref(matrix))
    x, y = ctypes.c_float(), ctypes.c_float()
    begin = last = None
    for n in range(min(MAX_POINTS, raw.FPDFPath_CountSegments(handle))):
        segment = raw.FPDFPath_GetPathSegment(handle, n)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == raw.FPDF_SEGMENT_LINETO and last:
            yield from _straight(last, point, frame)
        last = point
        if begin and raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(point, begin, frame)


def _straight(a: tuple[float, float], b: tuple[float, float], frame: _Frame) -> Iterator[Rule]:
    """The rule between two points, where it is upright or level."""
    if min(abs(a[0] - b[0]), abs(a[1] - b[1])) <= 1.0:
        yield Rule(*frame.box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])))
