"""One goal of the board: value against plan, reports, orders, parts, its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from yiwang.goals import queries
from yiwang.goals.forecast import Forecast, forecast
from yiwang.goals.permissions import against_reporting, against_verifying, supervises
from yiwang.goals.promise import NATURES, default_path
from yiwang.goals.queries import Standing
from yiwang.goals.units import together
from yiwang.look.speech import language, speak, spoken
from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.pages.queries import pages_of
from yiwang.why import Refusal, Words, attempt, say
from yiwang.why.figures import figure

from .curve import Curve, drawing
from .lines import as_typed, joined, unit_names


def one_goal(asker: Asker, chosen: Standing, now: Any, *, form: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """What the page of one goal shows; `typed` is what a person wrote into `form` when it could not be taken."""
    row, today = chosen.goal, queries.today_of(asker, now)
    reports = queries.reports(asker, row.pk)
    for report in reports:
        report.against = against_verifying(asker, report.person_id, report.unit_id)  # type: ignore[attr-defined]
    points = queries.months(asker, row, today) if row.indicator else chosen.points
    ahead = forecast(chosen.promise, points, today)
    district = facts(asker)
    orders = queries.orders_of(asker, [row.pk]).get(row.pk, [])
    co, parts = together(district, row.co), queries.parts(asker, row.pk, now=now)
    may, against = supervises(asker), against_reporting(asker, row.lead_id, row.co)
    indicators = queries.indicators_to_bind(asker) if may or row.indicator else []
    page = pages_of(asker).board
    order_open = any(order.open for order in orders)
    return {
        "one": chosen,
        "co": joined(co),
        "goal": row,
        "target_words": target_words(chosen),
        "ahead": ahead,
        "curve": _curve(chosen, points, ahead, today),
        "reports": reports[: page.reports],
        "earlier": reports[page.reports :],
        "orders_here": orders,
        "may_issue": may and chosen.colour == "alarm" and chosen.lead is not None and not order_open,
        "parts": parts,
        "whole": queries.goal(asker, row.parent_id, now=now) if row.parent_id else None,
        "changes": queries.changes(asker, row.pk)[: page.changes],
        "may_report": against is None,
        "no_report": None if may else against,
        "reported": typed if form == "report" else {},
        "figure_label": _figure_label(chosen),
        "counted_in": "%" if chosen.promise.nature == "step" else row.unit,
        "periods": _periods(row.year, today),
        "sentence": _sentence(asker, row.pk, now),
        "source": _source(asker, chosen),
        "plan_day": _planned_by(chosen, today),
        "ends_text": chosen.promise.ends,
        "digits": _digits(chosen),
        "gap_unit": say("board.points") if chosen.promise.nature == "rate" else "%",
        "parts_sum": sum((part.goal.value or Decimal(0) for part in parts), Decimal(0)),
        "indicator_title": next(
            (title for code, title in queries.indicators_to_bind(asker) if code == row.indicator), None
        ),
        "units": unit_names(district),
        "natures": NATURES,
        "streets": district.of_kind("street"),
        "indicators": indicators,
        "assign_open": form == "assign" or chosen.lead is None,
        "breaks_down": not row.parent_id and chosen.promise.nature != "rate",
        "given": {
            "lead": speak(_short(chosen.lead)),
            "co": joined(co),
            "leader": row.leader,
            "contact": row.contact,
            "due": f"{row.due:%Y-%m-%d}" if row.due else "",
            "nature": row.nature,
            "base": as_typed(row.base),
            "indicator": row.indicator,
            "path": " ".join(as_typed(one) for one in chosen.promise.path or ()),
            **(typed if form == "assign" else {}),
        },
    }


def _source(asker: Asker, standing: Standing) -> str:
    """Where the goal stands in its plan; empty for whoever does not see the plan."""
    if queries.plan(asker, standing.goal.plan_id) is None:
        return ""
    line = standing.goal.statement_id
    return reverse("board:plan", args=[standing.goal.plan_id]) + (f"?only=&row={line}#s{line}" if line else "")


def _planned_by(standing: Standing, today: date) -> str:
    """The day of the planned value; empty where nothing can be planned."""
    return "" if standing.promise.nature == "step" or standing.plan is None else day_text(standing.plan_day, today)


def _figure_label(standing: Standing) -> Words:
    return (
        say("board.percent_done") if standing.promise.nature == "step" else say("board.figure", unit=standing.goal.unit)
    )


def day_text(day: date, today: date) -> str:
    """A day as it is written beside a figure: with its year where that is not this one."""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def _digits(standing: Standing) -> int:
    """Whole things are planned in whole things; small amounts and rates keep a digit."""
    return 0 if standing.promise.nature == "flow" and (standing.promise.target or 0) >= 20 else 1


def _short(unit: Any) -> Any:
    return (unit.short or unit.name) if unit else None


def target_words(standing: Standing) -> str:
    """The promise after the goal's name: "≥ 240 台"."""
    if standing.promise.nature == "step" or standing.promise.value is None:
        return ""
    sign = "" if standing.promise.comparator in ("=", "", "range", "trend") else standing.promise.comparator
    upper = f"—{figure(standing.promise.value2)}" if standing.promise.value2 is not None else ""
    return f"{sign} {figure(standing.promise.value)}{upper} {standing.goal.unit}".strip()


def _curve(standing: Standing, points: Any, ahead: Forecast | None, today: date) -> str:
    if standing.promise.nature == "step" or standing.promise.target is None:
        return ""
    curve = Curve(
        year=standing.goal.year,
        start=standing.promise.start,
        path=standing.promise.path or default_path(standing.promise),
        points=points,
        target=standing.promise.target,
        today=today,
        words={name: spoken(f"board.curve.{name}") for name in ("target", "actual", "forecast", "today")},
        forecast=ahead,
        ends=standing.promise.ends,
        from_start=standing.promise.nature != "rate",
        behind=(standing.lamp.gap or 0) < 0,
    )
    label = spoken(
        "board.curve.label",
        title=standing.goal.title,
        actual=figure(standing.lamp.actual),
        plan=figure(standing.plan, at_most=1),
        target=figure(standing.promise.target),
    )
    return drawing(curve, label)


def _periods(year: int, today: date) -> list[str]:
    """The months that can be reported, the newest first."""
    last = 12 if today.year > year else today.month if today.year == year else 0
    return [f"{year}-{month:02d}" for month in range(last, 0, -1)]


def _sentence(asker: Asker, number: int, now: Any) -> dict[str, Any]:
    """The sentence for the report, or why there is none."""
    found = attempt(queries.report_sentence, asker, number, now=now)
    return {"refused": found.sentence(language())} if isinstance(found, Refusal) else {"words": found.words}
