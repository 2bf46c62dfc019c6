"""What a sentence does: the policy instruments it uses, found by the rules of `lexicon/instruments.toml`.

The codes are those of the instrument scheme (`ontology/schemes`); the wording of the rules was collected from the
formulas that provinces, cities, counties and ministries use for the same act.
"""

import re
from functools import cache

from .finding import Finding
from .rules import RuleBook, load_rules

_TITLE = re.compile("《[^《》]*》")
# What is no act of the sentence: what money is for (资金重点用于规划、宣传、培训), a loan whose interest is paid, what
# somebody has had before (已享受补助的，).
_ASIDE = re.compile(
    "(?<=资金)[^，。；、]{0,6}(?:用于|支持)[^，。；、]{0,40}、[^，。；]*|(?<=资金)，?(?:重点|主要|优先)支持[^，。；]*|"
    "对[^，。；]{0,30}贷款(?=，?(?:按|给予)[^。；]{0,30}贴息)|(?:已|同时|曾)(?:享受|获得|取得)[^，。；]{0,40}的(?=，)"
)

# who is given money (对固定资产投资1000万元以上的企业，给予…): these codes say there what somebody is, not what is done
_WHO_GETS = re.compile("(?:^|(?<=[；。]))[^；。]{0,120}的[^，；。]{0,8}(?=，[^；。]{0,60}(?:给予|奖励|补助|补贴|奖补))")
_STANDING = frozenset(
    {"recognition", "project-investment", "energy", "approval-streamlining", "supervision", "organisation"}
)


@cache
def instrument_rules() -> RuleBook:
    """Return the rules of `lexicon/instruments.toml`, read once."""
    return load_rules("instruments")


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
    """The first finding of each code, ordered by position; titles of other documents and asides do not count."""
    silent = [m.span() for pattern in (_TITLE, _ASIDE) for m in pattern.finditer(text)]
    standing = [m.span() for m in _WHO_GETS.finditer(text)]
    first: dict[str, Finding] = {}
    for finding in instrument_rules().find(text):
        spans = silent + standing if finding.code in _STANDING else silent
        if not any(begin <= finding.begin and finding.end <= end for begin, end in spans):
            first.setdefault(finding.code, finding)
    return tuple(first.values())


def _weak(findings: tuple[Finding, ...]) -> bool:
    return all(finding.rule in instrument_rules().weak for finding in findings)
