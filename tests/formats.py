"""Facts of a document without their places, so that the same document in two formats can be compared."""

from dataclasses import fields, is_dataclass
from typing import Any

from zhengce.extract.records import Document, Span

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
