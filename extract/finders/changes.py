"""What a sentence changes of what is already in force: extensions, revisions, continuations and repeals.

The spellings are the `change` rules of `lexicon/changes.toml`: a verb, what changes before or after it, and the date
that it is changed to. A lengthening of anything but a rule or its term (延长营业时间, 延长产业链, a loan) is no change.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from .lexicon import load_lexicon
from .periods import find_periods

_REACH = 200  # characters before a verb in which what changes is looked for
_TERM = 24  # characters that the name of a term may fill (执行期限由原定的)
_NEAR = 4  # characters between a verb and the date that it names (至, 到)
_CLAUSE_END = re.compile("[。！？；]")
_SKIPPED = re.compile("[至到]|为止?")


@dataclass(frozen=True, slots=True)
class FoundChange:
    """A change said at [begin, end) of the sentence: extension, revision, continuation or repeal.

    `affects` is the text of what changes, a title without its 《》, at [affects_begin, affects_end). `changed_from` and
    `changed_to` are the offsets of the dates before and after, None where the sentence gives none.
    """

    begin: int
    end: int
    kind: str
    affects: str
    affects_begin: int
    affects_end: int
    changed_from: tuple[int, int] | None
    changed_to: tuple[int, int] | None
    rule: str


class _Rule(NamedTuple):
    name: str
    kind: str
    hints: tuple[str, ...]
    verb: re.Pattern[str]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    dated: bool


class _Words(NamedTuple):
    rules: tuple[_Rule, ...]
    opening: re.Pattern[str]
    term: re.Pattern[str]
    former: re.Pattern[str]
    listed: re.Pattern[str]
    title_before: re.Pattern[str]


_Offsets = tuple[int, int]


def find_changes(sentence: str) -> tuple[FoundChange, ...]:
    """All changes that a clean sentence announces, in order. Never raises; linear in the length of the sentence."""
    rules = [rule for rule in _load().rules if any(hint in sentence for hint in rule.hints)]
    if not rules:
        return ()
    ends = {period.end: (period.begin, period.end) for period in find_periods(sentence)}
    begins = {begin: (begin, end) for begin, end in ends.values()}
    found: list[FoundChange] = []
    taken: set[int] = set()
    for rule in rules:
        for verb in rule.verb.finditer(sentence):
            for change in _changes(rule, sentence, verb, begins, ends):
                if change.affects_begin not in taken and change.affects_end - 1 not in taken:
                    taken.update(range(change.affects_begin, change.affects_end))
                    found.append(change)
    return tuple(sorted(found, key=lambda change: (change.affects_begin, change.end)))


def _changes(
    rule: _Rule, sentence: str, verb: re.Match[str], begins: Mapping[int, _Offsets], ends: Mapping[int, _Offsets]
) -> Iterator[FoundChange]:
    """The changes that one verb says: what it affects and its dates, none where the rule's own words forbid it."""
    start = max(0, verb.start() - _REACH)
    for mark in _CLAUSE_END.finditer(sentence, start, verb.start()):
        start = mark.end()
    if rule.not_before and rule.not_before.search(sentence, start, verb.start()):
        return
    at, former = verb.end(), None
    if rule.after:
        match = rule.after.match(sentence, verb.end())
        if not match or (rule.not_after and rule.not_after.search(sentence, match.start(), match.end() + 2)):
            return
        at = match.end()
        affected = [_named(match)]
    else:
        former = _former(sentence, verb.start(), ends)
        affected = _affected_before(rule, sentence, start, former[0] if former else verb.start())
    to = _date_at(sentence, at, begins)
    if rule.dated and not to:
        return
    for begin, end in affected:
        first = min(begin, verb.start(), former[0] if former else begin)
        last = max(end, verb.end(), to[1] if to else end)
        if sentence[begin - 1 : begin] == "《":
            first, last = min(first, begin - 1), max(last, end + 1)
        yield FoundChange(first, last, rule.kind, sentence[begin:end], begin, end, former, to, rule.name)


def _former(sentence: str, verb: int, ends: Mapping[int, _Offsets]) -> _Offsets | None:
    """The date just before a verb that a 由 or 原定的 makes the former one."""
    date = ends.get(verb)
    return date if date and _load().former.search(sentence, max(0, date[0] - _NEAR), date[0]) else None


def _date_at(sentence: str, at: int, begins: Mapping[int, _Offsets]) -> _Offsets | None:
    skipped = _SKIPPED.match(sentence, at)
    return begins.get(at) or (begins.get(skipped.end()) if skipped else None)


# ------------------------------------------------------------------------------------------------------ what changes


def _affected_before(rule: _Rule, sentence: str, start: int, stop: int) -> list[_Offsets]:
    """What stands before a verb: the policy whose term it is, else the term itself; titles of a list one by one."""
    words = _load()
    term = words.term.search(sentence, max(start, stop - _TERM), stop)
    for end in dict.fromkeys((term.start() if term else stop, stop)):
        if not (match := _before(rule, sentence, start, end)):
            continue
        begin, last = _named(match)
        if match.groupdict().get("title"):
            return _titles(sentence, start, begin, last)
        opening = words.opening.match(sentence, begin, last)
        begin = opening.end() if opening else begin
        listed = words.listed.search(sentence, start, begin) if sentence[begin - 1 : begin] in ("及", "和") else None
        return [(listed.start("affects") if listed else begin, last)]
    return []


def _before(rule: _Rule, sentence: str, start: int, end: int) -> re.Match[str] | None:
    """What the rule looks for before a verb: from the last 《, else from the start of the clause."""
    if rule.before is None:
        return None
    title = sentence.rfind("《", start, end)
    match = rule.before.match(sentence, title, end) if title >= 0 else None
    clause = max(sentence.rfind(mark, start, end - 1) for mark in "，。；：")
    return match or rule.before.match(sentence, max(start, clause + 1), end)


def _titles(sentence: str, start: int, begin: int, end: int) -> list[_Offsets]:
    """The title at [begin, end) and those before it in the same list."""
    found = [(begin, end)]
    while match := _load().title_before.search(sentence, start, begin - 1):
        begin, end = match.span("title")
        found.append((begin, end))
    return found[::-1]


def _named(match: re.Match[str]) -> _Offsets:
    return match.span("title" if match.groupdict().get("title") else "affects")


@cache
def _load() -> _Words:
    data = load_lexicon("changes")
    near = {name: re.compile(pattern) for name, pattern in data["near"].items()}
    return _Words(rules=tuple(_rule(row) for row in data["change"]), **near)


def _rule(row: Mapping[str, Any]) -> _Rule:
    def pattern(field: str, end: str = "") -> re.Pattern[str] | None:
        return re.compile(row[field] + end) if field in row else None

    return _Rule(
        name=row["name"],
        kind=row["kind"],
        hints=tuple(row["hints"]),
        verb=re.compile(row["verb"]),
        before=pattern("before", "$"),
        after=pattern("after"),
        not_before=pattern("not_before"),
        not_after=pattern("not_after"),
        dated=bool(row.get("dated", False)),
    )
