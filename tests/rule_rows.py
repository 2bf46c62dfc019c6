"""The examples of a rule file's rows as cases of a test."""

from collections.abc import Mapping
from typing import Any

import pytest


def cases(table: Mapping[str, Any], field: str, *sections: str) -> list[Any]:
    """One case (row, text) for each text that the rows of the sections give under a field."""
    return [
        pytest.param(row, text, id=f"{row['name']}: {text}")
        for section in sections
        for row in table[section]
        for text in row[field]
    ]
