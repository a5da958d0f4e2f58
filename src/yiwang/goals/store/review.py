"""What a person does to the statements of a plan. Every change is kept, and can be taken back step by step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from yiwang.ledger import clock
from yiwang.ledger import store as ledger
from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.why import Conflict, Incomplete, NotThere, Receipt, Refusal, say

from .. import forms
from ..models import Correction, Goal, Plan, Statement
from ..permissions import must_supervise
from ..queries.plans import unread_passages
from ..queries.settings import rules_of

FIELDS = (
    "status", "kind", "quote", "quote_offset", "indicator", "comparator", "value", "value2", "unit", "measure",
    "period", "due", "approx", "stretch", "scope", "time_frame", "lead_id", "co", "merged_into_id",
)  # fmt: skip


class _Step:
    """One press of a key: the plan held, a number drawn, corrections written beside each change, one ledger entry."""

    def __init__(self, asker: Asker, plan: int, at: datetime | None, *, undoes: int | None = None) -> None:
        must_supervise(asker)
        held = Plan.objects.select_for_update().filter(pk=plan).first()
        if held is None:
            raise NotThere
        held.step += 1
        held.save(update_fields=["step"])
        self.asker, self.plan, self.undoes, self.at = asker, held, undoes, at or clock.now()
        self.statements: set[int] = set()
        self.corrections: list[int] = []
        self.what = ""

    def __enter__(self) -> _Step:
        return self

    def __exit__(self, failed: object, *_: object) -> None:
        if failed:
            return
        rows = (
            ledger.Rows(Plan, [self.plan.pk], ["step"]),
            ledger.Rows(Statement, self.statements),
            ledger.Rows(Correction, self.corrections),
        )
        said = {"step": self.plan.step, **({"undoes": self.undoes} if self.undoes else {})}
        subject = f"plan:{self.plan.pk}"
        ledger.append(self.asker, subject, self.what or "review", said, stream="goals", at=self.at, rows=rows)

    def moved(self, row: Statement) -> None:
        """Its place in the plan changed, and nothing that it says."""
        row.save(update_fields=["position"])
        self.statements.add(row.pk)

    def change(self, row: Statement, what: str, after: Mapping[str, Any]) -> None:
        changed = {name: value for name, value in after.items() if getattr(row, name) != value}
        if not changed:
            return
        before = {name: written(getattr(row, name)) for name in changed}
        for name, value in changed.items():
            setattr(row, name, value)
        row.version += 1
        row.save(update_fields=[*changed, "version"])
        self.note(row, what, before, {name: written(value) for name, value in changed.items()})

    def note(self, row: Statement, what: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        made = Correction.objects.create(
            district_id=self.asker.district,
            plan=self.plan,
            statement=row,
            step=self.plan.step,
            undoes=self.undoes,
            what=what,
            before=before,
            after=after,
            person_id=self.asker.person,
            at=self.at,
        )
        self.statements.add(row.pk)
        self.corrections.append(made.pk)
        self.what = self.what or what


def written(value: Any) -> Any:
    """A field's value as JSON keeps it."""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def reread(name: str, value: Any) -> Any:
    """A field's value from what JSON kept."""
    if value is None:
        return None
    if name in ("value", "value2"):
        return Decimal(value)
    return date.fromisoformat(value) if name == "due" else value


def _held(statement: int, version: int | None) -> Statement:
    """The statement under a lock. Raises NotThere, Conflict, Refusal when it is a goal already."""
    row = Statement.objects.select_for_update(of=("self",)).filter(pk=statement).first()
    if row is None:
        raise NotThere
    if version is not None and row.version != version:
        raise Conflict(Receipt(say("goals.changed_meanwhile"), statement))
    _must_be_free([row])
    return row


def _must_be_free(rows: Iterable[Statement]) -> None:
    adopted = Goal.objects.filter(statement__in=[row.pk for row in rows]).values_list("pk", flat=True).first()
    if adopted is not None:
        raise Refusal(Receipt(say("goals.adopted_already"), False, source=f"goal:{adopted}"))


