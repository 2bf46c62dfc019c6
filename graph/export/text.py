"""Columns of a property graph as text: escaped in one go and woven into rows, many times quicker than row by row."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, compress, repeat
from json.encoder import encode_basestring

from ..property_graph import Column, Value

Escape = Callable[[Sequence[str]], Sequence[str]]
# of rows: a text that stands in each of them, or a column with one text for each
Part = str | Sequence[str]


def xml(values: Sequence[str]) -> list[str]:
    """Texts as XML text and attribute values; none of them holds a line end."""
    joined = "\n".join(values)
    if "&" in joined:
        joined = joined.replace("&", "&amp;")
    for character, entity in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        if character in joined:
            joined = joined.replace(character, entity)
    return joined.split("\n") if values else []


def json(values: Sequence[str]) -> list[str]:
    """Texts as JSON strings, with their quotation marks."""
    return list(map(encode_basestring, values))


def numbers(values: Sequence[int | float]) -> list[str]:
    """Numbers as all formats spell them."""
    return list(map(repr, values))


def texts(column: Column, values: Sequence[Value | None], escape: Escape) -> list[str | None]:
    """The values of a column as text in the same order; None stays None."""
    whole = None not in values
    there = [] if whole else [value is not None for value in values]
    given = list(values if whole else compress(values, there))
    if column.type == "boolean":
        made = ["true" if value else "false" for value in given]
    elif column.type == "string":
        made = list(escape(given))  # type: ignore[arg-type]
    else:
        made = numbers(given)  # type: ignore[arg-type]
    if whole:
        return list(made)
    rest = iter(made)
    return [next(rest) if has else None for has in there]


def attributes(
    columns: Sequence[Column],
    values: Sequence[Sequence[Value | None]],
    escape: Escape,
    marks: Callable[[Column], tuple[str, str]],
) -> Iterator[Part]:
    """The parts of rows that say all attributes, each between the two marks of its column; None says nothing."""
    for column, some in zip(columns, values, strict=True):
        before, after = marks(column)
        made = texts(column, some, escape)
        if None in made:
            yield ["" if text is None else f"{before}{text}{after}" for text in made]
        else:
            yield from (before, made, after)  # type: ignore[misc]


def woven(*parts: Part) -> str:
    """Rows as one text. At least one part is a column; all columns are of one length."""
    number = next(len(part) for part in parts if not isinstance(part, str))
    # what is the same in every row is put together first, so that less is left to join
    columns: list[Iterable[str]] = []
    same = ""
    for part in parts:
        if isinstance(part, str):
            same += part
        elif part.count(part[0]) == number:
            same += part[0]
        else:
            columns += [repeat(same, number), part]
            same = ""
    columns.append(repeat(same, number))
    return "".join(chain.from_iterable(zip(*columns, strict=True)))
