"""How much of a limit has been used, and how much is left."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from .calendar import Calendar
from .conventions import Conventions
from .counting import day_end, moment, open_before, received, table_of
from .due import due
from .limit import Limit
from .pause import Extension, Pause, running, standstills
from .table import micros
from .unit import Unit


def elapsed(start: datetime, end: datetime, calendar: Calendar, *, pauses: Sequence[Pause] = ()) -> timedelta:
    """Office hours between two instants without those inside the pauses; zero when `end` is not after `start`."""
    a, b = micros(start), micros(end)
    if b <= a:
        return timedelta()
    table = table_of(calendar, moment(calendar, a).day, moment(calendar, b).day)
    open_time = open_before(table, b) - open_before(table, a)
    for begin, to in standstills(pauses):
        begin, to = max(begin, a), min(to, b)
        if begin < to:
            open_time -= open_before(table, to) - open_before(table, begin)
    return timedelta(microseconds=open_time)


def elapsed_workdays(
    start: datetime,
    end: datetime,
    calendar: Calendar,
    *,
    pauses: Sequence[Pause] = (),
    conventions: Conventions | None = None,
) -> int:
    """Working days spent between a receipt and `end`: those after the day of receipt that have ended by the
    convention and did not close inside a pause. `elapsed_workdays(start, due(start, n workdays).at) == n`."""
    rules = (conventions or Conventions()).over(calendar.conventions)
    since = received(calendar, moment(calendar, micros(start)), Limit(Unit.WORKDAYS), rules)
    to = micros(end)
    table = table_of(calendar, since.day, moment(calendar, to).day)
    stood = standstills(pauses)
    spent = 0
    first = since.day - table.base + (0 if rules.counts_receipt_day else 1)
    for k in range(table.before[first], len(table.work)):
        day, close = table.work[k], table.work_close[k]
        ends_at = day_end(calendar, table, day, rules, since)
        if ends_at > to:
            break
        if ends_at >= since.us and not any(begin < close <= stop for begin, stop in stood):
            spent += 1
    return spent


class Remaining(NamedTuple):
    """What is left at a moment; negative when it is late, all None while a pause without an end holds the clock.

    working   office hours until the deadline
    wall      time on the wall until it, without pauses still to come
    workdays  working days that will still close before it
    """

    working: timedelta | None
    wall: timedelta | None
    workdays: int | None


def remaining(
    start: datetime,
    now: datetime,
    limit: Limit,
    calendar: Calendar,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> Remaining:
    """What is left of `limit` at `now`."""
    at = due(start, limit, calendar, pauses=pauses, extensions=extensions).at
    if at is None:
        return Remaining(None, None, None)
    if now <= at:
        return Remaining(
            elapsed(now, at, calendar, pauses=pauses), running(now, at, pauses), closings(now, at, calendar, pauses)
        )
    return Remaining(
        -elapsed(at, now, calendar, pauses=pauses), -running(at, now, pauses), -closings(at, now, calendar, pauses)
    )


def closings(start: datetime, end: datetime, calendar: Calendar, pauses: Sequence[Pause] = ()) -> int:
    """How many working days close after `start` and not after `end`, outside the pauses."""
    a, b = micros(start), micros(end)
    table = table_of(calendar, moment(calendar, a).day, moment(calendar, b).day)

    def closed(us: int) -> int:
        return bisect_right(table.work_close, us)

    inside = sum(closed(max(a, min(b, to))) - closed(max(a, min(b, begin))) for begin, to in standstills(pauses))
    return closed(b) - closed(a) - inside
