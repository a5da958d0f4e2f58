"""The year's goals on the wall: how many under each lamp, and those that need somebody most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.urls import reverse

from yiwang.goals import queries as goals
from yiwang.look.speech import speak, spoken
from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.why.figures import figure

SHOWN = ("ok", "watch", "alarm", "done")
USUAL_SIGNS = ("≥", "=")


@dataclass(frozen=True, slots=True)
class GoalTile:
    """One goal: what was reached against what was promised, and how long there is."""

    standing: goals.Standing
    href: str
    days_left: int

    @property
    def distance(self) -> str:
        """How far behind or ahead of the plan, in words; nothing where it is on plan or not known."""
        gap: Decimal | None = self.standing.lamp.gap
        if not gap:
            return ""
        if self.standing.goal.nature == "rate":
            return spoken("wall.goals.points" if gap < 0 else "wall.goals.points_over", gap=figure(abs(gap), at_most=1))
        return spoken("wall.goals.behind" if gap < 0 else "wall.goals.ahead", gap=figure(abs(gap), at_most=1))

    @property
    def sign(self) -> str:
        """The comparison before the target where it is not the usual one."""
        return "" if self.standing.goal.comparator in USUAL_SIGNS else self.standing.goal.comparator

    @property
    def lead(self) -> str:
        unit = self.standing.lead
        return (speak(unit.short) or unit.code) if unit else spoken("wall.goals.no_lead")

    @property
    def left(self) -> str:
        key = "wall.goals.left" if self.days_left >= 0 else "wall.goals.over"
        return spoken(key, n=abs(self.days_left))

    @property
    def why(self) -> str:
        return reverse("wall:goal", args=[self.standing.goal.pk])


class GoalStrip:
    """The goals that the asker sees, at `now`; `most` of them as tiles."""

    def __init__(self, asker: Asker, now: datetime, *, most: int) -> None:
        self.asker, self.now, self.most = asker, now, most
        self.today: date = now.astimezone(facts(asker).zone).date()

    @cached_property
    def lamps(self) -> goals.Lamps:
        return goals.lamps(self.asker, now=self.now)

    @property
    def total(self) -> int:
        return self.lamps.total

    @property
    def counts(self) -> list[tuple[str, int, str]]:
        """(lamp, how many, why)."""
        return [
            (colour, self.lamps.counts.get(colour, 0), reverse("board:count-why", args=[colour])) for colour in SHOWN
        ]

    @property
    def others(self) -> int:
        """Not started, and not to be judged."""
        return self.total - sum(n for _, n, _ in self.counts)

    @property
    def parts(self) -> list[tuple[str, int]]:
        return [*((colour, n) for colour, n, _ in self.counts), ("stale", self.others)]

    @property
    def worst(self) -> list[GoalTile]:
        return [self._tile(one) for one in self.lamps.worst(self.most)]

    @property
    def rest(self) -> int:
        return max(self.total - self.most, 0)

    @property
    def board(self) -> str:
        return reverse("board:goals")

    @property
    def year_gone(self) -> Decimal:
        """Per cent of the year that is over."""
        first, last = date(self.today.year, 1, 1), date(self.today.year, 12, 31)
        return Decimal((self.today - first).days + 1) * 100 / Decimal((last - first).days + 1)

    def _tile(self, standing: goals.Standing) -> GoalTile:
        return GoalTile(
            standing, reverse("board:goal", args=[standing.goal.pk]), (standing.promise.ends - self.today).days
        )
