"""How much of a limit has been used, and how much is left."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from .calendar import Calendar
from .counting import moment, open_before, table_of
from .due import due
from .limit import Limit
from .pause import Extension, Pause, running, standstills
from .table import micros


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
