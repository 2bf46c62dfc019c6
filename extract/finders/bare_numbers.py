"""Numbers without a unit that are amounts all the same: 奖励100万, 容积率不低于2.0, 市级4成.

A limit inside quotation marks (“不少于15天”) is no name either.
"""

import re
from decimal import Decimal

_NEAR = 24
_TEN_THOUSAND = 10_000
# 奖励100万: the yuan is left out
_GIVEN = re.compile("(?:奖励|补[助贴]|资助|给予|奖补)[^，。；、0-9]{0,6}$")
_CLOSED = re.compile(
    "(?:[、和][0-9]{1,6}(?:\\.[0-9]{1,2})?[万亿]元?){0,8}(?:[，。；）]|$|的?(?:一次性)?(?:配套)?(?:奖|补|资助|资金))"
)
# 容积率不低于2.0, PUE值控制在1.25以内: an index has no unit
_INDEX = re.compile(
    "(?:容积率|利用效率|能效比?|[系指倍]数|弹性|比值|PUE|WUE|(?<![数价产总面分])值)(?:（[A-Za-z]{2,8}）)?(?:均|原则上|一般|最[高低])*"
    "(?:不得?低于|不少于|不小于|不得?高于|不得?超过|不超过|不大于|不得(?:小于|大于)|低于|高于|超过|小于|大于|达到?|控制在|降至|降到|提高到|[≤≥])$"
)
_INDEX_CLOSED = re.compile("[，。；、）]|$|的|以[上下内]|左右|及以[上下]")
# 市级4成、县级6成分担
_TENTHS = re.compile("([1-9])成(?=以[上下内]|左右|分担|承担|[，。；、）]|的|$)")
_LIMIT = re.compile("不得?[少低超高多]于?|以[上内下]|至少|至多|最多")


def bare_kind(text: str, begin: int, end: int, scale: int, *, after_bare: bool) -> tuple[str, str | None, str] | None:
    """(kind, unit, rule) of the number at [begin, end) that no unit follows; None where it is no amount.

    `scale` is that of its 万 or 亿, 1 for none; `after_bare`: a sum without its yuan leads to it in a list.
    """
    before = text[max(0, begin - _NEAR) : begin]
    if scale >= _TEN_THOUSAND:
        given = after_bare or _GIVEN.search(before)
        return ("money", "CNY", "money-without-yuan") if given and _CLOSED.match(text, end) else None
    indexed = scale == 1 and _INDEX_CLOSED.match(text, end) and _INDEX.search(before)
    return ("other", None, "index") if indexed else None


def arabic_tenths(text: str, begin: int) -> Decimal | None:
    """What 4成 at a place says in percent; None where no such share stands there."""
    match = _TENTHS.match(text, begin)
    if not match or (begin and (text[begin - 1].isdigit() or text[begin - 1] == ".")):
        return None
    return Decimal(10 * int(match[1]))


def is_limit_in_quotes(quoted: str) -> bool:
    """Say whether what stands in quotation marks is a rule with a limit (“暂停不少于15天”), and no name."""
    return _LIMIT.search(quoted) is not None
