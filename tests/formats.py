"""What the tests of all formats share: facts without their places, and errors that name file and cure."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from makers import docx
from zhengce.extract.errors import UnreadableError
from zhengce.extract.readers.word.docx import read_docx
from zhengce.extract.records import Document, Source, Span

# places and rules may differ between formats: a page's table may say what the text says elsewhere
LEFT_OUT = {"span", "note", "rule", "source", "scope"}


def facts(document: Document) -> dict[str, list[Any]]:
    """Everything that a document states, by kind: title, number, issuers, date …, measures with all their facts.

    White space that only a format puts between two Chinese characters is no difference.
    """
    return {
        field.name: [_plain(value) for value in _listed(getattr(document, field.name))]
        for field in fields(document)
        if field.name not in LEFT_OUT
    }


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, tuple) else [value]


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return None
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.name not in LEFT_OUT}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def assert_refused(read: Callable[[bytes, str], Source], make: Callable[[], bytes], problem: str, cure: str) -> None:
    """A reader refuses the bytes, and its error names the file, the problem and the cure."""
    with pytest.raises(UnreadableError) as caught:
        read(make(), "folder/政策.bin")
    assert caught.value.name == "folder/政策.bin"
    assert problem in caught.value.problem
    assert cure in caught.value.cure


def cells_of(source: Source) -> list[list[str]]:
    return [[source.quote(c) if c else "" for c in cells] for cells in source.tables[0].rows]


def lines(body: str, **parts: str) -> list[str]:
    return read_docx(docx(body, **parts), "a.docx").text.splitlines()
