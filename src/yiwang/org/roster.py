"""A duty roster: which post is on duty at an instant, in the district's time. Pure.

A week of shifts, the same every week, and days on which it is otherwise. Together the shifts fill the week: where a
roster that runs has a hole all the same, its lead is asked, and it is said that nobody is on duty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from msgspec import Struct, field

from .titles import Title, convert

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OF_DAY, OF_WEEK = 24 * 60, 7 * 24 * 60  # minutes
_CLOCK = re.compile(r"(\d\d):(\d\d)")


class Shift(Struct, forbid_unknown_fields=True, frozen=True, rename={"from_": "from"}):
    """Who is on duty on some days of the week: until the next day where `to` is not later than `from`.

    post  the code of a post of posts.csv
    days  the days on which it begins; none: every day
    from  when it begins, such as "18:00"
    to    when it ends, such as "08:00"; "24:00" is the end of the day
    """

    post: str
    from_: str | int
    to: str | int
    days: list[Day] = field(default_factory=list)


class OnDate(Struct, forbid_unknown_fields=True, frozen=True, rename={"from_": "from", "day": "date"}):
    """Who is on duty on one date instead of whoever its week says: a holiday, somebody who stands in.

    date  the date on which it begins
    post  the code of a post of posts.csv
    from  when it begins
    to    when it ends, on the next day where that is not later
    """

    day: date
    post: str
    from_: str | int = "00:00"
    to: str | int = "24:00"


class Roster(Struct, forbid_unknown_fields=True, frozen=True):
    """Who is on duty when.

    lead    the post that answers for it, and is asked where nobody is on duty
    shifts  the week: without a gap, and nobody twice
    dates   the dates on which it is otherwise
    """

    title: Title
    lead: str
    shifts: list[Shift]
    dates: list[OnDate] = field(default_factory=list)

    def posts(self) -> list[str]:
        """Every post that stands on it, its lead first."""
        return list(dict.fromkeys([self.lead, *(one.post for one in self.shifts), *(one.post for one in self.dates)]))


class Rosters(Struct, forbid_unknown_fields=True, frozen=True):
    """rosters.yaml

    rosters  name -> who is on duty when; kinds name it where they name a role, and in `to: roster NAME`
    """

    rosters: dict[str, Roster] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who is asked at an instant. `gap`: nobody is on duty, so it is the lead."""

    post: str
    gap: bool = False


def roster_from(row: Any) -> Roster:
    """A roster as the district keeps it (JSON values)."""
    found: Roster = convert(row, Roster)
    return found


def on_duty(roster: Roster, local: datetime) -> OnDuty:
    """Who is asked at a moment of the district's own time.

    >>> day, night = Shift("a", "08:00", "18:00"), Shift("b", "18:00", "08:00")
    >>> duty = Roster(Title(en="Duty"), "a", [day, night])
    >>> [on_duty(duty, datetime(2026, 11, 27, hour, minute)).post for hour, minute in ((17, 59), (18, 0), (7, 59))]
    ['a', 'b', 'b']
    """
    for dated in roster.dates:
        begins = datetime.combine(dated.day, time()) + timedelta(minutes=minutes(dated.from_))
        ends = begins + timedelta(minutes=_length(dated.from_, dated.to))
        if begins <= local.replace(tzinfo=None) < ends:
            return OnDuty(dated.post)
    now = local.weekday() * OF_DAY + local.hour * 60 + local.minute
    for shift in roster.shifts:
        if any((now - begins) % OF_WEEK < length for begins, length in spans(shift)):
            return OnDuty(shift.post)
    return OnDuty(roster.lead, gap=True)


def minutes(text: str | int) -> int:
    """The minute of the day that "18:00" is; without quotes YAML reads 18:00 as this number. Raises ValueError."""
    if isinstance(text, int):
        text = f"{text // 60:02}:{text % 60:02}"
    found = _CLOCK.fullmatch(text)
    n = int(found[1]) * 60 + int(found[2]) if found and int(found[2]) < 60 else OF_DAY + 1
    if n > OF_DAY:
        raise ValueError(text)
    return n


def _length(begins: str | int, ends: str | int) -> int:
    """Minutes from one time to the next one of the other: a whole day where they are the same."""
    return (minutes(ends) - minutes(begins) - 1) % OF_DAY + 1


def spans(shift: Shift) -> Iterator[tuple[int, int]]:
    """(minute of the week at which it begins, how many it takes) of each day of a shift."""
    for day in shift.days or DAYS:
        yield DAYS.index(day) * OF_DAY + minutes(shift.from_), _length(shift.from_, shift.to)


def faults(roster: Roster) -> Iterator[tuple[str, int, int]]:
    """("gap" or "twice", first minute of the week, first one after it) of what nobody or more than one takes."""
    taken = [0] * OF_WEEK
    for shift in roster.shifts:
        for begins, length in spans(shift):
            for minute in range(begins, begins + length):
                taken[minute % OF_WEEK] += 1
    begins = 0
    for minute in range(1, OF_WEEK + 1):
        if minute == OF_WEEK or min(taken[minute], 2) != min(taken[begins], 2):
            if taken[begins] != 1:
                yield ("twice" if taken[begins] else "gap"), begins, minute
            begins = minute


def moment_of(minute: int) -> tuple[Day, str]:
    """(day, "18:00") of a minute of the week; the end of Sunday is 24:00."""
    day, rest = divmod(minute, OF_DAY)
    return (DAYS[day], f"{rest // 60:02}:{rest % 60:02}") if day < 7 else ("sun", "24:00")
