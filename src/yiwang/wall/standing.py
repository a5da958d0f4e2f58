"""How the district stands, put together for the wall: header, map, street, feed, hot spots, at one moment."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from yiwang.look.speech import spoken
from yiwang.look.times import age_text
from yiwang.matters import overview
from yiwang.matters.kinds import ordered_kind, world
from yiwang.org.mode import Mode, may_switch, mode_of
from yiwang.pages.definition import Rates

from .goals import GoalStrip
from .rates import RateTile, begins, rate_tiles
from .rows import FeedRow, Figure, HotRow
from .streets import Streets
from .vitals import VitalSigns


class Standing(Streets):
    """The district at `now`, as the asker may see it; each part is read when it is first asked for."""

    # --- the header -------------------------------------------------------------------------------------------

    @cached_property
    def counts(self) -> dict[str, int]:
        return overview.counts(self.asker, self.now)

    @property
    def header(self) -> list[Figure]:
        shown = self.page.header
        told = [name for name in shown if name != "orders" or ordered_kind(self.asker) is not None]
        return [self.figure(name, self.counts[name]) for name in told]

    @property
    def today(self) -> Figure:
        return self.figure("opened_today", self.counts["opened_today"])

    @property
    def new(self) -> Figure:
        return self.figure(overview.RECENT, self.counts[overview.RECENT])

    @property
    def newest_age(self) -> str:
        return age_text(self.feed[0].matter.created_at, self.now) if self.feed else ""

    @property
    def day(self) -> Any:
        """What today is: a working day, a day off, a holiday by its name."""
        today = world(self.asker).calendar.day(self.today_is)
        return today.name or spoken("wall.day.working" if today.working else "wall.day.off")

    @cached_property
    def mode(self) -> Mode:
        return mode_of(self.asker)

    @property
    def may_switch(self) -> bool:
        return may_switch(self.asker)

    # --- feed and hot spots -----------------------------------------------------------------------------------

    @cached_property
    def feed(self) -> list[FeedRow]:
        return [self.row(one) for one in overview.cases(self.asker, self.now, overview.LATELY, size=self.page.feed)]

    @cached_property
    def hot(self) -> list[HotRow]:
        known = world(self.asker).categories
        rows = []
        for rank, spot in enumerate(overview.hot_spots(self.asker, self.now), start=1):
            street = self.facts.units[spot.street]
            asked = urlencode({"street": street.code, "category": spot.category})
            category = known[spot.category].name if spot.category in known else spot.category
            cases = f"{reverse('wall:cases', args=[overview.LATELY])}?{asked}"
            rows.append(HotRow(rank, category, street.short or street.name, spot, cases))
        return rows

    @property
    def hottest(self) -> int:
        return max((max(row.spot.n, row.spot.before) for row in self.hot), default=1)

    # --- rates and goals --------------------------------------------------------------------------------------

    @property
    def rates_of(self) -> Rates:
        """What the page says of its rates."""
        return self.page.rates

    @property
    def rates_span(self) -> str:
        """Over which days they are counted, in words."""
        first, last = begins(self.page.rates.period, self.today_is), self.today_is
        return spoken(f"wall.rates.{self.page.rates.period}", first=f"{first:%m-%d}", last=f"{last:%m-%d}")

    @property
    def today_is(self) -> date:
        return self.now.astimezone(self.facts.zone).date()

    @cached_property
    def rates(self) -> list[RateTile]:
        """With the past months where they are cached."""
        return rate_tiles(self.asker, self.now, self.page.rates, whole=False)

    @cached_property
    def whole_rates(self) -> list[RateTile]:
        """With the past months, counted where they are not cached."""
        return rate_tiles(self.asker, self.now, self.page.rates, whole=True)

    @cached_property
    def vitals(self) -> VitalSigns:
        return VitalSigns(self.asker, self.now, most=self.page.vitals, worst_first=self.mode.emergency)

    @cached_property
    def goals(self) -> GoalStrip:
        return GoalStrip(self.asker, self.now, most=self.page.goals)
