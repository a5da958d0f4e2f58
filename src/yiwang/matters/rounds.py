"""Recurring rounds: what must be looked at again in every week, month or quarter, and by when (R8.7). Pure.

A kind says the rhythm; the platform opens a matter for each object and each time, under a key that says which. So a
round is opened once, whoever looks and however often, and one that was missed is opened late and says that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from msgspec import Struct, field

from yiwang.org.titles import Title
from yiwang.worktime import Calendar, Limit, due

from .objects import ObjectFacts

FROM, UNTIL, PERIOD, LATE = ROUND = ("round.from", "round.until", "round.period", "round.late")
LOOKS_BACK = timedelta(days=62)  # nobody goes a round that was missed longer ago than this
_DAYS = re.compile(r"([1-9][0-9]{0,2}) days")
SHORTEST = {"day": 1, "week": 7, "month": 28, "quarter": 90, "year": 365}  # days


class Round(Struct, forbid_unknown_fields=True, frozen=True):
    """The rhythm in which a kind begins by itself (R8.7).

    every   day, week, month, quarter, year, or so many days ("10 days", counted from `since`)
    times   how often in each, spread evenly; {class of the object: how often}: a class that is not there has none
    each    the field that names the object: one for every object of its list; none: one for the district
    opens   first workday: opened on the first working day and due on the last, none where there is none
    within  how long it may take from its opening; else until the end of its period
    since   the day from which on it is gone
    title   what it is called: {object} and {period} are put in
    fills   field -> what the platform enters there
    """

    every: str
    times: int | dict[str, int] = 1
    each: str = ""
    opens: Literal["first day", "first workday"] = "first day"
    within: str = ""
    since: date | None = None
    title: Title | None = None
    fills: dict[str, str | int | float | bool] = field(default_factory=dict)

    def times_for(self, of: ObjectFacts | None) -> int:
        """How often in a period an object is looked at."""
        if isinstance(self.times, int):
            return self.times
        return self.times.get(of.class_, 0) if of else 0

    @property
    def most(self) -> int:
        return self.times if isinstance(self.times, int) else max(self.times.values(), default=0)


@dataclass(frozen=True, slots=True)
class Turn:
    """One time that a round is gone: "2026-03/2", opened on `opens`, done until the end of `until`."""

    period: str
    opens: date
    until: date


def days_of(every: str) -> int | None:
    """The length of a period of so many days; None where the calendar says it.

    >>> days_of("10 days"), days_of("week")
    (10, None)
    """
    return int(said[1]) if (said := _DAYS.fullmatch(every)) else None


def period_of(every: str, day: date, since: date | None) -> tuple[str, date, date]:
    """(name, first day, last day) of the period in which a day lies.

    >>> period_of("week", date(2026, 1, 1), None)
    ('2026-W01', datetime.date(2025, 12, 29), datetime.date(2026, 1, 4))
    >>> period_of("10 days", date(2026, 1, 15), date(2026, 1, 1))
    ('2026-01-11', datetime.date(2026, 1, 11), datetime.date(2026, 1, 20))
    """
    if every == "week":
        year, week, weekday = day.isocalendar()
        first = day - timedelta(days=weekday - 1)
        return f"{year}-W{week:02d}", first, first + timedelta(days=6)
    if every in ("month", "quarter", "year"):
        months = {"month": 1, "quarter": 3, "year": 12}[every]
        start = (day.month - 1) // months * months
        first, end = date(day.year, start + 1, 1), start + months
        last = date(day.year + end // 12, end % 12 + 1, 1) - timedelta(days=1)
        names = {1: f"{day:%Y-%m}", 3: f"{day.year}-Q{start // 3 + 1}", 12: f"{day.year}"}
        return names[months], first, last
    length = days_of(every) or 1
    first = day - timedelta(days=(day - (since or day)).days % length)
    return first.isoformat(), first, first + timedelta(days=length - 1)


def turns(how: Round, times: int, after: date, today: date, calendar: Calendar) -> Iterator[Turn]:
    """Every turn that has been opened by today, from the period of `after` on, the oldest first."""
    day = max(after, how.since) if how.since else after
    while times and day <= today:
        name, first, last = period_of(how.every, day, how.since)
        length = (last - first).days + 1
        for number in range(times):
            begins = first + timedelta(days=number * length // times)
            ends = first + timedelta(days=(number + 1) * length // times - 1)
            called = f"{name}/{number + 1}" if times > 1 else name
            turn = _turn(how, called, begins, ends, calendar)
            if turn and turn.opens <= today and (how.since is None or turn.until >= how.since):
                yield turn
        day = last + timedelta(days=1)


def _turn(how: Round, called: str, first: date, last: date, calendar: Calendar) -> Turn | None:
    if how.opens == "first workday":
        every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        working = [day for day in every if calendar.day(day).working]
        if not working:
            return None
        first, last = working[0], working[-1]
    if how.within:
        opened = datetime.combine(first, time(), calendar.zone)
        at = due(opened, Limit.parse(how.within), calendar).at
        last = at.astimezone(calendar.zone).date() if at else last
    return Turn(called, first, last)


def takes_part(of: ObjectFacts | None, turn: Turn, calendar: Calendar) -> bool:
    """Whether an object was on the list when a turn was opened, or came on it while a day of it was still left."""
    if of is None:
        return True
    opens = datetime.combine(turn.opens, time(), calendar.zone)
    if of.until is not None and of.until <= opens:
        return False
    since = of.since
    return since is None or since <= opens or since.astimezone(calendar.zone).date() < turn.until


def turn_at(how: Round, times: int, today: date, calendar: Calendar) -> Turn | None:
    """The turn that is gone on a day: the last that has been opened in its period; None where none has been yet."""
    return max(turns(how, times, today, today, calendar), key=lambda turn: turn.opens, default=None)


def next_turn(how: Round, times: int, today: date, calendar: Calendar) -> Turn | None:
    """The first turn that is opened after a day; None where none is within the year that follows."""
    coming = turns(how, times, today, today + timedelta(days=366), calendar)
    return next((turn for turn in coming if turn.opens > today), None)


def title_of(how: Round, of: ObjectFacts | None, turn: Turn, language: str) -> str:
    """What a turn is called in a language."""
    called = of.name.get(language) or of.code if of else ""
    said = how.title.speak(language) if how.title else "{object} {period}"
    return said.replace("{object}", called).replace("{period}", turn.period).strip()[:200]


def entered(how: Round, of: ObjectFacts | None, turn: Turn, language: str) -> dict[str, Any]:
    """What the platform enters where a turn is opened: its title, its object and what the rhythm fills in."""
    data = {"title": title_of(how, of, turn, language), **how.fills}
    return data | {how.each: of.code} if of is not None else data


def key_of(kind: str, of: ObjectFacts | None, turn: Turn) -> str:
    """Under which a turn is opened, once and for all.

    >>> key_of("patrol", ObjectFacts("R1", {}), Turn("2026-03/2", date(2026, 3, 16), date(2026, 3, 31)))
    'round:patrol:R1:2026-03/2'
    """
    return f"round:{kind}:{of.code if of else ''}:{turn.period}"


def facts_of(turn: Turn, today: date) -> dict[str, Any]:
    """What a matter knows of the round by which it was opened; late: its last day was over by then."""
    return {
        FROM: turn.opens.isoformat(),
        UNTIL: turn.until.isoformat(),
        PERIOD: turn.period,
        LATE: today > turn.until,
    }
