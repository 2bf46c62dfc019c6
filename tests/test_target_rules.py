"""The rows of the target rules: each finds its examples, leaves its near misses, and is reached."""

import tomllib
from importlib import resources
from typing import Any

import pytest
from rule_rows import cases
from zhengce.extract.finders.targets import FoundTarget, find_targets, target_rules
from zhengce.ontology.vocabulary import concepts

TABLE: dict[str, Any] = tomllib.loads(
    resources.files("zhengce.extract").joinpath("lexicon", "targets.toml").read_text(encoding="utf-8")
)
SECTIONS = ("head", "modifier", "compound", "clause", "context", "edge")
CODES = {concept.code for concept in concepts("target")}


def marked(text: str) -> tuple[str, tuple[int, int] | None]:
    """A sentence without its [ ] marks, and the span that they mark."""
    if "[" not in text:
        return text, None
    begin, end = text.index("["), text.index("]") - 1
    return text.replace("[", "").replace("]", ""), (begin, end)


def found_at(text: str) -> FoundTarget | None:
    """The target found exactly at the mark of a sentence."""
    sentence, span = marked(text)
    return next((t for t in find_targets(sentence) if (t.begin, t.end) == span), None)


@pytest.mark.parametrize("section", SECTIONS)
def test_rows_are_whole(section: str) -> None:
    names = [row["name"] for row in TABLE[section]]
    assert len(set(names)) == len(names)
    for row in TABLE[section]:
        assert len(row["examples"]) >= 3, row["name"]
        assert row["near_misses"], row["name"]
        assert row.get("concept", "other") in CODES, row["name"]
        assert set(row.get("concepts", ())) <= CODES, row["name"]
        words = row.get("words", [])
        assert len(set(words)) == len(words), row["name"]


@pytest.mark.parametrize(("row", "text"), cases(TABLE, "examples", "head", "modifier", "compound", "clause"))
def test_row_finds_its_examples(row: dict[str, Any], text: str) -> None:
    target = found_at(text)
    assert target is not None
    if "concept" in row and ("kind" not in row or text[text.index("[") + 1 : text.index("]")] in row["words"]):
        assert target.concept == row["concept"] or row["name"] == "size"


@pytest.mark.parametrize(("row", "text"), cases(TABLE, "near_misses", "head", "modifier", "compound", "clause"))
def test_row_leaves_its_near_misses(row: dict[str, Any], text: str) -> None:
    sentence, span = marked(text)
    near = [t for t in find_targets(sentence) if span in (None, (t.begin, t.end))]
    assert row["name"] not in [t.rule for t in near]


@pytest.mark.parametrize(("row", "text"), [*cases(TABLE, "examples", "edge"), *cases(TABLE, "near_misses", "edge")])
def test_modifier_begins_at_the_edge(row: dict[str, Any], text: str) -> None:
    """An edge word stops a modifier that the lexicon lacks; inside a word that is guarded (near misses) it does not."""
    assert any(word in text for word in [*row["words"], *row["guards"]])
    assert found_at(text) is not None


@pytest.mark.parametrize(("row", "text"), cases(TABLE, "examples", "context"))
def test_context_decides_its_examples(row: dict[str, Any], text: str) -> None:
    assert (found_at(text) is not None) == (row["action"] == "keep")


@pytest.mark.parametrize(("row", "text"), cases(TABLE, "near_misses", "context"))
def test_context_leaves_its_near_misses(row: dict[str, Any], text: str) -> None:
    assert (found_at(text) is not None) == (row["action"] != "keep")


def test_every_context_row_is_reached() -> None:
    assert {row.name for row in target_rules().contexts} == {row["name"] for row in TABLE["context"]}
