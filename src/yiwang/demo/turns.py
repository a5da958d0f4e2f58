"""Whose turn it is in a matter, what they do with it and when: read off its kind and its clocks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from random import Random

from yiwang.matters.act import Act
from yiwang.matters.action import Action
from yiwang.matters.against import refusal
from yiwang.matters.clock_state import State
from yiwang.matters.definition import Kind
from yiwang.matters.panel import AWAITED, SEATED
from yiwang.matters.recusal import person_of
from yiwang.matters.world import World
from yiwang.org.roles import DESK, EVERYWHERE, NOTHING, UNIT

from .office import Office
from .staff import REPORTER, Actor, Staff

LATE = 0.05  # share of the moves that come after their clock has run out
LONGEST = timedelta(days=40)  # that anybody waits before looking at it again
_SOONEST = timedelta(minutes=4)  # after which anybody looks at it again
_SHORT = timedelta(hours=8)  # what is due sooner is done whatever the hour
_TRIED = 5  # people of one role who are asked


def turn(
    kind: Kind,
    state: State,
    at: datetime,
    rng: Random,
    staff: Staff,
    world: World,
    shares: Mapping[str, float],
    slow: Collection[str] = (),
) -> tuple[str, Actor] | None:
    """(action, who does it) of what happens next; None where nobody can do anything now, or does not want to: what is
    seldom done is not done instead of what has to wait.

    shares  action -> how often it is done, where that is not read off the kind
    slow    what is not done before a clock has run out
    """
    names = [name for name in kind.by_stage[state["stage"]] if kind.actions[name].actors != ["system"]]
    if not overdue(state, at):
        names = [name for name in names if name not in slow]
    weights = {name: shares.get(name, share(kind, state, name)) for name in names}
    most = max(weights.values(), default=1.0)  # where no way leads forwards, the way back is the usual one
    waiting = [name for name in names if weights[name] > 0]
    while waiting:
        name = rng.choices(waiting, [weights[one] for one in waiting])[0]
        for who in able(kind, kind.actions[name], state, rng, staff, world):
            act = Act(name, at, {}, who.person, who.posts, "" if who.posts else who.role)
            if refusal(kind, state, name, act, world) is None:
                return (name, who) if rng.random() * most < 2 * weights[name] else None
        waiting.remove(name)
    return None


def overdue(state: State, at: datetime) -> bool:
    """Whether a clock that runs has run out."""
    dues = (clock.due for clock in state.clocks() if clock.runs and not clock.paused)
    return any(due is not None and due < at for due in dues)


def share(kind: Kind, state: State, name: str) -> float:
    """How often something is done beside the rest: forwards mostly, backwards seldom, what leads nowhere once.

    The first end of a kind is the one for which it is there; what has ended is left to whoever reported it.
    """
    action, stages, here = kind.actions[name], list(kind.stages), state["stage"]
    if kind.stages[here].final:
        return 1.0 if REPORTER.role in action.actors else 0.0
    owner = kind.stages[here].owner
    mine = 1.0 if owner is None or owner in action.actors else 0.15
    to = action.to or here
    if to == here:
        return mine * (0.35 if not state.get(f"count.{name}") else 0.06)
    if kind.stages[to].final:
        good = next(stage for stage in stages if kind.stages[stage].final)
        return mine * (1.0 if to == good else 0.05)
    return mine * (1.0 if stages.index(to) > stages.index(here) else 0.12)


def able(kind: Kind, action: Action, state: State, rng: Random, staff: Staff, world: World) -> Iterator[Actor]:
    """People to whom an action may fall, some of each role that it names; of a panel those who have yet to answer."""
    roles = world.district.roles
    for by in action.actors:
        if by == REPORTER.role:
            yield REPORTER
        elif by in kind.parties:
            yield Actor(None, role=by)
        elif by in kind.panels:
            awaited = {person_of(mark) for mark in state.get(AWAITED) or ()}
            yield from staff.as_they_are([one for one in state.get(f"{SEATED}{by}") or () if one in awaited])
        elif by == UNIT:
            yield from staff.some(rng, [name for name, does in roles.items() if does.for_the_unit], state.get("lead"))
        else:
            place = roles.get(by, NOTHING).place
            unit = {DESK: state.get("desk"), UNIT: state.get("lead")}.get(place)
            yield from staff.some(rng, [by], unit, anywhere=place == EVERYWHERE)[:_TRIED]


def when(state: State, at: datetime, rng: Random, office: Office) -> datetime:
    """When somebody takes it up: within the clock that runs out first, mostly; a few let it run out."""
    dues = [clock.due for clock in state.clocks() if clock.runs and not clock.paused]
    ahead = [due - at for due in dues if due is not None and due - at > _SOONEST]
    span = min(min(ahead, default=timedelta(days=1)), LONGEST)
    part = rng.uniform(1.02, 1.3) if rng.random() < LATE else rng.triangular(0.05, 0.8, 0.3)
    then = at + max(span * part, _SOONEST)
    return then.replace(microsecond=0) if span < _SHORT else office.later(then, rng.uniform(1, 90))
