"""When messages come: by hour, weekday, season, holiday, storm; and what they are about at that time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import numpy as np

from yiwang.worktime import Calendar

from .definition import Year
from .places import by_weight, cumulative
from .voice import Leaf

ZONE = ZoneInfo("Asia/Shanghai")
YEAR = timedelta(days=365)


class Arrivals:
    """The volumes of a year, as the pack's `year.yaml` says."""

    def __init__(self, year: Year, leaves: list[Leaf], calendar: Calendar, seed: int) -> None:
        self._year = year
        self._leaves = leaves
        self._calendar = calendar
        self._seed = seed
        self._sums: dict[tuple[str, int, bool], list[float]] = {}
        self._shares = {kind: self._share(kind) for kind in ("hotline", "grid")}

    def rate(self, hour: datetime) -> float:
        """How much comes in an hour (aware), relative to others: both kinds together."""
        local = hour.astimezone(ZONE)
        year, day = self._year, self._calendar.day(local.date())
        by_hour = sum(share * year.hours.of(kind)[local.hour] for kind, share in self._shares.items())
        factor = year.months[local.month - 1]
        factor *= year.holiday if day.kind == "holiday" else year.weekdays[local.weekday()]
        if day.kind == "makeup":
            factor = year.months[local.month - 1]
        return float(by_hour * factor * (1.35 if self.storm(local.date()) else 1.0))

    def times(self, count: int, until: datetime) -> list[datetime]:
        """`count` instants (UTC) of the year before `until`, in order."""
        start = (until - YEAR).replace(minute=0, second=0, microsecond=0)
        hours = [start + timedelta(hours=n) for n in range(int((until - start) / timedelta(hours=1)) + 1)]
        weights = np.array([self.rate(hour) for hour in hours])
        last = (until - hours[-1]).total_seconds()
        weights[-1] *= last / 3600
        rng = np.random.default_rng([self._seed, count])
        drawn = rng.choice(len(hours), size=count, p=weights / weights.sum())
        width = np.where(drawn == len(hours) - 1, max(last, 1.0), 3600.0)
        seconds = np.sort(drawn * 3600.0 + rng.random(count) * width)
        return [start + timedelta(seconds=round(float(one))) for one in seconds]

    def storm(self, day: date) -> bool:
        """Whether it rains hard that day: a few days of each summer, the same for one seed."""
        storms = self._year.storms
        if day.month not in storms.months:
            return False
        return bool(Random(f"{self._seed}:{day}").random() < storms.days / (30.5 * len(storms.months)))

    def kind(self, rng: Random, at: datetime) -> str:
        """Whether a message of that hour is a resident's or a patrol's."""
        hour = at.astimezone(ZONE).hour
        parts = {kind: share * self._year.hours.of(kind)[hour] for kind, share in self._shares.items()}
        return "hotline" if rng.random() * sum(parts.values()) < parts["hotline"] else "grid"

    def leaf(self, rng: Random, kind: str, at: datetime) -> Leaf:
        """What it is about, by season and weather."""
        local = at.astimezone(ZONE)
        key = (kind, local.month, self.storm(local.date()))
        sums = self._sums.get(key)
        if sums is None:
            sums = self._sums[key] = cumulative([self._weight(leaf, *key) for leaf in self._leaves])
        return self._leaves[by_weight(rng, sums)]

    def channel(self, rng: Random, kind: str, leaf: Leaf) -> str:
        """By which way it came."""
        channels: dict[str, float] = dict(self._year.channels.of(kind))
        if leaf.at != "shop":
            for name in self._year.channels.business:
                channels.pop(name, None)
        return rng.choices(list(channels), list(channels.values()))[0]

    def _share(self, kind: str) -> float:
        part = sum(leaf.weight * (leaf.grid if kind == "grid" else 1 - leaf.grid) for leaf in self._leaves)
        weight, hours = float(self._year.weights.of(kind)), float(sum(self._year.hours.of(kind)))
        return weight * part / hours

    def _weight(self, leaf: Leaf, kind: str, month: int, storm: bool) -> float:
        weight: float = leaf.weight * (leaf.grid if kind == "grid" else 1 - leaf.grid)
        for name in (leaf.code, leaf.code[:3]):
            if name in self._year.seasons:
                weight *= self._year.seasons[name][month - 1]
            if storm and name in self._year.storms.factors:
                weight *= self._year.storms.factors[name]
        return weight


def now() -> datetime:
    """This second, in UTC."""
    return datetime.now(UTC).replace(microsecond=0)
