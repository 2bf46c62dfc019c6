"""What kind of table a grid of cells is: one of data, or one that only arranges a page; and how many rows head it.

Cells are texts or lists of lines, `Covered` where another cell spans the place.
"""

from collections.abc import Sequence

from .writer import Covered

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


def heading_rows(rows: Sequence[Sequence[str | Covered]]) -> int:
    """How many rows at the top head the columns: as many as the first cell of the first row reaches down."""
    count = 1
    while count < min(MAX_HEADINGS, len(rows) - 1) and Covered.ABOVE in rows[count][:1]:
        count += 1
    return count
