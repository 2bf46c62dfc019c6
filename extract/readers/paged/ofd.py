"""OFD files (GB/T 33190-2016), the page format of Chinese offices, to a `Source`.

A zip package of XML: OFD.xml names its documents, a Document.xml its pages, and a page's Content.xml places runs of
characters (TextObject, TextCode) in millimetres. The libraries for OFD are young or bring a renderer under the AGPL;
text alone needs little. Templates (the running heads of all pages), annotations, seals and signatures are not read.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from ...errors import UnreadableError
from ...records import Source
from ..package import Package, broken
from ..writer import TextWriter
from .pages import Page, Piece, write_pages
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
# a location that says neither . nor .. for a folder, and does not begin with /
PLAIN = re.compile(r"\w+(?:[./]\w+)*")
Point = tuple[float, float]
# the distances between the characters of a run, and their sum
Steps = tuple[tuple[float, ...], float]
NO_STEPS: Steps = ((), 0.0)
# a transformation of the plane, as OFD writes it: (a, b, c, d, e, f), in millimetres
Matrix = tuple[float, float, float, float, float, float]
NOWHERE = (0.0, 0.0, 0.0, 0.0)
UNMOVED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_ofd(data: bytes, name: str) -> Source:
    """Read the bytes of an OFD file; `name` is its name in the source and in errors.

    Raises UnreadableError for a file that is damaged, encrypted, too long, or whose glyphs have no characters.
    """
    try:
        return _Reader(Package(data, name, WHAT)).read(data)
    except RecursionError:
        raise broken(name, WHAT, "nested too deeply") from None


class _Reader:
    """Reads one OFD file."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.kinds: dict[str, str] = {}
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
        if self.glyphs and (not text.strip() or len(PLACEHOLDERS.findall(text)) > UNMAPPED * len(text)):
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
        own, content = None, None
        for child in self.package.xml(member):
            kind = self._kind(child.tag)
            if kind == "Area" and own is None:
                own = child.find("{*}PhysicalBox")
            elif kind == "Content" and content is None:
                content = child
        box = (_numbers(own.text, 4) if own is not None else None) or area
        page = Page(box[2] * POINTS, box[3] * POINTS)
        texts: list[Any] = []
        paths: list[Any] = []
        if content is not None:
            self._objects(content, texts, paths)
        for element in paths:
            if len(page.rules) < MAX_RULES:
                page.rules += _rules(element)
        # where each character stands matters in tables only
        page.arrange(self._pieces(texts, bool(page.rules)))
        return page

    def _kind(self, tag: str) -> str:
        """The name of an element, whatever the version of the namespace."""
        if tag not in self.kinds:
            self.kinds[tag] = tag.rpartition("}")[2]
        return self.kinds[tag]

    def _objects(self, content: Any, texts: list[Any], paths: list[Any]) -> None:
        """Add the text and path objects that are seen, in layers and blocks."""
        kinds = self.kinds
        for child in content:
            get, tag = child.get, child.tag
            if get("Alpha") == "0" or ((visible := get("Visible")) and visible.lower() == "false"):
                continue
            kind = kinds.get(tag) or self._kind(tag)
            if kind == "TextObject":
                texts.append(child)
            elif kind == "PathObject":
                paths.append(child)
            elif kind in ("Layer", "PageBlock"):
                self._objects(child, texts, paths)

    def _pieces(self, texts: list[Any], edges: bool) -> list[Piece]:
        """The runs of text objects. X and Y of a run that says none are those of the run before."""
        kinds = self.kinds
        pieces: list[Piece] = []
        for element in texts:
            get = element.get
            frame = _framed(get("Boundary"), get("CTM"), get("Size"))
            x = y = 0.0
            # most have one child, and to ask for it is quicker than to go through all
            for child in element if len(element) != 1 else (element[0],):
                get, tag = child.get, child.tag
                kind = kinds.get(tag) or self._kind(tag)
                if kind != "TextCode":
                    self.glyphs += kind == "CGTransform"
                    continue
                x, y = _number(get("X"), x), _number(get("Y"), y)
                text = child.text
                if text and not text.isspace():
                    pieces.append(_piece(text, x, y, frame, get("DeltaX"), get("DeltaY"), edges))
                    self.size += len(text)
        if self.size > MAX_TEXT:
            raise UnreadableError(self.package.name, f"has more than {MAX_TEXT} characters.", "Split it.")
        return pieces


class _Frame(NamedTuple):
    """Where the characters of a text object stand: its matrix, the size that it says, and that on the page, in points.

    `level`: a line of it is level, and its characters stand upright or mirrored.
    """

    matrix: Matrix
    size: float
    tall: float
    level: bool


@lru_cache(maxsize=4096)
def _framed(boundary: str | None, own: str | None, said: str | None) -> _Frame:
    matrix = _placed(boundary, own)
    _, b, c, d, _, _ = matrix
    size = _number(said, 3.5)
    tall = size * POINTS * max(0.1, min(50.0, abs(d) or abs(b) or 1.0))
    return _Frame(matrix, size, tall, b == c == 0.0 < tall)


