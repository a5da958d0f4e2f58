"""What the platform does to a matter by itself, and when: read off the facts, so that it follows them. Pure.

Each automatic act is an action of the kind like every other: with its entry, its receipt and its place in the proof. A
moment that has passed while nobody looked is done late, once, and never twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from yiwang.worktime import Limit, due

from .action import Action, Does, Since
from .clock_state import State
from .definition import Kind
from .facts import row
from .linked import WAITS
from .world import World

MOST_AT_ONCE = 12  # acts that one act may set off, one after the other


@dataclass(frozen=True, slots=True)
class Coming:
    """An act that the platform will do, and the moment from which on it does."""

    at: datetime
    action: str


def coming(kind: Kind, state: State, world: World, but: Collection[str] = ()) -> Coming | None:
    """The next act that time brings, as the facts stand; None where none is to come.

    but  acts that something stands against: they keep no other waiting
    """
    if state.get(WAITS):
        return None
    return min(_timed(kind, state, world, but), key=lambda one: (one.at, one.action), default=None)


def at_once(kind: Kind, state: State, at: datetime, but: Collection[str] = ()) -> str | None:
    """The act whose condition holds now, of those that wait for nothing else."""
    for name in _left(kind, but):
        action = kind.actions[name]
        does: Does = action.does  # type: ignore[assignment]
        if not does.timed and _open(name, action, state) and _holds(kind, does, state, at):
            return name
    return None


def _left(kind: Kind, but: Collection[str]) -> Iterator[str]:
    return (name for name in kind.by_itself if name not in but)


def _timed(kind: Kind, state: State, world: World, but: Collection[str]) -> Iterator[Coming]:
    for name in _left(kind, but):
        action = kind.actions[name]
        does: Does = action.does  # type: ignore[assignment]
        at = moment_of(kind, name, state, world) if does.timed and _open(name, action, state) else None
        if at is not None and not _done(name, does, state, at) and _holds(kind, does, state, at):
            yield Coming(at, name)


def _done(name: str, does: Does, state: State, at: datetime) -> bool:
    """Whether it was done for this time: since the event that it waits for, whatever a calendar says now of the moment;
    for this due, where it waits for a clock."""
    done, since = state.get(f"at.{name}"), _since(does, state)
    return done is not None and (done >= at or (not does.overdue and since is not None and done >= since))


def _since(does: Does, state: State) -> datetime | None:
    """From when on it waits: the event, or the beginning of the stage in which it stands."""
    event = does.after.since if isinstance(does.after, Since) else state["stage"]
    return state.get(f"in.{event}") or state.get(f"at.{event}")


def _open(name: str, action: Action, state: State) -> bool:
    """Whether it may be done here, and not as often yet as it may be."""
    often = action.at_most is not None and state.get(f"count.{name}", 0) >= action.at_most
    return state["stage"] in action.stages and not often


def _holds(kind: Kind, does: Does, state: State, at: datetime) -> bool:
    return not does.when or kind.expressions[does.when].evaluate(row(kind, state, at)) is True


def moment_of(kind: Kind, name: str, state: State, world: World) -> datetime | None:
    """When time brings an act: the later of what it waits for; None while that has not begun or stands."""
    does: Does = kind.actions[name].does  # type: ignore[assignment]
    moments: list[datetime | None] = []
    if does.after is not None:
        limit = does.after.limit if isinstance(does.after, Since) else does.after
        since = _since(does, state)
        moments.append(due(since, kind.limits[limit], world.calendar).at if since else None)
    if does.overdue:
        moments.append(_over(kind, does, state, world))
    return max((one for one in moments if one), default=None) if all(moments) else None


def _over(kind: Kind, does: Does, state: State, world: World) -> datetime | None:
    clock = state.clock(does.overdue)
    if not clock.runs or clock.paused or clock.due is None:
        return None
    if does.ahead:
        return clock.due - span_of(kind.limits[does.ahead])
    return due(clock.due, kind.limits[does.late], world.calendar).at if does.late else clock.due


def span_of(limit: Limit) -> timedelta:
    """How long a limit of hours or days is; raises ValueError for one that a calendar counts.

    >>> span_of(Limit.parse("36 hours")), span_of(Limit.parse("2 days"))
    (datetime.timedelta(days=1, seconds=43200), datetime.timedelta(days=2))
    """
    if limit.unit.value == "days":
        return timedelta(days=limit.amount)
    if limit.unit.value == "minutes":
        return timedelta(minutes=limit.amount)
    raise ValueError(str(limit))
