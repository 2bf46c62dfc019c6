"""How long a document is in force: 本通知自2022年3月1日起施行，有效期3年.

The spellings are the `validity` rules of `lexicon/changes.toml`. Only what a sentence says of the whole document
counts: it must name the document (本办法 …, 以上措施 …) or, without naming anything, begin with 自印发之日起 or 有效期.
How long one measure lasts (政策执行期限至…) is a period of that measure (`find_periods`).
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from ..numerals import chinese_integer
from .days import Day, FoundPeriod
from .lexicon import load_lexicon
from .periods import find_periods

_HINTS = ("印发", "发布", "公布", "下发", "颁", "发文", "签发", "出台", "发出", "有效期", "行", "施", "生效", "期限")
_BEFORE = 12  # characters before a date that say what it is the date of
_ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class FoundValidity:
    """What a sentence says about the time in which its document is in force, at [begin, end) of the sentence.

    `starts` is "issue" (the day of issue), an ISO date (`--03-01` where the year is left out) or None where unsaid;
    the document is in force from `delay_days` or `delay_months` after it. `ends` is the last day in force, written
    alike; `years` and `months` are how long it lasts.
    """

    begin: int
    end: int
    rule: str
    starts: str | None = None
    delay_days: int = 0
    delay_months: int = 0
    ends: str | None = None
    years: int | None = None
    months: int | None = None


class _Rule(NamedTuple):
    name: str
    pattern: re.Pattern[str]
    before: re.Pattern[str] | None


class _Subject(NamedTuple):
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    needs: re.Pattern[str]
    none: re.Pattern[str]


def find_validity(sentence: str) -> FoundValidity | None:
    """The in-force statement of a clean sentence, None where it makes none. Never raises; linear in its length."""
    if not any(hint in sentence for hint in _HINTS) or not _speaks_of_document(sentence):
        return None
    pieces = sorted([*_texts(sentence), *_dates(sentence)], key=lambda piece: (piece.begin, piece.end))
    return merge_validity(pieces)


def merge_validity(found: Iterable[FoundValidity]) -> FoundValidity | None:
    """One statement of several of one document (自印发之日起施行。有效期3年。), the first to say a thing deciding.

    Its span runs from the first to the last where they are of one sentence; of several sentences, use their own spans.
    None where there is nothing to merge.
    """
    whole: FoundValidity | None = None
    for piece in found:
        if whole is None:
            whole = piece
            continue
        start = whole if whole.starts else piece
        end = whole if whole.ends or whole.years or whole.months else piece
        whole = replace(
            end,
            begin=min(whole.begin, piece.begin),
            end=max(whole.end, piece.end),
            rule=f"{whole.rule}+{piece.rule}",
            starts=start.starts,
            delay_days=start.delay_days,
            delay_months=start.delay_months,
        )
    return whole


def resolve_validity(found: FoundValidity, document_date: str | None) -> tuple[str | None, str | None]:
    """The first and the last day in force in ISO 8601, None where it is not said or cannot be known.

    `document_date` (ISO) is the day of issue and gives a missing year. 有效期3年 ends on the day before the same day
    three years later (民法典 201, 202); 30日后施行 starts 30 days after the issue.
    """
    start = _iso(found.starts, document_date) if found.starts != _ISSUE else document_date
    if start and found.delay_days:
        start = (date.fromisoformat(start) + timedelta(found.delay_days)).isoformat()
    if start and found.delay_months:
        start = _later(date.fromisoformat(start), found.delay_months).isoformat()
    end = _iso(found.ends, document_date)
    months = 12 * (found.years or 0) + (found.months or 0)
    if not end and start and months:
        begun = date.fromisoformat(start)
        end = _before_same_day(begun, months).isoformat()
    return (start, None) if start and end and end < start else (start, end)


def _iso(said: str | None, document_date: str | None) -> str | None:
    if not said or not said.startswith("--"):
        return said
    return f"{document_date[:4]}-{said[2:]}" if document_date else None


def _later(day: date, months: int) -> date:
    """The same day some months later, the last of the month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _before_same_day(day: date, months: int) -> date:
    """The last day of so many months that begin on `day`; of months that lack its day, their end."""
    same = _later(day, months)
    return same - timedelta(1) if same.day == day.day else same


