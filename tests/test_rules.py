"""Every rule of the lexicon has its table of examples: at least three that it must read and one that it must not."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

LEXICON = sorted((ROOT / "extract" / "lexicon").glob("*.toml"))


def rules(table: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Each row of a rule file that has examples, with where it stands."""
    for key, value in table.items():
        where = f"{path}.{key}" if path else key
        if isinstance(value, list):
            for row in value:
                if isinstance(row, dict) and "examples" in row:
                    yield f"{where}:{row.get('name') or row.get('code')}", row
        elif isinstance(value, dict):
            if "examples" in value:
                yield where, value
            else:
                yield from rules(value, where)


ROWS = [
    pytest.param(row, id=f"{path.stem}.{where}")
    for path in LEXICON
    for where, row in rules(tomllib.loads(path.read_text(encoding="utf-8")))
]


def test_every_file_has_rules() -> None:
    without = [p.name for p in LEXICON if not list(rules(tomllib.loads(p.read_text(encoding="utf-8"))))]
    assert without == []
    assert len(ROWS) > 150


@pytest.mark.parametrize("row", ROWS)
def test_a_rule_has_three_examples_and_a_near_miss(row: dict[str, Any]) -> None:
    assert len(row["examples"]) >= 3
    assert len(row["near_misses"]) >= 1


@pytest.mark.parametrize("path", LEXICON, ids=lambda path: path.stem)
def test_names_are_unique(path: Path) -> None:
    names = [where for where, _ in rules(tomllib.loads(path.read_text(encoding="utf-8")))]
    assert len(names) == len(set(names))
