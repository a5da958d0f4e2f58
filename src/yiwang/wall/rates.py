"""The rates that the wall's page names: value, lamp, the year's months, the same days of the period before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.cache import cache

from yiwang.indicators import queries as indicators
from yiwang.indicators.measured import Measured
from yiwang.look.speech import spoken
from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.pages.definition import Rates
from yiwang.why import say
from yiwang.why.figures import figure

KEPT = 600  # seconds for which the past months are not counted again


@dataclass(frozen=True, slots=True)
class RateTile:
    """One rate: `trend` holds the months of this year, the running one last; `change` is in percentage points against
    the same days of the `period` before.

    compared  whether the past was counted; before that nothing can be said of it, not even that it does not compare
    """

    measured: Measured
    trend: Sequence[Decimal | None]
    change: Decimal | None
    period: str
    compared: bool = True

    @property
    def name(self) -> object:
        return self.measured.definition.short or self.measured.definition.title

    @property
    def word(self) -> str:
        """What the lamp says beside its shape."""
        return spoken(f"wall.rate.{self.measured.lamp}", bound=self.bound)

    @property
    def against_before(self) -> str:
        """How it moved against the same days of the period before, in words."""
        before = say(f"wall.before.{self.period}")
        if not self.compared:
            return spoken("wall.rates.counting", before=before)
        if self.change is None:
            return spoken("wall.rates.no_change", before=before)
        return spoken("wall.rates.change", before=before, change=figure(self.change, 1, sign=True))

    @property
    def bound(self) -> float | None:
        """From where it is well."""
        bands = self.measured.definition.bands
        return bands.ok if bands else None


def rate_tiles(asker: Asker, now: datetime, said: Rates, *, whole: bool) -> list[RateTile]:
    """The rates of a page, in their places.

    whole   count the past months too when they are not cached; else a tile without them goes without its line
    """
    wanted, period = said.show, said.period
    if not wanted:
        return []
    today = now.astimezone(facts(asker).zone).date()
    measured = indicators.measures(asker, wanted, period=period, now=now)
    past = _past(asker, said, today, now, whole)
    tiles = []
    for code in wanted:
        months, before = past.get(code, ([], None))
        value = measured[code].value
        change = None if value is None or before is None else value - before
        tiles.append(RateTile(measured[code], months, change, period, code in past))
    return tiles


Past = dict[str, tuple[list[Decimal | None], Decimal | None]]


def _past(asker: Asker, said: Rates, today: date, now: datetime, whole: bool) -> Past:
    """code -> (the months of this year, the same days of the period before); kept for a while."""
    wanted = said.show
    sight = (asker.district, asker.generation, asker.units, asker.clearance, asker.kinds)
    key = f"wall.rates.{hash((sight, today, said.period, tuple(wanted)))}"
    kept: Past | None = cache.get(key)
    if kept is not None or not whole:
        return kept or {}
    earlier = indicators.measures(asker, wanted, period=same_days_before(said.period, today), now=now)
    past: Past = {}
    for code in wanted:
        months = indicators.measure_by_month(asker, code, period=str(today.year), now=now)
        past[code] = ([one.value for one in months], earlier[code].value)
    cache.set(key, past, KEPT)
    return past


MONTHS = {"month": 1, "quarter": 3, "year": 12}


def begins(period: str, day: date) -> date:
    """The first day of the month, quarter or year in which a day lies.

    >>> begins("quarter", date(2026, 11, 5))
    datetime.date(2026, 10, 1)
    """
    months = MONTHS[period]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def same_days_before(period: str, today: date) -> str:
    """As many days of the period before, or all of it: this month to its 31st beside February to its last.

    >>> same_days_before("month", date(2026, 3, 31)), same_days_before("year", date(2024, 2, 29))
    ('2026-02-01/2026-02-28', '2023-01-01/2023-02-28')
    >>> same_days_before("quarter", date(2026, 1, 15))
    '2025-10-01/2025-10-15'
    """
    months = MONTHS[period]
    first = _months_before(begins(period, today), months)
    return f"{first}/{_months_before(today, months)}"


def _months_before(day: date, months: int) -> date:
    """The same day so many months before, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
