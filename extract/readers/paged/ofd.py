"""OFD files (GB/T 33190-2016), the page format of Chinese offices, to a `Source`.

A zip package of XML: OFD.xml names its documents, a Document.xml its pages, and a page's Content.xml places runs of
characters (TextObject, TextCode) in millimetres. The libraries for OFD are young or bring a renderer under the AGPL;
text alone needs little. Templates (the running heads of all pages), annotations, seals and signatures are not read.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from ...errors import UnreadableError
from ...records import Source
from ..package import Package, broken
from ..writer import TextWriter
from .pages import Page, Piece, merged, write_pages
from .ruled import MAX_RULES, Rule

MEDIA_TYPE = "application/ofd"
WHAT = "OFD file"
MAX_PAGES = 3000
MAX_TEXT = 20_000_000
POINTS = 72 / 25.4
A4 = (0.0, 0.0, 210.0, 297.0)
# how much of its size a character stands above and below its base line
ASCENT, DESCENT = 0.88, 0.12
# what a program writes for a glyph whose character it does not know
LATIN = "\u2e7f"  # characters up to here are half as wide as Chinese ones
PLACEHOLDERS = re.compile("[¤\ufffd\ue000-\uf8ff]")
UNMAPPED = 0.1
NEEDS_OCR = "Ask for the document as .docx or PDF, or recognise its text (OCR) and build the result."
OPERATOR = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
Point = tuple[float, float]


def read_ofd(data: bytes, name: str) -> Source:
    """Read the bytes of an OFD file; `name` is its name in the source and in errors.

    Raises UnreadableError for a file that is damaged, encrypted, too long, or whose glyphs have no characters.
    """
    try:
        return _Reader(Package(data, name, WHAT)).read(data)
    except RecursionError:
        raise broken(name, WHAT, "nested too deeply") from None


@dataclass(frozen=True, slots=True)
class _Matrix:
    """A transformation of the plane: CTM and the place of an object, in millimetres."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> Point:
        """A point of the object, in points of the page."""
        return (self.a * x + self.c * y + self.e) * POINTS, (self.b * x + self.d * y + self.f) * POINTS


