"""Deadlines by walking minute after minute and asking of each what it is: slow, and too plain to be wrong.

Written from the rules alone (R0.1-R0.5); it uses nothing of the package but `Calendar.day` and the parts of a limit.
Starts, pauses and hours are whole minutes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from yiwang.worktime import Calendar, Limit, Pause, Unit

MINUTE = timedelta(minutes=1)
Spans = list[tuple[datetime, datetime]]


def naive_due(start: datetime, limit: Limit, calendar: Calendar, pauses: list[Pause] = ()) -> datetime | None:
    """None when nothing was found within a year of walking: the clock stands."""
    rules = limit.conventions.over(calendar.conventions)
    now = start.astimezone(UTC)
    outside = limit.conventions.outside if limit.unit is Unit.MINUTES else rules.outside
    if outside == "next opening":
        while not is_open(now, calendar):
            now += MINUTE
    if limit.unit in (Unit.MINUTES, Unit.WORK_MINUTES):
        return walk_time(now, limit, calendar, pauses)
    return walk_days(now, limit, rules, calendar, pauses)


def is_open(now: datetime, calendar: Calendar) -> bool:
    """Is the minute that begins now an office minute?"""
    local = now.astimezone(calendar.zone)
    hours = calendar.day(local.date()).hours
    minute = local.hour * 60 + local.minute
    return hours is not None and any(opens <= minute < closes for opens, closes in hours.spans)


def is_paused(minute: datetime, pauses: list[Pause]) -> bool:
    return any(one.start <= minute and (one.end is None or minute < one.end) for one in pauses)


def walk_time(now: datetime, limit: Limit, calendar: Calendar, pauses: list[Pause]) -> datetime | None:
    left = limit.amount
    end = now + timedelta(days=400)
    while left:
        if now > end:
            return None
        if not is_paused(now, pauses) and (limit.unit is Unit.MINUTES or is_open(now, calendar)):
            left -= 1
        now += MINUTE
    return now


def walk_days(now: datetime, limit: Limit, rules, calendar: Calendar, pauses: list[Pause]) -> datetime | None:
    """Minute by minute; a day is spent in the minute in which it closes, if the clock runs then."""
    received = now.astimezone(calendar.zone)
    workdays = limit.unit is Unit.WORKDAYS

    def end_of(day: date) -> datetime:
        if rules.ends == "same time" and day == received.date():
            return now
        return day_end(day, received, rules, calendar)

    first = received.date() + timedelta(days=1)
    counted = rules.counts_receipt_day or limit.amount == 0
    if counted:
        first = received.date()
        while (workdays and not calendar.day(first).working) or end_of(first) < now:
            first += timedelta(days=1)
    wanted = max(limit.amount, 1)
    if limit.unit is Unit.MONTHS and limit.amount:
        # from the first day that counts up to the day before the same day of the later month, or up to it
        last = add_months(received.date(), limit.amount) - timedelta(days=1 if first == received.date() else 0)
        wanted = (last - first).days + 1
    spent = 0
    at = now.astimezone(calendar.zone).replace(hour=0, minute=0).astimezone(UTC)
    limit_of_walk = at + timedelta(days=400)
    while at < limit_of_walk:
        at += MINUTE
        before, after = (at - MINUTE).astimezone(calendar.zone), at.astimezone(calendar.zone)
        day = before.date()
        if day < first or not closes(before, after, calendar, workdays):
            continue
        if any(one.start < at and (one.end is None or at <= one.end) for one in pauses):
            continue
        spent += 1
        if spent == wanted:
            return end_of(day) if workdays else rolled(day, now, rules, calendar, end_of)
    return None


def closes(before: datetime, after: datetime, calendar: Calendar, workdays: bool) -> bool:
    """Does the minute from `before` to `after` end its day: at office close, or at midnight?"""
    if not workdays:
        return after.date() != before.date()
    hours = calendar.day(before.date()).hours
    return hours is not None and before.hour * 60 + before.minute == hours.closes - 1


def day_end(day: date, received: datetime, rules, calendar: Calendar) -> datetime:
    if rules.ends == "same time":
        wall = datetime.combine(day, received.time())
    else:
        hours = calendar.day(day).hours
        minutes = hours.closes if rules.ends == "office close" and hours else 1440
        wall = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=calendar.zone, fold=0).astimezone(UTC)


def rolled(day: date, now: datetime, rules, calendar: Calendar, end_of) -> datetime:
    if rules.roll == "none" or calendar.day(day).working:
        return end_of(day)
    step = timedelta(days=-1 if rules.roll == "back" else 1)
    other = day
    while not calendar.day(other).working:
        other += step
    if end_of(other) < now:
        other = day
        while not calendar.day(other).working:
            other += timedelta(days=1)
    return end_of(other)


def add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(last, day.day))
        except ValueError:
            continue
    raise AssertionError
