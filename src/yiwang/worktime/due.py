"""`due`: when is it due, and why (R0.1-R0.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from yiwang.why import Receipt

from .calendar import Calendar
from .counting import last_day, table_of
from .course import Asked, Course, Refusal, course_of
from .day_by_day import receipt_of
from .errors import LimitError
from .limit import Limit
from .pause import Extension, Pause
from .table import instant_of, micros, no_instant


class Due:
    """A deadline. Two are equal when they end at the same instant with the same certainty.

    at           UTC instant after which it is late, or None while a pause without an end holds the clock;
                 24:00 of a day is the instant at which the next day begins
    provisional  it hangs on a year whose calendar has not been published, and may move (R0.2)
    refused      extensions that did not count, each with its reason
    receipt      day by day how it was counted, built when first read
    """

    __slots__ = ("_receipt", "asked", "at", "provisional", "refused")

    def __init__(self, at: datetime | None, provisional: bool, asked: Asked, refused: tuple[Refusal, ...] = ()) -> None:
        self.at = at
        self.provisional = provisional
        self.asked = asked
        self.refused = refused
        self._receipt: Receipt | None = None

    @property
    def day(self) -> date | None:
        """The last local day that counts: the 27th for a deadline at 24:00 of the 27th."""
        if self.at is None:
            return None
        return date.fromordinal(last_day(self.asked.calendar, micros(self.at)))

    @property
    def local(self) -> datetime | None:
        """`at` on the wall clock of the calendar's zone."""
        return None if self.at is None else self.at.astimezone(self.asked.calendar.zone)

    @property
    def receipt(self) -> Receipt:
        if self._receipt is None:
            self._receipt = receipt_of(self.asked, self.at, self.provisional, self.refused)
        return self._receipt

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Due) and (self.at, self.provisional) == (other.at, other.provisional)

    def __hash__(self) -> int:
        return hash((self.at, self.provisional))

    def __repr__(self) -> str:
        at = self.local.isoformat() if self.local else "standing"
        return f"Due({at}{', provisional' if self.provisional else ''})"


def due(
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> Due:
    """The deadline of `limit` for something received at `start` (an aware instant).

    Raises `InstantError` when `start` has no time zone or lies outside 1900-2400, `LimitError` for what is not a limit,
    no pause or no extension.
    """
    if getattr(start, "tzinfo", None) is None:
        raise no_instant(start)
    if not isinstance(limit, Limit):
        raise LimitError("worktime.error.no_limit", text=str(limit))
    asked = Asked(start, limit, calendar, pauses, extensions)
    n, to_midnight = calendar.quick(limit)
    if n and not pauses and not extensions:
        table = calendar.counted()
        i = start.astimezone(calendar.zone).toordinal() - table.base
        if 0 <= i < table.size and (k := table.before[i + 1] + n - 1) < len(table.work):
            last = table.work[k]
            at = table.midnight_of(last) if to_midnight else table.close_of(last)
            return Due(at, table.unknown[last + 1] > table.unknown[i], asked)
    course = course_of(asked)
    final = course.ends[-1][3]
    ends_at = None if final.us is None else instant_of(final.us)
    return Due(ends_at, _provisional(calendar, course), asked, course.refused)


def _provisional(calendar: Calendar, course: Course) -> bool:
    """Does the answer hang on a year that was not published?"""
    opening = (course.receipt.day, course.since.day) if course.since is not course.receipt else None
    for hangs_on in (opening, *(end.hangs_on for *_, end in course.ends)):
        if hangs_on:
            first, last = hangs_on
            table = table_of(calendar, first, last)
            if table.unknown[last + 1 - table.base] > table.unknown[first - table.base]:
                return True
    return False
