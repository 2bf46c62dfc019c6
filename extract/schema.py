"""Records as JSON, and the JSON Schema of that JSON, both made from the record classes so that they cannot differ."""

import types
import typing
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from .records import Document, Source

SCHEMA_ID = "https://w3id.org/zhengce/schema/document"
SIMPLE = {str: "string", int: "integer", bool: "boolean", Decimal: "number"}


def to_json(document: Document) -> dict[str, Any]:
    """The records of a document as JSON values; of the source its name, encoding and hashes, not its text."""
    values: dict[str, Any] = _value(document)
    return values


def _value(value: Any) -> Any:
    if isinstance(value, Source):
        shown = {"name": value.name, "media_type": value.media_type, "encoding": value.encoding}
        return shown | {"file_digest": value.file_digest, "text_digest": value.text_digest, "length": len(value.text)}
    if is_dataclass(value):
        return {field.name: _value(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `to_json` gives."""
    definitions: dict[str, Any] = {}
    root = _class_schema(Document, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "What zhengce extract says of one document",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _class_schema(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    if kind is Source:
        hints = dict.fromkeys(("name", "media_type", "encoding", "file_digest", "text_digest"), str) | {"length": int}
    names = list(hints) if kind is Source else [field.name for field in fields(kind)]
    return {
        "type": "object",
        "description": (kind.__doc__ or "").splitlines()[0],
        "properties": {name: _type_schema(hints[name], definitions) for name in names},
        "required": names,
        "additionalProperties": False,
    }


def _type_schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [_type_schema(argument, definitions) for argument in arguments]}
    if origin is tuple:
        return {"type": "array", "items": _type_schema(arguments[0], definitions)}
    if hint is type(None):
        return {"type": "null"}
    if hint in SIMPLE:
        return {"type": SIMPLE[hint]}
    if hint.__name__ not in definitions:
        definitions[hint.__name__] = {}  # a class that contains itself is described once
        definitions[hint.__name__] = _class_schema(hint, definitions)
    return {"$ref": f"#/$defs/{hint.__name__}"}
