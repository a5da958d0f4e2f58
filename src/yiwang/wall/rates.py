"""The rates that the wall's page names, this month: value, lamp, the year's months, the same days of last month."""

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
from yiwang.why.figures import figure

PERIOD = "month"
KEPT = 600  # seconds for which the past months are not counted again


@dataclass(frozen=True, slots=True)
class RateTile:
    """One rate: `trend` holds the months of this year, the running one last; `change` is in percentage points.

    compared  whether the past was counted; before that nothing can be said of it, not even that it does not compare
    """

    measured: Measured
    trend: Sequence[Decimal | None]
    change: Decimal | None
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
        """How it moved against the same days of last month, in words."""
        if not self.compared:
            return spoken("wall.rates.counting")
        if self.change is None:
            return spoken("wall.rates.no_change")
        return spoken("wall.rates.change", change=figure(self.change, 1, sign=True))

    @property
    def bound(self) -> float | None:
        """From where it is well."""
        bands = self.measured.definition.bands
        return bands.ok if bands else None


def rate_tiles(asker: Asker, now: datetime, wanted: list[str], *, whole: bool) -> list[RateTile]:
    """These rates, in their places.

    whole   count the past months too when they are not cached; else a tile without them goes without its line
    """
    if not wanted:
        return []
    today = now.astimezone(facts(asker).zone).date()
    measured = indicators.measures(asker, wanted, period=PERIOD, now=now)
    past = _past(asker, wanted, today, now, whole)
    tiles = []
    for code in wanted:
        months, before = past.get(code, ([], None))
        value = measured[code].value
        change = None if value is None or before is None else value - before
        tiles.append(RateTile(measured[code], [*months, value] if months else [], change, code in past))
    return tiles


Past = dict[str, tuple[list[Decimal | None], Decimal | None]]


def _past(asker: Asker, wanted: list[str], today: date, now: datetime, whole: bool) -> Past:
    """code -> (the months of this year before the running one, the same days of last month); kept for a while."""
    sight = (asker.district, asker.generation, asker.units, asker.clearance, asker.kinds)
    key = f"wall.rates.{hash((sight, today, tuple(wanted)))}"
    kept: Past | None = cache.get(key)
    if kept is not None or not whole:
        return kept or {}
    earlier = indicators.measures(asker, wanted, period=same_days_last_month(today), now=now)
    found: Past = {}
    for code in wanted:
        months = indicators.measure_by_month(asker, code, period=str(today.year), now=now)
        found[code] = ([one.value for one in months[:-1]], earlier[code].value)
    cache.set(key, found, KEPT)
    return found


def same_days_last_month(today: date) -> str:
    """The period from the first of last month to the same day of it, or its last day.

    >>> same_days_last_month(date(2026, 3, 31))
    '2026-02-01/2026-02-28'
    """
    end = today.replace(day=1) - timedelta(days=1)
    return f"{end.replace(day=1)}/{end.replace(day=min(today.day, end.day))}"
