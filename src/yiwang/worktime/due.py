"""`due`: when is it due, and why (R0.1-R0.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from yiwang.why import Receipt, Words, say

from .calendar import Calendar
from .conventions import Conventions
from .counting import End, Moment, ends, last_day, moment, received, table_of
from .errors import LimitError
from .limit import Limit
from .pause import Extension, Pause, standstills
from .table import FIRST, LAST, instant_of, micros, no_instant, too_far

if TYPE_CHECKING:
    from .counting import Spans


class Refusal(NamedTuple):
    """An extension that does not count, and the sentence that says why."""

    extension: Extension
    reason: Words


class Asked(NamedTuple):
    """What a deadline was computed from; enough to compute it again with its reasons."""

    start: datetime
    limit: Limit
    calendar: Calendar
    pauses: Sequence[Pause]
    extensions: Sequence[Extension]


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
            from .day_by_day import receipt_of

            self._receipt = receipt_of(self)
        return self._receipt

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Due) and (self.at, self.provisional) == (other.at, other.provisional)

    def __hash__(self) -> int:
        return hash((self.at, self.provisional))

    def __repr__(self) -> str:
        at = self.local.isoformat() if self.local else "standing"
        return f"Due({at}{', provisional' if self.provisional else ''})"


class Course(NamedTuple):
    """How a deadline came about: the receipt, the moment it counted from, each end in turn, and what was refused."""

    receipt: Moment
    since: Moment
    ends: list[tuple[Limit, Conventions, Moment, End]]
    refused: tuple[Refusal, ...]
    stood: Spans


def due(
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> Due:
    """The deadline of `limit` for something received at `start` (an aware instant).

    Raises `InstantError` when `start` has no time zone or lies outside 1900-2400, `LimitError` for what is no limit,
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


def course_of(asked: Asked) -> Course:
    """The limit, then each extension in the order in which they were asked for."""
    calendar, limit = asked.calendar, asked.limit
    rules = calendar.rules_for(limit)
    stood = standstills(asked.pauses)
    for extension in asked.extensions:
        if not isinstance(extension, Extension):
            raise LimitError("worktime.error.no_extension", text=type(extension).__name__)
    us = micros(asked.start)
    if not FIRST <= us < LAST:
        raise too_far()
    receipt = moment(calendar, us)
    since = received(calendar, receipt, limit, rules)
    end = ends(calendar, limit, rules, since, stood)
    course = [(limit, rules, since, end)]
    refused = []
    for extension in sorted(asked.extensions, key=lambda one: one.asked_at):
        if end.us is None:
            break
        if micros(extension.asked_at) > end.us:
            late = say(
                "worktime.refused.late",
                asked=extension.asked_at.astimezone(calendar.zone),
                due=_local(calendar, end.us),
            )
            refused.append(Refusal(extension, late))
            continue
        own = extension.limit.conventions.over(rules)
        begin = Moment(end.us, end.day, since.within)
        longer = ends(calendar, extension.limit, own, begin, stood, fresh=False)
        if longer.us is not None and longer.us <= end.us:
            refused.append(Refusal(extension, say("worktime.refused.no_longer", limit=extension.limit.words())))
            continue
        end = longer
        course.append((extension.limit, own, begin, end))
    return Course(receipt, since, course, tuple(refused), stood)


def _local(calendar: Calendar, us: int) -> datetime:
    return instant_of(us).astimezone(calendar.zone)


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
