"""What was promised: the number, the plan to date, and whether a value keeps it (R0.11, R5.15). Pure.

Amounts are Decimals in the goal's own unit.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from yiwang.why import Words, say

from .definition import Rules

Nature = Literal["flow", "stock", "rate", "step"]
_HOLDS = re.compile(r"率$|率（|浓度|比重|占比|年均|人均|平均")
NATURES = ("flow", "stock", "rate", "step")
COMPARATORS = ("≥", ">", "=", "≈", "≤", "<", "range", "trend")
UPPER = ("≤", "<")
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised: `value` by `due`, starting from `base`; `path` is the plan at the twelve months' ends."""

    year: int
    nature: str
    comparator: str
    value: Decimal | None
    value2: Decimal | None = None
    unit: str = ""
    base: Decimal | None = None
    due: date | None = None
    path: tuple[Decimal, ...] | None = None
    stretch: bool = False

    @property
    def ends(self) -> date:
        """The day by which it is promised; the year's end when no day was named."""
        return self.due or date(self.year, 12, 31)

    @property
    def start(self) -> Decimal:
        return self.base if self.base is not None and self.nature == "stock" else Decimal(0)

    @property
    def target(self) -> Decimal | None:
        """The value to reach: 100 percent for something that is done or not."""
        return HUNDRED if self.nature == "step" else self.value


def nature_of(kind: str, measure: str, unit: str, name: str = "") -> Nature:
    """How a number adds up when nobody has said so yet: shares, growth and densities hold, amounts add up."""
    if kind == "milestone" or (not measure and not unit):
        return "step"
    if measure in ("share", "growth", "rank") or unit in ("%", "个百分点", "‰", "位", "名"):
        return "rate"
    if "/" in unit or "每" in unit or _HOLDS.search(name):
        return "rate"
    return "flow"


# --- the plan to date ---------------------------------------------------------------------------------------------


def planned(promise: Promise, on: date) -> Decimal | None:
    """What should be reached on a day: along the path of month ends, or evenly up to the due date (R5.15).

    A rate should hold all year; a milestone is planned at nothing until its day and at everything from then on.
    """
    target = promise.target
    if target is None:
        return None
    if promise.nature == "rate":
        return target
    if promise.nature == "step":
        return target if on >= promise.ends else Decimal(0)
    if on < date(promise.year, 1, 1):
        return promise.start
    if promise.path:
        return _along(promise, on)
    if on >= promise.ends:
        return target
    first = date(promise.year, 1, 1)
    passed = Decimal((on - first).days + 1) / Decimal(max((promise.ends - first).days + 1, 1))
    return promise.start + (target - promise.start) * passed


def _along(promise: Promise, on: date) -> Decimal:
    assert promise.path is not None
    if on.year > promise.year:
        return promise.path[-1]
    days = calendar.monthrange(on.year, on.month)[1]
    before = promise.path[on.month - 2] if on.month > 1 else promise.start
    return before + (promise.path[on.month - 1] - before) * Decimal(on.day) / Decimal(days)


def default_path(promise: Promise) -> tuple[Decimal, ...]:
    """The plan at the twelve months' ends when nobody has written one."""
    ends = [date(promise.year, month, calendar.monthrange(promise.year, month)[1]) for month in range(1, 13)]
    return tuple(planned(promise, end) or Decimal(0) for end in ends)


# --- met or not ---------------------------------------------------------------------------------------------------


def bounds(promise: Promise, rules: Rules) -> tuple[Decimal | None, Decimal | None]:
    """(least, most) that keep the promise (R0.11). None on a side that is open.

    左右 leaves room below the number; more than that is never held against anybody.
    """
    target = promise.target
    if target is None:
        return None, None
    at_least = promise.nature == "step" or promise.comparator in ("≥", ">", "=", "trend", "")
    if at_least or promise.comparator in UPPER:
        return (target, None) if at_least != falls(promise) else (None, target)
    if promise.comparator == "range":
        return target, promise.value2
    spare = _spare(promise, target, rules)
    return (None, target + spare) if falls(promise) else (target - spare, None)


def falls(promise: Promise) -> bool:
    """Whether a decrease is promised: 下降 15% stands as −15, and "at least" then means that or lower."""
    return promise.nature != "step" and promise.value is not None and promise.value < 0


def _spare(promise: Promise, target: Decimal, rules: Rules) -> Decimal:
    if promise.nature == "rate":
        return Decimal(str(rules.tolerance.points))
    return abs(target) * Decimal(str(rules.tolerance.relative)) / HUNDRED


def is_kept(promise: Promise, value: Decimal, rules: Rules) -> bool | None:
    """Whether a value keeps the promise; None when the promise names no number."""
    least, most = bounds(promise, rules)
    if least is None and most is None:
        return None
    if promise.comparator in (">", "<") and value in (least, most):
        return False
    return (least is None or value >= least) and (most is None or value <= most)


def amount(value: Decimal | None, promise: Promise) -> Words | Decimal | None:
    """A value in the unit in which it was promised, as receipts hold it; a milestone's is per cent done."""
    unit = "%" if promise.nature == "step" else promise.unit
    if value is None or not unit:
        return value
    return say("goals.percent", value=value) if unit == "%" else say("goals.amount", value=value, unit=unit)


def tidy(value: Decimal | None) -> Decimal | None:
    """At most two digits after the point, and no trailing noughts."""
    return None if value is None else value.quantize(Decimal("0.01")).normalize() + 0


def end_of(period: str) -> date:
    """The last day of "2026-09"."""
    year, month = int(period[:4]), int(period[5:7])
    return date(year, month, calendar.monthrange(year, month)[1])
