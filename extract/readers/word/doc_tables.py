"""Rows of a table in an old Word file to a grid: each row says where its cells end, and which are merged."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from ..writer import Covered

# bytes of the definition of a cell (TC80), whose first two hold the flags
CELL_SIZE = 20
MAX_CELLS = 63
# twentieths of a point: borders nearer to one another are one
NEAR = 60
CONTINUED = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the lines of its cells, and the property of its mark that defines them (b"" where there is none)."""

    cells: list[list[str]]
    definition: bytes = b""


def grid_of(rows: Sequence[Row]) -> list[list[list[str] | Covered]]:
    """The cells by rows and columns. A row whose definition does not fit its cells stays as it is."""
    placed = [_placed(row) for row in rows]
    borders = _borders([at for cells in placed if cells for at in cells[0]])
    grid: list[list[list[str] | Covered]] = []
    for row, found in zip(rows, placed, strict=True):
        if found is None:
            grid.append(list(row.cells))
            continue
        ends, flags = found
        columns = [_nearest(borders, at) for at in ends]
        line: list[list[str] | Covered] = [[] for _ in range(columns[0])]
        for n, cell in enumerate(row.cells):
            covered = _covered(flags[n], bool(grid), bool(line))
            line.append(cell if covered is None else covered)
            line += [Covered.LEFT] * (columns[n + 1] - columns[n] - 1)
        grid.append(line)
    return grid


def _placed(row: Row) -> tuple[tuple[int, ...], list[int]] | None:
    """The borders of a row's cells, one more than cells, and their flags."""
    data, count = row.definition, len(row.cells)
    if len(data) < 3 or data[2] != count or not 0 < count <= MAX_CELLS or len(data) < 3 + 2 * (count + 1):
        return None
    ends = struct.unpack_from(f"<{count + 1}h", data, 3)
    begin = 3 + 2 * (count + 1)
    flags = [int.from_bytes(data[begin + CELL_SIZE * n : begin + CELL_SIZE * n + 2], "little") for n in range(count)]
    return (ends, flags) if list(ends) == sorted(ends) else None


def _borders(places: list[int]) -> list[int]:
    found: list[int] = []
    for at in sorted(places):
        if not found or at - found[-1] > NEAR:
            found.append(at)
    return found


def _nearest(borders: Sequence[int], at: int) -> int:
    return min(range(len(borders)), key=lambda n: abs(borders[n] - at))


def _covered(flags: int, has_above: bool, has_left: bool) -> Covered | None:
    """Which neighbour a cell is merged with, by the flags of its definition (TCGRF)."""
    if flags & 3 == CONTINUED and has_left:
        return Covered.LEFT
    if (flags >> 5) & 3 == CONTINUED and has_above:
        return Covered.ABOVE
    return None
