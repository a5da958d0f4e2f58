"""The map of the wall by street: what each holds, which is chosen, what presses where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from yiwang.look.land import Outline, land
from yiwang.look.mapping import Dot, Drawing, Shape, step_of
from yiwang.look.speech import speak, spoken
from yiwang.matters import overview
from yiwang.matters.drawn import shapes_of
from yiwang.matters.overview import Scope
from yiwang.matters.page_rows import MatterRow
from yiwang.org.asker import Asker
from yiwang.org.district import UnitFacts

from .rows import AsSeen, FeedRow, Figure


class Streets(AsSeen):
    """The streets at `now`, as the asker may see them; each part is read when it is first asked for."""

    def __init__(self, asker: Asker, now: datetime, *, street: str = "", ground: str = "") -> None:
        super().__init__(asker, now)
        grounds = self.page.grounds
        self.ground: str = ground if ground in grounds else grounds[0]
        self._street = street

    @property
    def grounds(self) -> list[tuple[str, str]]:
        """(name, word) of what the ground of the map can show."""
        return [(name, self.figure(name, 0).label) for name in self.page.grounds]

    @property
    def ground_words(self) -> str:
        return spoken("wall.map.ground", what=self.figure(self.ground, 0).label)

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
    def pressing(self) -> Sequence[MatterRow]:
        return overview.pressing(self.asker, self.now)

    @property
    def overdue_points(self) -> int:
        return sum(one.due_at is not None and one.due_at < self.now for one in self.pressing)

    @property
    def soon_points(self) -> int:
        return len(self.pressing) - self.overdue_points

    @cached_property
    def newest(self) -> Sequence[MatterRow]:
        """What came in lately enough to be new, with a place."""
        return [one for one in overview.cases(self.asker, self.now, overview.RECENT) if one.lon is not None]

    @cached_property
    def new_by_kind(self) -> list[tuple[str, Any, Figure]]:
        """(shape, title, figure) of each kind of which something is new."""
        counted = overview.counts_by_kind(self.asker, self.now, overview.RECENT)
        return [
            (self.mark_of(kind), self.kind_title(kind), self.figure(overview.RECENT, n, kind=kind))
            for kind, n in counted.items()
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
        marked = list(self._marked())
        shapes = tuple(shape for one, _, lamp in marked for shape in self._shapes(one, drawn, lamp))
        dots = tuple(self._dot(one, drawn, mark, lamp) for one, mark, lamp in marked)
        return replace(drawn, areas=areas, shapes=shapes, dots=dots)

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

    def _marked(self) -> Iterator[tuple[MatterRow, str, str]]:
        """(matter, shape of its point, lamp): new ones first and pressing ones over them; the same matter once."""
        pressing = {one.pk for one in self.pressing}
        yield from ((one, self.mark_of(one.kind), "") for one in self.newest if one.pk not in pressing)
        for one in reversed(self.pressing):
            late = one.due_at is not None and one.due_at < self.now
            yield one, "diamond" if late else "triangle", "alarm" if late else "watch"

    def _shapes(self, row: MatterRow, drawn: Drawing, lamp: str) -> Iterator[Shape]:
        """The lines and areas of a matter."""
        kind = self._kinds.get(row.kind)
        for shape in shapes_of(kind.fields, row.facts) if kind else ():
            name = f"{speak(row.called)} {speak(shape.title)}"
            href = self.matter_page(row.number)
            yield Shape.on(drawn.projection, shape.type, shape.points, name, href=href, lamp=lamp)

    def _dot(self, matter: MatterRow, drawn: Drawing, shape: str, lamp: str) -> Dot:
        at = drawn.projection(matter.lon or 0.0, matter.lat or 0.0)
        return Dot(
            shape,
            at,
            f"{speak(self.kind_title(matter.kind))} {speak(matter.called)}",
            self.matter_page(matter.number),
            lamp,
            str(matter.pk),
        )

    @property
    def strip(self) -> list[Figure]:
        if self.chosen is None:
            return []
        counted = self.of_street(self.chosen)
        return [self.figure(name, counted[name], street=self.chosen.code) for name in self.page.strip]

    @property
    def worst(self) -> FeedRow | None:
        """What presses most in the chosen street."""
        if self.chosen is None:
            return None
        found = overview.pressing(self.asker, self.now, Scope(street=self.chosen.code), most=1)
        return self.row(found[0]) if found else None
