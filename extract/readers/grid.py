"""What kind of table a grid of cells is: one of data, or one that only arranges a page; and how many rows head it.

Cells are texts or lists of lines, `Covered` where another cell spans the place.
"""

from collections.abc import Sequence

from .writer import Cell, Covered

# a cell this long, of this many lines, is a page and not a datum
PAGE_CHARACTERS = 400
PAGE_LINES = 5
MAX_HEADINGS = 3


def arranges_page(rows: Sequence[Sequence[list[str] | Covered]]) -> bool:
    """Does a table only arrange a page? It does with one row or one column, or with a page's text in a cell."""
    if len(rows) < 2 or max((sum(isinstance(cell, list) for cell in row) for row in rows), default=0) < 2:
        return True
    return any(
        isinstance(cell, list) and len(cell) >= PAGE_LINES and sum(map(len, cell)) >= PAGE_CHARACTERS
        for row in rows
        for cell in row
    )


def heading_rows(rows: Sequence[Sequence[Cell]]) -> int:
    """How many rows at the top head the columns: as many as the first cell of the first row reaches down.

    Rows above it that are one cell (the title of the table, its unit) come on top.
    """
    count = 0
    while count < min(MAX_HEADINGS, len(rows) - 2) and _one_cell(rows[count]):
        count += 1
    most = min(count + MAX_HEADINGS, len(rows) - 1)
    count += 1
    while count < most and Covered.ABOVE in rows[count][:1]:
        count += 1
    return min(count, len(rows))


def _one_cell(row: Sequence[Cell]) -> bool:
    return len(row) > 1 and isinstance(row[0], str) and all(cell is Covered.LEFT for cell in row[1:])
