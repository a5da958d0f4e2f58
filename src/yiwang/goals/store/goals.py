"""Goals: adopted from what people confirmed, given to units, bound to measures, planned month by month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from yiwang.ledger import clock
from yiwang.ledger import store as ledger
from yiwang.org.asker import Asker
from yiwang.org.personal import in_short
from yiwang.org.queries import facts
from yiwang.typed.numbers import plain
from yiwang.why import Conflict, Incomplete, NotThere, Receipt, Refusal, say

from .. import forms
from ..models import Change, Goal, Plan, Statement
from ..permissions import must_supervise
from ..promise import nature_of
from ..queries import measures
from ..queries.plans import not_reviewed
from ..queries.settings import rules_of
from ..table import Line
from .review import written


def tell(asker: Asker) -> None:
    """Open pages learn that goals have changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('yiwang_live', %s)", [f"{asker.district}:goals"])


def seers(asker: Asker, lead: int | None, co: Iterable[int]) -> list[int]:
    """Who sees a goal: the district, its lead, its co-units and all above them."""
    district = facts(asker)
    return district.seen_by(district.root.id, lead, *co)


@transaction.atomic
def see_anew(asker: Asker) -> int:
    """Let goals be seen by whom the tree of units says now; returns how many changed hands."""
    changed = 0
    for goal in Goal.objects.select_for_update(of=("self",)).filter(district=asker.district).order_by("pk"):
        seen_by = seers(asker, goal.lead_id, goal.co)
        if seen_by != goal.seen_by:
            goal.seen_by = seen_by
            goal.save(update_fields=["seen_by"])
            rows = [ledger.Rows(Goal, [goal.pk], ["seen_by"])]
            ledger.append(asker, f"goal:{goal.pk}", "units", stream="goals", rows=rows)
            changed += 1
    return changed


@transaction.atomic
def adopt(asker: Asker, plan: int, *, at: datetime | None = None) -> list[int]:
    """Make goals of the confirmed commitments of this year; returns the new goals.

    Nothing enters the board unconfirmed: while commitments wait for review it is refused.
    Raises NotThere, Refusal.
    """
    must_supervise(asker)
    held = Plan.objects.select_for_update().filter(pk=plan).first()
    if held is None:
        raise NotThere
    if waiting := not_reviewed(asker, plan):
        raise Refusal(Receipt(say("goals.not_reviewed_yet", n=waiting), False))
    rows = Statement.objects.filter(plan=plan, status="confirmed", time_frame="this_year", goal__isnull=True)
    rows = rows.filter(kind__in=("target", "milestone")).order_by("position")
    at, rules, made = at or clock.now(), rules_of(asker), []
    for row in rows:
        goal = Goal.objects.create(
            district_id=asker.district,
            plan=held,
            statement=row,
            position=row.position,
            year=held.year,
            kind=row.kind,
            section=row.section,
            item_no=row.item_no,
            title=row.indicator[:200],
            quote=row.quote,
            comparator=row.comparator,
            value=row.value,
            value2=row.value2,
            unit=row.unit,
            measure=row.measure,
            period=row.period,
            due=row.due,
            approx=row.approx,
            stretch=row.stretch,
            nature=nature_of(row.kind, row.measure, row.unit, row.indicator),
            indicator=rules.indicator_named(row.indicator),
            lead_id=row.lead_id,
            co=row.co,
            seen_by=seers(asker, row.lead_id, row.co),
        )
        _note(asker, goal, "adopt", {}, {"statement": row.pk, "lead_id": row.lead_id}, at)
        made.append(goal.pk)
    if held.adopted_at is None and made:
        held.adopted_at = at
        held.save(update_fields=["adopted_at"])
        changed = [ledger.Rows(Plan, [held.pk], ["adopted_at"])]
        ledger.append(asker, f"plan:{held.pk}", "adopt", {"goals": made}, stream="goals", at=at, rows=changed)
    tell(asker)
    return made


def _note(
    asker: Asker,
    goal: Goal,
    what: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    at: datetime,
    reason: str = "",
) -> None:
    made = Change.objects.create(
        district_id=asker.district,
        goal=goal,
        what=what,
        before=dict(before),
        after=dict(after),
        reason=in_short(reason, forms.REMARKS["reason"]),
        person_id=asker.person,
        at=at,
    )
    said = {"reason": made.reason} if made.reason else {}
    rows = (ledger.Rows(Goal, [goal.pk]), ledger.Rows(Change, [made.pk]))
    ledger.append(asker, f"goal:{goal.pk}", what, said, stream="goals", at=at, rows=rows)


def hold(goal: int, version: int | None = None) -> Goal:
    """The goal under a lock. Raises NotThere, Conflict."""
    row = Goal.objects.select_for_update(of=("self",)).filter(pk=goal).first()
    if row is None:
        raise NotThere
    if version is not None and row.version != version:
        raise Conflict(Receipt(say("goals.changed_meanwhile"), goal))
    return row


