"""`due_many`: the deadlines of a million clocks at once, equal to `due` one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .arrays import Arrays, arrays_of
from .calendar import Calendar
from .conventions import Conventions
from .counting import moment, months_after, named_day, table_of
from .errors import InstantError, LimitError
from .limit import Limit
from .table import DAY, EPOCH_DAY, FIRST, LAST, MINUTE, micros, too_far
from .unit import Unit

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class DueArray(np.ndarray[Any, np.dtype[np.datetime64]]):
    """UTC instants as datetime64[us]; `provisional` is a mask of the same length, None on slices and results."""

    provisional: Flags | None = None


class Since(NamedTuple):
    """Receipts as arrays: instants, indexes of their local days in the table, wall clock since midnight."""

    us: Ints
    day: Ints
    within: Ints


class _Before(Exception):
    """The table begins too late; look again on a longer one."""


class _Beyond(Exception):
    """The table ends too early; look again on a longer one."""


def due_many(
    starts: Sequence[datetime] | NDArray[Any], limits: Limit | Sequence[Limit], calendar: Calendar
) -> DueArray:
    """Deadlines of clocks without pauses.

    starts   aware datetimes (a list, or a pandas column that knows its zone), or an array of datetime64 in UTC
    limits   one limit for all, or one for each start
    returns  datetime64[us] in UTC, with `.provisional` (R0.2); raises `InstantError` for a start without a zone, NaT
             or outside 1900-2400
    """
    us = _instants(starts)
    if isinstance(limits, Limit | str):  # a text is refused, not taken for a list of letters
        groups: list[tuple[Limit, Any]] = [(limits, slice(None))]
    else:
        groups = _groups(limits, len(us))
    result = np.empty(len(us), dtype=np.int64)
    provisional = np.zeros(len(us), dtype=bool)
    for limit, rows in groups if len(us) else ():
        result[rows], provisional[rows] = _ends(us[rows], limit, calendar)
    dues = result.view("datetime64[us]").view(DueArray)
    dues.provisional = provisional
    return dues


def elapsed_many(starts: Any, ends: Any, calendar: Calendar) -> NDArray[np.timedelta64]:
    """Office hours between pairs of instants, as `elapsed` counts them without pauses: timedelta64[us].

    starts, ends   aware datetimes, or arrays of datetime64 in UTC; zero where an end is not after its start
    """
    a, b = _instants(starts), _instants(ends)
    if not len(a):
        return np.empty(0, "timedelta64[us]")
    edges = (min(a.min(), b.min()), max(a.max(), b.max()))
    if edges[0] < FIRST or edges[1] >= LAST:
        raise too_far()
    days = arrays_of(table_of(calendar, *(moment(calendar, int(edge)).day for edge in edges)), calendar)
    open_time = _open_before(np.maximum(a, b), days) - _open_before(a, days)
    return open_time.view("timedelta64[us]")


def _open_before(us: Ints, days: Arrays) -> Ints:
    k = np.searchsorted(days.opens, us, "right") - 1
    return np.where(k >= 0, days.worked[k] + np.minimum(us, days.shuts[k]) - days.opens[k], 0)


def _instants(starts: Any) -> Ints:
    if getattr(getattr(starts, "dtype", None), "tz", None) is not None:  # a pandas column that knows its zone
        starts = starts.to_numpy("datetime64[us]")
    if isinstance(starts, np.ndarray) and starts.dtype.kind == "M":
        if np.isnat(starts).any():
            raise InstantError("worktime.error.nat")
        return starts.astype("datetime64[us]").view(np.int64)
    return np.fromiter((micros(start) for start in starts), dtype=np.int64)


def _groups(limits: Sequence[Limit], count: int) -> list[tuple[Limit, Any]]:
    seen: dict[Limit, int] = {}
    codes = np.fromiter((seen.setdefault(limit, len(seen)) for limit in limits), dtype=np.intp)
    if len(codes) != count:
        raise LimitError("worktime.error.how_many", starts=count, limits=len(codes))
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(seen) + 1))
    return [(limit, order[bounds[code] : bounds[code + 1]]) for limit, code in seen.items()]


def _ends(us: Ints, limit: Limit, calendar: Calendar) -> tuple[Ints, Flags]:
    if not isinstance(limit, Limit):
        raise LimitError("worktime.error.no_limit", text=str(limit))
    rules = calendar.rules_for(limit)
    if us.min() < FIRST or us.max() >= LAST:
        raise too_far()
    table = table_of(calendar, *(moment(calendar, int(edge)).day for edge in (us.min(), us.max())))
    while True:
        try:
            return _count(us, limit, rules, arrays_of(table, calendar))
        except _Before:
            table = calendar.table(table.first_year - 1, table.last_year)
        except _Beyond:
            table = calendar.table(table.first_year, table.last_year + 1)


def _count(us: Ints, limit: Limit, rules: Conventions, days: Arrays) -> tuple[Ints, Flags]:
    received = _since(us, days)
    outside = limit.conventions.outside if limit.unit is Unit.MINUTES else rules.outside
    since = received
    if outside == "next opening" and not limit.unit.named:
        since = _since(_opening(us, days), days)
    if limit.unit is Unit.MINUTES:
        ends, hangs = since.us + limit.amount * MINUTE, np.zeros(len(us), dtype=bool)
    elif limit.unit is Unit.WORK_MINUTES:
        ends, hangs = _work_minutes(since, limit.amount * MINUTE, days)
    elif limit.unit is Unit.WORKDAYS:
        ends, hangs = _workdays(since, limit.amount, rules, days)
    else:
        ends, hangs = _days(since, limit, rules, days)
    if since is not received:
        hangs |= _unpublished(days, received.day, since.day) & (since.us != received.us)
    return ends, hangs


def _since(us: Ints, days: Arrays) -> Since:
    wall = us + days.offset_at(us)
    day, within = np.divmod(wall, DAY)
    day += EPOCH_DAY - days.base
    return Since(us, _held(day, days), within)


def _opening(us: Ints, days: Arrays) -> Ints:
    k = np.searchsorted(days.opens, us, "right")
    inside = (k > 0) & (us < days.shuts[k - 1])
    if (k[~inside] == len(days.opens)).any():
        raise _Beyond
    return np.where(inside, us, days.opens[np.minimum(k, len(days.opens) - 1)])


def _unpublished(days: Arrays, first: Ints, last: Ints) -> Flags:
    return days.unknown[last + 1] > days.unknown[first]


def _work_minutes(since: Since, span: int, days: Arrays) -> tuple[Ints, Flags]:
    if span == 0:
        return since.us, np.zeros(len(since.us), dtype=bool)
    k = np.searchsorted(days.opens, since.us, "right") - 1
    inside = np.minimum(since.us, days.shuts[k]) - days.opens[k]
    target = np.where(k >= 0, days.worked[k] + inside, 0) + span
    if target.max() > days.worked[-1]:
        raise _Beyond
    k = np.searchsorted(days.worked, target, "left") - 1
    ends = days.opens[k] + target - days.worked[k]
    last = np.searchsorted(days.midnight, ends - 1, "right") - 1
    return ends, _unpublished(days, since.day, last)


def _workdays(since: Since, amount: int, rules: Conventions, days: Arrays) -> tuple[Ints, Flags]:
    if rules.counts_receipt_day or amount == 0:
        first = _within(days.before[since.day], days)
        first = first + (_day_ends(days.work[first], rules, since, days) < since.us)
    else:
        first = days.before[since.day + 1]
    last = days.work[_within(first + max(amount, 1) - 1, days)]
    return _day_ends(last, rules, since, days), _unpublished(days, since.day, last)


def _within(k: Ints, days: Arrays) -> Ints:
    if k.max() >= len(days.work):
        raise _Beyond
    return k


def _day_ends(i: Ints, rules: Conventions, since: Since, days: Arrays) -> Ints:
    if rules.ends == "midnight":
        return days.midnight[i + 1]
    if rules.ends == "same time":
        return np.where(i == since.day, since.us, days.instant(i, since.within))
    return days.close[i]


def _days(since: Since, limit: Limit, rules: Conventions, days: Arrays) -> tuple[Ints, Flags]:
    if limit.unit.named:
        target = _each_day(since.day, days, lambda day: named_day(limit, day))
        if rules.ends == "same time":
            rules = Conventions(ends="office close").over(rules)
    else:
        counted = np.zeros(len(since.day), dtype=bool)
        if rules.counts_receipt_day or limit.amount == 0:
            counted = _day_ends(since.day, rules, since, days) >= since.us
        if limit.unit is Unit.MONTHS and limit.amount:
            target = _each_day(since.day, days, lambda day: months_after(day, limit.amount)) - counted
        else:
            target = since.day - counted + max(limit.amount, 1)
    return _rolled(_held(target, days), since, limit, rules, days)


def _held(day: Ints, days: Arrays) -> Ints:
    """The same days, all of which the table holds."""
    if day.min() < 0:
        raise _Before
    if day.max() >= days.size:
        raise _Beyond
    return day


def _each_day(day: Ints, days: Arrays, answer: Callable[[int], int]) -> Ints:
    """`answer` for each distinct day: a year of clocks asks 365 times."""
    distinct, back = np.unique(day, return_inverse=True)
    return np.array([answer(int(i) + days.base) - days.base for i in distinct], dtype=np.int64)[back]


def _rolled(target: Ints, since: Since, limit: Limit, rules: Conventions, days: Arrays) -> tuple[Ints, Flags]:
    last = target
    if rules.roll != "none":
        off = days.before[target] == days.before[target + 1]
        ahead = off.copy()
        if rules.roll == "back":
            if (days.before[target[off]] == 0).any():
                raise _Before
            last = np.where(off, days.work[days.before[target] - 1], target)
            ahead &= False if limit.unit.named else _day_ends(last, rules, since, days) < since.us
        if ahead.any():
            following = np.zeros(len(target), dtype=np.int64)
            following[ahead] = days.work[_within(days.before[target[ahead]], days)]
            last = np.where(ahead, following, last)
    hangs = np.zeros(len(target), dtype=bool)
    if rules.roll != "none" or rules.ends == "office close":
        hangs = _unpublished(days, np.minimum(target, last), np.maximum(target, last))
    return _day_ends(last, rules, since, days), hangs
