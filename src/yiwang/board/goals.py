"""The goals by section and lamp, with one of them open beside them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from yiwang.goals import queries
from yiwang.goals.permissions import supervises
from yiwang.goals.queries import Lamps, Standing
from yiwang.goals.rules import COLOURS
from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, staff_only
from yiwang.pages.queries import pages_of
from yiwang.why import say

from .one import one_goal


@dataclass(frozen=True, slots=True)
class Count:
    """How many goals stand under a lamp, and the address that tells which; all of them where `colour` is empty."""

    colour: str
    n: int
    why: str


@dataclass(frozen=True, slots=True)
class Section:
    """One chapter of the plan with its goals; the counts add up to them."""

    title: str
    goals: list[Standing]
    counts: dict[str, int]
    open: bool


def sections(goals: list[Standing], chosen: int | None, *, all_open: bool) -> list[Section]:
    """The goals by chapter, in the plan's order; the one with the chosen goal is open."""
    chapters: dict[str, list[Standing]] = {}
    for one in goals:
        chapters.setdefault(one.goal.section.split("/")[0], []).append(one)
    ordered = []
    for title, inside in chapters.items():
        counted = Counter(one.colour for one in inside)
        here = any(one.goal.pk == chosen for one in inside)
        ordered.append(Section(title, inside, {c: counted[c] for c in COLOURS if counted[c]}, here or all_open))
    return ordered


def counted(lamps: Lamps) -> list[Count]:
    """The goals under each lamp and all of them; a lamp for what is not known only where there is such a goal."""
    colours = [(colour, n) for colour, n in lamps.counts.items() if n or colour != "unknown"]
    why = f"?{urlencode({'year': lamps.year})}"
    return [
        *(Count(colour, n, reverse("board:count-why", args=[colour]) + why) for colour, n in colours),
        Count("", lamps.total, reverse("board:count-why", args=["all"]) + why),
    ]


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
    form, wrong = more.get("form", ""), more.pop("wrong", {})
    beside = BESIDE.get(form, frozenset())
    untold = {name: words for name, words in wrong.items() if beside is not None and name not in beside}
    return _board(request, number, status=status, untold=untold, wrongs={form: wrong}, **more)


def _board(request: StaffRequest, number: int | None, *, status: int = 200, **more: Any) -> HttpResponse:
    asker, now = request.asker, timezone.now()
    chosen = queries.goal(asker, number, now=now) if number is not None else None
    if number is not None and chosen is None:
        raise Http404
    address = Asked.of_address(request)
    year = address.year("year") or (chosen.goal.year if chosen else None)
    lamps = queries.lamps(asker, now=now, year=year)
    if chosen is None and lamps.goals:
        chosen = lamps.worst(1)[0]
    wanted = address.fields("lamp", "unit")
    shown = [one for one in lamps.goals if _fits(one, wanted)]
    leads = sorted({one.lead.code: one.lead for one in lamps.goals if one.lead}.values(), key=lambda unit: unit.id)
    inside = (chosen.goal.parent_id or chosen.goal.pk) if chosen else None
    page = pages_of(asker).board
    rules, orders, may = queries.rules_of(asker), queries.orders(asker, only_open=True), supervises(asker)
    context = {
        "here": "goals",
        "lamps": lamps,
        "year": lamps.year,
        "year_text": str(lamps.year),
        "years": queries.years(asker),
        "elapsed": _elapsed(queries.today_of(asker, now), lamps.year),
        "counted": counted(lamps),
        "sections": sections(shown, inside, all_open=any(wanted.values()) or len(shown) <= page.unfolded),
        "chosen_id": inside,
        "wanted": wanted,
        "shown_n": len(shown),
        "leads": [(unit.code, unit.short or unit.name) for unit in leads],
        "without_lead": [one for one in lamps.goals if one.lead is None],
        "orders": orders,
        "orders_beside": orders[: page.orders],
        "more_orders": max(0, len(orders) - page.orders),
        "no_orders": say("board.no_open_orders") if may else say("board.no_open_orders_seen"),
        "to_verify": queries.waiting_for_verification(asker) if may else [],
        "may": may,
        "rules": rules,
        "lamp_rule": say(
            "board.lamp_rule_text",
            green=rules.lamps.green_within,
            yellow=rules.lamps.yellow_within,
            points=rules.lamps.rate_yellow_within,
        ),
        "now": now,
        **(one_goal(asker, chosen, now, form=more.get("form", ""), typed=more.get("typed", {})) if chosen else {}),
        **more,
    }
    return render(request, "board/goals.html", context, status=status)


def _fits(standing: Standing, wanted: dict[str, str]) -> bool:
    if wanted["lamp"] and standing.colour != wanted["lamp"]:
        return False
    if wanted["unit"] == "none":
        return standing.lead is None
    return not wanted["unit"] or (standing.lead is not None and standing.lead.code == wanted["unit"])


def _elapsed(today: date, year: int) -> tuple[Decimal, int] | None:
    """(percent of the year that is over, days left); None for another year."""
    if today.year != year:
        return None
    first, last = date(year, 1, 1), date(year, 12, 31)
    passed = (today - first).days + 1
    return Decimal(passed) * 100 / Decimal((last - first).days + 1), (last - today).days
