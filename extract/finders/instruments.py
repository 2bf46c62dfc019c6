"""What a sentence does: the policy instruments it uses, found by the rules of `lexicon/instruments.toml`.

The codes are those of the instrument scheme (`ontology/schemes`); the wording of the rules was collected from the
formulas that provinces, cities, counties and ministries use for the same act.
"""

import re
from functools import cache

from .finding import Finding
from .rules import RuleBook, load_rules

_TITLE = re.compile("《[^《》]*》")


@cache
def instrument_rules() -> RuleBook:
    """Return the rules of `lexicon/instruments.toml`, read once."""
    return load_rules("instruments.toml")


def find_instruments(sentence: str, heading: str = "") -> tuple[Finding, ...]:
    """Return every instrument the sentence uses, each once with the span of its first cue, ordered by position.

    `sentence` is clean text (no white space, ASCII digits); `heading` is the title of its provision. Where no rule
    but a weak one fires (`unless = ["*"]`), the heading's instruments stand for the sentence (rule `heading-fallback`),
    else the weak ones, else public-service (rule `default`): what government does for others without a named
    instrument is a service. Never empty; never raises.
    """
    own = _by_code(sentence)
    if own and not _weak(own):
        return own
    titled = _by_code(heading)
    if titled and not _weak(titled):
        return tuple(Finding(f.code, 0, len(sentence), "heading-fallback") for f in titled)
    return own or (Finding("public-service", 0, len(sentence), "default"),)


def _by_code(text: str) -> tuple[Finding, ...]:
    """The first finding of each code, ordered by position; the title of a cited document says nothing of this one."""
    titles = [m.span() for m in _TITLE.finditer(text)]
    first: dict[str, Finding] = {}
    for finding in instrument_rules().find(text):
        if not any(begin <= finding.begin < end for begin, end in titles):
            first.setdefault(finding.code, finding)
    return tuple(first.values())


def _weak(findings: tuple[Finding, ...]) -> bool:
    return all(finding.rule in instrument_rules().weak for finding in findings)
