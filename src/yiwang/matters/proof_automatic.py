"""Proves what a kind says that the platform does by itself: that it can be done, and comes to an end."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.expr import ExprError
from yiwang.org.roles import DESK, EVERYWHERE, NOTHING, UNIT
from yiwang.why import Words, say
from yiwang.worktime import WorktimeError

from .action import Action, Does, Since
from .automatic import span_of
from .crew import Crew
from .definition import Kind
from .fields.values import why_not

Complaint = tuple[str, Words]


def complaints(kind: Kind, crew: Crew) -> Iterator[Complaint]:
    """(path in the file, what is wrong) of every `does`, `raises` and `lowers`."""
    for name, action in kind.actions.items():
        path = f"actions.{name}"
        for what in ("raises", "lowers"):
            for role in getattr(action, what):
                if not crew.knows(role):
                    yield f"{path}.{what}", say("matters.owner_unknown", owner=role, known=[*crew.roles])
        yield from _heard(kind, f"{path}.raises", action, crew)
        if action.does:
            yield from _does(kind, f"{path}.does", name, action, action.does)


def _heard(kind: Kind, path: str, action: Action, crew: Crew) -> Iterator[Complaint]:
    """What is raised to a role that acts for the unit in charge reaches nobody where no unit ever is."""
    if "unit" in kind.needs or any("unit" in one.asked for one in kind.actions.values()):
        return
    for role in action.raises:
        if crew.roles.get(role, NOTHING).place == UNIT:
            heard = [name for name, one in crew.roles.items() if one.place in (DESK, EVERYWHERE)]
            yield path, say("matters.raised_to_nobody", role=role, others=heard)


def _does(kind: Kind, path: str, name: str, action: Action, does: Does) -> Iterator[Complaint]:
    if "system" not in action.actors:
        yield f"actions.{name}.by", say("matters.does_by_system", action=name)
    if not does.timed and not does.when:
        yield path, say("matters.does_never", action=name)
    if not does.timed and (action.to is None or action.to in action.stages):
        yield path, say("matters.does_for_ever", action=name)
    yield from _clock(kind, path, does)
    yield from _filled(kind, path, name, action, does)
    for where in _events(does):
        if where not in {*kind.stages, *kind.actions}:
            yield path, say("matters.no_such_event", event=where)
    if _asks_the_time(kind, does):
        yield f"{path}.when", say("matters.does_now", action=name)


def _asks_the_time(kind: Kind, does: Does) -> bool:
    try:
        return bool(does.when) and "now" in kind.expression(does.when).fields()
    except ExprError:
        return False  # told of where expressions are


def _events(does: Does) -> Iterator[str]:
    if isinstance(does.after, Since):
        yield does.after.since
    if does.dated:
        yield does.dated


def _clock(kind: Kind, path: str, does: Does) -> Iterator[Complaint]:
    if does.overdue and does.overdue not in kind.clocks:
        yield f"{path}.overdue", say("matters.no_such_clock", clock=does.overdue)
    if (does.late or does.ahead) and not does.overdue:
        yield path, say("matters.does_of_clock")
    if does.late and does.ahead:
        yield path, say("matters.does_late_or_ahead")
    if does.ahead:
        try:
            span_of(kind.limits[does.ahead])
        except WorktimeError:
            return  # told of where limits are
        except ValueError:
            yield f"{path}.ahead", say("matters.does_ahead", text=does.ahead)


def _filled(kind: Kind, path: str, name: str, action: Action, does: Does) -> Iterator[Complaint]:
    """What an action needs is filled in by the platform, or could never be done; and nothing else is."""
    asked = {*action.needs, *action.may}
    if (empty := sorted(set(action.needs) - does.fills.keys())) and action.actors == ["system"]:
        yield path, say("matters.does_needs", action=name, fields=empty)
    for foreign in sorted(does.fills.keys() - asked):
        yield f"{path}.fills.{foreign}", say("matters.does_fills", field=foreign, action=name)
    for field, value in does.fills.items():
        if field in kind.fields and (why := why_not(kind.fields[field], value)):
            yield f"{path}.fills.{field}", say("matters.never_so", fact=field, value=str(value), why=why)
    if action.evidence:
        yield f"actions.{name}.evidence", say("matters.does_evidence", action=name)
