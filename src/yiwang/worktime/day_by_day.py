"""The receipt of a deadline: what every day from the receipt to the due date was, and the running count."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from yiwang.why import Receipt, Words, say

from .calendar import Calendar
from .counting import End, Moment, Spans, last_day, moment, table_of
from .course import Asked, Course, Refusal, course_of
from .limit import Limit
from .pause import Pause
from .table import Table, instant_of, micros
from .unit import Unit

_KINDS = {
    "workday": "worktime.kind.workday",
    "weekend": "worktime.kind.weekend",
    "makeup": "worktime.kind.makeup",
    "holiday": "worktime.kind.holiday",
    "half_day": "worktime.kind.half_day",
}
_NAMED = {
    "makeup": "worktime.kind.makeup_for",
    "holiday": "worktime.kind.holiday_named",
    "half_day": "worktime.kind.half_day_named",
}
_WEEKDAYS = tuple(
    {"zh": f"周{zh}", "en": en}
    for zh, en in zip("一二三四五六日", ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], strict=True)
)


def receipt_of(asked: Asked, due: datetime | None, provisional: bool, refused: Sequence[Refusal]) -> Receipt:
    """Built only when somebody asks why. `due` is the instant that was computed, None while a pause holds the clock."""
    calendar = asked.calendar
    course = course_of(asked)
    because = [_received_line(calendar, course)]
    because += (_pause_line(calendar, pause) for pause in sorted(asked.pauses, key=lambda one: one.start))
    for n, (limit, _, since, end) in enumerate(course.ends):
        claim = say("worktime.extended" if n else "worktime.counting", limit=limit.words())
        days = _days(calendar, limit, since, end, course.stood, fresh=n == 0)
        because.append(Receipt(claim, instant_text(calendar, end.us), days))
    for extension, reason in refused:
        because.append(Receipt(say("worktime.refused", limit=extension.limit.words(), reason=reason)))
    if provisional:
        because.append(Receipt(say("worktime.unpublished", years=_unpublished(calendar, course))))
    if due is None:
        return Receipt(say("worktime.standing", limit=asked.limit.words()), None, because, at=asked.start)
    key = "worktime.due_provisional" if provisional else "worktime.due"
    claim = say(key, limit=asked.limit.words())
    at = instant_text(calendar, micros(due))
    return Receipt(claim, at, because, source=_notices(calendar, course), at=asked.start)


def instant_text(calendar: Calendar, us: int | None) -> str | None:
    """An instant as a clerk writes it: 00:00 is 24:00 of the day that it ends."""
    if us is None:
        return None
    at = moment(calendar, us)
    if at.within == 0:
        return f"{date.fromordinal(last_day(calendar, us))} 24:00"
    return instant_of(us).astimezone(calendar.zone).strftime("%Y-%m-%d %H:%M")


def _received_line(calendar: Calendar, course: Course) -> Receipt:
    at = instant_of(course.receipt.us).astimezone(calendar.zone)
    if course.since == course.receipt:
        return Receipt(say("worktime.received", at=at, weekday=_WEEKDAYS[at.weekday()]))
    opening = instant_of(course.since.us).astimezone(calendar.zone)
    return Receipt(say("worktime.received_outside", at=at, weekday=_WEEKDAYS[at.weekday()], opening=opening))


def _pause_line(calendar: Calendar, pause: Pause) -> Receipt:
    begin = pause.start.astimezone(calendar.zone)
    if pause.end is None:
        return Receipt(say("worktime.paused_still", start=begin, reason=pause.reason, approver=pause.approver))
    end = pause.end.astimezone(calendar.zone)
    return Receipt(say("worktime.paused", start=begin, end=end, reason=pause.reason, approver=pause.approver))


def _covered_years(course: Course, wanted: bool, calendar: Calendar) -> list[int]:
    first = course.receipt.day
    last = max([first, *(end.day for *_, end in course.ends)])
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    return [year for year in years if calendar.covers(year) is wanted]


def _unpublished(calendar: Calendar, course: Course) -> list[str]:
    return [str(year) for year in _covered_years(course, False, calendar)]


def _notices(calendar: Calendar, course: Course) -> str | None:
    notices = [calendar.years[year] for year in _covered_years(course, True, calendar) if year in calendar.years]
    return "; ".join(dict.fromkeys(notices)) or None


def _days(calendar: Calendar, limit: Limit, since: Moment, end: End, stood: Spans, *, fresh: bool) -> Iterator[Receipt]:
    """One line for each day; the value is the running count, absent on a day that does not count."""
    if limit.unit.named:
        yield _line(calendar, end.day, _named_note(end), None)
        return
    last = max(end.day, end.target) if end.us is not None else max(end.first, moment(calendar, stood[-1][0]).day)
    table = table_of(calendar, since.day, last)
    running = 0
    for ordinal in range(since.day if fresh or limit.unit.exact else since.day + 1, last + 1):
        if limit.unit.exact:
            counted, held = _time_on(table, ordinal, limit, since, end, stood)
            running += counted
            value = timedelta(microseconds=running) if counted else None
            yield _line(calendar, ordinal, _held(counted, held), value)
            continue
        worked = limit.unit is not Unit.WORKDAYS or calendar.day(date.fromordinal(ordinal)).working
        note = _why_not_counted(table, ordinal, limit, end, stood) if worked else None
        counted = worked and note is None and ordinal <= end.target
        running += counted
        if ordinal == end.target > end.day and end.us is not None:
            note = say("worktime.rolled_back", day=date.fromordinal(end.day))
        yield _line(calendar, ordinal, note, running if counted and limit.amount else None)


def _why_not_counted(table: Table, ordinal: int, limit: Limit, end: End, stood: Spans) -> Words | None:
    if ordinal < end.first:
        return say("worktime.receipt_day")
    if ordinal > end.target:
        return _moved(end) if ordinal == end.day else None
    i = ordinal - table.base
    closes = table.close[i] if limit.unit is Unit.WORKDAYS else table.midnight[i + 1]
    if any(begin < closes <= to for begin, to in stood):
        return say("worktime.stood")
    return None


def _named_note(end: End) -> Words:
    return say("worktime.named") if end.day == end.target else _moved(end)


def _moved(end: End) -> Words:
    return say("worktime.rolled", day=date.fromordinal(end.target))


def _time_on(table: Table, ordinal: int, limit: Limit, since: Moment, end: End, stood: Spans) -> tuple[int, int]:
    """Microseconds of one day, of office hours or of all hours: those that ran, and those the pauses held."""
    i = ordinal - table.base
    begin = max(table.midnight[i], since.us)
    to = table.midnight[i + 1] if end.us is None else min(table.midnight[i + 1], end.us)
    spans = [(begin, to)]
    if limit.unit is Unit.WORK_MINUTES:
        k = bisect_right(table.shuts, begin)
        spans = []
        while k < len(table.opens) and table.opens[k] < to:
            spans.append((max(begin, table.opens[k]), min(to, table.shuts[k])))
            k += 1
    held = sum(max(0, min(b, over) - max(a, stop)) for a, b in spans for stop, over in stood)
    return sum(b - a for a, b in spans) - held, held


def _held(counted: int, held: int) -> Words | None:
    if not held:
        return None
    return say("worktime.stood_for", span=timedelta(microseconds=held)) if counted else say("worktime.stood")


def _line(calendar: Calendar, ordinal: int, note: Words | None, value: Any) -> Receipt:
    """One day: what it is, why it does not count, and the count after it."""
    day = calendar.day(date.fromordinal(ordinal))
    named = day.name and _NAMED.get(day.kind)
    kind = say(named, name=day.name) if named else say(_KINDS[day.kind])
    if not calendar.covers(day.date.year):
        kind = say("worktime.kind.unpublished", kind=kind)
    weekday = _WEEKDAYS[day.date.weekday()]
    if note is None:
        return Receipt(say("worktime.day", day=day.date, weekday=weekday, kind=kind), value, source=day.source)
    return Receipt(
        say("worktime.day_noted", day=day.date, weekday=weekday, kind=kind, note=note), value, source=day.source
    )
