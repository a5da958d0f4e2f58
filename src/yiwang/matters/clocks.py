"""The clocks of a matter: started, stopped, paused and extended by what happens to it (design §5, R0.5, R2.6).

A clock keeps its start, its limit as text, its pauses and extensions; its due is always computed from these by
`worktime.due`, so the promise shown to a citizen and the deadline that is measured are one number (design §10.11).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from yiwang.why import Receipt, say
from yiwang.worktime import Calendar, Due, Extension, Limit, Pause, due

from .definition import Clock, Extends, Kind
from .facts import State, row
from .world import World

if TYPE_CHECKING:
    from .rules import Act


@lru_cache(maxsize=4096)
def limit_of(text: str) -> Limit:
    return Limit.parse(text)


def turn(kind: Kind, state: State, delta: State, events: list[str], at: datetime, world: World) -> None:
    """Start and stop the clocks that hang on what just happened."""
    for event in events:
        for what, name in kind.events.get(event, ()):
            started = _get(state, delta, name, "started")
            running = started is not None and _get(state, delta, name, "stopped") is None
            if what == "stops" and running:
                delta[f"clock.{name}.stopped"] = at
            elif what == "resumes" and started is not None and not running:
                delta[f"clock.{name}.stopped"] = None
            elif (what == "starts" and started is None) or what == "restarts":
                _start(kind, name, state, delta, at, world)


def _start(kind: Kind, name: str, state: State, delta: State, at: datetime, world: World) -> None:
    text = _limit_text(kind, kind.clocks[name], {**state, **delta}, at)
    if text is None:
        return
    found = due(at, kind.limits[text], world.calendar)
    delta[f"clock.{name}.started"] = at
    delta[f"clock.{name}.limit"] = text
    delta[f"clock.{name}.due"] = found.at
    delta[f"clock.{name}.provisional"] = found.provisional
    for what in ("stopped", "pauses", "extensions"):
        if state.get(f"clock.{name}.{what}") is not None:
            delta[f"clock.{name}.{what}"] = None


def _limit_text(kind: Kind, clock: Clock, state: State, at: datetime) -> str | None:
    if isinstance(clock.limit, str):
        return clock.limit
    value = kind.expressions[clock.limit["by"]].evaluate(row(kind, state, at))
    return clock.limit.get(str(value), clock.limit.get("default"))


def stop_all(kind: Kind, state: State, delta: State, at: datetime) -> None:
    """A closed matter has no running clock."""
    for name in kind.clocks:
        if _get(state, delta, name, "started") is not None and _get(state, delta, name, "stopped") is None:
            delta[f"clock.{name}.stopped"] = at


def pause(name: str, state: State, delta: State, act: Act, world: World) -> None:
    """Suspend a clock: with a reason, by who approves it (R0.5)."""
    kept = list(_get(state, delta, name, "pauses") or ())
    reason = str(act.data.get("reason", ""))
    delta[f"clock.{name}.pauses"] = [*kept, [act.at.isoformat(), None, reason, act.person]]


def go_on(name: str, state: State, delta: State, act: Act, kind: Kind, world: World) -> None:
    """End the running pause and move the due by the working time inside it."""
    kept = [list(one) for one in _get(state, delta, name, "pauses") or ()]
    if kept and kept[-1][1] is None:
        kept[-1][1] = act.at.isoformat()
        delta[f"clock.{name}.pauses"] = kept
        _again(name, state, delta, kind, world)


def extend(how: Extends, state: State, delta: State, act: Act, kind: Kind, world: World) -> None:
    """Give more time, up to the most that the rules allow in all (R2.6)."""
    kept = list(_get(state, delta, how.clock, "extensions") or ())
    asked = int(delta.get(f"form.{how.by}", state.get(f"form.{how.by}")) or 0)
    before = sum(int(one[0].split()[0]) for one in kept)
    granted = max(0, min(asked, how.up_to - before))
    asked_at = state.get("at.ask_extension") or act.at
    reason = str(state.get("form.reason", ""))
    if granted:
        delta[f"clock.{how.clock}.extensions"] = [
            *kept,
            [f"{granted} {how.unit}", reason, act.person, asked_at.isoformat()],
        ]
        _again(how.clock, state, delta, kind, world)


def _again(name: str, state: State, delta: State, kind: Kind, world: World) -> None:
    found = reckon(name, {**state, **delta}, world.calendar)
    if found:
        delta[f"clock.{name}.due"] = found.at
        delta[f"clock.{name}.provisional"] = found.provisional


def reckon(name: str, state: State, calendar: Calendar) -> Due | None:
    """The due of a clock with its receipt, computed from what the state keeps; None when it never started."""
    started = state.get(f"clock.{name}.started")
    if started is None:
        return None
    return due(
        started,
        limit_of(state[f"clock.{name}.limit"]),
        calendar,
        pauses=[_pause(one) for one in state.get(f"clock.{name}.pauses") or ()],
        extensions=[_extension(one) for one in state.get(f"clock.{name}.extensions") or ()],
    )


def _pause(kept: list[Any]) -> Pause:
    start, end, reason, approver = kept
    return Pause(datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None, reason, str(approver))


def _extension(kept: list[Any]) -> Extension:
    limit, reason, approver, asked_at = kept
    return Extension(limit_of(limit), reason, str(approver), datetime.fromisoformat(asked_at))


def _get(state: State, delta: State, name: str, what: str) -> Any:
    key = f"clock.{name}.{what}"
    return delta[key] if key in delta else state.get(key)


def is_paused(name: str, state: State) -> bool:
    pauses = state.get(f"clock.{name}.pauses")
    return pauses[-1][1] is None if pauses else False


def running(state: State) -> Iterator[tuple[str, datetime]]:
    """(clock, due) of every clock that runs and is not paused."""
    for key, value in state.items():
        if key.startswith("clock.") and key.endswith(".due") and value is not None:
            name = key[6:-4]
            if state.get(f"clock.{name}.stopped") is None and not is_paused(name, state):
                yield name, value


def most_pressing(state: State) -> tuple[datetime | None, str]:
    """(due, clock) of the running clock that ends first."""
    found = min(((at, name) for name, at in running(state)), default=None)
    return found if found else (None, "")


def receipt(kind: Kind, name: str, state: State, world: World) -> Receipt | None:
    """Why a clock is due when it is: the limit by the kind's rule, then the days one by one."""
    found = reckon(name, state, world.calendar)
    if found is None:
        return None
    clock = kind.clocks[name]
    title, limit = clock.title.mapping(), limit_of(state[f"clock.{name}.limit"]).words()
    rule = say("matters.clock_rule", kind=kind.title.mapping(), clock=title, limit=limit)
    return Receipt(
        say("matters.clock_due", clock=title),
        found.at.astimezone(world.district.zone) if found.at else None,
        (Receipt(rule, source=clock.reference or kind.reference), found.receipt),
    )
