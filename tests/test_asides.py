"""Asides: every row of the rule file; the choices that they decide are in test_instruments.py."""

import pytest
from zhengce.extract.finders.rules import Rule, load_rules

BOOK = load_rules("asides")
EXAMPLES = [pytest.param(r, text, id=f"{r.name}:{text}") for r in BOOK.rules for text in r.examples]
NEAR_MISSES = [pytest.param(r, text, id=f"{r.name}:{text}") for r in BOOK.rules for text in r.near_misses]


@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_example_holds_the_aside(rule: Rule, text: str) -> None:
    assert rule.name in {f.rule for f in BOOK.find(text)}


@pytest.mark.parametrize(("rule", "text"), NEAR_MISSES)
def test_near_miss_holds_none(rule: Rule, text: str) -> None:
    assert rule.name not in {f.rule for f in BOOK.find(text)}
