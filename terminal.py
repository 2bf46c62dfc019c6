"""What the `zhengce` command shows: tables in three formats, a progress bar, the summary of a build.

Data goes to stdout, progress and messages to stderr.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .graph.batch import BuildReport, Outcome
    from .queries import Table
    from .queries.table import Value


class Format(StrEnum):
    """How a table is printed."""

    table = "table"
    csv = "csv"
    json = "json"


class ProgressBar:
    """A progress bar on stderr, where that is a terminal and there is more than one file."""

    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal or total < 2)
        self._task = self._bar.add_task("", total=total)
        self._left = total

    def __enter__(self) -> Callable[[Outcome], None]:
        self._bar.start()
        return self._advance

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def _advance(self, outcome: Outcome) -> None:
        # an archive or table holds more documents than the one file that it was counted as
        self._left -= 1
        self._bar.update(self._task, advance=1, description=outcome.name)
        if self._left < 0:
            self._bar.update(self._task, total=self._bar.tasks[0].completed)


def print_summary(report: BuildReport) -> None:
    """The table of a build on stderr, then each problem with its cure."""
    from .queries import Table

    columns = [
        "文件 file",
        "条款 provisions",
        "措施 measures",
        "单位 agencies",
        "违规 violations",
        "提示 warnings",
        "结果 state",
    ]
    rows: list[list[Value]] = [
        [o.name, o.provisions, o.measures, o.agencies, len(o.violations), len(o.warnings), o.state]
        for o in report.outcomes
    ]
    print_table(Table.of([f"c{n}" for n in range(len(columns))], rows), Format.table, columns, to=sys.stderr)
    names = ("provisions", "measures", "agencies", "violations", "warnings")
    say("合计 total: " + ", ".join(f"{report.total(name)} {name}" for name in names))
    for outcome in report.outcomes:
        if outcome.problem:
            say(f"{outcome.path}: {outcome.problem} {outcome.cure}".rstrip())
        elif outcome.notice:
            say(f"{outcome.path}: {outcome.notice}")
    for notice in report.notices:
        say(notice)


def print_table(table: Table, format: Format, columns: list[str] | None = None, to: Any = None) -> None:
    """Print a table on stdout, or `to`; `columns` are the names that people see."""
    out = to or sys.stdout
    if format is Format.csv:
        out.write(table.to_csv())
    elif format is Format.json:
        out.write(json.dumps(table.to_dicts(), ensure_ascii=False, indent=1) + "\n")
    else:
        _print_rows(table, columns or list(table.columns), out)


def _print_rows(table: Table, columns: list[str], out: Any) -> None:
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    # a pipe has no width: leave room enough that nothing is cut off
    console = Console(file=out, width=None if out.isatty() else 200)
    shown = RichTable(show_lines=False)
    for name in columns:
        shown.add_column(name, overflow="fold")
    for row in table.rows:
        shown.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    console.print(shown)
    if out is sys.stdout:
        say(f"{len(table)} 行 rows")


def say(message: str) -> None:
    """Write a line to stderr, so that pipes get data alone."""
    sys.stderr.write(message + "\n")
