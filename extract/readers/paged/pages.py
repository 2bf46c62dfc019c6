"""Pieces of text with their places on pages → lines and tables in reading order, for formats that print pages.

Running heads and page numbers go, rows of pieces become lines, two columns of prose are read one after the other, and
tables that are drawn with rule lines become tables. Where a page is none of this for certain, it is read line by line.
Coordinates are points from the page's upper left corner, y downwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from ..grid import arranges_page, heading_rows
from ..writer import Covered, TextWriter
from .ruled import Cells, Rule, find_grids

# how many lines at the top and at the bottom of a page may be running heads
EDGE_LINES = 3
# a running head stands at one height, give or take
SAME_HEIGHT = 4.0
DIGITS = re.compile(r"\d+|[ivxlIVXL]{1,6}(?![A-Za-z])")
BARE_NUMBER = re.compile(r"[-—–－·•\s]*(?:第?\s*)?\d{1,4}(?:\s*页)?(?:\s*[/共，,]+\s*\d{1,4}\s*页?)?[-—–－·•\s]*")
EDGE_SHARE = 0.12
LATIN = "\u2e7f"  # the characters after this one are Chinese; words of others are parted by spaces
# two columns: how many lines each has at least, and how much of its column a line of prose fills
COLUMN_LINES = 5
FULL = 0.6
# pieces of one row this many times their height apart are not one run of words
APART = 1.2


class Piece(NamedTuple):
    """A run of characters on one line. `edges`: the left edge of each character, where known (else none)."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    edges: tuple[float, ...] = ()

    @property
    def middle(self) -> float:
        """Where its middle stands, from the top of the page."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Its height; never nothing."""
        return max(1.0, self.bottom - self.top)


