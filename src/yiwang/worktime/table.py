"""The days of a span of years, counted out once so that every deadline after that is a few look-ups.

Instants are whole microseconds since 1970-01-01 UTC; days are indexes from `base` (a proleptic ordinal).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from .days import Day
from .errors import InstantError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = EPOCH.toordinal()
MICROSECOND = timedelta(microseconds=1)
MINUTE = 60_000_000
DAY = 1440 * MINUTE
FIRST_YEAR, LAST_YEAR = 1900, 2400


def micros(instant: datetime) -> int:
    """Microseconds since the epoch. Raises `InstantError` for a moment that does not say its time zone."""
    if getattr(instant, "tzinfo", None) is None:
        raise no_instant(instant)
    return (instant - EPOCH) // MICROSECOND


def no_instant(said: Any) -> InstantError:
    """Why what was given for an instant is none, and what to give instead."""
    if not isinstance(said, datetime):
        return InstantError("worktime.error.no_datetime", text=str(said))
    if said != said:  # pandas' NaT
        return InstantError("worktime.error.nat")
    return InstantError("worktime.error.naive", text=said.isoformat(" "))


def too_far() -> InstantError:
    return InstantError("worktime.error.far", first=str(FIRST_YEAR), last=str(LAST_YEAR))


def instant_of(us: int) -> datetime:
    """The UTC instant of so many microseconds since the epoch."""
    return EPOCH + timedelta(microseconds=us)


def local_micros(zone: ZoneInfo, ordinal: int, within: int) -> int:
    """The instant of a wall-clock time: `within` microseconds after midnight of a local day (24:00 allowed).

    A time that the clock skips or shows twice is read with the offset that held before (PEP 495, fold 0).
    """
    days, rest = divmod(within, DAY)
    wall = datetime.fromordinal(ordinal + days) + timedelta(microseconds=rest)
    return (wall.replace(tzinfo=zone) - EPOCH) // MICROSECOND


FIRST, LAST = (micros(datetime(year, 1, 1, tzinfo=UTC)) for year in (FIRST_YEAR, LAST_YEAR + 1))


class Days(Protocol):
    """Of a calendar: what each day is, in which zone, and whether its year has been published."""

    @property
    def zone(self) -> ZoneInfo: ...

    def day(self, day: date) -> Day: ...

    def covers(self, year: int) -> bool: ...


class Table:
    """
    midnight   instant of 00:00 of each day, and of the day after the last
    close      instant at which each day ends by office close: the close, or 24:00 on a day off
    work       index of each working day;  before[i] counts the working days among the first i days
    opens, shuts, worked   the open spans: when they begin, end, and how much was open before each
    unknown    unknown[i] counts the days of unpublished years among the first i days
    """

    __slots__ = (
        "arrays",
        "base",
        "before",
        "close",
        "close_at",
        "first_year",
        "last_year",
        "midnight",
        "midnight_at",
        "opens",
        "shuts",
        "size",
        "unknown",
        "work",
        "work_close",
        "worked",
    )  # fmt: skip

    def __init__(self, calendar: Days, first_year: int, last_year: int) -> None:
        if not FIRST_YEAR <= first_year <= last_year <= LAST_YEAR:
            raise too_far()
        self.first_year, self.last_year = first_year, last_year
        self.base = date(first_year, 1, 1).toordinal()
        self.size = date(last_year + 1, 1, 1).toordinal() - self.base
        zone = calendar.zone
        self.midnight = [local_micros(zone, self.base + i, 0) for i in range(self.size + 1)]
        self.close: list[int] = []
        self.work: list[int] = []
        self.work_close: list[int] = []
        self.before = [0]
        self.unknown = [0]
        self.opens: list[int] = []
        self.shuts: list[int] = []
        self.worked = [0]
        self.close_at: list[datetime | None] = [None] * self.size
        self.midnight_at: list[datetime | None] = [None] * (self.size + 1)
        self.arrays: object = None  # made by `arrays_of` when many clocks are counted
        for i in range(self.size):
            self._count(calendar, i)

    def _count(self, calendar: Days, i: int) -> None:
        day = calendar.day(date.fromordinal(self.base + i))
        begin, end = self.midnight[i], self.midnight[i + 1]
        self.unknown.append(self.unknown[-1] + (not calendar.covers(day.date.year)))
        if day.hours is None:
            self.close.append(end)
            self.before.append(self.before[-1])
            return
        close = begin
        plain = end - begin == DAY  # no change of clocks on this day
        for opens, shuts in day.hours.spans:
            a, b = (
                begin + minute * MINUTE if plain else local_micros(calendar.zone, self.base + i, minute * MINUTE)
                for minute in (opens, shuts)
            )
            a, close = max(a, close), max(b, close)  # a skipped close may lie after the next opening
            if b > a:  # an hour that the clocks skipped is no office hour
                self.opens.append(a)
                self.shuts.append(b)
                self.worked.append(self.worked[-1] + b - a)
        self.close.append(close)
        self.work.append(i)
        self.work_close.append(close)
        self.before.append(self.before[-1] + 1)

    def close_of(self, i: int) -> datetime:
        """When day `i` ends by office close."""
        at = self.close_at[i]
        if at is None:
            at = self.close_at[i] = instant_of(self.close[i])
        return at

    def midnight_of(self, i: int) -> datetime:
        """When day `i` ends by the clock."""
        at = self.midnight_at[i + 1]
        if at is None:
            at = self.midnight_at[i + 1] = instant_of(self.midnight[i + 1])
        return at
