"""What a defined indicator says for the goals that are bound to it.

A goal has one value, whoever looks at it: the measure is taken over the whole district's work. Which matters lie behind
it, each asker sees by their own sight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from yiwang.indicators import queries as indicators
from yiwang.indicators.measured import Measured
from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.org.session import system
from yiwang.why import Receipt, say

from ..models import Goal
from ..rules import Actual


def known(asker: Asker) -> list[tuple[str, dict[str, str]]]:
    """(code, title) of every indicator that a goal can be bound to."""
    return [(one.indicator, one.title.mapping()) for one in indicators.definitions(asker)]


def period_of(goal: Goal, today: date) -> str:
    """The days over which a goal's measure is read: from the year's first to today, or all of a year that is over."""
    first, last = date(goal.year, 1, 1), date(goal.year, 12, 31)
    end = min(max(today, first), last)
    return str(goal.year) if end == last else f"{first}/{end}"


def _unit_of(asker: Asker, goal: Goal) -> str | None:
    """A part of a goal is measured for its own unit, a whole one for the district."""
    return facts(asker).units[goal.lead_id].code if goal.parent_id and goal.lead_id else None


def measured(
    asker: Asker, goals: Sequence[Goal], today: date, now: datetime, *, as_of: datetime | None = None
) -> dict[int, Measured]:
    """goal -> the value of its indicator; goals whose indicator is not defined are left out."""
    if not goals:
        return {}
    whole = system(asker.district)
    defined = {one.indicator for one in indicators.definitions(whole)}
    together: dict[tuple[str | None, str], list[Goal]] = defaultdict(list)
    for goal in goals:
        if goal.indicator in defined:
            together[_unit_of(asker, goal), period_of(goal, today)].append(goal)
    by_goal: dict[int, Measured] = {}
    for (unit, period), bound in together.items():
        codes = list(dict.fromkeys(goal.indicator for goal in bound))
        values = indicators.measures(whole, codes, unit=unit, period=period, as_of=as_of, now=now)
        by_goal |= {goal.pk: values[goal.indicator] for goal in bound}
    return by_goal


def actuals(
    asker: Asker, goals: Sequence[Goal], today: date, now: datetime, *, as_of: datetime | None = None
) -> dict[int, Actual]:
    """goal -> its measure as the actual value; those without a value yet are left out."""
    by_goal = {}
    by_id = {goal.pk: goal for goal in goals}
    for number, figure in measured(asker, goals, today, now, as_of=as_of).items():
        if figure.value is None:
            continue
        goal = by_id[number]
        claim = say("goals.actual.measured", title=figure.definition.title.mapping(), period=period_of(goal, today))
        receipt = Receipt(claim, figure.receipt.value, (figure.receipt,), f"indicator:{goal.indicator}", now)
        by_goal[number] = Actual(figure.value, min(today, date(goal.year, 12, 31)), True, receipt)
    return by_goal


def months(asker: Asker, goal: Goal, today: date) -> tuple[tuple[date, Decimal], ...]:
    """(last day counted, value) of each month of a bound goal: a rate month by month, a count added up."""
    if goal.indicator not in {one.indicator for one in indicators.definitions(asker)}:
        return ()
    whole = system(asker.district)
    rows = indicators.measure_by_month(whole, goal.indicator, unit=_unit_of(asker, goal), period=str(goal.year))
    by_month: list[tuple[date, Decimal]] = []
    added = Decimal(0)
    for row in rows:
        if row.value is None or row.period is None:
            continue
        adds_up = goal.nature == "flow" and row.definition.measures == "count"
        added += row.value
        day = min(date.fromordinal(row.period.until.toordinal() - 1), today)
        by_month.append((day, added if adds_up else row.value))
    return tuple(by_month)