@dataclass(slots=True)
class Page:
    """A page: its size, its pieces of text in the order of the file, and the rule lines drawn on it."""

    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    # the rows that its pieces make, where that is known already
    known_rows: list[list[Piece]] | None = None

    def arrange(self, pieces: list[Piece]) -> None:
        """Take these pieces; those that stand close together on a row become one (see `merged`)."""
        rows = _rows(pieces)
        if len(rows) == len(pieces):
            self.pieces, self.known_rows = [row[0] for row in rows], rows
        else:
            self.pieces = merged(rows)

    def rows(self) -> list[list[Piece]]:
        """Its pieces as rows from top to bottom, each from left to right."""
        return _rows(self.pieces) if self.known_rows is None else self.known_rows


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of one page: where its columns stand, and its rows."""

    columns: tuple[float, ...]
    rows: list[list[str | Covered]]


_Block = str | _Table


def write_pages(pages: Sequence[Page], writer: TextWriter) -> None:
    """Write pages in order: each line a line, a table as a table; one that goes on over pages is one table."""
    rows_of = [page.rows() for page in pages]
    grids_of = [find_grids(page.rules) if page.rules else [] for page in pages]
    heads = _running_heads(pages, rows_of, grids_of)
    gutter = next((x for rows in rows_of if (x := _gutter(rows)) is not None), None)
    pending: _Table | None = None
    breaks: list[int] = []
    for n in range(len(pages)):
        kept = [row for i, row in enumerate(rows_of[n]) if (n, i) not in heads]
        blocks = _blocks(grids_of[n], kept, gutter)
        first = blocks[0] if blocks else None
        if pending and isinstance(first, _Table) and _same_columns(pending, first):
            breaks.append(len(pending.rows))
            headings = heading_rows(pending.rows)
            again = first.rows[:headings] == pending.rows[:headings]
            pending.rows.extend(first.rows[headings if again else 0 :])
            blocks = blocks[1:]
            if not blocks:
                continue
            _write_table(pending, breaks, writer)
        else:
            _write_table(pending, breaks, writer)
            writer.page()
        breaks = []
        pending = blocks.pop() if blocks and isinstance(blocks[-1], _Table) else None  # type: ignore[assignment]
        for table, group in groupby(blocks, key=lambda block: isinstance(block, _Table)):
            if table:
                for block in group:
                    _write_table(block, [], writer)  # type: ignore[arg-type]
            else:
                writer.block(list(group))  # type: ignore[arg-type]
    _write_table(pending, breaks, writer)


def _write_table(table: _Table | None, breaks: list[int], writer: TextWriter) -> None:
    if table is None:
        return
    writer.table(table.rows, heading_rows(table.rows), breaks)


def _same_columns(a: _Table, b: _Table) -> bool:
    same = len(a.columns) == len(b.columns)
    return same and all(abs(x - y) < SAME_HEIGHT for x, y in zip(a.columns, b.columns, strict=True))


def _by_place(piece: Piece) -> tuple[float, float]:
    _, left, _, top, bottom, _ = piece
    return top + bottom, left


def _one_by_one(pieces: Sequence[Piece]) -> bool:
    """Does each piece stand on a row of its own, below the one before?"""
    lowest, height = float("-inf"), 0.0
    for _, _, _, top, bottom, _ in pieces:
        middle, own = (top + bottom) / 2, bottom - top
        if middle - lowest < 0.5 * (own if own < height else height) or middle - lowest < 0.5:
            return False
        lowest, height = middle, own
    return True


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces as rows from top to bottom, each from left to right; pieces of one row stand side by side."""
    if _one_by_one(pieces):  # most pages are so
        return [[piece] for piece in pieces]
    rows: list[list[Piece]] = []
    lowest, height = float("-inf"), 0.0  # the middle and height of the last row's first piece
    for piece in sorted(pieces, key=_by_place):
        _, _, _, top, bottom, _ = piece
        middle, own = (top + bottom) / 2, max(1.0, bottom - top)
        if middle - lowest < 0.5 * min(own, height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
            lowest, height = middle, own
    for row in rows:
        if len(row) > 1:
            row.sort(key=lambda p: p.left)
    return rows


def merged(rows: Iterable[list[Piece]]) -> list[Piece]:
    """Pieces that stand close together on a row as one; formats may place each character by itself."""
    made: list[Piece] = []
    for row in rows:
        if len(row) == 1:
            made.append(row[0])
            continue
        parts = [row[0]]
        for piece in row[1:]:
            last = parts[-1]
            gap = piece.left - last.right
            if gap > APART * piece.height or abs(piece.middle - last.middle) > 0.3 * piece.height:
                parts.append(piece)
                continue
            space = " " if gap > 0.3 * piece.height else ""
            edges = (*last.edges, *([last.right] if space else []), *piece.edges) if last.edges and piece.edges else ()
            box = min(last.top, piece.top), max(last.bottom, piece.bottom)
            parts[-1] = Piece(last.text + space + piece.text, last.left, max(last.right, piece.right), *box, edges)
        made += parts
    return made


def _joined(row: Sequence[Piece]) -> str:
    """The text of a row; a space where pieces stand apart."""
    if len(row) == 1:
        return row[0].text
    text = ""
    for n, piece in enumerate(row):
        if n and piece.left - row[n - 1].right > 0.3 * piece.height:
            text += " "
        text += piece.text
    return text


def _running_heads(
    pages: Sequence[Page], rows_of: Sequence[list[list[Piece]]], grids_of: Sequence[list[Cells]]
) -> set[tuple[int, int]]:
    """(page, row) of running heads and page numbers.

    A line in the upper or lower margin, in no table, is one where it is a page number, or where it repeats, digits
    aside, at the same height on a third of the pages.
    """
    found: dict[str, list[tuple[int, int, float]]] = {}
    heads = set()
    for n, (page, rows) in enumerate(zip(pages, rows_of, strict=True)):
        for i in {*range(min(EDGE_LINES, len(rows))), *range(max(0, len(rows) - EDGE_LINES), len(rows))}:
            middle = rows[i][0].middle
            if min(middle, page.height - middle) > EDGE_SHARE * page.height:
                continue
            if any(grid.top <= middle <= grid.bottom for grid in grids_of[n]):
                continue
            text = "".join(_joined(rows[i]).split())
            if BARE_NUMBER.fullmatch(text):
                heads.add((n, i))
            else:
                found.setdefault(DIGITS.sub("0", text), []).append((n, i, middle))
    for places in found.values():
        heads |= _repeated(places, len(pages))
    return heads


def _repeated(places: list[tuple[int, int, float]], pages: int) -> set[tuple[int, int]]:
    """Those of some equal lines that stand at one height on enough pages."""
    heights = Counter(round(height / SAME_HEIGHT) for _, _, height in places)
    kept = set()
    for n, i, height in places:
        at = round(height / SAME_HEIGHT)
        if sum(heights[near] for near in (at - 1, at, at + 1)) >= max(2, pages / 3):
            kept.add((n, i))
    return kept


def _blocks(grids: list[Cells], rows: list[list[Piece]], gutter: float | None) -> list[_Block]:
    """The lines and tables of a page in reading order."""
    if not grids:
        return list(_columns(rows, gutter))
    blocks: list[_Block] = []
    pieces = [piece for row in rows for piece in row]
    above = 0.0
    for grid in grids:
        inside: list[Piece] = []
        outside: list[Piece] = []
        for piece in pieces:
            (inside if grid.top <= piece.middle <= grid.bottom else outside).append(piece)
        before = [piece for piece in outside if piece.middle < grid.top]
        pieces = [piece for piece in outside if piece.middle > grid.bottom]
        blocks += _columns(_rows(before))
        held = [piece for piece in inside if grid.left <= (piece.left + piece.right) / 2 <= grid.right]
        beside = [piece for piece in inside if piece not in held] if len(held) < len(inside) else []
        blocks += [_joined(row) for row in _rows(beside)]
        blocks += _table(grid, held)
        above = grid.bottom
    if above:
        blocks += _columns(_rows(pieces))
    return blocks


def _table(grid: Cells, pieces: list[Piece]) -> list[_Block]:
    """A grid filled with the pieces that stand in it; one that holds too few texts is lines."""
    texts: dict[tuple[int, int], list[Piece]] = {}
    for piece in pieces:
        for part in _cut(piece, grid):
            place = grid.place((part.left + part.right) / 2, part.middle)
            texts.setdefault(place, []).append(part)
    if len(texts) < 3 or len({column for _, column in texts}) < 2:
        return [_joined(row) for row in _rows(pieces)]
    rows: list[list[list[str] | Covered]] = []
    for r in range(grid.rows):
        cells: list[list[str] | Covered] = []
        for c in range(grid.columns):
            origin = grid.origin(r, c)
            if origin == (r, c):
                cells.append([_joined(row) for row in _rows(texts.get(origin, []))])
            else:
                cells.append(Covered.ABOVE if origin[0] < r else Covered.LEFT)
        rows.append(cells)
    if arranges_page(rows):
        return [_joined(row) for row in _rows(pieces)]
    return [_Table(grid.lefts, [[_wrapped(c) if isinstance(c, list) else c for c in row] for row in rows])]


def _wrapped(lines: list[str]) -> str:
    """The lines of a cell as one: Chinese text goes on without a space."""
    text = ""
    for line in lines:
        chinese = text[-1:] > LATIN and line[:1] > LATIN
        text += line if chinese or not text else " " + line
    return text


def _cut(piece: Piece, grid: Cells) -> list[Piece]:
    """A piece that runs over the lines between cells, as one piece for each cell."""
    if not piece.edges:
        return [piece]
    parts: list[Piece] = []
    begin = 0
    place = None
    size = len(piece.edges)
    for n, left in enumerate(piece.edges):
        right = piece.edges[n + 1] if n + 1 < size else piece.right
        here = grid.place((left + right) / 2, piece.middle)
        if place is not None and here != place:
            parts.append(piece._replace(text=piece.text[begin:n], left=piece.edges[begin], right=left, edges=()))
            begin = n
        place = here
    parts.append(piece._replace(text=piece.text[begin:], left=piece.edges[begin], edges=()))
    return [part._replace(text=part.text.strip()) for part in parts if part.text.strip()]


def _columns(rows: list[list[Piece]], known: float | None = None) -> list[str]:
    """The lines of some rows; where they are two columns of prose, the left column first.

    `known`: where the space between the columns of other pages stands; it decides where a page has too few lines.
    """
    gutter = _gutter(rows)
    if gutter is None and known is not None and _begin_at(rows, known):
        gutter = known
    if gutter is None:
        return [_joined(row) for row in rows]
    lines: list[str] = []
    band: list[list[Piece]] = []
    for row in [*rows, []]:
        if row and not any(piece.left < gutter < piece.right for piece in row):
            band.append(row)
            continue
        sides = [[[p for p in r if (p.left > gutter) == right] for r in band] for right in (False, True)]
        lines += [_joined(part) for side in sides for part in side if part]
        band = []
        if row:
            lines.append(_joined(row))
    return lines


def _begin_at(rows: list[list[Piece]], gutter: float) -> bool:
    """Do the lines to the right of a gutter begin there, as those of a column do?"""
    begins = [piece.left for row in rows for piece in row if piece.left > gutter]
    near = sum(left - gutter < 2 * SAME_HEIGHT for left in begins)
    return len(begins) > 1 and near > FULL * len(begins)


def _gutter(rows: list[list[Piece]]) -> float | None:
    """Where the space between two columns of prose stands; None where there are none for certain."""
    if len(rows) < COLUMN_LINES:
        return None
    pieces = [piece for row in rows for piece in row]
    _, lefts, rights, *_ = zip(*pieces, strict=True)
    left, right = min(lefts), max(rights)
    low, high = left + 0.35 * (right - left), left + 0.65 * (right - left)
    begins = [x for x in lefts if low < x < high]
    if len(begins) < COLUMN_LINES:
        return None
    # the right column begins where most lines of the middle do
    start, count = Counter(round(x / SAME_HEIGHT) for x in begins).most_common(1)[0]
    gutter = (start - 1) * SAME_HEIGHT - 0.01
    halves = [p for p in pieces if p.right < gutter], [p for p in pieces if p.left > gutter]
    widths = gutter - left, right - gutter
    for half, width in zip(halves, widths, strict=True):
        full = sum(p.right - p.left > FULL * width for p in half)
        if len(half) < COLUMN_LINES or full < FULL * len(half):
            return None
    crossing = len(pieces) - len(halves[0]) - len(halves[1])
    return gutter if count >= COLUMN_LINES and crossing <= 0.2 * len(pieces) else None