def _piece(text: str, x: float, y: float, frame: _Frame, by_x: str | None, by_y: str | None, edges: bool) -> Piece:
    """A run of characters with their places: each stands DeltaX and DeltaY after the one before."""
    if "\n" in text or "\r" in text:
        text = text.replace("\n", " ").replace("\r", " ")
    (a, _, _, d, e, f), size, tall, level = frame
    count = len(text) - 1
    steps, width = _steps(by_x, count) if by_x else NO_STEPS
    if by_y or not level:
        return _slanting(text, (x, y), frame, (steps, width), _steps(by_y or "", count), edges)
    if not steps:
        steps, width = _guessed(text, size)
    first, last, base = (a * x + e) * POINTS, (a * (x + width) + e) * POINTS, (d * y + f) * POINTS
    right = last + (tall if text[-1] > LATIN else 0.5 * tall)
    lefts = _lefts(x, y, frame.matrix, steps, count) if edges else ()
    left = first if first < last else last
    box = left, right if right > first else first, base - ASCENT * tall, base + DESCENT * tall
    # half as long as to call Piece
    return tuple.__new__(Piece, (text, *box, lefts))


def _slanting(text: str, start: Point, frame: _Frame, along: Steps, down: Steps, edges: bool) -> Piece:
    """A run whose characters stand below one another, or that is turned: as `_piece`, for any matrix."""
    (steps_x, width), (steps_y, height) = along, down
    if not steps_x and not steps_y:
        steps_x, width = _guessed(text, frame.size)
    tall = frame.tall
    x, y = start
    first_x, first_y = _point(frame.matrix, x, y)
    last_x, last_y = _point(frame.matrix, x + width, y + height)
    level = abs(first_y - last_y) < tall
    right = last_x + (tall if text[-1] > LATIN else 0.5 * tall)
    upper, lower = (first_y, last_y) if first_y < last_y else (last_y, first_y)
    return Piece(
        text,
        first_x if first_x < last_x else last_x,
        right if right > first_x else first_x,
        upper - ASCENT * tall,
        (lower if level else upper) + DESCENT * tall,
        _lefts(x, y, frame.matrix, steps_x, len(text) - 1) if edges and level else (),
    )


def _guessed(text: str, size: float) -> Steps:
    """The distances between characters where a run says none."""
    steps = tuple([size if character > LATIN else size / 2 for character in text[:-1]])
    return steps, sum(steps)


def _lefts(x: float, y: float, matrix: Matrix, steps: tuple[float, ...], count: int) -> tuple[float, ...]:
    """Where each character of a level run begins; none where that is not known of all."""
    if len(steps) != count or min(steps, default=0.0) < 0:
        return ()
    a, _, c, _, e, _ = matrix
    return tuple([(a * (x + step) + c * y + e) * POINTS for step in accumulate(steps, initial=0.0)])


@lru_cache(maxsize=4096)
def _steps(text: str, count: int) -> Steps:
    """Distances between characters, and their sum: numbers, and `g 5 3.5` for five times 3.5."""
    steps: list[float] = []
    words = iter(text.split())
    for word in words:
        if len(steps) >= count:
            break
        if word == "g":
            times, step = _number(next(words, None), 0.0), _number(next(words, None), 0.0)
            steps += [step] * max(0, min(int(times), count - len(steps)))
        else:
            steps.append(_number(word, 0.0))
    return tuple(steps), sum(steps)


def _matrix(element: Any) -> Matrix:
    """Where an object stands: its CTM, moved to the corner of its Boundary."""
    return _placed(element.get("Boundary"), element.get("CTM"))


@lru_cache(maxsize=4096)
def _placed(boundary: str | None, own: str | None) -> Matrix:
    left, top, _, _ = _numbers(boundary, 4) or NOWHERE
    a, b, c, d, e, f = (_numbers(own, 6) if own else None) or UNMOVED
    return a, b, c, d, e + left, f + top


def _point(matrix: Matrix, x: float, y: float) -> Point:
    """A point of an object, in points of the page."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e) * POINTS, (b * x + d * y + f) * POINTS


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
            point = _point(matrix, _number(words[at], 0.0), _number(words[at + 1], 0.0))
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
    if PLAIN.fullmatch(location):
        return base[: base.rfind("/") + 1] + location
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), location.strip())).lstrip("/")


@lru_cache(maxsize=4096)
def _number(text: str | None, default: float) -> float:
    """A length as written; one beyond any page is none."""
    try:
        value = float(text or "")
    except ValueError:
        return default
    return value if -1e6 < value < 1e6 else default


def _numbers(text: str | None, count: int) -> tuple[float, ...] | None:
    words = (text or "").split()
    if len(words) != count:
        return None
    # what is no number counts as nothing
    return tuple([_number(word, 0.0) for word in words])
