"""What happened, where and to whom: the beginning of every simulated matter, drawn from its number alone.

A scene is a function of (seed, number, instant), so the year, its two writers and the live part that goes on from it
agree without telling each other anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from yiwang.matters.opening import Opening
from yiwang.matters.reported import Reported
from yiwang.tables import sound_rows
from yiwang.worktime import Calendar

from .arrivals import Arrivals
from .files import loops_of, phrases_of, year_of
from .office import Office
from .places import Places, Spot
from .voice import Leaf, Voice, read_leaves

_REGULARS = 500  # people who call about the same thing more than once


@dataclass(frozen=True, slots=True)
class Scene:
    """One message or finding; `rng` goes on to draw what becomes of it."""

    number: int
    kind: str
    at: datetime
    leaf: Leaf
    spot: Spot
    title: str
    text: str
    address: str
    channel: str
    reporter: Reported
    hot: str
    rng: Random

    def source(self, seed: int) -> str:
        """Where the matter says it comes from: enough to draw the scene again."""
        return f"demo:{seed}:{self.number}:{self.hot}"

    def opening(self, seed: int) -> Opening:
        """The matter as the store takes it, without what is done to it."""
        data: dict[str, Any] = {
            "title": self.title,
            "category": self.leaf.code,
            "channel": self.channel,
            "text": self.text,
            "address": self.address,
        }
        if self.channel == "物联感知":
            data["device"] = f"WL{self.spot.neighbourhood[3:].replace('-', '').upper()}{self.number % 97:02d}"
            data["reading"] = f"{self.rng.uniform(1.05, 1.9):.2f} 倍阈值"
        key = f"demo:{seed}:{self.number}"
        place = (self.spot.lon, self.spot.lat)
        return Opening(data, self.at, place, self.reporter, self.source(seed), key, simulated=True)


class Stage:
    """Everything of a pack from which scenes are drawn."""

    def __init__(self, pack: Path, seed: int, calendar: Calendar) -> None:
        self.pack, self.seed, self.calendar = pack, seed, calendar
        self.year = year_of(pack)
        rows = sound_rows(pack / "categories.csv", ["code"])
        categories = {row["code"]: row for row in rows}
        self.leaves = read_leaves(pack, categories)
        self.voice = Voice(phrases_of(pack))
        self.places = Places(pack, self.voice.phrases, self.year.streets, seed)
        self.loops = loops_of(pack)
        self.arrivals = Arrivals(self.year, self.leaves, calendar, seed)

    @cached_property
    def by_code(self) -> dict[str, Leaf]:
        return {leaf.code: leaf for leaf in self.leaves}

    def office(self, around: datetime) -> Office:
        """Office hours from two years before an instant to one year after it."""
        day = around.date()
        return Office(self.calendar, day - timedelta(days=800), min(day + timedelta(days=400), date(2100, 1, 1)))

    def scene(self, number: int, at: datetime, hot: str = "") -> Scene:
        """The scene of a number; `hot` names the hot spot to which it belongs, if any."""
        rng = Random(f"{self.seed}:{number}")
        if hot:
            return self._hot(rng, number, at, int(hot))
        kind = self.arrivals.kind(rng, at)
        if kind == "hotline" and rng.random() < self.year.repeats:
            return self._regular(rng, number, at)
        leaf = self.arrivals.leaf(rng, kind, at)
        spot = self.places.draw(rng)
        address = self.places.address(rng, leaf.at, spot)
        return self._told(rng, number, at, kind, leaf, spot, address, again=False)

    def hot_times(self, until: datetime) -> list[tuple[datetime, str]]:
        """(instant, hot spot) of every message from a hot spot in the year before `until`."""
        times = []
        for index, spot in enumerate(self.year.hot_spots):
            rng = Random(f"{self.seed}:hot:{index}")
            start, end = until - timedelta(days=spot.since), until - timedelta(days=spot.to)
            for _ in range(round((spot.since - spot.to) / 7 * spot.weekly)):
                day = start + (end - start) * rng.random() ** 0.8  # it gets worse with time
                hour = rng.triangular(6, 23, 20)
                local = day.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(hours=hour - 8)
                times.append((min(local, end - timedelta(minutes=rng.uniform(1, 300))), str(index)))
        return sorted((at.replace(microsecond=0), name) for at, name in times)

    def _hot(self, rng: Random, number: int, at: datetime, index: int) -> Scene:
        hot_spot = self.year.hot_spots[index]
        spot = self.places.draw(Random(f"{self.seed}:spot:{index}"), hot_spot.neighbourhood)
        leaf = self.by_code[hot_spot.category]
        at_home = bool(hot_spot.estate)
        address = f"{hot_spot.estate}{rng.randint(1, 30)}号" if at_home else f"{hot_spot.road}{hot_spot.number}号"
        return self._told(rng, number, at, "hotline", leaf, spot, address, again=rng.random() < 0.4, hot=str(index))

    def _regular(self, rng: Random, number: int, at: datetime) -> Scene:
        same = Random(f"{self.seed}:regular:{rng.randrange(_REGULARS)}")
        leaf = self.arrivals.leaf(same, "hotline", datetime.fromisoformat("2026-05-11T02:00:00+00:00"))
        spot = self.places.draw(same)
        address = self.places.address(same, leaf.at, spot)
        who = self.voice.reporter(same)
        return self._told(rng, number, at, "hotline", leaf, spot, address, again=True, who=who)

    def _told(
        self,
        rng: Random,
        number: int,
        at: datetime,
        kind: str,
        leaf: Leaf,
        spot: Spot,
        address: str,
        *,
        again: bool,
        hot: str = "",
        who: tuple[str, str] | None = None,
    ) -> Scene:
        channel = self.arrivals.channel(rng, kind, leaf)
        if kind == "grid":
            title, text = self.voice.patrol(rng, leaf, address)
            reporter = Reported()
        else:
            title, text = self.voice.message(rng, leaf, address, again)
            name, phone = who or self.voice.reporter(rng)
            reporter = Reported(name, phone, address if leaf.at == "home" else "")
        return Scene(number, kind, at, leaf, spot, title, text, address, channel, reporter, hot, rng)
