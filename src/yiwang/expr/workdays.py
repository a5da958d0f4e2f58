"""Working days as an expression needs them: a span of days for which they are known, and the days that are unusual.

`yiwang.worktime` owns the calendars; this is the part of one that also fits into an SQL statement.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

_MONDAY = date(1900, 1, 1).toordinal()


@dataclass(frozen=True)
class Workdays:
    """Monday to Friday, save the days in `off`, and the weekend days in `on`.

    first, last  both inclusive; outside them the answer is unknown, never a guess (R0.2)
    off          days off that would be working days
    on           make-up working days on weekends
    """

    first: date
    last: date
    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()

    @classmethod
    def known(cls, first: date, last: date, works: Callable[[date], bool]) -> Workdays:
        """From anything that can say of a day whether people work on it."""
        days = [first + timedelta(n) for n in range((last - first).days + 1)]
        off = frozenset(day for day in days if day.weekday() < 5 and not works(day))
        on = frozenset(day for day in days if day.weekday() >= 5 and works(day))
        return cls(first, last, off, on)

    @cached_property
    def _off(self) -> list[int]:
        return sorted(day.toordinal() for day in self.off)

    @cached_property
    def _on(self) -> list[int]:
        return sorted(day.toordinal() for day in self.on)

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    def _until(self, day: date) -> int:
        """Working days from a fixed Monday up to and including `day`."""
        ordinal = day.toordinal()
        weeks, rest = divmod(ordinal + 1 - _MONDAY, 7)
        return weeks * 5 + min(rest, 5) - bisect_right(self._off, ordinal) + bisect_right(self._on, ordinal)

    def between(self, start: date, end: date) -> int | None:
        """Working days after `start` up to and including `end` (the day of receipt does not count, R0.4).

        Negative when `end` lies before `start`; None outside the known days.

        >>> china = Workdays(date(2026, 1, 1), date(2026, 12, 31), on=frozenset({date(2026, 2, 14)}))
        >>> china.between(date(2026, 2, 13), date(2026, 2, 14))
        1
        """
        if not (self.covers(start) and self.covers(end)):
            return None
        return self._until(end) - self._until(start)
