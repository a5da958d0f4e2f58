"""How a goal stands: its lamp and what is late, as pure decisions with their receipts (R5.5, R5.7).

Nothing here reads a clock or a database.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yiwang.why import Receipt, Words, say

from .definition import Rules
from .promise import HUNDRED, UPPER, Promise, amount, bounds, is_kept, planned, tidy

COLOURS = ("alarm", "watch", "ok", "done", "stale", "unknown")  # the worst first


@dataclass(frozen=True, slots=True)
class Actual:
    """How far it has come by a day; `verified`: somebody else has checked it."""

    value: Decimal
    by: date
    verified: bool
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Lamp:
    """ok, watch, alarm, done, stale (not started) or unknown; `planned` and `actual` in the goal's unit.

    `gap` is how much of the whole target the work is behind (negative) or ahead, in percent; of a rate, in points.
    """

    colour: str
    planned: Decimal | None
    actual: Decimal | None
    gap: Decimal | None
    receipt: Receipt


# --- the lamp -----------------------------------------------------------------------------------------------------


def lamp(promise: Promise, actual: Actual | None, today: date, rules: Rules, *, late: str = "") -> Lamp:
    """The lamp of R5.7 with its reasons.

    late   the period whose report should have come and has not; empty when none is missing
    """
    if promise.nature == "step":
        return _of_a_step(promise, actual, today, rules, late)
    if promise.target is None:
        return _unjudgeable(actual)
    if actual is None:
        return _without_figure(promise, today, late)
    if promise.nature == "rate":
        return _of_a_rate(promise, actual, today, rules, late)
    return _of_an_amount(promise, actual, today, rules, late)


def _unjudgeable(actual: Actual | None) -> Lamp:
    because = (actual.receipt,) if actual else ()
    return Lamp(
        "unknown", None, actual.value if actual else None, None, Receipt(say("goals.lamp.no_number"), None, because)
    )


def _without_figure(promise: Promise, today: date, late: str) -> Lamp:
    plan = planned(promise, today)
    if today > promise.ends:
        return _lamp(promise, "alarm", plan, None, None, say("goals.lamp.overdue_silent", due=promise.ends), ())
    if late:
        return _lamp(promise, "watch", plan, None, None, say("goals.lamp.report_late", period=late), ())
    return Lamp(
        "stale", plan, None, None, Receipt(say("goals.lamp.not_started"), None, (_plan_receipt(promise, plan),))
    )


def _of_an_amount(promise: Promise, actual: Actual, today: date, rules: Rules, late: str) -> Lamp:
    target, plan = promise.target, planned(promise, actual.by)
    assert target is not None
    assert plan is not None
    if promise.comparator in UPPER:
        return _of_a_ceiling(promise, actual, today, rules, late, plan)
    span = target - promise.start
    gap = (actual.value - plan) * HUNDRED / span if span else Decimal(0)
    if is_kept(promise, actual.value, rules):
        return _reached(promise, actual, plan, gap)
    because = (actual.receipt,)
    if today > promise.ends:
        return _lamp(promise, "alarm", plan, actual, gap, say("goals.lamp.overdue", due=promise.ends), because)
    behind = -gap
    if behind > Decimal(str(rules.lamps.yellow_within)):
        words = say("goals.lamp.far_behind", gap=_pc(behind), cut=_pc(rules.lamps.yellow_within))
        return _lamp(promise, "alarm", plan, actual, gap, words, because)
    if behind > Decimal(str(rules.lamps.green_within)):
        words = say("goals.lamp.behind", gap=_pc(behind), cut=_pc(rules.lamps.yellow_within))
        return _lamp(promise, "watch", plan, actual, gap, words, because)
    if late:
        return _lamp(promise, "watch", plan, actual, gap, say("goals.lamp.report_late", period=late), because)
    return _lamp(promise, "ok", plan, actual, gap, say("goals.lamp.on_plan", gap=_pc(gap)), because)


def _of_a_ceiling(promise: Promise, actual: Actual, today: date, rules: Rules, late: str, plan: Decimal) -> Lamp:
    """ "Not more than": what is used up runs against the plan; a ceiling once broken stays broken."""
    target = promise.target
    assert target is not None
    gap = (plan - actual.value) * HUNDRED / target if target else Decimal(0)
    because = (actual.receipt,)
    if not is_kept(promise, actual.value, rules):
        return _lamp(promise, "alarm", plan, actual, gap, say("goals.lamp.ceiling_broken"), because)
    if today > promise.ends:
        return _reached(promise, actual, plan, gap)
    if gap < 0 or late:
        words = say("goals.lamp.report_late", period=late) if late else say("goals.lamp.ceiling_near", gap=_pc(-gap))
        return _lamp(promise, "watch", plan, actual, gap, words, because)
    return _lamp(promise, "ok", plan, actual, gap, say("goals.lamp.ceiling_holds"), because)


def _of_a_rate(promise: Promise, actual: Actual, today: date, rules: Rules, late: str) -> Lamp:
    target = promise.target
    assert target is not None
    least, most = bounds(promise, rules)
    away = max(
        (least - actual.value) if least is not None else Decimal(0),
        (actual.value - most) if most is not None else Decimal(0),
    )
    gap = -away if away > 0 else abs(actual.value - target)
    because = (actual.receipt,)
    if is_kept(promise, actual.value, rules):
        if today > promise.ends:
            return _reached(promise, actual, target, gap)
        if late:
            return _lamp(promise, "watch", target, actual, gap, say("goals.lamp.report_late", period=late), because)
        return _lamp(promise, "ok", target, actual, gap, say("goals.lamp.rate_holds"), because)
    if today > promise.ends or away > Decimal(str(rules.lamps.rate_yellow_within)):
        words = say("goals.lamp.rate_far", gap=_pc(away), cut=_pc(rules.lamps.rate_yellow_within))
        return _lamp(promise, "alarm", target, actual, gap, words, because)
    words = say("goals.lamp.rate_near", gap=_pc(away), cut=_pc(rules.lamps.rate_yellow_within))
    return _lamp(promise, "watch", target, actual, gap, words, because)


def _of_a_step(promise: Promise, actual: Actual | None, today: date, rules: Rules, late: str) -> Lamp:
    plan = planned(promise, today)
    because = (actual.receipt,) if actual else ()
    if actual and actual.value >= HUNDRED:
        return _reached(promise, actual, plan, None)
    if today > promise.ends:
        return _lamp(
            promise, "alarm", plan, actual, None, say("goals.lamp.milestone_missed", due=promise.ends), because
        )
    days = (promise.ends - today).days
    if late:
        return _lamp(promise, "watch", plan, actual, None, say("goals.lamp.report_late", period=late), because)
    if actual is None and days <= rules.lamps.milestone_notice:
        return _lamp(promise, "watch", plan, actual, None, say("goals.lamp.milestone_silent", days=days), because)
    if actual is None:
        return Lamp("stale", plan, None, None, Receipt(say("goals.lamp.not_started"), None, (_due_receipt(promise),)))
    return _lamp(promise, "ok", plan, actual, None, say("goals.lamp.milestone_under_way", days=days), because)


def _reached(promise: Promise, actual: Actual, plan: Decimal | None, gap: Decimal | None) -> Lamp:
    """What is reached is finished only when somebody else has verified it (R5.8)."""
    words = say("goals.lamp.reached") if actual.verified else say("goals.lamp.reached_unverified")
    return _lamp(promise, "done" if actual.verified else "ok", plan, actual, gap, words, (actual.receipt,))


def _lamp(
    promise: Promise,
    colour: str,
    plan: Decimal | None,
    actual: Actual | None,
    gap: Decimal | None,
    words: Words,
    because: tuple[Receipt, ...],
) -> Lamp:
    reasons = [*because, _plan_receipt(promise, plan) if promise.nature != "step" else _due_receipt(promise)]
    if promise.stretch and colour == "alarm":  # 力争: a stretch is not counted as failed (R0.11)
        colour, reasons = "watch", [*reasons, Receipt(say("goals.lamp.stretch"), source="R0.11")]
    return Lamp(colour, plan, actual.value if actual else None, gap, Receipt(words, None, reasons))


def _plan_receipt(promise: Promise, plan: Decimal | None) -> Receipt:
    key = "goals.plan.path" if promise.path else f"goals.plan.{promise.nature}"
    return Receipt(say(key, due=promise.ends), amount(tidy(plan), promise))


def _due_receipt(promise: Promise) -> Receipt:
    return Receipt(say("goals.plan.due"), promise.ends)


def _pc(value: Decimal | float) -> str:
    """A percentage with at most one digit after the point."""
    rounded = Decimal(str(value)).quantize(Decimal("0.1"))
    return f"{rounded.normalize():f}" if rounded else "0"


# --- reports ------------------------------------------------------------------------------------------------------


def period_due(rules: Rules, today: date) -> str:
    """The last period ("2026-09") whose report should be there today; empty before the year's first (R5.5)."""
    step = 3 if rules.reports.cadence == "quarter" else 1
    for back in range(0, 15):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        month += 1
        if month % step:
            continue
        cut = date(year, month, min(rules.reports.cut_off, calendar.monthrange(year, month)[1]))
        if (today - cut).days > rules.reports.grace:
            return f"{year}-{month:02d}"
    return ""