@transaction.atomic
def correct(
    asker: Asker,
    statement: int,
    given: Mapping[str, str],
    *,
    version: int | None = None,
    confirm: bool = False,
    at: datetime | None = None,
) -> Statement:
    """Write what a person typed, and confirm it if asked to.

    Raises NotThere, Conflict, Refusal, Incomplete.
    """
    must_supervise(asker)
    row = _held(statement, version)
    after = forms.read(given, facts(asker), row.plan.year)
    if confirm:
        _must_say_something({**{name: getattr(row, name) for name in FIELDS}, **after})
        after["status"] = "confirmed"
    with _Step(asker, row.plan_id, at) as step:
        step.change(row, "confirm" if confirm else "edit", after)
    return row


def _must_say_something(fields: Mapping[str, Any]) -> None:
    wrong = {}
    if not fields["indicator"]:
        wrong["indicator"] = say("goals.form.no_name")
    if fields["kind"] == "target" and fields["value"] is None and fields["comparator"] not in ("trend", ""):
        wrong["value"] = say("goals.form.value_missing")
    if fields["comparator"] == "range" and fields["value2"] is None:
        wrong["value2"] = say("goals.form.value_missing")
    if wrong:
        raise Incomplete(wrong)


@transaction.atomic
def add(asker: Asker, plan: int, start: int, *, at: datetime | None = None) -> Statement:
    """A line for a passage in which nothing was read: a person says what it promises. Raises NotThere, Refusal.

    start  where the passage begins in the plan's text (`queries.unread_passages`)
    """
    must_supervise(asker)
    with _Step(asker, plan, at) as step:
        rows = list(Statement.objects.filter(plan=plan))
        quote = dict(unread_passages(step.plan.text, rows)).get(start)
        if quote is None:
            raise NotThere
        above = max((row for row in rows if row.quote_offset < start), key=lambda row: row.position, default=None)
        first = min((row.position for row in rows), default=11)
        row = Statement.objects.create(
            district_id=asker.district,
            plan=step.plan,
            position=_place_behind(step, above) if above else first - 1,
            kind="target",
            quote=quote,
            quote_offset=start,
            indicator=quote[:200],
            comparator="=",
            time_frame="this_year",
            doubts=[{"key": "added", "args": {}}],
        )
        step.note(row, "add", {"status": "dropped"}, {"status": "to_review"})
    return row


@transaction.atomic
def drop(asker: Asker, statement: int, *, version: int | None = None, at: datetime | None = None) -> Statement:
    """Not a goal: it stays in the text and can be brought back."""
    must_supervise(asker)
    row = _held(statement, version)
    with _Step(asker, row.plan_id, at) as step:
        step.change(row, "drop", {"status": "dropped"})
    return row


@transaction.atomic
def restore(asker: Asker, statement: int, *, version: int | None = None, at: datetime | None = None) -> Statement:
    """Back to what is to review."""
    must_supervise(asker)
    row = _held(statement, version)
    with _Step(asker, row.plan_id, at) as step:
        step.change(row, "restore", {"status": "to_review", "merged_into_id": None})
    return row


@transaction.atomic
def confirm_sure(asker: Asker, plan: int, *, at: datetime | None = None) -> int:
    """Confirm at once every commitment of this year that was read surely, with owner and value; returns how many."""
    must_supervise(asker)
    sure_from = rules_of(asker).review.sure
    rows = Statement.objects.select_for_update(of=("self",)).filter(
        plan=plan, status="to_review", time_frame="this_year", confidence__gte=sure_from, doubts=[], lead__isnull=False
    )
    sure = [row for row in rows if row.kind == "milestone" or (row.kind == "target" and row.value is not None)]
    if sure:
        with _Step(asker, plan, at) as step:
            for row in sure:
                step.change(row, "confirm", {"status": "confirmed"})
    return len(sure)


