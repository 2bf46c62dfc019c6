"""Rule lines on a page → the cells of the tables that they draw.

A grid needs two rows and two columns. Cells between which no line runs are one cell.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

# lines this near are one line; a line this short is none
NEAR = 3.0
SHORT = 8.0
MAX_RULES = 4000
MAX_CELLS = 20_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal or vertical line, in points from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> bool:
        """Is it horizontal?"""
        return self.right - self.left >= self.bottom - self.top


class Cells:
    """The cells of one table: `lefts` and `tops` are where its columns and rows begin, and the last ends."""

    def __init__(self, xs: list[float], ys: list[float], rules: list[Rule]) -> None:
        self._xs, self._ys = xs, ys
        self.left, self.right, self.top, self.bottom = xs[0], xs[-1], ys[0], ys[-1]
        self.lefts = tuple(xs)
        self.columns, self.rows = len(xs) - 1, len(ys) - 1
        self._origins = self._join(rules)

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """The first (row, column) of the cell that covers a place of the grid."""
        return self._origins[row][column]

    def place(self, x: float, y: float) -> tuple[int, int]:
        """The cell that holds a point, by its first place."""
        column = min(max(bisect_right(self._xs, x) - 1, 0), self.columns - 1)
        row = min(max(bisect_right(self._ys, y) - 1, 0), self.rows - 1)
        return self._origins[row][column]

    def _join(self, rules: list[Rule]) -> list[list[tuple[int, int]]]:
        upright, level = self._drawn(rules)
        origins = [[(r, c) for c in range(self.columns)] for r in range(self.rows)]
        for r in range(self.rows):
            for c in range(self.columns):
                if c and (r, c) not in upright:
                    origins[r][c] = origins[r][c - 1]
                elif r and (r, c) not in level:
                    origins[r][c] = origins[r - 1][c]
        return origins

    def _drawn(self, rules: list[Rule]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
        """The places whose left edge is drawn, and those whose upper edge is."""
        upright, level = set(), set()
        for rule in rules:
            if rule.level:
                r = _nearest(self._ys, (rule.top + rule.bottom) / 2)
                level |= {(r, c) for c in range(self.columns) if _covers(rule.left, rule.right, self._xs, c)}
            else:
                c = _nearest(self._xs, (rule.left + rule.right) / 2)
                upright |= {(r, c) for r in range(self.rows) if _covers(rule.top, rule.bottom, self._ys, r)}
        return upright, level


def _covers(begin: float, end: float, edges: list[float], n: int) -> bool:
    return begin <= (edges[n] + edges[n + 1]) / 2 <= end


def _nearest(values: list[float], wanted: float) -> int:
    return min(range(len(values)), key=lambda n: abs(values[n] - wanted))


def find_grids(rules: list[Rule]) -> list[Cells]:
    """The tables that rule lines draw, from top to bottom; none where there are more lines than tables have."""
    rules = [rule for rule in rules if max(rule.right - rule.left, rule.bottom - rule.top) >= SHORT]
    if len(rules) > MAX_RULES:
        return []
    grids = []
    for group in _groups(rules):
        xs = _edges([(rule.left + rule.right) / 2 for rule in group if not rule.level])
        ys = _edges([(rule.top + rule.bottom) / 2 for rule in group if rule.level])
        if len(xs) >= 3 and len(ys) >= 3 and len(xs) * len(ys) <= MAX_CELLS:
            grids.append(Cells(xs, ys, group))
    grids.sort(key=lambda grid: grid.top)
    # of two that stand side by side the reading order is not sure
    return [grid for n, grid in enumerate(grids) if not n or grid.top >= grids[n - 1].bottom - NEAR]


def _edges(values: list[float]) -> list[float]:
    """Where lines run, those near one another as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > NEAR:
            edges.append(value)
    return edges


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """The rules of each table: those whose heights on the page meet."""
    groups: list[list[Rule]] = []
    bottom = 0.0
    for rule in sorted(rules, key=lambda rule: rule.top):
        if groups and rule.top <= bottom + NEAR:
            groups[-1].append(rule)
            bottom = max(bottom, rule.bottom)
        else:
            groups.append([rule])
            bottom = rule.bottom
    return groups
