"""The arithmetic of clocks: from a moment of receipt and a limit to the moment it ends, on a table of days.

A working day is spent at its office close, a calendar day at its midnight: whoever holds the running clock then has had
the day. So a pause takes out exactly the days that close inside it (begin < close <= end); from a limit in work
hours it takes out exactly the office hours inside it (R0.5).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from .calendar import Calendar
from .conventions import Conventions
from .limit import Limit
from .pause import NEVER
from .table import DAY, MINUTE, Table, instant_of, local_micros, too_far
from .unit import Unit

Spans = Sequence[tuple[int, int]]


class Moment(NamedTuple):
    """An instant, the ordinal of its local day, and the microseconds its wall clock shows since midnight."""

    us: int
    day: int
    within: int


class End(NamedTuple):
    """When a limit ends, and on which days that hangs (days as ordinals).

    us        the instant, or None while a pause without an end holds the clock
    day       its last day
    first     the first day that may count
    target    the last day that counts, before it was rolled off a day off
    hangs_on  the first and the last day on whose being worked the answer depends, or None
    """

    us: int | None
    day: int
    first: int
    target: int
    hangs_on: tuple[int, int] | None = None


def _standing(first: int) -> End:
    return End(None, first, first, date.max.toordinal())


def moment(calendar: Calendar, us: int) -> Moment:
    try:
        local = instant_of(us).astimezone(calendar.zone)
    except OverflowError as error:  # beyond the years that Python's calendar knows
        raise too_far() from error
    seconds = (local.hour * 60 + local.minute) * 60 + local.second
    return Moment(us, local.toordinal(), seconds * 1_000_000 + local.microsecond)


def last_day(calendar: Calendar, us: int) -> int:
    """The day an instant ends: 00:00 is the 24:00 of the day before."""
    return moment(calendar, us - 1).day


def table_of(calendar: Calendar, *ordinals: int) -> Table:
    """A table that holds these days."""
    table = calendar.counted()
    if table.base <= min(ordinals) and max(ordinals) < table.base + table.size:
        return table
    years = [date.fromordinal(ordinal).year for ordinal in ordinals]
    return calendar.table(min(years), max(years))


def received(calendar: Calendar, at: Moment, limit: Limit, rules: Conventions) -> Moment:
    """The moment a receipt counts from; the continuous clock waits for an opening only if its limit says so (R0.3)."""
    us = at.us
    outside = limit.conventions.outside if limit.unit is Unit.MINUTES else rules.outside
    if outside != "next opening" or limit.unit.named:
        return at
    table = table_of(calendar, at.day)
    k = bisect_right(table.opens, us) - 1
    if k >= 0 and us < table.shuts[k]:
        return at
    while k + 1 == len(table.opens):
        table = calendar.table(table.first_year, table.last_year + 1)
    return moment(calendar, table.opens[bisect_right(table.opens, us)])


def ends(calendar: Calendar, limit: Limit, rules: Conventions, since: Moment, stood: Spans, fresh: bool = True) -> End:
    """Where `limit` ends, counted from `since`. `fresh` is False for an extension, which begins where a limit ended:
    that day is spent, so it never counts again."""
    if not fresh and limit.amount == 0 and not limit.unit.named:
        return End(since.us, since.day, since.day, since.day)
    if limit.unit is Unit.WORK_MINUTES:
        return _work_minutes(calendar, limit.amount * MINUTE, since, stood)
    if limit.unit is Unit.MINUTES:
        return _minutes(calendar, limit.amount * MINUTE, since, stood)
    if limit.unit is Unit.WORKDAYS:
        return _workdays(calendar, limit.amount, rules, since, stood, fresh)
    return _days(calendar, limit, rules, since, stood, fresh)


def _work_minutes(calendar: Calendar, span: int, since: Moment, stood: Spans) -> End:
    if span == 0:
        return End(since.us, since.day, since.day, since.day)
    table = _table_with_pauses(calendar, since, stood)
    while True:
        target = open_before(table, since.us) + span
        for begin, end in stood:
            if end <= since.us:
                continue
            reached = open_before(table, max(begin, since.us))
            if reached >= target:
                break
            if end == NEVER:
                return _standing(since.day)
            target += open_before(table, end) - reached
        if target <= table.worked[-1]:
            k = bisect_left(table.worked, target) - 1
            us = table.opens[k] + target - table.worked[k]
            day = last_day(calendar, us)
            return End(us, day, since.day, day, (since.day, day))
        years = (target - table.worked[-1]) // (366 * DAY) + 1
        table = calendar.table(table.first_year, table.last_year + years)


def _table_with_pauses(calendar: Calendar, since: Moment, stood: Spans) -> Table:
    """A table that reaches from the receipt over the last pause that has an end."""
    over = [moment(calendar, end).day for _, end in stood if end != NEVER and end > since.us]
    return table_of(calendar, since.day, *over[-1:])


def open_before(table: Table, us: int) -> int:
    """Open microseconds from the beginning of the table to an instant."""
    k = bisect_right(table.opens, us) - 1
    return table.worked[k] + min(us, table.shuts[k]) - table.opens[k] if k >= 0 else 0


def _minutes(calendar: Calendar, span: int, since: Moment, stood: Spans) -> End:
    us = since.us + span
    for begin, end in stood:
        if end <= since.us:
            continue
        begin = max(begin, since.us)
        if begin >= us:
            break
        if end == NEVER:
            return _standing(since.day)
        us += end - begin
    day = last_day(calendar, us) if span else since.day
    return End(us, day, since.day, day)


def _workdays(calendar: Calendar, amount: int, rules: Conventions, since: Moment, stood: Spans, fresh: bool) -> End:
    table = _table_with_pauses(calendar, since, stood)
    while True:
        i = since.day - table.base
        if fresh and (rules.counts_receipt_day or amount == 0):
            first = table.before[i]
            if first < len(table.work) and day_end(calendar, table, table.work[first], rules, since) < since.us:
                first += 1  # that day is over already
        else:
            first = table.before[i + 1]
        k = first + max(amount, 1) - 1
        for begin, end in stood:
            spent = max(bisect_right(table.work_close, begin), first)
            if spent > k:
                break
            if end == NEVER:
                return _standing(table.base + table.work[first] if first < len(table.work) else since.day + 1)
            k += max(0, bisect_right(table.work_close, end) - spent)
        if k < len(table.work):
            day = table.work[k]
            last = table.base + day
            return End(
                day_end(calendar, table, day, rules, since),
                last,
                table.base + table.work[first],
                last,
                (since.day, last),
            )
        years = (k - len(table.work)) // 366 + 1
        table = calendar.table(table.first_year, table.last_year + years)


def day_end(calendar: Calendar, table: Table, i: int, rules: Conventions, since: Moment) -> int:
    """The instant at which day `i` of the table ends by the convention."""
    if rules.ends == "midnight":
        return table.midnight[i + 1]
    if rules.ends == "same time":
        ordinal = table.base + i
        return since.us if ordinal == since.day else local_micros(calendar.zone, ordinal, since.within)
    return table.close[i]


def _days(calendar: Calendar, limit: Limit, rules: Conventions, since: Moment, stood: Spans, fresh: bool) -> End:
    first = since.day
    if limit.unit.named:
        target = named_day(limit, since.day)
        if rules.ends == "same time":  # a date has no time of day of its own
            rules = Conventions(ends="office close").over(rules)
    else:
        counted = fresh and (rules.counts_receipt_day is True or limit.amount == 0)
        if counted:
            table = table_of(calendar, since.day)
            counted = day_end(calendar, table, since.day - table.base, rules, since) >= since.us
        first = since.day if counted else since.day + 1
        if limit.unit is Unit.MONTHS and limit.amount:
            target = months_after(since.day, limit.amount) - counted
        else:
            target = first + max(limit.amount, 1) - 1
        for begin, end in stood:
            spent = max(moment(calendar, begin).day, first)
            if spent > target:
                break
            if end == NEVER:
                return _standing(first)
            target += max(0, moment(calendar, end).day - spent)
    return _rolled(calendar, first, target, rules, since, named=limit.unit.named)


def _rolled(calendar: Calendar, first: int, target: int, rules: Conventions, since: Moment, named: bool) -> End:
    table = table_of(calendar, target)
    i = j = target - table.base
    if rules.roll != "none" and table.before[i] == table.before[i + 1]:
        if rules.roll == "back":
            while table.before[i] == 0:
                table = calendar.table(table.first_year - 1, table.last_year)
                i = target - table.base
            j = table.work[table.before[i] - 1]
        if rules.roll == "forward" or (not named and day_end(calendar, table, j, rules, since) < since.us):
            while table.before[i] == len(table.work):
                table = calendar.table(table.first_year, table.last_year + 1)
                i = target - table.base
            j = table.work[table.before[i]]
    last = table.base + j
    hangs = rules.roll != "none" or rules.ends == "office close"
    hangs_on = (min(target, last), max(target, last)) if hangs else None
    return End(day_end(calendar, table, j, rules, since), last, first, target, hangs_on)


def named_day(limit: Limit, day: int) -> int:
    """The ordinal of a named date, read in the year of `day` (R0.11)."""
    if limit.unit is Unit.DATE:
        return limit.on.toordinal()
    today = date.fromordinal(day)
    if limit.unit is Unit.MONTH_DAY:
        month, within = divmod(limit.amount, 100)
        return min(date(today.year, month, 1).toordinal() + within - 1, month_end(today.year, month))
    month = (today.month + 2) // 3 * 3 if limit.unit is Unit.QUARTER_END else limit.amount or today.month
    return month_end(today.year, month)


def month_end(year: int, month: int) -> int:
    return date(year + month // 12, month % 12 + 1, 1).toordinal() - 1


def months_after(day: int, months: int) -> int:
    """The same day of a later month, or that month's last day where it has no such day (民法典 第二百零二条)."""
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return min(date(year, month + 1, 1).toordinal() + start.day - 1, month_end(year, month + 1))
