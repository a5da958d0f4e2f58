"""The clocks of a matter: started, stopped, paused and extended by what happens to it (design §5, R0.5, R2.6).

A clock keeps its start, its limit as text, its pauses and extensions; its due is always computed from these by
`worktime.due`, so the promise shown to a citizen and the deadline that is measured are one number (design §10.11).
Every function here adds to `delta` what changes; `clock_state` knows how a clock is kept. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from yiwang.expr import UNKNOWN
from yiwang.typed import moments
from yiwang.why import Receipt, Words, say
from yiwang.worktime import Calendar, Due, WorktimeError, due

from .act import Act
from .action import Extends
from .clock_state import ClockState, Delta, State, limit_of
from .definition import CLASSES, Kind
from .facts import row
from .world import World


def turn(kind: Kind, state: State, delta: Delta, events: list[str], at: datetime, world: World) -> None:
    """Start, stop and drop the clocks that hang on what just happened; at an end none that has stopped goes on."""
    over = kind.stages[(state | delta)["stage"]].final
    for event in events:
        for what, name in kind.events.get(event, ()):
            clock = state.clock(name, delta)
            if what == "drops":
                delta |= clock.drop(at)
            elif what == "stops" and clock.runs:
                _stop(name, state, delta, at, world)
            elif what == "resumes" and clock.done and not over and not _ended(kind, clock, state):
                delta |= clock.resume()
            elif (what == "starts" and clock.since is None) or what == "restarts":
                _start(kind, name, state, delta, at, world)


def _start(kind: Kind, name: str, state: State, delta: Delta, at: datetime, world: World) -> None:
    go_on(name, state, delta, at, world)  # one that stands and begins anew has stood until then
    merged, when = state | delta, kind.clocks[name].when
    if when and kind.expressions[when].evaluate(row(kind, merged, at)) is not True:
        return
    text = limit_now(kind, name, merged, at)
    if text is not None:
        delta |= state.clock(name, delta).start(at, text, due(at, limit_of(text), world.calendar))


def _ended(kind: Kind, clock: ClockState, state: State) -> bool:
    """Whether the matter was closed since a clock stopped: what was in time then stays so, whatever comes after."""
    ends = [state.get(f"in.{stage}") for stage, said in kind.stages.items() if said.final]
    return clock.stopped is None or any(at is not None and at >= clock.stopped for at in ends)


def _stop(name: str, state: State, delta: Delta, at: datetime, world: World, *, by_the_end: bool = False) -> None:
    """A clock that stands when it stops has stood until then: its pause ends with it (design §10.16)."""
    go_on(name, state, delta, at, world)
    clock = state.clock(name)
    delta |= clock.end(at) if by_the_end else clock.stop(at)


def limit_now(kind: Kind, name: str, state: State, at: datetime) -> str | None:
    """The limit that a clock has by the facts as they are; None when its table knows none for them."""
    limit = kind.clocks[name].limit
    if isinstance(limit, str):
        return limit
    value: Any = kind.expressions[kind.clocks[name].hangs_on].evaluate(row(kind, state, at))
    if "by" in limit:
        return limit.get(str(value), limit.get("default"))
    if value is UNKNOWN:
        return limit.get("default")
    if "until" in limit:
        return str(value.isoformat())
    return _of_length(value, limit)


def _of_length(value: Any, limit: Mapping[str, str]) -> str | None:
    """So many units; what no calendar counts is no length that anybody promises."""
    text = f"{max(int(value), 0)} {limit['unit']}"
    try:
        limit_of(text)
    except WorktimeError:
        return limit.get("default")
    return text


def over_at_once(kind: Kind, entered: Mapping[str, Any], at: datetime, world: World) -> dict[str, Words]:
    """Field → why its day cannot be entered at `at`: it has passed, and a clock that runs until it would begin
    overdue."""
    wrong: dict[str, Words] = {}
    for defined in kind.clocks.values():
        fact = "" if isinstance(defined.limit, str) else defined.limit.get("until", "")
        field = fact.removeprefix("form.")
        day = moments.day(entered.get(field)) if fact.startswith("form.") else None
        if day is not None and day < at.astimezone(world.district.zone).date():
            wrong[field] = say("matters.until_passed", day=day, clock=defined.title.mapping())
    return wrong


def follow(kind: Kind, state: State, delta: Delta, at: datetime, world: World) -> None:
    """Running clocks take the limit of the facts as they are now, from the start that they have (design §10.15)."""
    for name, defined in kind.clocks.items():
        clock = state.clock(name, delta)
        if isinstance(defined.limit, str) or not clock.runs:
            continue
        merged = state | delta
        text = limit_now(kind, name, merged, at)
        if text is None or text == clock.limit:
            continue
        hangs_on = str(kind.expressions[defined.hangs_on].evaluate(row(kind, merged, at)))
        delta |= clock.relimit(at, text, hangs_on)
        _again(clock, delta, world)


def stop_all(kind: Kind, state: State, delta: Delta, at: datetime, world: World) -> None:
    """A closed matter has no running clock; what stops by that alone was not fulfilled."""
    for name in kind.clocks:
        if state.clock(name, delta).runs:
            _stop(name, state, delta, at, world, by_the_end=True)


def stop_with(kind: Kind, state: State, delta: Delta, other: State, at: datetime, world: World) -> None:
    """The clocks of a matter that ends with another: what was fulfilled there was fulfilled for both."""
    stop_all(kind, state, delta, at, world)
    for name in kind.clocks:
        clock, theirs = state.clock(name, delta), other.clock(name)
        if clock.ended and theirs.done and not theirs.ended:
            delta |= clock.keep()


def leave(kind: Kind, state: State, delta: Delta, at: datetime, world: World) -> None:
    """A pause ends with the stage in which it began (design §10.16)."""
    for name in kind.clocks:
        go_on(name, state, delta, at, world)


def pause(name: str, state: State, delta: Delta, act: Act, reason: str) -> None:
    """Suspend a clock that runs: with a reason, by who approves it (R0.5). One that is over stays over."""
    clock = state.clock(name, delta)
    if why_not_pause(clock, act.at) is None:
        delta |= clock.pause(act.at, reason, act.person)


def why_not_pause(clock: ClockState, at: datetime) -> str | None:
    """Which words say that suspending a clock would change nothing; None when it would."""
    if not clock.runs:
        return "matters.clock_not_running"
    if clock.paused:
        return "matters.clock_paused"
    return "matters.clock_over" if clock.due is not None and clock.due < at else None


def go_on(name: str, state: State, delta: Delta, at: datetime, world: World) -> None:
    """End the running pause and move the due by the working time inside it."""
    clock = state.clock(name, delta)
    if clock.paused:
        delta |= clock.go_on(at)
        _again(clock, delta, world)


def left_of(how: Extends, state: State) -> int:
    """How many units of an extension may still be given."""
    return how.up_to - state.clock(how.clock).given


def asked_at(how: Extends, kind: Kind, state: State) -> datetime | None:
    """When an extension was last asked for."""
    return max((at for name in kind.asking(how) if (at := state.get(f"at.{name}"))), default=None)


def extend(how: Extends, state: State, delta: Delta, act: Act, kind: Kind, world: World, reason: str) -> None:
    """Give more time: as much as was asked for, which `rules` holds between one and what is left (R2.6)."""
    clock, n = state.clock(how.clock, delta), int((state | delta)[f"form.{how.by}"])
    delta |= clock.extend(f"{n} {how.unit}", reason, act.person, asked_at(how, kind, state) or act.at)
    _again(clock, delta, world)


def _again(clock: ClockState, delta: Delta, world: World) -> None:
    """Compute the due anew; that of a clock that stands is computed when it goes on."""
    found = reckon(clock, world.calendar)
    if found and found.at is not None:
        delta |= clock.move(found.at, found.provisional)


def reckon(clock: ClockState, calendar: Calendar) -> Due | None:
    """The due of a clock with its receipt, computed from what the state keeps; None when it never started."""
    if clock.since is None:
        return None
    return due(clock.since, limit_of(clock.limit), calendar, pauses=clock.pauses, extensions=clock.extensions)


def running(state: State) -> Iterator[ClockState]:
    """Every clock that runs and does not stand; each has a due."""
    return (clock for clock in state.clocks() if not clock.done and not clock.paused)


def most_pressing(state: State) -> tuple[datetime | None, str]:
    """(due, clock) of the running clock that ends first."""
    return min(((clock.due, clock.name) for clock in running(state) if clock.due), default=(None, ""))


def was_late(kind: Kind, state: State) -> bool:
    """Whether one of the clocks that a matter promised by was over when it stopped."""
    return any(state.clock(name).was_late for name, defined in kind.clocks.items() if not defined.internal)


def receipt(kind: Kind, name: str, state: State, world: World) -> Receipt | None:
    """Why a clock is due when it is: the limit by the kind's rule, then the days one by one."""
    clock = state.clock(name)
    reckoned = reckon(clock, world.calendar)
    if reckoned is None:
        return None
    defined = kind.clocks[name]
    title = defined.title.mapping()
    rule = say("matters.clock_rule", kind=kind.title.mapping(), clock=title, limit=limit_of(clock.limit).words())
    changes = [Receipt(words) for words in limits_told(kind, clock, world)]
    return Receipt(
        say("matters.clock_due", clock=title),
        reckoned.at.astimezone(world.district.zone) if reckoned.at else None,
        (Receipt(rule, because=changes, source=defined.reference or kind.reference), reckoned.receipt),
    )


def limits_told(kind: Kind, clock: ClockState, world: World) -> Iterator[Words]:
    """Which limit held until when, and what it has hung on since (design §10.15)."""
    earlier = clock.limits_before
    after = [*(one.limit for one in earlier[1:]), clock.limit]
    for before, now in zip(earlier, after, strict=False):  # of none there is none after
        yield say(
            "matters.limit_changed",
            at=before.until.astimezone(world.district.zone),
            limit=limit_of(now).words(),
            before=limit_of(before.limit).words(),
            value=_called(kind, clock.name, before.hangs_on),
        )


def _called(kind: Kind, name: str, value: str) -> Words | Mapping[str, str] | str:
    """What a limit hangs on, as people call it."""
    by = kind.clocks[name].hangs_on
    if by == "category.class" and value in CLASSES:
        return say(f"matters.class_{value}")
    titles = kind.urgencies if by == "urgency" else getattr(kind.fields.get(by.removeprefix("form.")), "values", {})
    return titles[value].mapping() if value in titles else value
