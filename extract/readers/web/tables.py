"""Tables of a web page: the grid of their cells, and whether they hold data or only arrange the page."""

from typing import TYPE_CHECKING

from ..grid import heading_rows
from ..writer import Cell, Covered

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_SPAN = 200
MAX_CELLS = 200_000
# a cell with so many sentences is prose
PROSE_SENTENCES = 3
PROSE_SIZE = 160


def grid_of(table: "LexborNode") -> tuple[list[list[Cell]], int]:
    """The cells of a table as rows of equal meaning (see `TextWriter.table`), and how many rows head the columns."""
    grid: list[list[Cell]] = []
    below: dict[int, tuple[int, Cell]] = {}  # column → for how many rows a cell above reaches down, and what fills it
    headings, heading = 0, True
    for node in _rows(table):
        row: list[Cell] = []
        cells = [cell for cell in _children(node) if cell.tag in ("td", "th")]
        for cell in cells:
            _fill(row, below)
            width = _span(cell, "colspan")
            height = _span(cell, "rowspan")
            for n in range(width):
                if height > 1:
                    below[len(row)] = (height - 1, Covered.ABOVE)
                row.append(Covered.LEFT if n else _words(cell))
        _fill(row, below)
        if not row:
            continue
        grid.append(row)
        in_head = node.parent is not None and node.parent.tag == "thead"
        heading = heading and (in_head or (bool(cells) and all(cell.tag == "th" for cell in cells)))
        headings += heading
        if sum(map(len, grid)) > MAX_CELLS:
            break
    return grid, max(headings, heading_rows(grid))


def _fill(row: list[Cell], below: dict[int, tuple[int, Cell]]) -> None:
    """Fill places that cells above reach into."""
    while len(row) in below:
        left, cell = below.pop(len(row))
        if left > 1:
            below[len(row)] = (left - 1, cell)
        row.append(cell)


def _rows(table: "LexborNode") -> "list[LexborNode]":
    """The rows of a table, not those of tables in it."""
    found = []
    for child in _children(table):
        if child.tag == "tr":
            found.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            found += [row for row in _children(child) if row.tag == "tr"]
    return found


def _children(node: "LexborNode") -> "list[LexborNode]":
    found = []
    child = node.first_child
    while child is not None:
        found.append(child)
        child = child.next
    return found


def _span(cell: "LexborNode", name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return max(1, min(int(value), MAX_SPAN)) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def _words(cell: "LexborNode") -> str:
    """The words of a cell; blocks in it are set apart by spaces."""
    return " ".join(cell.text(deep=True, separator="\n").split("\n")).strip()


def is_data(table: "LexborNode", grid: list[list[Cell]]) -> bool:
    """Does a table hold data: several rows and columns, no table in it, and no cell of prose?"""
    if len(grid) < 2 or max(map(len, grid)) < 2:
        return False
    if any(node.mem_id != table.mem_id for node in table.css("table")):
        return False
    full = sum(1 for row in grid if sum(cell != "" for cell in row) >= 2)
    return full >= 2 and not any(_prose(cell) for row in grid for cell in row)


def _prose(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) > PROSE_SIZE and cell.count("。") >= PROSE_SENTENCES
