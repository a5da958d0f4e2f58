"""The clocks of a matter: started, stopped, paused and extended by what happens to it (design §5, R0.5, R2.6).

A clock keeps its start, its limit as text, its pauses and extensions; its due is always computed from these by
`worktime.due`, so the promise shown to a citizen and the deadline that is measured are one number (design §10.11).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from yiwang.why import Receipt, Words, say
from yiwang.worktime import Calendar, Due, Extension, Limit, Pause, due

from .act import Act
from .definition import CLASSES, Extends, Kind
from .facts import State, row
from .world import World


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
                _stop(name, state, delta, at, world)
            elif what == "resumes" and started is not None and not running and not _ended(kind, name, state, delta):
                delta[f"clock.{name}.stopped"] = None
            elif (what == "starts" and started is None) or what == "restarts":
                _start(kind, name, state, delta, at, world)


def _start(kind: Kind, name: str, state: State, delta: State, at: datetime, world: World) -> None:
    text = limit_now(kind, name, {**state, **delta}, at)
    if text is None:
        return
    found = due(at, kind.limits[text], world.calendar)
    delta[f"clock.{name}.started"] = at
    delta[f"clock.{name}.limit"] = text
    delta[f"clock.{name}.due"] = found.at
    delta[f"clock.{name}.provisional"] = found.provisional
    for what in ("stopped", "pauses", "extensions", "limits"):
        if _get(state, delta, name, what) is not None:
            delta[f"clock.{name}.{what}"] = None


def _ended(kind: Kind, name: str, state: State, delta: State) -> bool:
    """Whether the matter was closed since a clock stopped: what was in time then stays so, whatever comes after."""
    stopped = _get(state, delta, name, "stopped")
    ends = [state.get(f"in.{stage}") for stage, said in kind.stages.items() if said.final]
    return stopped is None or any(at is not None and at >= stopped for at in ends)


def _stop(name: str, state: State, delta: State, at: datetime, world: World) -> None:
    """A clock that stands when it stops has stood until then: its pause ends with it (design §10.16)."""
    go_on(name, state, delta, at, world)
    delta[f"clock.{name}.stopped"] = at


def limit_now(kind: Kind, name: str, state: State, at: datetime) -> str | None:
    """The limit that a clock has by the facts as they are; None when its table knows none for them."""
    limit = kind.clocks[name].limit
    if isinstance(limit, str):
        return limit
    value = kind.expressions[limit["by"]].evaluate(row(kind, state, at))
    return limit.get(str(value), limit.get("default"))


def follow(kind: Kind, state: State, delta: State, at: datetime, world: World) -> None:
    """Running clocks take the limit of the facts as they are now, from the start that they have (design §10.15).

    What the limit was until then is kept in `clock.NAME.limits`: [until, limit, what it hangs on now].
    """
    for name, clock in kind.clocks.items():
        if isinstance(clock.limit, str) or not _runs(name, state, delta):
            continue
        merged = {**state, **delta}
        text, before = limit_now(kind, name, merged, at), merged[f"clock.{name}.limit"]
        if text is None or text == before:
            continue
        hangs_on = str(kind.expressions[clock.limit["by"]].evaluate(row(kind, merged, at)))
        delta[f"clock.{name}.limit"] = text
        delta[f"clock.{name}.limits"] = [
            *(merged.get(f"clock.{name}.limits") or ()),
            [at.isoformat(), before, hangs_on],
        ]
        _again(name, state, delta, world)


def stop_all(kind: Kind, state: State, delta: State, at: datetime, world: World) -> None:
    """A closed matter has no running clock."""
    for name in kind.clocks:
        if _runs(name, state, delta):
            _stop(name, state, delta, at, world)


def leave(kind: Kind, state: State, delta: State, at: datetime, world: World) -> None:
    """A pause ends with the stage in which it began (design §10.16)."""
    for name in kind.clocks:
        go_on(name, state, delta, at, world)


def pause(name: str, state: State, delta: State, act: Act, reason: str) -> None:
    """Suspend a clock that runs: with a reason, by who approves it (R0.5). One that is over goes on being over."""
    if why_not_pause(name, {**state, **delta}, act.at) is None:
        kept = list(_get(state, delta, name, "pauses") or ())
        delta[f"clock.{name}.pauses"] = [*kept, [act.at.isoformat(), None, reason, act.person]]


def why_not_pause(name: str, state: State, at: datetime) -> str | None:
    """Which words say that suspending a clock would change nothing; None when it would."""
    if state.get(f"clock.{name}.started") is None or state.get(f"clock.{name}.stopped") is not None:
        return "matters.clock_not_running"
    if is_paused(name, state):
        return "matters.clock_paused"
    until = state.get(f"clock.{name}.due")
    return "matters.clock_over" if until is not None and until < at else None


def go_on(name: str, state: State, delta: State, at: datetime, world: World) -> None:
    """End the running pause and move the due by the working time inside it."""
    if is_paused(name, {**state, **delta}):
        kept = [list(one) for one in _get(state, delta, name, "pauses") or ()]
        kept[-1][1] = at.isoformat()
        delta[f"clock.{name}.pauses"] = kept
        _again(name, state, delta, world)


def left_of(how: Extends, state: State) -> int:
    """How many units of an extension may still be given."""
    return how.up_to - sum(int(one[0].split()[0]) for one in state.get(f"clock.{how.clock}.extensions") or ())


def asked_at(how: Extends, kind: Kind, state: State) -> datetime | None:
    """When an extension was last asked for."""
    return max((at for name in kind.asking(how) if (at := state.get(f"at.{name}"))), default=None)


def extend(how: Extends, state: State, delta: State, act: Act, kind: Kind, world: World, reason: str) -> None:
    """Give more time: as much as was asked for, which `rules` holds between one and what is left (R2.6)."""
    kept = list(_get(state, delta, how.clock, "extensions") or ())
    n = int({**state, **delta}[f"form.{how.by}"])
    asked = asked_at(how, kind, state) or act.at
    delta[f"clock.{how.clock}.extensions"] = [*kept, [f"{n} {how.unit}", reason, act.person, asked.isoformat()]]
    _again(how.clock, state, delta, world)


def _again(name: str, state: State, delta: State, world: World) -> None:
    """Compute the due anew; that of a clock that stands is computed when it goes on."""
    found = reckon(name, {**state, **delta}, world.calendar)
    if found and found.at is not None:
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


def _runs(name: str, state: State, delta: State) -> bool:
    return _get(state, delta, name, "started") is not None and _get(state, delta, name, "stopped") is None


def is_paused(name: str, state: State) -> bool:
    """Whether a clock stands now: it runs, and its last pause has no end."""
    pauses: list[Any] = state.get(f"clock.{name}.pauses") or []
    return len(pauses) > 0 and pauses[-1][1] is None and state.get(f"clock.{name}.stopped") is None


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
    changes = [Receipt(words) for words in limits_told(kind, name, state, world)]
    return Receipt(
        say("matters.clock_due", clock=title),
        found.at.astimezone(world.district.zone) if found.at else None,
        (Receipt(rule, because=changes, source=clock.reference or kind.reference), found.receipt),
    )


def limits_told(kind: Kind, name: str, state: State, world: World) -> Iterator[Words]:
    """Which limit held until when, and what it has hung on since (design §10.15)."""
    kept = state.get(f"clock.{name}.limits") or ()
    after = [*(before for _, before, _ in kept[1:]), state[f"clock.{name}.limit"]]
    for (at, before, hangs_on), now in zip(kept, after, strict=False):  # of none there is none after
        yield say(
            "matters.limit_changed",
            at=datetime.fromisoformat(at).astimezone(world.district.zone),
            limit=limit_of(now).words(),
            before=limit_of(before).words(),
            value=_called(kind, name, hangs_on),
        )


def _called(kind: Kind, name: str, value: str) -> Words | Mapping[str, str] | str:
    """What a limit hangs on, as people call it."""
    limit = kind.clocks[name].limit
    by = limit["by"] if isinstance(limit, dict) else ""
    if by == "category.class" and value in CLASSES:
        return say(f"matters.class_{value}")
    titles = kind.urgencies if by == "urgency" else getattr(kind.fields.get(by.removeprefix("form.")), "values", {})
    return titles[value].mapping() if value in titles else value
