"""Is a sentence a measure? The signs of what is none are the rules of `lexicon/operative.toml`."""

from functools import cache

from .rules import RuleBook, load_rules


@cache
def _rules() -> RuleBook:
    return load_rules("operative")


def is_measure(sentence: str) -> bool:
    """Say whether a clean sentence gives, asks, allows or forbids something (False: it only states).

    Statements are guiding ideology, principles, definitions, background, purpose, validity and interpretation clauses.
    Where nothing is known it is a measure: a sentence in operative position seldom is anything else. Never raises.
    """
    codes = {finding.code for finding in _rules().find(sentence)}
    if "statement" in codes:
        return False
    return "statement-unless-acting" not in codes or "measure" in codes
