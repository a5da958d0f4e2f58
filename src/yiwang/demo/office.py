"""How fast people work: office minutes from one instant to another, and how a unit keeps its promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from yiwang.worktime import Calendar

from .definition import Habit

_ZONE = 8 * 3600  # the district's clock is UTC+8, without summer time
_OPENS, _CLOSES = 9 * 60, 17 * 60 + 30
DAY = _CLOSES - _OPENS  # office minutes of a working day


class Office:
    """Opening hours without a lunch break, for people who eat at their desks."""

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        self._first = first.toordinal()
        self._working = [
            calendar.day(first + timedelta(days=n)).working for n in range(last.toordinal() - self._first + 1)
        ]

    def later(self, at: datetime, minutes: float) -> datetime:
        """`minutes` of office time after an instant; what comes in at night is taken up in the morning."""
        local = at.timestamp() + _ZONE
        day = int(local // 86400)
        minute = local % 86400 / 60
        if minute >= _CLOSES or not self._works(day):
            day, minute = day + 1, _OPENS
        minute = max(minute, _OPENS)
        while True:
            while not self._works(day):
                day, minute = day + 1, _OPENS
            left = _CLOSES - minute
            if minutes < left:
                return datetime.fromtimestamp(round(day * 86400 + (minute + minutes) * 60 - _ZONE), UTC)
            minutes -= left
            day, minute = day + 1, _OPENS

    def _works(self, day: int) -> bool:
        at = day + _EPOCH - self._first
        return self._working[at] if 0 <= at < len(self._working) else (day + 3) % 7 < 5


_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Habits:
    """How a unit works, in shares of its matters; `pace` is the share of the limit that it usually takes."""

    late: float
    wrong: float
    pace: float
    contact_late: float
    solved: float
    quick: float


def habits_of(habits: Mapping[str, Habit], unit: str) -> Habits:
    """The habits of a unit: the default, overridden by its kind, overridden by its own."""
    said = [habits[name] for name in ("default", unit.partition("-")[0], unit) if name in habits]
    return Habits(*(_last(getattr(one, name) for one in said) for name in Habit.__struct_fields__))


def _last(shares: Iterable[float | None]) -> float:
    """The one that overrides the others; the default says each (definition.wrong_in_year)."""
    return [share for share in shares if share is not None][-1]
