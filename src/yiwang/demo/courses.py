"""What becomes of a matter: who does what to it and when, as pure data for the rules to judge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from yiwang.matters.act import Act
from yiwang.matters.clock_state import limit_of
from yiwang.matters.world import World
from yiwang.worktime import due

from .office import Habits, Office, habits_of
from .scenes import Scene, Stage
from .staff import SYSTEM, Actor, Staff

HAND_BACK = 150.0  # office minutes within which what is not one's own is handed back (the rule gives four hours)


@dataclass(frozen=True)
class Company:
    """What a course needs to know beside its scene: the district, its people and its office hours."""

    stage: Stage
    world: World
    staff: Staff
    office: Office
    _habits: dict[str, Habits] = field(default_factory=dict, repr=False)

    def duty(self, scene: Scene) -> str:
        """The unit whose duty the scene's category is, by the list of powers and duties."""
        kept = self.world.duty_of(scene.leaf.code)
        to = kept.to if kept else "street of place"
        return scene.spot.street if to == "street of place" else to

    def habits(self, unit: str) -> Habits:
        known = self._habits.get(unit)
        if known is None:
            known = self._habits[unit] = habits_of(self.stage.year.habits, unit)
        return known

    @property
    def desk(self) -> str:
        return self.world.district.centre.code


class Course:
    """The acts of one matter as they are drawn, with the instant at which its story stands."""

    def __init__(self, company: Company, scene: Scene) -> None:
        self.company, self.scene, self.rng = company, scene, scene.rng
        self.at = scene.at
        self.acts: list[Act] = []

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def do(self, action: str, who: Actor, **data: Any) -> None:
        """Somebody does something now."""
        self.acts.append(Act(action, self.at, data, who.person, who.posts, who.role if not who.posts else ""))

    def work(self, minutes: float) -> None:
        """Office time passes."""
        self.at = self.company.office.later(self.at, max(minutes, 1.0))

    def wait(self, minutes: float) -> None:
        """Time passes on the wall clock."""
        self.at += timedelta(seconds=round(max(minutes, 0.3) * 60))

    def minutes(self, typical: float, spread: float = 0.8) -> float:
        """A duration around a typical one: many shorter, few much longer."""
        return float(typical * self.rng.lognormvariate(0, spread))

    def clerk(self, unit: str) -> Actor:
        return self.company.staff.of(self.rng, unit, "clerk", "head", "dispatcher")

    def dispatcher(self) -> Actor:
        return self.company.staff.of(self.rng, self.company.desk, "dispatcher")

    def urged(self, start: datetime, limit: str, answered: datetime) -> list[Act]:
        """The reminder on the morning after a deadline that passed without an answer."""
        over = due(start, limit_of(limit), self.company.world.calendar).at
        if over is None or (reminder := over + timedelta(hours=9)) >= answered:
            return []
        return [Act("urge", reminder, {"note": "逾期未反馈，系统催办"}, role=SYSTEM.role)]


def in_order(acts: Iterable[Act], until: datetime) -> list[Act]:
    """Acts by time; those after `until` are left for the future."""
    return sorted((act for act in acts if act.at <= until), key=lambda act: act.at)
