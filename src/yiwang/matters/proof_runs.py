"""Proves that what waits for a clock or an event finds it: where one may run, what may have happened before. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.why import Words, say

from .action import Action, Since
from .definition import Kind

Complaint = tuple[str, Words]


def complaints(kind: Kind) -> Iterator[Complaint]:
    """(path in the file, what waits in vain) of a kind whose names and expressions are sound."""
    runs = {name: frozenset(runs_in(kind, name)) for name in kind.clocks}
    for name, action in kind.actions.items():
        for path, clock in _clocks_of(action):
            if not runs[clock] & {*action.stages}:
                yield f"actions.{name}.{path}", say("matters.clock_elsewhere", action=name, clock=clock)
        if action.does and isinstance(action.does.after, Since):
            since = action.does.after.since
            if not _after(kind, since) & {*action.stages}:
                yield f"actions.{name}.does.after", say("matters.since_later", action=name, event=since)


def _clocks_of(action: Action) -> Iterator[tuple[str, str]]:
    """(path, clock) of every clock that must run for the action to do what it says."""
    yield from (("pauses", clock) for clock in action.pauses)
    if action.extends:
        yield "extends.clock", action.extends.clock
    if action.does and action.does.overdue:
        yield "does.overdue", action.does.overdue


def runs_in(kind: Kind, clock: str) -> set[str]:
    """The stages in which a clock may run."""
    first = _turned(kind, clock, "never", ["create", kind.first])
    seen, waiting = {(kind.first, first)}, [(kind.first, first)]
    while waiting:
        stage, now = waiting.pop()
        for name in kind.by_stage[stage]:
            action = kind.actions[name]
            for to in action.leads_to(stage):
                stays = action.to is None and to == stage
                then = _turned(kind, clock, now, [name] if stays else [name, to])
                if kind.stages[to].final and then != "never":
                    then = "ended"
                if (to, then) not in seen:
                    seen.add((to, then))
                    waiting.append((to, then))
    return {stage for stage, now in seen if now == "runs"}


def _turned(kind: Kind, clock: str, now: str, events: list[str]) -> str:
    for event in events:
        for what, name in kind.events.get(event, ()):
            if name != clock:
                continue
            if what == "drops":
                now = "never"
            elif what == "stops" and now == "runs":
                now = "stopped"
            elif what == "restarts" or (what, now) in {("starts", "never"), ("resumes", "stopped")}:
                now = "runs"
    return now


def _after(kind: Kind, event: str) -> set[str]:
    """The stages in which a matter may be when something has happened."""
    if event in kind.stages:
        reached = {event}
    else:
        action = kind.actions[event]
        reached = {to for stage in action.stages for to in action.leads_to(stage)}
    waiting = list(reached)
    while waiting:
        stage = waiting.pop()
        for name in kind.by_stage[stage]:
            fresh = {*kind.actions[name].leads_to(stage)} - reached
            reached |= fresh
            waiting += fresh
    return reached