# ----------------------------------------------------------------------------------------------------------- finding


def _speaks_of_document(sentence: str) -> bool:
    subject = _subject()
    if subject.strong.match(sentence) or subject.none.match(sentence):
        return True
    return bool(subject.weak.match(sentence) and subject.needs.search(sentence))


def _texts(sentence: str) -> Iterator[FoundValidity]:
    """What is said without a date: the day of issue, a length."""
    for rule in _rules()["text"]:
        for match in rule.pattern.finditer(sentence):
            piece = _piece(rule, match)
            if piece and (rule.name != "lasting" or _of_document(sentence, match.start())):
                yield piece


def _of_document(sentence: str, at: int) -> bool:
    """Say whether 有效期 at `at` has no owner of its own (认定有效期3年)."""
    clause = re.split("[，。；：（]", sentence[max(0, at - 24) : at])[-1]
    return (
        not clause
        or bool(_subject().strong.match(clause))
        or bool(re.search("(?:本|以上|上述|起)[^，]{0,14}$", clause))
    )


def _piece(rule: _Rule, match: re.Match[str]) -> FoundValidity | None:
    said: Mapping[str, str | None] = match.groupdict()
    begin, end = match.span()
    if rule.name == "from-issue":
        delay = _number(said["delay"])
        days, months = (0, delay) if said["unit"] == "个月" else (delay, 0)
        return FoundValidity(begin, end, rule.name, _ISSUE, days or 0, months or 0)
    years, months = _number(said.get("years")), _number(said.get("months"))
    return FoundValidity(begin, end, rule.name, years=years, months=months) if years or months else None


def _number(text: str | None) -> int | None:
    if not text:
        return None
    try:
        return int(text) if text.isascii() else chinese_integer(text)
    except ValueError:
        return None


def _dates(sentence: str) -> Iterator[FoundValidity]:
    """What is said with a date: the first and the last day."""
    start, until = _rules()["date"]
    for period in find_periods(sentence):
        before = sentence[max(0, period.begin - _BEFORE) : period.begin]
        after = start.pattern.match(sentence, period.end)
        if period.first and start.before and start.before.search(before) and (after or period.role == "period"):
            if period.last and period.role == "period" and not _in_force_near(sentence, period):
                continue
            last = _said(period.last) if period.role == "period" else None
            yield FoundValidity(period.begin, period.end, start.name, _said(period.first), ends=last)
        elif (
            period.last
            and until.before
            and (lead := until.before.search(before))
            and _of_document(sentence, period.begin - len(before) + lead.start())
        ):
            yield FoundValidity(period.begin, period.end, until.name, ends=_said(period.last))


def _in_force_near(sentence: str, period: FoundPeriod) -> bool:
    around = sentence[max(0, period.begin - _BEFORE) : period.begin] + sentence[period.end : period.end + _BEFORE]
    return bool(_rules()["force"][0].pattern.search(around))


def _said(day: Day | None) -> str | None:
    if day is None:
        return None
    return day.yearly() if day.year is None else day.iso(None)


@cache
def _rules() -> dict[str, tuple[_Rule, ...]]:
    """The rules by what they read: `text` without a date, `date` (start, then end), `force` the verbs."""
    data = load_lexicon("changes")
    rows = {row["name"]: _rule(row) for row in data["validity"]}
    dated = (rows.pop("from-date"), rows.pop("until-date"))
    force = _Rule("force", re.compile(data["words"]["force"] + "|有效期|期限"), None)
    return {"text": tuple(rows.values()), "date": dated, "force": (force,)}


def _rule(row: Mapping[str, Any]) -> _Rule:
    return _Rule(row["name"], re.compile(row["pattern"]), re.compile(row["before"]) if "before" in row else None)


@cache
def _subject() -> _Subject:
    row = load_lexicon("changes")["subject"]
    opened = [re.compile(row["open"] + "(?:" + row[name] + ")") for name in ("strong", "weak")]
    return _Subject(opened[0], opened[1], re.compile(row["needs"]), re.compile(row["open"] + "(?:" + row["none"] + ")"))