def _change(
    asker: Asker, goal: Goal, what: str, after: Mapping[str, Any], at: datetime | None, reason: str = ""
) -> Goal:
    changed = {name: value for name, value in after.items() if getattr(goal, name) != value}
    if not changed:
        return goal
    before = {name: written(getattr(goal, name)) for name in changed}
    for name, value in changed.items():
        setattr(goal, name, value)
    goal.version += 1
    names = [*changed, "version"]
    if {"lead_id", "co"} & changed.keys():
        goal.seen_by = seers(asker, goal.lead_id, goal.co)
        names.append("seen_by")
    goal.save(update_fields=names)
    kept = {name: written(value) for name, value in changed.items()}
    _note(asker, goal, what, before, kept, at or clock.now(), reason)
    tell(asker)
    return goal


@transaction.atomic
def assign(
    asker: Asker,
    goal: int,
    given: Mapping[str, str],
    *,
    reason: str = "",
    version: int | None = None,
    at: datetime | None = None,
) -> Goal:
    """Give a goal its lead, co-units, people, due date, nature or base.

    Raises NotThere, Conflict, Refusal, Incomplete.
    """
    must_supervise(asker)
    row = hold(goal, version)
    if wrong := forms.wordy("reason", reason):
        raise Incomplete(wrong)
    allowed = {"lead", "co", "due", "nature", "base", "leader", "contact", "note", "title"}
    after = forms.read({name: value for name, value in given.items() if name in allowed}, facts(asker), row.year)
    if "note" in after:
        after["note"] = in_short(str(after["note"]), len(str(after["note"])))
    if after.get("nature") == "stock" and after.get("base", row.base) is None:
        raise Incomplete({"base": say("goals.form.base_missing")})
    return _change(asker, row, "assign", after, at, reason)


@transaction.atomic
def bind(asker: Asker, goal: int, indicator: str, *, version: int | None = None, at: datetime | None = None) -> Goal:
    """Let a defined measure speak for a goal; the empty name gives it back to the units' reports.

    Raises NotThere, Conflict, Refusal, Incomplete.
    """
    must_supervise(asker)
    row, code = hold(goal, version), indicator.strip()
    if code and code != row.indicator and code not in dict(measures.known(asker)):
        raise Incomplete({"indicator": say("goals.form.no_indicator", code=code[:60])})
    return _change(asker, row, "bind", {"indicator": code}, at)


@transaction.atomic
def plan_path(asker: Asker, goal: int, path: list[Decimal] | None, *, at: datetime | None = None) -> Goal:
    """The planned values at the twelve months' ends; None plans evenly."""
    must_supervise(asker)
    row = hold(goal)
    return _change(asker, row, "path", {"path": None if path is None else [plain(value) for value in path]}, at)


@transaction.atomic
def break_down(
    asker: Asker, goal: int, parts: Mapping[int, Decimal | None], *, at: datetime | None = None
) -> list[int]:
    """Give each unit its part of a goal, as goals of their own under it; returns them.

    parts  unit -> its share in the goal's unit; None for a milestone. A unit that has a part gets the new share.
    Raises NotThere, Refusal.
    """
    must_supervise(asker)
    row = hold(goal)
    if row.parent_id is not None:
        raise Refusal(Receipt(say("goals.part_of_a_part"), False, source=f"goal:{row.parent_id}"))
    at, made = at or clock.now(), []
    for unit, value in parts.items():
        part = Goal.objects.filter(parent=row, lead=unit).first()
        if part is None:
            part = _part(asker, row, unit, value)
            _note(asker, part, "break_down", {}, {"parent": row.pk, "value": written(value)}, at)
        else:
            _change(asker, part, "break_down", {"value": value}, at)
        made.append(part.pk)
    joined = [unit for unit in parts if unit not in (row.lead_id, *row.co)]
    _change(asker, row, "break_down", {"co": [*row.co, *joined]}, at)
    tell(asker)
    return made


def _part(asker: Asker, whole: Goal, unit: int, value: Decimal | None) -> Goal:
    columns = {field.attname: getattr(whole, field.attname) for field in whole._meta.concrete_fields}
    own: dict[str, Any] = {"id": None, "statement_id": None, "parent_id": whole.pk, "lead_id": unit, "co": []}
    own["value"] = value
    own |= {"path": None, "indicator": "", "seen_by": seers(asker, unit, []), "version": 1, "leader": "", "contact": ""}
    return Goal.objects.create(**{**columns, **own})


@transaction.atomic
def take_table(asker: Asker, lines: Iterable[Line], *, at: datetime | None = None) -> int:
    """Take the changes of a breakdown table that a person has looked at; returns how many goals changed.

    All or nothing. Raises NotThere, Conflict (a goal changed since the table was compared), Refusal.
    """
    must_supervise(asker)
    taken = 0
    for line in lines:
        row = hold(line.goal, line.version)
        _change(asker, row, "table", line.after(), at)
        taken += 1
    return taken
