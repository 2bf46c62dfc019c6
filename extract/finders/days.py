"""Days and periods as a sentence says them, and what days they are once the document's date is known."""

from calendar import monthrange
from dataclasses import dataclass

_LEAP = 2000  # a leap year: where no year is known 2月29日 is possible


@dataclass(frozen=True, slots=True)
class Day:
    """A day as a sentence says it: `year` None where it is left out, `day` None for the last day of the month.

    `shift` is added to the year that is filled in (明年: 1, 去年: -1).
    """

    year: int | None
    month: int
    day: int | None
    shift: int = 0

    def iso(self, year: int | None) -> str | None:
        """The day in ISO 8601, `year` standing in for one that is left out; None where there is no such day."""
        full = self.year if self.year is not None else year + self.shift if year is not None else None
        return None if full is None or not self.possible(full) else f"{full:04}-{self.month:02}-{self._day(full):02}"

    def yearly(self) -> str:
        """The day of every year in ISO 8601 (`--01-31`); the last of February is the 28th."""
        return f"--{self.month:02}-{28 if self.day is None and self.month == 2 else self._day(_LEAP):02}"

    def possible(self, year: int) -> bool:
        """Say whether that year has such a day."""
        return 1 <= self.month <= 12 and 1 <= self._day(year) <= monthrange(year, self.month)[1]

    def _day(self, year: int) -> int:
        return monthrange(year, self.month)[1] if self.day is None else self.day


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """A date or period at [begin, end) of the sentence, both days inclusive, None where it is open.

    `role` is deadline, from, period, point or recurring. `rule` is the form, with the cue that gave the role behind a
    `+`. `near` is the year of the date before in the same list, for a date that leaves its own year out. `issued` is
    where 即日起至 begins before a deadline (from the document's own date on), and where 至本通知发布 ends after a day
    (up to that date).
    """

    begin: int
    end: int
    role: str
    rule: str
    first: Day | None
    last: Day | None
    near: int | None = None
    issued: int | None = None


def resolve(found: FoundPeriod, document_date: str | None) -> tuple[str | None, str | None]:
    """The first and the last day in ISO 8601 (`--MM-DD` where recurring), a missing year being the document's.

    `document_date` is ISO 8601, None where it is unknown. Gives (None, None) where a year is missing and there is no
    document date, where the day does not exist in that year, or where the period would end before it starts: the
    caller drops the finding.
    """
    if found.role == "recurring":
        return (found.first.yearly() if found.first else None, found.last.yearly() if found.last else None)
    year = int(document_date[:4]) if document_date else None
    if found.near is not None and (year is None or found.near > year):
        year = found.near
    start = found.first.iso(year) if found.first else None
    end = found.last.iso(year) if found.last else None
    if (found.first and not start) or (found.last and not end) or (start and end and start > end):
        return None, None
    return start, end


def from_issue(found: FoundPeriod, issued: str | None) -> tuple[int, str | None]:
    """Where a deadline begins that is said with 即日起至, and its first day; without the date of issue as it stands."""
    if found.issued is None or issued is None or found.role != "deadline":
        return found.begin, None
    return found.issued, issued


def until_issue(found: FoundPeriod, issued: str | None) -> tuple[int, str | None]:
    """Where a period ends that runs 至本通知发布, and its last day; without the date of issue as it stands."""
    if found.issued is None or issued is None or found.role != "from":
        return found.end, None
    return found.issued, issued
