"""How many working days lie between two moments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from .calendar import Calendar
from .conventions import Conventions
from .counting import day_end, moment, received, table_of
from .limit import Limit
from .pause import Pause, standstills
from .table import micros
from .unit import Unit


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
