"""A limit as people say it: `5 workdays`, `4工作时`, `90 days`, `2026-06-30`, `三季度末`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from yiwang.typed.date_words import MONTHS
from yiwang.why import Words, say

from .conventions import NOTHING_SAID, Conventions
from .errors import LimitError
from .limit_text import parse
from .unit import NO_DATE, Unit


@dataclass(frozen=True, slots=True, eq=False)
class Limit:
    """How long somebody has. Equal limits are interchangeable; `str()` gives a text that parses to an equal one.

    amount       how many of `unit`; for named dates see `Unit`
    on           the date of a `DATE` limit
    conventions  only what this limit says itself; the rest is the calendar's

    >>> str(Limit.parse("5个工作日内, 同一时刻"))
    '5 workdays, same time'
    """

    unit: Unit
    amount: int = 0
    on: date = NO_DATE
    conventions: Conventions = NOTHING_SAID
    _hash: int = field(default=0, init=False, repr=False)

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise LimitError("worktime.error.limit", text=str(self.amount))
        object.__setattr__(self, "_hash", hash((self.unit.value, self.amount, self.on, self.conventions)))

    @classmethod
    def parse(cls, text: str) -> Limit:
        """Chinese or English, with conventions after a comma. Raises `LimitError` naming what was not understood."""
        return cls(*parse(text))

    def counted(self, conventions: Conventions) -> Limit:
        """The same limit, counted by these conventions where they say something."""
        return replace(self, conventions=conventions.over(self.conventions))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Limit) or self._hash != other._hash:
            return False
        mine = (self.unit, self.amount, self.on, self.conventions)
        return mine == (other.unit, other.amount, other.on, other.conventions)

    def __str__(self) -> str:
        said = str(self.conventions)
        return f"{self._plain()}, {said}" if said else self._plain()

    def _plain(self) -> str:
        n, unit = self.amount, self.unit
        if unit is Unit.DATE:
            return self.on.isoformat()
        if unit is Unit.QUARTER_END:
            return "end of quarter"
        if unit is Unit.MONTH_END:
            return {0: "end of month", 12: "end of year"}.get(n) or f"end of {MONTHS[n - 1]}"
        if unit is Unit.MONTH_DAY:
            return f"{n % 100} {MONTHS[n // 100 - 1]}"
        if unit.exact:
            word = "work " if unit is Unit.WORK_MINUTES else ""
            n, name = (n // 60, f"{word}hours") if n and n % 60 == 0 else (n, f"{word}minutes")
        else:
            name = unit.value
        return f"{n} {name[:-1] if n == 1 else name}"

    def words(self) -> Words:
        """The limit without its conventions, to be spoken in either language."""
        n, unit = self.amount, self.unit
        if unit is Unit.DATE:
            y, m, d = self.on.year, self.on.month, self.on.day
            return say("worktime.limit.date", y=str(y), m=_month(m), d=d)
        if unit is Unit.QUARTER_END:
            return say("worktime.limit.quarter_end")
        if unit is Unit.MONTH_END:
            if n in (0, 12):
                return say("worktime.limit.year_end" if n else "worktime.limit.month_end")
            return say("worktime.limit.end_of_month", m=_month(n))
        if unit is Unit.MONTH_DAY:
            return say("worktime.limit.month_day", m=_month(n // 100), d=n % 100)
        hours = unit.exact and n > 0 and n % 60 == 0
        one, many = _SPOKEN[unit, hours]
        n = n // 60 if hours else n
        return say(one if n == 1 else many, n=n)

    def speak(self, language: str = "zh") -> str:
        """
        >>> Limit.parse("4 work hours").speak("zh"), Limit.parse("三季度末").speak("en")
        ('4个工作时', 'the end of September')
        """
        return self.words().speak(language)


def _month(month: int) -> dict[str, str]:
    return {"zh": str(month), "en": MONTHS[month - 1]}


_SPOKEN = {
    (Unit.WORKDAYS, False): ("worktime.limit.workday", "worktime.limit.workdays"),
    (Unit.WORK_MINUTES, True): ("worktime.limit.work_hour", "worktime.limit.work_hours"),
    (Unit.WORK_MINUTES, False): ("worktime.limit.work_minute", "worktime.limit.work_minutes"),
    (Unit.MINUTES, True): ("worktime.limit.hour", "worktime.limit.hours"),
    (Unit.MINUTES, False): ("worktime.limit.minute", "worktime.limit.minutes"),
    (Unit.DAYS, False): ("worktime.limit.day", "worktime.limit.days"),
    (Unit.MONTHS, False): ("worktime.limit.month", "worktime.limit.months"),
}
