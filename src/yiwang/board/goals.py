"""The goals by section and lamp, and one goal: value against plan, reports, orders, parts, its sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yiwang.goals import queries
from yiwang.goals.forecast import Forecast, forecast
from yiwang.goals.permissions import against_reporting, against_verifying, supervises
from yiwang.goals.promise import NATURES, default_path
from yiwang.goals.queries import Standing
from yiwang.goals.rules import COLOURS
from yiwang.goals.units import together
from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, staff_only
from yiwang.look.speech import language, speak, spoken
from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.why import Refusal, attempt, say
from yiwang.why.figures import figure

from .curve import Curve, drawing
from .lines import joined, plain, unit_names


@dataclass(frozen=True, slots=True)
class Section:
    """One chapter of the plan with its goals; the counts add up to them."""

    title: str
    goals: list[Standing]
    counts: dict[str, int]
    open: bool


def sections(goals: list[Standing], chosen: int | None) -> list[Section]:
    """The goals by chapter, in the plan's order. The one with the chosen goal is open; a short board is all open."""
    chapters: dict[str, list[Standing]] = {}
    for one in goals:
        chapters.setdefault(one.goal.section.split("/")[0], []).append(one)
    found = []
    for title, inside in chapters.items():
        counted = Counter(one.colour for one in inside)
        here = any(one.goal.pk == chosen for one in inside)
        found.append(Section(title, inside, {c: counted[c] for c in COLOURS if counted[c]}, here or len(goals) <= 14))
    return found


@staff_only
def board(request: StaffRequest) -> HttpResponse:
    """All goals; the worst stands open."""
    return _board(request, None)


@staff_only
def goal(request: StaffRequest, number: int) -> HttpResponse:
    """All goals, with one of them open."""
    return _board(request, number)


# form -> the fields beside which its page tells what is wrong; None: it tells everything. The rest stands on top.
BESIDE: dict[str, frozenset[str] | None] = {
    "report": frozenset({"period", "value", "files", "explanation"}),
    "assign": frozenset({"lead", "co", "due", "base", "path"}),
    "parts": None,
}


def show(request: StaffRequest, number: int, *, status: int = 200, **more: Any) -> HttpResponse:
    """A goal's page again with what went wrong: `wrong` field -> words, `refusal`, `typed`, and which `form`."""
    beside = BESIDE.get(more.get("form", ""), frozenset())
    untold = {name: words for name, words in more.get("wrong", {}).items() if beside is not None and name not in beside}
    return _board(request, number, status=status, untold=untold, **more)


def _board(request: StaffRequest, number: int | None, *, status: int = 200, **more: Any) -> HttpResponse:
    asker, now = request.asker, timezone.now()
    chosen = queries.goal(asker, number, now=now) if number is not None else None
    if number is not None and chosen is None:
        raise Http404
    asked = Asked(request.GET).year("year") or (chosen.goal.year if chosen else None)
    lamps = queries.lamps(asker, now=now, year=asked)
    if chosen is None and lamps.goals:
        chosen = lamps.worst(1)[0]
    wanted = {"lamp": request.GET.get("lamp", ""), "unit": request.GET.get("unit", "")}
    shown = [one for one in lamps.goals if _fits(one, wanted)]
    leads = sorted({one.lead.code: one.lead for one in lamps.goals if one.lead}.values(), key=lambda unit: unit.id)
    inside = (chosen.goal.parent_id or chosen.goal.pk) if chosen else None
    context = {
        "here": "goals",
        "lamps": lamps,
        "year": lamps.year,
        "year_text": str(lamps.year),
        "years": queries.years(asker),
        "elapsed": _elapsed(queries.today_of(asker, now), lamps.year),
        "sections": sections(shown, inside),
        "chosen_id": inside,
        "wanted": wanted,
        "shown_n": len(shown),
        "leads": [(unit.code, unit.short or unit.name) for unit in leads],
        "without_lead": [one for one in lamps.goals if one.lead is None],
        "orders": queries.orders(asker, only_open=True),
        "to_verify": queries.waiting_for_verification(asker) if supervises(asker) else [],
        "may": supervises(asker),
        "rules": queries.rules_of(asker),
        "now": now,
        **(_one(asker, chosen, now) if chosen else {}),
        **more,
    }
    return render(request, "board/goals.html", context, status=status)


def _fits(one: Standing, wanted: dict[str, str]) -> bool:
    if wanted["lamp"] and one.colour != wanted["lamp"]:
        return False
    if wanted["unit"] == "none":
        return one.lead is None
    return not wanted["unit"] or (one.lead is not None and one.lead.code == wanted["unit"])


