"""How the district stands, put together for the wall: header, map, street, feed, hot spots, at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from yiwang.look.land import Outline, land
from yiwang.look.mapping import Dot, Drawing, step_of
from yiwang.look.speech import speak, spoken
from yiwang.look.times import age_text
from yiwang.matters import kinds, overview
from yiwang.matters.models import Matter
from yiwang.matters.overview import HotSpot, Scope
from yiwang.matters.world import world
from yiwang.org.access import Asker
from yiwang.org.queries import UnitFacts, facts

from .goals import GoalStrip
from .mode import Mode, may_switch, mode_of
from .rates import RateTile, rate_tiles
from .vitals import VitalSigns

HEADER = ("open", "opened_today", "closed_today", "overdue", "supervision")
GROUNDS = ("open", "overdue")
SHAPES = {"hotline": "circle", "grid_event": "square", "supervision": "frame"}
OTHER_SHAPE = "cross"
FEED = 8
SOON = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Figure:
    """One count with its two doors: why, and the list."""

    name: str
    n: int
    why: str
    cases: str

    @property
    def label(self) -> str:
        """The word beside it."""
        return spoken(f"wall.figure.{self.name}")

    @property
    def claim(self) -> str:
        """What it counts, for its accessible name."""
        return spoken(f"wall.counts.{self.name}")


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A matter as the feed tells it."""

    matter: Matter
    kind: Any
    stage: Any
    street: Any
    clock: Mapping[str, Any]
    href: str


@dataclass(frozen=True, slots=True)
class HotRow:
    """A hot spot: its place in the list, and how it moved against the period before."""

    rank: int
    category: Any
    street: Any
    spot: HotSpot
    cases: str

    @property
    def change(self) -> int | None:
        """Per cent against the period before; None where there was nothing before."""
        return round((self.spot.n - self.spot.before) * 100 / self.spot.before) if self.spot.before else None

    @property
    def fall(self) -> int:
        """The same, for those that fell."""
        return -(self.change or 0)