class _Reader:
    """Reads one OFD file."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.glyphs = 0
        self.size = 0

    def read(self, data: bytes) -> Source:
        name = self.package.name
        if "Encryptions.xml" in self.package or any(
            True for _ in self._named(self.package.xml("OFD.xml"), "Encryptions")
        ):
            raise UnreadableError(name, "is protected by a password.", "Remove the password and save it again.")
        pages: list[Page] = []
        for member, area in self._pages():
            if len(pages) >= MAX_PAGES:
                raise UnreadableError(name, f"has more than {MAX_PAGES} pages.", "Split it into documents.")
            pages.append(self._page(member, area))
        self._check(pages)
        writer = TextWriter()
        write_pages(pages, writer)
        return writer.source(data, name, MEDIA_TYPE)

    def _check(self, pages: list[Page]) -> None:
        """Raise UnreadableError where no text is, or where glyphs have no characters."""
        name = self.package.name
        text = "".join(piece.text for page in pages for piece in page.pieces)
        unknown = len(PLACEHOLDERS.findall(text))
        if self.glyphs and (not text.strip() or unknown > UNMAPPED * len(text)):
            problem = "draws glyphs without saying which characters they are: needs OCR."
            raise UnreadableError(name, problem, NEEDS_OCR)
        if not text.strip():
            raise UnreadableError(name, "holds no text (pictures of pages?): needs OCR.", NEEDS_OCR)

    def _pages(self) -> Iterator[tuple[str, tuple[float, ...]]]:
        """The pages of all documents: the member that holds each, and its box by default."""
        for root in self._named(self.package.xml("OFD.xml"), "DocRoot"):
            member = _resolved("", root.text or "")
            document = self.package.xml(member)
            area = next((_numbers(box.text, 4) for box in self._named(document, "PhysicalBox")), None) or A4
            for pages in self._named(document, "Pages"):
                for page in self._named(pages, "Page"):
                    yield _resolved(member, page.get("BaseLoc", "")), area

    @staticmethod
    def _named(element: Any, tag: str) -> Iterator[Any]:
        """The descendants of a name, whatever the version of the namespace."""
        return (child for child in element.iter("{*}" + tag))

    def _page(self, member: str, area: tuple[float, ...]) -> Page:
        root = self.package.xml(member)
        own = root.find("{*}Area/{*}PhysicalBox")
        box = (_numbers(own.text, 4) if own is not None else None) or area
        page = Page(box[2] * POINTS, box[3] * POINTS)
        texts = []
        for element in self._objects(root.find("{*}Content")):
            if element.tag.endswith("}TextObject"):
                texts.append(element)
            elif len(page.rules) < MAX_RULES:
                page.rules += _rules(element)
        # where each character stands matters in tables only
        page.pieces = merged(piece for text in texts for piece in self._pieces(text, bool(page.rules)))
        return page

    def _objects(self, content: Any | None) -> Iterator[Any]:
        """The text and path objects that are seen, in layers and blocks."""
        for child in () if content is None else content:
            tag = child.tag.rpartition("}")[2]
            if child.get("Visible", "true").lower() == "false" or child.get("Alpha") == "0":
                continue
            if tag in ("Layer", "PageBlock"):
                yield from self._objects(child)
            elif tag in ("TextObject", "PathObject"):
                yield child

    def _pieces(self, element: Any, edges: bool) -> Iterator[Piece]:
        """The runs of one text object. X and Y of a run that says none are those of the run before."""
        matrix = _matrix(element)
        size = _number(element.get("Size"), 3.5)
        x = y = 0.0
        for child in element:
            tag = child.tag
            if tag.endswith("}CGTransform"):
                self.glyphs += 1
            if not tag.endswith("}TextCode"):
                continue
            x, y = _number(child.get("X"), x), _number(child.get("Y"), y)
            text = (child.text or "").replace("\n", " ").replace("\r", " ")
            self.size += len(text)
            if self.size > MAX_TEXT:
                raise UnreadableError(self.package.name, f"has more than {MAX_TEXT} characters.", "Split it.")
            if text.strip():
                yield _piece(text, (x, y), size, matrix, child, edges)


def _piece(text: str, start: Point, size: float, matrix: _Matrix, code: Any, edges: bool) -> Piece:
    """A run of characters with their places: each stands DeltaX and DeltaY after the one before."""
    count = len(text) - 1
    steps_y = _steps(code.get("DeltaY"), count)
    steps_x = _steps(code.get("DeltaX"), count)
    if not steps_x and not steps_y:
        steps_x = [size if character > LATIN else size / 2 for character in text[:-1]]
    first = matrix.point(*start)
    last = matrix.point(start[0] + sum(steps_x), start[1] + sum(steps_y))
    height = size * POINTS * max(0.1, min(50.0, abs(matrix.d) or abs(matrix.b) or 1.0))
    level = abs(first[1] - last[1]) < height
    right = max(last[0] + height * (1.0 if text[-1] > LATIN else 0.5), first[0])
    top = min(first[1], last[1]) - ASCENT * height
    bottom = (max(first[1], last[1]) if level else min(first[1], last[1])) + DESCENT * height
    lefts: tuple[float, ...] = ()
    if edges and level and len(steps_x) == count and min(steps_x, default=0.0) >= 0:
        lefts = tuple(matrix.point(start[0] + x, start[1])[0] for x in accumulate(steps_x, initial=0.0))
    return Piece(text, min(first[0], last[0]), right, top, bottom, lefts)


def _steps(text: str | None, count: int) -> list[float]:
    """Distances between characters: numbers, and `g 5 3.5` for five times 3.5."""
    steps: list[float] = []
    if not text:
        return steps
    words = iter(text.split())
    for word in words:
        if len(steps) >= count:
            break
        if word == "g":
            times, step = _number(next(words, None), 0.0), _number(next(words, None), 0.0)
            steps += [step] * max(0, min(int(times), count - len(steps)))
        else:
            steps.append(_number(word, 0.0))
    return steps


def _matrix(element: Any) -> _Matrix:
    box = _numbers(element.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
    own = _numbers(element.get("CTM"), 6) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    a, b, c, d, e, f = own
    return _Matrix(a, b, c, d, e + box[0], f + box[1])


def _rules(element: Any) -> Iterator[Rule]:
    """The upright and level lines of a path object: `M 0 0 L 10 0 … C`."""
    data = element.find("{*}AbbreviatedData")
    if data is None or len(data.text or "") > 20_000:
        return
    matrix = _matrix(element)
    begin: Point | None = None
    last: Point | None = None
    words = OPERATOR.findall(data.text or "")
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word in ("M", "S", "L") and at + 1 < len(words):
            point = matrix.point(_number(words[at], 0.0), _number(words[at + 1], 0.0))
            at += 2
            if word == "L" and last:
                yield from _straight(last, point)
            else:
                begin = point
            last = point
        elif word == "C" and begin and last:
            yield from _straight(last, begin)
            last = begin
        elif word.isalpha():
            last = None


def _straight(a: Point, b: Point) -> Iterator[Rule]:
    if min(abs(a[0] - b[0]), abs(a[1] - b[1])) <= 1.0:
        yield Rule(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _resolved(base: str, location: str) -> str:
    """A location, relative to the member that names it, or from the root where it begins with /."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), location.strip())).lstrip("/")


def _number(text: str | None, default: float) -> float:
    """A length as written; one beyond any page is none."""
    try:
        value = float(text or "")
    except ValueError:
        return default
    return value if -1e6 < value < 1e6 else default


def _numbers(text: str | None, count: int) -> tuple[float, ...] | None:
    words = (text or "").split()
    return tuple(_number(word, 0.0) for word in words) if len(words) == count else None
