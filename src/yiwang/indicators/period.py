"""Spans of days that a figure is asked for: "2026-10", "2026", "2026-Q3", "today", "month", "2026-10-01/2026-10-12"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from yiwang.org.personal import in_short
from yiwang.typed import moments
from yiwang.typed.moments import YEARS
from yiwang.why import Unreadable, Words, say

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])")
_YEAR = re.compile(r"\d{4}")
TICK = timedelta(microseconds=1)


def no_period(text: str) -> Unreadable:
    """A text that names no period; the sentence says which do."""
    return Unreadable(say("indicators.no_period", text=in_short(text, 40)))


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` up to, not including, `until`."""

    first: date
    until: date

    @classmethod
    def parse(cls, text: str, today: date) -> Period:
        """A period by its name; "today", "month", "quarter" and "year" are those that hold `today`. Raises Unreadable.

        >>> str(Period.parse("2026-Q3", date(2026, 1, 1))), str(Period.parse("month", date(2026, 2, 3)))
        ('2026-07/2026-09', '2026-02')
        >>> str(Period.parse("2026-01/2026-10", date(2026, 1, 1))), str(Period.parse("2026-10-01/2026-10-12", date.max))
        ('2026-01/2026-10', '2026-10-01/2026-10-12')
        """
        first, slash, last = text.strip().partition("/")
        try:
            begin = cls._single(first, today)
            end = cls._single(last, today) if slash else begin
        except (ValueError, OverflowError):
            raise no_period(text) from None
        if end.until <= begin.first or not (YEARS[0] <= begin.first.year and end.until.year <= YEARS[1] + 1):
            raise no_period(text)
        return cls(begin.first, end.until)

    @classmethod
    def _single(cls, text: str, today: date) -> Period:
        match text.strip():
            case "today":
                return cls.of_day(today)
            case "month":
                return cls.of_month(today)
            case "year":
                return cls(date(today.year, 1, 1), date(today.year + 1, 1, 1))
            case "quarter":
                text = f"{today.year}-Q{(today.month + 2) // 3}"
        if _YEAR.fullmatch(text):
            return cls(date(int(text), 1, 1), date(int(text) + 1, 1, 1))
        if match := _QUARTER.fullmatch(text):
            begin = date(int(match[1]), 3 * int(match[2]) - 2, 1)
            return cls(begin, _months_on(begin, 3))
        if match := _MONTH.fullmatch(text):
            return cls.of_month(date(int(match[1]), int(match[2]), 1))
        if (day := moments.day(text)) is None:
            raise ValueError(text)
        return cls.of_day(day)

    @classmethod
    def of_day(cls, day: date) -> Period:
        return cls(day, day + timedelta(1))

    @classmethod
    def of_month(cls, day: date) -> Period:
        begin = day.replace(day=1)
        return cls(begin, _months_on(begin, 1))

    @property
    def last(self) -> date:
        """The last day."""
        return self.until - timedelta(1)

    def months(self) -> Iterator[Period]:
        """Its calendar months, whole, first to last."""
        begin = self.first.replace(day=1)
        while begin < self.until:
            yield Period.of_month(begin)
            begin = _months_on(begin, 1)

    def instants(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Its beginning and the beginning of the day after it, in UTC."""
        return _midnight(self.first, zone), _midnight(self.until, zone)

    def words(self) -> Words:
        if self.until - self.first == timedelta(1):
            return say("indicators.on_day", day=self.first)
        return say("indicators.from_to", first=self.first, last=self.last)

    def __str__(self) -> str:
        whole_months = self.first.day == self.until.day == 1
        if whole_months and self.first.month == self.until.month == 1 and self.until.year == self.first.year + 1:
            return f"{self.first:%Y}"
        spelled = "%Y-%m" if whole_months else "%Y-%m-%d"
        first, last = self.first.strftime(spelled), self.last.strftime(spelled)
        return first if first == last else f"{first}/{last}"


def _months_on(day: date, n: int) -> date:
    month = day.month - 1 + n
    return date(day.year + month // 12, month % 12 + 1, 1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
