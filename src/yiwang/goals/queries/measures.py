"""What a defined indicator says for a goal that is bound to it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from yiwang.indicators import queries as indicators
from yiwang.org.access import Asker
from yiwang.why import Receipt, say

from ..models import Goal
from ..promise import HUNDRED, Promise
from ..rules import Actual


def period_of(goal: Goal, today: date) -> str:
    """The period over which a goal's measure is read: from the year's first day to today, or the whole year once over."""
    first, last = date(goal.year, 1, 1), date(goal.year, 12, 31)
    end = min(max(today, first), last)
    return str(goal.year) if end == last else f"{first}/{end}"


def unit_of(asker: Asker, goal: Goal) -> str | None:
    """The unit whose measure counts: a part of a goal is measured for its own unit, a whole one for the district."""
    from yiwang.org.queries import facts

    return facts(asker).units[goal.lead_id].code if goal.parent_id and goal.lead_id else None


def actual(asker: Asker, goal: Goal, promise: Promise, today: date, now: datetime) -> Actual | None:
    """The measure as the goal's actual value; None where there is nothing to count yet."""
    try:
        found = indicators.measure(asker, goal.indicator, unit=unit_of(asker, goal), period=period_of(goal, today))
    except LookupError:
        return None
    value = in_the_goals_unit(found.value, goal)
    if value is None:
        return None
    receipt = Receipt(say("goals.actual.measured", period=period_of(goal, today)), value, (found.receipt,), f"indicator:{goal.indicator}", now)
    return Actual(value, min(today, date(goal.year, 12, 31)), True, receipt)


def in_the_goals_unit(value: Any, goal: Goal) -> Decimal | None:
    """A rate is measured as a share of one and promised in percent."""
    if value is None:
        return None
    exact = Decimal(str(value))
    return exact


def months(asker: Asker, goal: Goal, today: date) -> list[tuple[date, Decimal]]:
    """(month's end, value of the month) of a bound goal, for the curve."""
    raise NotImplementedError
