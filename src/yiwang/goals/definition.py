"""What a pack may say about goals: when a lamp turns, when reports fall due, how orders climb, what is measured."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from yiwang.org.titles import Title

Percent = Annotated[float, Meta(ge=0, le=100)]
Share = Annotated[float, Meta(ge=0, le=1)]
Days = Annotated[int, Meta(ge=0, le=366)]

COLOURS = ("blue", "orange", "red")


class Lamps(Struct, forbid_unknown_fields=True, frozen=True):
    """Cut-offs of R5.7. Percentages are of the whole target, points are of a rate.

    green_within          behind the plan by at most this is green
    yellow_within         behind by at most this is yellow, by more red
    rate_yellow_within    a rate that misses its target by at most these points is yellow
    milestone_notice      days before a milestone falls due from which silence is yellow
    """

    green_within: Percent = 0
    yellow_within: Percent = 10
    rate_yellow_within: Percent = 2
    milestone_notice: Days = 30


class Tolerance(Struct, forbid_unknown_fields=True, frozen=True):
    """What 左右 leaves open (R0.11): percent of the value, or points of a rate.

    relative  as a share of the target
    points    in points, for rates
    """

    relative: Percent = 5
    points: Percent = 0.5


class Reports(Struct, forbid_unknown_fields=True, frozen=True):
    """When a report falls due (R5.5): the cut-off day of the period's last month, and days of grace.

    cadence  how often
    cut_off  the day of the period's last month until which it counts
    grace    days of grace after it
    """

    cadence: Literal["month", "quarter"] = "month"
    cut_off: int = 28
    grace: Days = 5


class Orders(Struct, forbid_unknown_fields=True, frozen=True):
    """How supervision orders climb (R5.9): the first, and what follows one that was not met in time.

    first   the grade of the first order
    ladder  the grades in the order in which one follows another
    """

    first: Literal["blue", "orange", "red"] = "blue"
    ladder: list[Literal["blue", "orange", "red"]] = field(default_factory=lambda: list(COLOURS))  # type: ignore[arg-type]

    def after(self, last: str | None) -> str:
        """The colour of the next order, given the last that was not met in time."""
        if last not in self.ladder:
            return self.first
        return self.ladder[min(self.ladder.index(last) + 1, len(self.ladder) - 1)]


class Review(Struct, forbid_unknown_fields=True, frozen=True):
    """`sure`: from which confidence on statements may be confirmed together (0 to 1).

    sure  from which certainty on
    """

    sure: Share = 0.9


class Binding(Struct, forbid_unknown_fields=True, frozen=True):
    """Names under which plans speak of a defined indicator.

    indicator  the indicator
    names      the names under which plans speak of it
    """

    indicator: str
    names: list[str]


class Rules(Struct, forbid_unknown_fields=True, frozen=True):
    """The whole of `goals.yaml`.

    lamps      how far behind turns which lamp
    tolerance  how near counts as reached
    reports    when units report
    orders     which order a red lamp opens, and what follows it
    review     what a statement needs to be taken without a look
    bindings   which statements an indicator measures
    """

    title: Title
    version: date
    reference: str
    lamps: Lamps = field(default_factory=Lamps)
    tolerance: Tolerance = field(default_factory=Tolerance)
    reports: Reports = field(default_factory=Reports)
    orders: Orders = field(default_factory=Orders)
    review: Review = field(default_factory=Review)
    bindings: list[Binding] = field(default_factory=list)

    def indicator_named(self, name: str) -> str:
        """The code of the indicator that a goal's name means; empty when none is known."""
        wanted = name.replace(" ", "")
        return next((one.indicator for one in self.bindings if wanted in one.names), "")


DEFAULT = Rules(Title(zh="目标规则", en="Rules of goals"), date(2026, 1, 1), "")