@transaction.atomic
def confirm_all(asker: Asker, plan: int, *, at: datetime | None = None) -> tuple[int, int]:
    """Confirm every commitment of this year that says something, drop the rest; returns how many of each.

    For somebody who has read the plan elsewhere and answers for it by name.
    """
    must_supervise(asker)
    rows = Statement.objects.select_for_update(of=("self",)).filter(
        plan=plan, status="to_review", time_frame="this_year", kind__in=("target", "milestone")
    )
    confirmed = dropped = 0
    with _Step(asker, plan, at) as step:
        for row in rows:
            try:
                _must_say_something({name: getattr(row, name) for name in FIELDS})
            except Incomplete:
                step.change(row, "drop", {"status": "dropped"})
                dropped += 1
            else:
                step.change(row, "confirm", {"status": "confirmed"})
                confirmed += 1
    return confirmed, dropped


@transaction.atomic
def split(asker: Asker, statement: int, *, version: int | None = None, at: datetime | None = None) -> Statement:
    """Two where there was one: the new one stands behind it with the same words and waits for its own number."""
    must_supervise(asker)
    row = _held(statement, version)
    with _Step(asker, row.plan_id, at) as step:
        piece = Statement.objects.create(**_piece_of(row, _place_behind(step, row)))
        step.change(row, "split", {"status": "to_review"})
        step.note(piece, "split", {"status": "dropped"}, {"status": "to_review"})
    return piece


def _place_behind(step: _Step, row: Statement) -> int:
    """A free position behind a statement; those that follow make room."""
    position = row.position + 1
    following = Statement.objects.filter(plan=row.plan_id, position__gt=row.position).order_by("position").first()
    if following is not None and following.position <= position:
        for later in Statement.objects.filter(plan=row.plan_id, position__gte=position).order_by("-position"):
            later.position += 10
            step.moved(later)
    return position


def _piece_of(row: Statement, position: int) -> dict[str, Any]:
    """The columns of the second of two statements."""
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    kept |= {"id": None, "position": position, "value": None, "value2": None, "origin_id": row.pk}
    return kept | {"status": "to_review", "version": 1, "doubts": [{"key": "split", "args": {}}]}


@transaction.atomic
def merge(asker: Asker, statements: Iterable[int], *, plan: int | None = None, at: datetime | None = None) -> Statement:
    """One where there were several: the first of the text keeps all; the others are dropped and say where they went.

    plan  the plan that they must be of; any one plan when absent
    Raises NotThere, Refusal.
    """
    must_supervise(asker)
    wanted = set(statements)
    rows = list(Statement.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("position"))
    if len(rows) < 2 or len(rows) != len(wanted) or {row.plan_id for row in rows} - {plan or rows[0].plan_id}:
        raise Refusal(Receipt(say("goals.merge_needs_two"), False))
    _must_be_free(rows)
    first, *rest = rows
    start = min(row.quote_offset for row in rows)
    end = max(row.quote_offset + len(row.quote) for row in rows)
    co = list(dict.fromkeys(unit for row in rows for unit in [row.lead_id, *row.co] if unit and unit != first.lead_id))
    after: dict[str, Any] = {"status": "to_review", "co": co}
    with _Step(asker, first.plan_id, at) as step:
        if end - start <= 600:
            after |= {"quote": step.plan.text[start:end], "quote_offset": start}
        step.change(first, "merge", after)
        for row in rest:
            step.change(row, "merge", {"status": "dropped", "merged_into_id": first.pk})
    return first


@transaction.atomic
def undo(asker: Asker, plan: int, *, at: datetime | None = None) -> int | None:
    """Take back the last step that has not been taken back; returns the statement it was about, or None."""
    must_supervise(asker)
    taken = set(Correction.objects.filter(plan=plan, undoes__isnull=False).values_list("undoes", flat=True))
    steps = Correction.objects.filter(plan=plan, undoes__isnull=True).exclude(step__in=[step for step in taken if step])
    last = steps.order_by("-step").values_list("step", flat=True).first()
    if last is None:
        return None
    undone = list(Correction.objects.filter(plan=plan, step=last).order_by("-pk").select_related("statement"))
    _must_be_free([one.statement for one in undone])
    with _Step(asker, plan, at, undoes=last) as step:
        for one in undone:
            before = {name: reread(name, value) for name, value in one.before.items()}
            step.change(Statement.objects.select_for_update(of=("self",)).get(pk=one.statement_id), "undo", before)
    return undone[-1].statement_id
