"""How the goals stand: each with what was reached, what was planned, its lamp and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.why import Receipt, say

from .. import rules
from ..definition import Rules
from ..models import Goal, Report, Verification
from ..promise import Promise, amount, end_of, planned
from . import measures
from .past import as_it_stood
from .settings import rules_at, rules_of, today_of


@dataclass(frozen=True, slots=True)
class Standing:
    """One goal on the board: `points` are (day, value) as they came in, oldest first."""

    goal: Goal
    promise: Promise
    lamp: rules.Lamp
    actual: rules.Actual | None
    today: date
    lead: Any
    co: tuple[Any, ...]
    late: str
    points: tuple[tuple[date, Decimal], ...] = ()

    @property
    def colour(self) -> str:
        return self.lamp.colour

    @property
    def plan_day(self) -> date:
        """The day for which value and plan are compared: the last that the figure covers, else today; a goal of a year
        that is over is compared at its end, and one of a year to come at its beginning."""
        if self.actual:
            return self.actual.by
        return min(max(self.today, date(self.goal.year, 1, 1)), date(self.goal.year, 12, 31))

    @property
    def plan(self) -> Decimal | None:
        """What should have been reached by that day."""
        return planned(self.promise, self.plan_day)

    @property
    def plan_today(self) -> Decimal | None:
        """What should be reached by today."""
        return planned(self.promise, self.today)


@dataclass(frozen=True, slots=True)
class Lamps:
    """All goals that the asker sees, and how many stand under each lamp; the counts add up to the goals."""

    goals: tuple[Standing, ...]
    counts: dict[str, int] = field(default_factory=dict)
    year: int = 0
    at: datetime | None = None

    @property
    def total(self) -> int:
        return len(self.goals)

    def under(self, colour: str) -> list[Standing]:
        return [one for one in self.goals if one.colour == colour]

    def worst(self, n: int = 3) -> list[Standing]:
        """The goals furthest behind."""
        order = {colour: at for at, colour in enumerate(rules.COLOURS)}
        return sorted(self.goals, key=lambda one: (order[one.colour], one.lamp.gap or 0, one.goal.position))[:n]


def years(asker: Asker) -> list[int]:
    """The years for which there are goals, the newest first."""
    return sorted(set(Goal.objects.filter(district=asker.district).values_list("year", flat=True)), reverse=True)


def lamps(asker: Asker, *, now: datetime | None = None, year: int | None = None) -> Lamps:
    """Every goal of a year (the running one, else the newest) with its lamp. Parts of a goal are not counted again."""
    now = now or timezone.now()
    today = today_of(asker, now)
    if year is None:
        known = years(asker)
        year = today.year if today.year in known or not known else known[0]
    rows = list(Goal.objects.filter(district=asker.district, year=year).order_by("position", "pk"))
    known_ids = {row.pk for row in rows}
    whole = [row for row in rows if row.parent_id is None or row.parent_id not in known_ids]
    goals = tuple(standings(asker, whole, now=now))
    counted = Counter(one.colour for one in goals)
    return Lamps(goals, {colour: counted[colour] for colour in rules.COLOURS}, year, now)


def goal(asker: Asker, number: int, *, now: datetime | None = None, as_of: datetime | None = None) -> Standing | None:
    """One goal; None when there is none or the asker does not see it.

    as_of  the instant for which plan, reports, verifications, rules and the ledgers behind a measure are folded,
           whatever was done later; None too while the goal was not on the board yet
    """
    row = Goal.objects.filter(district=asker.district, pk=number).first()
    if row is not None and as_of is not None:
        row = as_it_stood(asker, row, as_of)
    return next(iter(standings(asker, [row], now=now, as_of=as_of)), None) if row else None


def parts(asker: Asker, number: int, *, now: datetime | None = None) -> list[Standing]:
    """The parts into which a goal is broken down, unit by unit."""
    rows = list(Goal.objects.filter(district=asker.district, parent=number))
    place = {unit: at for at, unit in enumerate(facts(asker).units)}
    rows.sort(key=lambda row: place.get(row.lead_id or 0, 0))
    return list(standings(asker, rows, now=now))


def goals_without_a_lead_unit(asker: Asker) -> list[Goal]:
    """Adopted goals that nobody leads: an error until somebody does."""
    return list(Goal.objects.filter(district=asker.district, lead__isnull=True).order_by("year", "position"))


def standings(
    asker: Asker, rows: Sequence[Goal], *, now: datetime | None = None, as_of: datetime | None = None
) -> Iterable[Standing]:
    """The standing of each goal: one statement for all reports, one for all measures of a period."""
    now = as_of or now or timezone.now()
    today, units = today_of(asker, now), facts(asker).units
    ruling = rules_at(asker, today) if as_of else rules_of(asker)
    reports = _reports(asker, [row.pk for row in rows if not row.indicator], as_of)
    measured = measures.actuals(asker, [row for row in rows if row.indicator], today, now, as_of=as_of)
    for row in rows:
        promise = promise_of(row)
        if row.indicator:
            actual, its_reports, late = measured.get(row.pk), [], ""
        else:
            its_reports = reports.get(row.pk, [])
            actual, late = _told(promise, its_reports, as_of), _late(row, its_reports, today, ruling)
        yield Standing(
            goal=row,
            promise=promise,
            lamp=rules.lamp(promise, actual, today, ruling, late=late),
            actual=actual,
            today=today,
            lead=units.get(row.lead_id) if row.lead_id else None,
            co=tuple(units[unit] for unit in row.co if unit in units),
            late=late,
            points=tuple((end_of(one.period), one.value) for one in its_reports),
        )


def promise_of(row: Goal) -> Promise:
    """What a goal promises, as the rules read it."""
    return Promise(
        year=row.year,
        nature=row.nature,
        comparator=row.comparator,
        value=row.value,
        value2=row.value2,
        unit=row.unit,
        base=row.base,
        due=row.due,
        path=tuple(Decimal(one) for one in row.path) if row.path else None,
        stretch=row.stretch,
    )


def _reports(asker: Asker, goals: list[int], as_of: datetime | None) -> dict[int, list[Report]]:
    """goal -> the report that counts of each period, oldest first; what was returned does not count."""
    newest: dict[int, dict[str, Report]] = {}
    rows = Report.objects.filter(district=asker.district, goal__in=goals).select_related("verification")
    if as_of is not None:
        rows = rows.filter(at__lte=as_of)
    for row in rows.order_by("period", "at", "pk"):
        if (check := _check(row, as_of)) is None or check.accepted:
            newest.setdefault(row.goal_id, {})[row.period] = row
    return {number: list(periods.values()) for number, periods in newest.items()}


def _check(report: Report, as_of: datetime | None) -> Verification | None:
    """What somebody else said to a report, if it was said by then."""
    found: Verification | None = getattr(report, "verification", None)
    return None if found is None or (as_of is not None and found.at > as_of) else found


def _told(promise: Promise, reports: list[Report], as_of: datetime | None) -> rules.Actual | None:
    if not reports:
        return None
    last = reports[-1]
    verified = _check(last, as_of) is not None
    key = "goals.actual.verified" if verified else "goals.actual.reported"
    value = amount(last.value.normalize() + 0, promise)
    receipt = Receipt(say(key, period=last.period), value, source=f"report:{last.pk}", at=last.at)
    return rules.Actual(last.value, end_of(last.period), verified, receipt)


def _late(row: Goal, reports: list[Report], today: date, ruling: Rules) -> str:
    """The period whose report should be there and is not (R5.5); nothing once it is reached or over."""
    wanted = rules.period_due(ruling, today)
    if not wanted.startswith(str(row.year)):
        return ""
    if row.nature == "step" and (not reports and row.due is not None and row.due > end_of(wanted)):
        return ""  # a milestone that lies ahead need not be reported every month
    done = reports and reports[-1].value >= 100 and row.nature == "step"
    return "" if done or (reports and reports[-1].period >= wanted) else wanted
