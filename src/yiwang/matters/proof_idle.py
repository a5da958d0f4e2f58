"""Proves that every word of a kind has an effect: a rule that nobody runs is a mistake that nobody notices. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from yiwang.why import Words, say

from .action import Action
from .definition import Kind
from .possible import can_hold

Complaint = tuple[str, Words]


def complaints(kind: Kind) -> Iterator[Complaint]:
    """(path in the file, what has no effect) of a kind whose names exist."""
    raised = {role for action in kind.actions.values() for role in action.raises}
    for name, action in kind.actions.items():
        path = f"actions.{name}"
        yield from _said_twice(path, action)
        yield from _without_effect(kind, path, name, action)
        for role in action.lowers:
            if role not in raised:
                yield f"{path}.lowers", say("matters.lowers_nothing", role=role)
    reminders = [name for name, action in kind.actions.items() if action.reminds]
    for name in reminders[1:]:
        yield f"actions.{name}.reminds", say("matters.reminds_twice", action=name, first=reminders[0])
    yield from _keys(kind)


def _said_twice(path: str, action: Action) -> Iterator[Complaint]:
    for what, names in (("from", action.stages), ("by", action.actors), ("needs", action.asked)):
        if twice := sorted(name for name, times in Counter(names).items() if times > 1):
            yield f"{path}.{what}", say("matters.said_twice", names=twice)


def _without_effect(kind: Kind, path: str, name: str, action: Action) -> Iterator[Complaint]:
    if action.then and action.at_most is None:
        yield f"{path}.then", say("matters.then_never", action=name)
    elif action.then == name:
        yield f"{path}.then", say("matters.then_itself", action=name)
    if action.because and not action.when and not action.unless:
        yield f"{path}.because", say("matters.because_of_what", action=name)
    if action.reminds and "system" not in action.actors:
        yield f"{path}.by", say("matters.reminds_by_system", action=name)


def _run_by_platform(kind: Kind, name: str, action: Action) -> bool:
    """Whether something says when the platform does it."""
    ordering = kind.ordering
    named = {kind.auto, kind.follows, ordering.issued_by if ordering else ""}
    named |= {one.then for one in kind.actions.values()}
    return bool(action.does or action.reminds or name in named)


def _keys(kind: Kind) -> Iterator[Complaint]:
    """One key does one thing, for whoever stands before it."""
    for name, action in kind.actions.items():
        if len(action.key) > 1:
            yield f"actions.{name}.key", say("matters.key_of_one", sign=action.key)
    for stage, names in kind.by_stage.items():
        taken: dict[tuple[str, str], str] = {}
        for name in names:
            action = kind.actions[name]
            for by in action.actors if action.key else ():
                if (other := taken.setdefault((action.key.upper(), by), name)) != name:
                    yield f"actions.{name}.key", say("matters.key_twice", sign=action.key, other=other, stage=stage)
                    break


def never(kind: Kind) -> Iterator[Complaint]:
    """(path, what never comes about) of a kind whose lives are sound: conditions that cannot hold, acts of nobody."""
    for path, text in kind.texts():
        if path.endswith((".asked_when", ".when", ".unless", ".that")) and not can_hold(kind, [text]):
            yield path, say("matters.never_holds", text=text)
    for name, action in kind.actions.items():
        if action.actors == ["system"] and not _run_by_platform(kind, name, action):
            yield f"actions.{name}.by", say("matters.nobody_runs", action=name)
        before: list[str] = []
        for number, outcome in enumerate(action.outcomes):
            if before and can_hold(kind, [outcome.when]) and not can_hold(kind, [outcome.when], before):
                yield f"actions.{name}.outcomes[{number}].when", say("matters.outcome_shadowed", text=outcome.when)
            before.append(outcome.when)
