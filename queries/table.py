"""The answer to a question: a table of named tuples that prints, saves and becomes a data frame."""

import csv
import io
from collections import namedtuple
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas
    import polars

Value = str | int | float | bool | None


@dataclass(frozen=True)
class Table:
    """Columns and rows; each row is a named tuple of strings, numbers, booleans or None."""

    columns: tuple[str, ...]
    rows: tuple[Any, ...]

    @classmethod
    def of(cls, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> "Table":
        """Make a table; the rows become named tuples of the columns."""
        # a column of a user's query may be called `class`: its field is then _2, the column keeps its name
        row_type: Any = namedtuple("Row", list(columns), rename=True)  # type: ignore[misc]
        return cls(tuple(columns), tuple(row_type(*row) for row in rows))

    def __iter__(self) -> Iterator[Any]:
        """The rows in order."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.rows)

    def to_dicts(self) -> list[dict[str, Value]]:
        """The rows as dictionaries, for JSON."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_csv(self) -> str:
        """CSV with a header line (RFC 4180, but lines end in \\n)."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return out.getvalue()

    def to_pandas(self) -> "pandas.DataFrame":
        """A pandas data frame. Raises ImportError, naming the cure, where pandas is not installed."""
        try:
            import pandas
        except ImportError:
            raise ImportError("pandas is not installed: pip install pandas") from None
        return pandas.DataFrame(self.to_dicts(), columns=list(self.columns))

    def to_polars(self) -> "polars.DataFrame":
        """A polars data frame. Raises ImportError, naming the cure, where polars is not installed."""
        try:
            import polars
        except ImportError:
            raise ImportError("polars is not installed: pip install polars") from None
        return polars.DataFrame(self.to_dicts(), schema=list(self.columns), orient="row", infer_schema_length=None)

    def _repr_html_(self) -> str:
        """How a notebook shows it; all text is escaped."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape('' if cell is None else str(cell))}</td>" for cell in row) + "</tr>"
            for row in self.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
