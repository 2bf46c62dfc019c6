"""Conditions: the clauses that decide who or what qualifies, and what each of them measures.

A condition is what describes a beneficiary before 的 (对年营业收入超过1亿元的服务业企业…), a clause that ends in 的
and leaves its noun out (承租国有房屋的，…), or a trigger (在…批准后，…). What it measures is read from
`lexicon/conditions.toml`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from .lexicon import read_lexicon

_OF_TARGET = re.compile("的(?:普惠型?)?$")  # 1000万元以下的普惠型|小微企业
_CLAUSE = re.compile(r"[^，；。！？]+")
_TRIGGER = re.compile(r"(?:在|经)[^，]{2,40}(?:后|的前提下|基础上)$")
_EMPTY = re.compile(
    r"(?:上述|有关|相关|其他|不同|全部|所有|以上|该|本|新|大|小|更多|优秀|重点|主要|一定|相应|必要|更好)$|[^，]{0,3}$"
)
_ADVERB = re.compile(r"(?:积极|重点|大力|优先|进一步|主动|及时|分类|精准|鼓励)*")
# 推动金融机构对符合条件的…: the last 对 that is a word of its own begins the description
_INNER = re.compile(r"(?<![针面应相绝配])对(?![外口接象标应账照比策])")
_LEAD = re.compile(r"(?:特别是|其中|以及|并|且|和|及)")
MAX_CLAUSES = 4


@dataclass(frozen=True, slots=True)
class FoundCondition:
    """A condition at [begin, end) of the sentence; `measured_by` is a code of the scheme `measured` or None."""

    begin: int
    end: int
    measured_by: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class _Words:
    strong_openers: re.Pattern[str]
    openers: re.Pattern[str]
    acts: re.Pattern[str]
    measures: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _words() -> _Words:
    table = read_lexicon("conditions")

    def any_of(words: Sequence[str]) -> re.Pattern[str]:
        return re.compile("|".join(sorted(words, key=len, reverse=True)))

    return _Words(
        any_of(table["strong_openers"]),
        any_of([*table["strong_openers"], *table["openers"]]),
        any_of(table["acts"]),
        tuple((row["code"], any_of(row["cues"])) for row in table["measure"]),
    )


def find_conditions(sentence: str, targets: Sequence[tuple[int, int]] = ()) -> tuple[FoundCondition, ...]:
    """The conditions of a clean sentence, ordered by position; `targets` are the spans of its beneficiaries."""
    if "的" not in sentence and "后" not in sentence:
        return ()
    masked = _without_brackets(sentence)
    clauses = [match.span() for match in _CLAUSE.finditer(masked)]
    found: list[FoundCondition] = []
    first = None
    for n, (begin, end) in enumerate(clauses):
        if _words().strong_openers.match(masked, begin, end):
            first = n
        if _TRIGGER.match(masked[begin:end]):
            found.append(FoundCondition(begin, end, None, "condition-trigger"))
            continue
        stop, rule = _description_end(masked, begin, end, targets)
        if stop is None:
            if first is not None and (n - first >= MAX_CLAUSES or _words().acts.match(masked, begin, end)):
                first = None
            continue
        start = begin if first is None or n - first >= MAX_CLAUSES else clauses[first][0]
        found += _described(sentence, masked, start, stop, rule)
        first = None
    return tuple(found)


def _without_brackets(sentence: str) -> str:
    """The sentence with what stands in brackets and quotes blanked, so that its marks cut nothing."""
    blank = re.compile(r"（[^（）]*）|“[^“”]*”|《[^《》]*》")
    return blank.sub(lambda match: "□" * len(match[0]), sentence)


def _description_end(masked: str, begin: int, end: int, targets: Sequence[tuple[int, int]]) -> tuple[int | None, str]:
    """Where the description of a beneficiary ends (before its 的) in one clause, and by which rule."""
    described = [m for at, _ in targets if begin < at < end and (m := _OF_TARGET.search(masked, max(0, at - 4), at))]
    if described:
        return described[-1].start(), "condition-before-target"
    if masked[end - 1] == "的":
        return end - 1, "condition-without-noun"
    # 承租国有房屋的免收租金: the act follows at once
    match = next(
        (m for m in re.finditer("的", masked[begin:end]) if _words().acts.match(masked, begin + m.end())), None
    )
    return (begin + match.start(), "condition-before-act") if match else (None, "")


def _described(sentence: str, masked: str, begin: int, end: int, rule: str) -> list[FoundCondition]:
    start = begin
    adverb = _ADVERB.match(masked, begin, end)
    if opener := _words().openers.match(masked, adverb.end() if adverb else begin, end):
        start = opener.end()
    if inner := list(_INNER.finditer(masked, start + 1, end)):
        start = inner[-1].end()
    if lead := _LEAD.match(masked, start, end):
        start = lead.end()
    text = masked[start:end]
    if not text or _EMPTY.match(text) or _words().acts.match(text):
        return []
    code = next((code for code, cues in _words().measures if cues.search(text)), None)
    return [FoundCondition(start, end, code, rule)]