def _elapsed(today: date, year: int) -> tuple[Decimal, int] | None:
    """(percent of the year that is over, days left); None for another year."""
    if today.year != year:
        return None
    first, last = date(year, 1, 1), date(year, 12, 31)
    passed = (today - first).days + 1
    return Decimal(passed) * 100 / Decimal((last - first).days + 1), (last - today).days


def _one(asker: Asker, chosen: Standing, now: Any) -> dict[str, Any]:
    row, today = chosen.goal, queries.today_of(asker, now)
    reports = queries.reports(asker, row.pk)
    for report in reports:
        report.against = against_verifying(asker, report.person_id, report.unit_id)  # type: ignore[attr-defined]
    points = queries.months(asker, row, today) if row.indicator else chosen.points
    ahead = forecast(chosen.promise, points, today)
    district = facts(asker)
    orders = queries.orders_of(asker, [row.pk]).get(row.pk, [])
    co, parts = together(district, row.co), queries.parts(asker, row.pk, now=now)
    indicators = queries.indicators_to_bind(asker) if supervises(asker) or row.indicator else []
    return {
        "one": chosen,
        "co": joined(co),
        "goal": row,
        "target_words": target_words(chosen),
        "ahead": ahead,
        "curve": _curve(chosen, points, ahead, today),
        "reports": reports[:4],
        "earlier": reports[4:],
        "orders_here": orders,
        "order_open": any(order.open for order in orders),
        "parts": parts,
        "whole": queries.goal(asker, row.parent_id, now=now) if row.parent_id else None,
        "changes": queries.changes(asker, row.pk)[:8],
        "no_report": against_reporting(asker, row.lead_id, row.co),
        "periods": _periods(row.year, today),
        "sentence": _sentence(asker, row.pk, now),
        "plan_open": queries.plan(asker, row.plan_id) is not None,
        "plan_day": day_text(chosen.plan_day, today),
        "ends_text": chosen.promise.ends,
        "digits": _digits(chosen),
        "ahead_digits": _digits(chosen),
        "gap_unit": say("board.points") if chosen.promise.nature == "rate" else "%",
        "parts_sum": sum((part.goal.value or Decimal(0) for part in parts), Decimal(0)),
        "indicator_title": next(
            (title for code, title in queries.indicators_to_bind(asker) if code == row.indicator), None
        ),
        "units": unit_names(district),
        "natures": NATURES,
        "path_text": " ".join(plain(Decimal(one)) for one in row.path) if row.path else "",
        "streets": district.of_kind("street"),
        "indicators": indicators,
        "value_text": {
            "base": plain(row.base),
            "lead": speak(_short(chosen.lead)),
            "co": joined(co),
        },
    }


def day_text(day: date, today: date) -> str:
    """A day as it is written beside a figure: with its year where that is not this one."""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def _digits(one: Standing) -> int:
    """Whole things are planned in whole things; small amounts and rates keep a digit."""
    return 0 if one.promise.nature == "flow" and (one.promise.target or 0) >= 20 else 1


def _short(unit: Any) -> Any:
    return (unit.short or unit.name) if unit else None


def target_words(one: Standing) -> str:
    """The promise after the goal's name: "≥ 240 台"."""
    if one.promise.nature == "step" or one.promise.value is None:
        return ""
    sign = "" if one.promise.comparator in ("=", "", "range", "trend") else one.promise.comparator
    upper = f"—{figure(one.promise.value2)}" if one.promise.value2 is not None else ""
    return f"{sign} {figure(one.promise.value)}{upper} {one.goal.unit}".strip()


def _curve(one: Standing, points: Any, ahead: Forecast | None, today: date) -> str:
    if one.promise.nature == "step" or one.promise.target is None:
        return ""
    curve = Curve(
        year=one.goal.year,
        start=one.promise.start,
        path=one.promise.path or default_path(one.promise),
        points=points,
        target=one.promise.target,
        today=today,
        words={name: spoken(f"board.curve.{name}") for name in ("target", "actual", "forecast", "today")},
        forecast=ahead,
        ends=one.promise.ends,
        from_start=one.promise.nature != "rate",
        behind=(one.lamp.gap or 0) < 0,
    )
    label = spoken(
        "board.curve.label",
        title=one.goal.title,
        actual=figure(one.lamp.actual),
        plan=figure(one.plan, 1),
        target=figure(one.promise.target),
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
