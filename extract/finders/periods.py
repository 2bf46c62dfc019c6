"""Dates and periods: where a sentence says when, and what days it means.

The spellings are the rules of `lexicon/periods.toml`: a `form` is a way to write a date, a `cue` a word beside it that
gives the role (前 deadline, 起 from …). Forms and roles are those of the annotation guidelines. A finder never guesses:
a year that the sentence leaves out stays out until `days.resolve` is told the document's date.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from ..numerals import chinese_integer
from .days import Day, FoundPeriod
from .lexicon import load_lexicon

_NEAR = 30  # characters after a date that a cue may look at
_BEFORE = 12  # … and before it
_ISSUE = 24  # … for the words that say that it runs from the day of issue
_RUN = 3  # how many months that follow one another in a list are one period
_CARRY = 20  # characters over which the year of one date holds for the next (2022年3月底前60%、5月底前)
_UNTIL = "until"  # the cue before a list of dates (到2025年、2030年) that holds for all of them
_WHOLE_YEARS = (
    "year+",
    "year-",
    "years",
    "five",
    "this-",
    "inside-year",
)  # forms whose year says nothing of a month after them
_PERIODS = ("years", "first-months", "from-for-years")  # forms that name both ends
_LEAP = 2000  # a leap year: where no year is known 2月29日 is possible

# nothing of a date is found without one of these
_HINTS = ("年", "月", "季度", "五”", "五”", '五"', "五’", "十四五", "20", "19")
_START = re.compile('[0-9一二三四五六七八九十第“‘"今本明去每次翌当同前上下年]')
# a title in 《》 is a name, whatever year it holds
_TITLE = re.compile("《[^《》]*》")
# 每年度申报期为1-10月: the year is said before
_YEARLY = re.compile(
    "每年度?(?:的|项目|集中|企业)?(?:申[报请]|受理|征缴|缴费|缴存|评审|考核|登记)(?:期限?|时间|工作)?(?:为|是|在|于)?$"
)
_LIST_MARK = re.compile("[、和]")
_MONTHS = re.compile("months?")
# 2月、3月两个月的房租
_TWO_MONTHS = re.compile("这?[两二2]个月")
_MERGED = re.compile(
    "(?:（[^（）]{1,6}）)?(?:零时|\\d{1,2}时|\\d{1,2}：\\d{2})?(?:起|开始)?(?:，?直?[至到]|——|--|[—–―－\\-~])"
)


class _Form(NamedTuple):
    name: str
    pattern: re.Pattern[str]


class _Cue(NamedTuple):
    name: str
    role: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    only: frozenset[str]


class _Rules(NamedTuple):
    master: re.Pattern[str]
    forms: tuple[_Form, ...]
    cues: tuple[_Cue, ...]
    listed: re.Pattern[str]
    issue: re.Pattern[str]
    until_issue: re.Pattern[str]


class _Atom(NamedTuple):
    """One date as written. `ends`: it names an end (底, 末, 内). `year`: each (每年), then (次年), else said."""

    begin: int
    end: int
    form: str
    first: Day
    last: Day
    ends: bool
    year: str


def find_periods(sentence: str) -> tuple[FoundPeriod, ...]:
    """All dates and periods of a clean sentence, in order. Never raises; linear in the length of the sentence."""
    if not any(hint in sentence for hint in _HINTS):
        return ()
    text = _TITLE.sub(lambda title: "\x00" * len(title[0]), sentence) if "《" in sentence else sentence
    atoms = _listed(text, list(_joined(text, list(_atoms(text)))))
    roles = _adjacent(text, _with_roles(text, atoms))
    return _with_near_years(sentence, [_with_issue(text, _period(atom, role, cue)) for atom, role, cue in roles])


def _with_issue(text: str, period: FoundPeriod) -> FoundPeriod:
    """The period, with the words beside it that name the day of issue as its other end."""
    if period.role == "deadline" and text[period.begin - 1 : period.begin] in ("至", "到"):
        match = _load().issue.search(text, max(0, period.begin - _ISSUE), period.begin)
        return replace(period, issued=match.start("said")) if match else period
    if period.role in ("point", "from") and (until := _load().until_issue.match(text, period.end)):
        return replace(period, role="from", last=None, issued=until.end("said"))
    return period


# ------------------------------------------------------------------------------------------------------------- dates


def _atoms(text: str) -> Iterator[_Atom]:
    """The dates as written, one by one. A date that no calendar has is passed over whole."""
    rules = _load()
    at = 0
    for start in _START.finditer(text):
        if start.start() < at:
            continue
        match = rules.master.match(text, start.start())
        if not match or match.lastindex is None:
            continue
        form = rules.forms[match.lastindex - 1]
        if atom := _atom(form, text, match.start(), match.end()):
            yield atom
        at = match.end()


def _atom(form: _Form, text: str, begin: int, end: int) -> _Atom | None:
    match = form.pattern.match(text, begin)
    if not match:  # the master pattern has matched: cannot be
        return None
    said = {
        name.rstrip("0123456789") if name[0] == "p" else name: value
        for name, value in match.groupdict().items()
        if value
    }
    days = _days(said)
    if days is None:
        return None
    first, last = days
    known = first.year or _LEAP
    if not (first.possible(known) and last.possible(last.year or _LEAP)) or _order(first) > _order(last):
        return None
    if not _gap_free(match, first, last):
        return None
    ends = said.get("part") in ("底", "末") or "end" in said or "pend" in said
    year = (
        "each"
        if "each" in said or (first.year is None and _YEARLY.search(text, max(0, begin - 16), begin))
        else "then"
        if "then" in said
        else "said"
    )
    return _Atom(begin, end, form.name, last if "part" in said and ends else first, last, ends, year)


def _gap_free(match: re.Match[str], first: Day, last: Day) -> bool:
    """Say whether 2021、2022年 or 2、3月 names every year or month of the period."""
    marks = len(_LIST_MARK.findall(match[0]))
    years = (last.year or 0) - (first.year or 0)
    quarters = 3 if "季" in match[0] else 1
    return not marks or marks == years or marks * quarters == last.month - first.month + 1 - quarters


def _order(day: Day) -> tuple[int, int, int]:
    return (day.year or 0, day.month, day.day or 31)


def _days(said: Mapping[str, str]) -> tuple[Day, Day] | None:
    """The first and last day that the parts of a date stand for; None where a part is no number of its kind."""
    if "p" in said:
        return _plan(_number(said["p"].removesuffix("五")))
    if "nth" in said:
        return _plan(_number(said["nth"]))
    if "span" in said:
        return _lasting(said)
    if "two" in said:
        return Day(None, 1, 1), Day(None, 12, 31, 1)
    year = _number(said["y"]) if "y" in said else None
    shift = {"明年": 1, "次年": 1, "翌年": 1, "去年": -1}.get(said.get("rel") or said.get("then") or "", 0)
    later = _number(said["y2"]) if "y2" in said else year
    bounds = _within_year(said)
    if bounds is None:
        return None
    (month, day), (month2, day2) = bounds
    return Day(year, month, day, shift), Day(later, month2, day2, shift)


def _within_year(said: Mapping[str, str]) -> tuple[tuple[int, int | None], tuple[int, int | None]] | None:
    """(month, day) of the first and last day; the whole year where nothing finer is said."""
    if "m" in said:
        return _within_month(said)
    if "q" in said:
        last = _number(said["q"])
        return ((_number(said.get("q0") or said["q"]) * 3 - 2, 1), (last * 3, None))
    if "k" in said:
        return (1, 1), (_number(said["k"]) * 3, None)
    if "months" in said:
        return (1, 1), (_number(said["months"]), None)
    if "h" in said:
        return ((1, 1), (6, None)) if said["h"] == "上" else ((7, 1), (12, None))
    return (1, 1), (12, 31)


def _within_month(said: Mapping[str, str]) -> tuple[tuple[int, int | None], tuple[int, int | None]]:
    month = _number(said["m"])
    if "d" in said:
        return (month, _number(said["d"])), (month, _number(said.get("d2") or said["d"]))
    parts: dict[str, tuple[int, int | None]] = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, None)}
    first, last = parts.get(said.get("part", ""), (1, None))
    return (month, first), (_number(said["m2"]) if "m2" in said else month, last)


def _lasting(said: Mapping[str, str]) -> tuple[Day, Day] | None:
    """A period by its first day (or month, or year) and its length in whole years; None where there is no such day."""
    begin = Day(_number(said["y"]), _number(said.get("m", "1")), _number(said.get("d", "1")))
    after = begin.iso(None)
    if after is None:
        return None
    last = date.fromisoformat(after) - timedelta(days=1)
    return begin, Day(last.year + _number(said["span"]), last.month, last.day if last.day < 28 else None)


def _plan(ordinal: int) -> tuple[Day, Day]:
    """The five years of the n-th plan: 一五 1953–1957, 二五 1958–1962, from 三五 (1966) on without a gap."""
    start = 1966 + 5 * (ordinal - 3) if ordinal >= 3 else 1948 + 5 * ordinal
    return Day(start, 1, 1), Day(start + 4, 12, 31)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() else chinese_integer(text.replace("0", "〇"))


# ------------------------------------------------------------------------------------------------------------ ranges


def _joined(text: str, atoms: list[_Atom]) -> Iterator[_Atom]:
    """The dates, two with 至 or a dash between them as one period."""
    at = 0
    while at < len(atoms):
        atom = atoms[at]
        after = atoms[at + 1] if at + 1 < len(atoms) else None
        if (
            after
            and atom.year != "then"
            and _MERGED.fullmatch(text, atom.end, after.begin)
            and (both := _join(atom, after))
        ):
            yield both
            at += 2
            continue
        if atom.year != "then":  # 次年3月 that no date before anchors
            yield atom
        at += 1


def _join(atom: _Atom, after: _Atom) -> _Atom | None:
    """One period from two dates, the later taking its year from the earlier; None where it would run backwards."""
    first, last = atom.first, after.last
    if last.year is None and first.year is not None:
        last = replace(last, year=first.year + last.shift, shift=0)
        if _order(last) < _order(first):
            last = replace(last, year=first.year + 1)
    elif last.year is None:
        last = replace(last, shift=first.shift + last.shift)
    if first.year and last.year and _order(last) < _order(first):
        return None
    if first.year is None and last.year is None and last.shift == first.shift and _order(last) < _order(first):
        return None
    return _Atom(atom.begin, after.end, f"{atom.form}–{after.form}", first, last, False, atom.year)


def _listed(text: str, atoms: list[_Atom]) -> list[_Atom]:
    """The dates, those of a list with the year (or 每年) that the one before says."""
    done: list[_Atom] = []
    for atom in atoms:
        before = done[-1] if done else None
        if before and atom.first.year is None and atom.year == "said" and _goes_with(text, before, atom):
            atom = _taking_year(before, atom)
        done.append(atom)
    return done


def _taking_year(before: _Atom, atom: _Atom) -> _Atom:
    if before.year == "each":
        return atom._replace(year="each")
    year = before.last.year
    if year is None or "year" in before.form or _order(replace(atom.first, year=year)) <= _order(before.last):
        return atom
    return atom._replace(first=replace(atom.first, year=year), last=replace(atom.last, year=year))


def _goes_with(text: str, before: _Atom, atom: _Atom) -> bool:
    """Is a date one of a list with the one before, or the next step of what is done every year?"""
    every = before.year == "each" and atom.begin - before.end <= _CARRY and "。" not in text[before.end : atom.begin]
    return every or _in_list(text, before, atom)


def _in_list(text: str, before: _Atom, atom: _Atom) -> bool:
    return _load().listed.fullmatch(text, before.end, atom.begin) is not None


# ------------------------------------------------------------------------------------------------------------- roles


def _with_roles(text: str, atoms: list[_Atom]) -> list[tuple[_Atom, str, str | None]]:
    """Each date with its role; in a list the role that is said once, of the last or of the first, is that of all."""
    done: list[tuple[_Atom, str, str | None]] = []
    for atom in reversed(atoms):
        role, cue = _role(text, atom)
        if done and cue is None and done[-1][2] and _alike(atom, done[-1][0]) and _in_list(text, atom, done[-1][0]):
            role, cue = done[-1][1:]
        done.append((atom, role, cue))
    done.reverse()
    for n in range(1, len(done)):
        (before, said, said_by), (atom, _, cue) = done[n - 1], done[n]
        if cue is None and said_by == _UNTIL and _alike(before, atom) and _in_list(text, before, atom):
            done[n] = (atom, said, said_by)  # 到2025年、2030年
    return done


def _adjacent(text: str, found: list[tuple[_Atom, str, str | None]]) -> list[tuple[_Atom, str, str | None]]:
    """The dates, a run of months that follow one another being one period (2月、3月、4月房租减半); two are two."""
    done: list[tuple[_Atom, str, str | None]] = []
    at = 0
    while at < len(found):
        stop = at + 1
        while stop < len(found) and _goes_on(text, found[stop - 1], found[stop]):
            stop += 1
        (first, role, cue), last = found[at], found[stop - 1][0]
        together = _TWO_MONTHS.match(text, last.end) is not None
        if stop - at > 1 and (together or last.last.month - first.first.month + 1 >= _RUN):
            form = f"{first.form.partition('–')[0]}–{last.form}"
            done.append((first._replace(end=last.end, form=form, last=last.last), role, cue))
        else:
            done += found[at:stop]
        at = stop
    return done


def _goes_on(text: str, one: tuple[_Atom, str, str | None], other: tuple[_Atom, str, str | None]) -> bool:
    """Are these months side by side in a list, with no role of their own?"""
    (before, said, said_by), (atom, role, cue) = one, other
    if cue is not None or said_by is not None or not role == said == "period":
        return False
    if not (_MONTHS.fullmatch(atom.form) and _MONTHS.fullmatch(before.form.partition("–")[0])):
        return False
    same = before.last.year == atom.first.year and before.last.shift == atom.first.shift
    follows = before.last.month + 1 == atom.first.month
    return same and follows and _LIST_MARK.fullmatch(text, before.end, atom.begin) is not None


def _alike(atom: _Atom, after: _Atom) -> bool:
    return atom.form.split("-")[0] == after.form.split("-")[0]


def _role(text: str, atom: _Atom) -> tuple[str, str | None]:
    """The role that the words beside a date give it, with their rule, else that of the date itself."""
    if "–" in atom.form or (atom.first != atom.last and atom.form in _PERIODS):
        return "period", None
    before = text[max(0, atom.begin - _BEFORE) : atom.begin]
    for cue in _load().cues:
        if cue.only and atom.form not in cue.only:
            continue
        if cue.after and not cue.after.match(text, atom.end, atom.end + _NEAR):
            continue
        if cue.before is None or cue.before.search(before):
            return cue.role, cue.name
    if atom.ends:
        return "deadline", None
    return ("point" if atom.first == atom.last else "period"), None


def _period(atom: _Atom, role: str, cue: str | None) -> FoundPeriod:
    first = None if role == "deadline" else atom.first
    last = None if role == "from" else atom.last
    rule = f"{atom.form}+{cue}" if cue else atom.form
    return FoundPeriod(atom.begin, atom.end, "recurring" if atom.year == "each" else role, rule, first, last)


def _with_near_years(sentence: str, found: list[FoundPeriod]) -> tuple[FoundPeriod, ...]:
    """In 2022年3月底前60%、5月底前完毕 the second date is of the same year as the first."""
    done: list[FoundPeriod] = []
    year: int | None = None
    for period in found:
        day, before = period.last or period.first, done[-1] if done else None
        near = before and period.begin - before.end <= _CARRY and period.role == before.role
        last = (before.last or before.first) if before and near else None
        if not last or not day or "。" in sentence[done[-1].end : period.begin]:
            year = None
        if (
            day
            and day.year is None
            and year is not None
            and last
            and (last.month, last.day or 31) < (day.month, day.day or 31)
        ):
            done.append(replace(period, near=year))
        else:
            done.append(period)
            year = (
                day.year
                if day and period.role in ("deadline", "period") and not period.rule.startswith(_WHOLE_YEARS)
                else None
            )
    return tuple(done)


# ------------------------------------------------------------------------------------------------------------- rules

_GROUP = re.compile(r"\(\?P<[a-z0-9]+>")


@cache
def _load() -> _Rules:
    data = load_lexicon("periods")
    forms = tuple(_Form(row["name"], re.compile(row["pattern"])) for row in data["form"])
    master = "|".join("(" + _GROUP.sub("(?:", form.pattern.pattern) + ")" for form in forms)
    return _Rules(
        re.compile(master),
        forms,
        tuple(_cue(row) for row in data["cue"]),
        re.compile(data["list"]["pattern"]),
        re.compile(data["issue"]["pattern"]),
        re.compile(data["until-issue"]["pattern"]),
    )


def _cue(row: Mapping[str, Any]) -> _Cue:
    own = re.compile(row["pattern"])
    if row["place"] == "before":
        return _Cue(row["name"], row["role"], own, None, frozenset(row.get("only", ())))
    before = re.compile(row["before"]) if "before" in row else None
    return _Cue(row["name"], row["role"], before, own, frozenset(row.get("only", ())))