class Standing:
    """The district at `now`, as the asker may see it; each part is read when it is first asked for."""

    def __init__(self, asker: Asker, now: datetime, *, street: str = "", ground: str = "open") -> None:
        self.asker, self.now = asker, now
        self.facts = facts(asker)
        self.ground = ground if ground in GROUNDS else GROUNDS[0]
        self._street = street

    # --- the header -------------------------------------------------------------------------------------------

    @cached_property
    def counts(self) -> dict[str, int]:
        return overview.counts(self.asker, self.now)

    @property
    def header(self) -> list[Figure]:
        return [self.figure(name, self.counts[name]) for name in HEADER]

    def figure(self, name: str, n: int, street: str = "", kind: str = "") -> Figure:
        asked = urlencode({key: value for key, value in (("street", street), ("kind", kind)) if value})
        query = f"?{asked}" if asked else ""
        return Figure(name, n, reverse("wall:why", args=[name]) + query, reverse("wall:cases", args=[name]) + query)

    @property
    def grounds(self) -> list[tuple[str, str]]:
        """(name, word) of what the ground of the map can show."""
        return [(name, spoken(f"wall.figure.{name}")) for name in GROUNDS]

    @property
    def ground_words(self) -> str:
        return spoken(f"wall.map.ground.{self.ground}")

    @property
    def today(self) -> Figure:
        return self.figure("opened_today", self.counts["opened_today"])

    @property
    def new(self) -> Figure:
        return self.figure("last_hour", self.counts["last_hour"])

    @property
    def newest_age(self) -> str:
        return age_text(self.feed[0].matter.created_at, self.now) if self.feed else ""

    @property
    def day(self) -> Any:
        """What today is: a working day, a day off, a holiday by its name."""
        today = world(self.asker).calendar.day(self.now.astimezone(self.facts.zone).date())
        return today.name or spoken("wall.day.working" if today.working else "wall.day.off")

    @cached_property
    def mode(self) -> Mode:
        return mode_of(self.asker)

    @property
    def may_switch(self) -> bool:
        return may_switch(self.asker)

    # --- the map ----------------------------------------------------------------------------------------------

    @cached_property
    def by_street(self) -> dict[int, dict[str, int]]:
        return overview.counts_by_street(self.asker, self.now)

    def of_street(self, unit: UnitFacts) -> dict[str, int]:
        return self.by_street.get(unit.id) or dict.fromkeys(overview.STANDING, 0)

    @cached_property
    def streets(self) -> list[UnitFacts]:
        """The streets of the map that the asker sees anything of, in the pack's order."""
        return [outline.unit for outline in land(self.asker).streets]

    @cached_property
    def chosen(self) -> UnitFacts | None:
        """The street asked for, else the one with most overdue matters."""
        asked = self.facts.by_code.get(self._street)
        if asked is not None and asked in self.streets:
            return asked
        return max(
            self.streets, key=lambda unit: (self.of_street(unit)["overdue"], self.of_street(unit)["open"]), default=None
        )

    @property
    def chosen_name(self) -> Any:
        return (self.chosen.short or self.chosen.name) if self.chosen else None

    @cached_property
    def pressing(self) -> list[Matter]:
        return overview.pressing(self.asker, self.now)

    @property
    def overdue_points(self) -> int:
        return sum(one.due_at is not None and one.due_at < self.now for one in self.pressing)

    @property
    def soon_points(self) -> int:
        return len(self.pressing) - self.overdue_points

    @cached_property
    def newest(self) -> list[Matter]:
        """What came in the last hour, with a place."""
        return [one for one in overview.cases(self.asker, self.now, "last_hour") if one.lon is not None]

    @cached_property
    def last_hour(self) -> dict[str, int]:
        return overview.counts_by_kind(self.asker, self.now, "last_hour")

    @property
    def last_hour_by_kind(self) -> list[tuple[str, Any, Figure]]:
        """(shape, title, figure) of each kind that came in the last hour."""
        return [
            (SHAPES.get(kind, OTHER_SHAPE), self.kind_title(kind), self.figure("last_hour", n, kind=kind))
            for kind, n in self.last_hour.items()
        ]

    @property
    def range(self) -> tuple[int, int]:
        """The least and the greatest figure on the map."""
        values = [self.of_street(unit)[self.ground] for unit in self.streets]
        return (min(values), max(values)) if values else (0, 0)

    @cached_property
    def drawing(self) -> Drawing:
        ground = land(self.asker)
        drawn = ground.drawing(name=spoken("wall.map.name"))
        areas = tuple(ground.area(outline, **self._area(outline)) for outline in ground.streets)
        return replace(drawn, areas=areas, dots=tuple(self._dots(drawn)))

    def _area(self, outline: Outline) -> dict[str, Any]:
        unit, counted = outline.unit, self.of_street(outline.unit)
        late = spoken("wall.map.late", n=counted["overdue"]) if counted["overdue"] else ""
        values = [self.of_street(street)[self.ground] for street in self.streets]
        return {
            "href": f"{reverse('wall:wall')}?{urlencode({'street': unit.code, 'by': self.ground})}",
            "step": step_of(counted[self.ground], values),
            "figure": f"{counted['open']:,}",
            "alarm": late,
            "label": spoken("wall.map.street", name=speak(unit.name), open=counted["open"], overdue=counted["overdue"]),
            "chosen": self.chosen is not None and unit.id == self.chosen.id,
        }

    def _dots(self, drawn: Drawing) -> list[Dot]:
        """New ones first and pressing ones over them; the same matter once."""
        pressing = {one.pk for one in self.pressing}
        dots = [
            self._dot(one, drawn, SHAPES.get(one.kind, OTHER_SHAPE), "")
            for one in self.newest
            if one.pk not in pressing
        ]
        for one in reversed(self.pressing):
            late = one.due_at is not None and one.due_at < self.now
            dots.append(self._dot(one, drawn, "diamond" if late else "triangle", "alarm" if late else "watch"))
        return dots

    def _dot(self, one: Matter, drawn: Drawing, shape: str, lamp: str) -> Dot:
        at = drawn.projection(one.lon or 0.0, one.lat or 0.0)
        return Dot(
            shape,
            at,
            f"{speak(self.kind_title(one.kind))} {one.title}",
            self.matter_page(one.number),
            lamp,
            str(one.pk),
        )

    # --- the strip under the map ------------------------------------------------------------------------------

    @property
    def strip(self) -> list[Figure]:
        if self.chosen is None:
            return []
        counted = self.of_street(self.chosen)
        return [self.figure(name, counted[name], street=self.chosen.code) for name in ("open", "overdue", "last_hour")]

    @property
    def worst(self) -> FeedRow | None:
        """What presses most in the chosen street."""
        if self.chosen is None:
            return None
        found = overview.pressing(self.asker, self.now, Scope(street=self.chosen.code), most=1)
        return self._row(found[0]) if found else None

    # --- feed and hot spots -----------------------------------------------------------------------------------

    @cached_property
    def feed(self) -> list[FeedRow]:
        return [self._row(one) for one in overview.cases(self.asker, self.now, "last_30_days", size=FEED)]

    def rows(self, matters: list[Matter]) -> list[FeedRow]:
        return [self._row(one) for one in matters]

    def _row(self, one: Matter) -> FeedRow:
        kind = self._kinds.get(one.kind)
        stage = kind.stages.get(one.stage) if kind else None
        street = self.facts.units.get(one.street_id) if one.street_id else None
        return FeedRow(
            one,
            self.kind_title(one.kind),
            stage.title.mapping() if stage else one.stage,
            (street.short or street.name) if street else None,
            self._clock(one),
            self.matter_page(one.number),
        )

    def _clock(self, one: Matter) -> dict[str, Any]:
        """The clock that presses most, as a chip shows it; for a closed matter how long it took."""
        if one.closed_at:
            return {"started": one.created_at, "stopped": one.closed_at}
        if not one.due_clock:
            return {}
        clock = self._kinds[one.kind].clocks.get(one.due_clock) if one.kind in self._kinds else None
        return {
            "title": clock.title.mapping() if clock else None,
            "due": one.due_at,
            "started": one.facts.get(f"clock.{one.due_clock}.started"),
            "provisional": one.facts.get(f"clock.{one.due_clock}.provisional"),
        }

    @cached_property
    def hot(self) -> list[HotRow]:
        known = world(self.asker).categories
        rows = []
        for rank, spot in enumerate(overview.hot_spots(self.asker, self.now), start=1):
            street = self.facts.units[spot.street]
            asked = urlencode({"street": street.code, "category": spot.category})
            category = known[spot.category].name if spot.category in known else spot.category
            cases = f"{reverse('wall:cases', args=['last_30_days'])}?{asked}"
            rows.append(HotRow(rank, category, street.short or street.name, spot, cases))
        return rows

    @property
    def hottest(self) -> int:
        return max((max(row.spot.n, row.spot.before) for row in self.hot), default=1)

    @property
    def first_of_month(self) -> date:
        return self.now.astimezone(self.facts.zone).date().replace(day=1)

    # --- rates and goals --------------------------------------------------------------------------------------

    @cached_property
    def rates(self) -> list[RateTile]:
        return rate_tiles(self.asker, self.now)

    @cached_property
    def vitals(self) -> VitalSigns:
        return VitalSigns(self.asker, self.now, worst_first=self.mode.emergency)

    @cached_property
    def goals(self) -> GoalStrip:
        return GoalStrip(self.asker, self.now)

    # --- names ------------------------------------------------------------------------------------------------

    @cached_property
    def _kinds(self) -> dict[str, Any]:
        return {kind.matter: kind for kind in kinds.current_kinds(self.asker)}

    def kind_title(self, code: str) -> Any:
        kind = self._kinds.get(code)
        return (kind.short or kind.title).mapping() if kind else code

    @staticmethod
    def matter_page(number: str) -> str:
        return reverse("desk:matter", args=[number])
