"""Is a sentence a measure? The signs of what is none are the rules of `lexicon/operative.toml`."""

import re
from functools import cache

from .rules import RuleBook, load_rules

# under such a heading stands how things are to be seen, but for aims with a number
_GENERAL = re.compile("总体要求|总体思路|指导思想|基本原则|工作原则")
_GIVES = re.compile(r"\d|财政|资金|设立|发放")


@cache
def _rules() -> RuleBook:
    return load_rules("operative")


def is_measure(sentence: str, heading: str = "") -> bool:
    """Say whether a clean sentence gives, asks, allows or forbids something (False: it only states).

    `heading` is the title of its provision.

    Statements are guiding ideology, principles, definitions, background, purpose, validity and interpretation clauses.
    Where nothing is known it is a measure: a sentence in operative position seldom is anything else. Never raises.
    """
    codes = {finding.code for finding in _rules().find(sentence)}
    if "statement" in codes:
        return False
    if "measure" in codes:
        return True
    if _GENERAL.search(heading) and not _GIVES.search(sentence):
        return False
    return "acting" in codes or "statement-unless-acting" not in codes
