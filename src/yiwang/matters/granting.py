"""What is asked of somebody beside whose move it is: more time, or that an end counts in no rate (R2.6, R2.11). Pure.

Whoever asks does not grant. From the act that asks until one that grants or refuses, or until it can be granted no
more, the matter stands in the inbox of the roles that may grant it. No kind says so: it follows from what grants.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from .action import Action
from .clock_state import State
from .definition import Kind
from .exclusion import EXCLUDED
from .facts import row
from .world import World

ASKED_OF = "asked_of"  # a fact: the action by which something was asked for -> the roles that may grant it


def grants(kind: Kind) -> Iterator[tuple[str, str]]:
    """(action that asks, action that grants) of every extension and exclusion that one asks for and another grants."""
    for name, action in kind.actions.items():
        if action.extends and action.extends.asked_by:
            yield action.extends.asked_by, name
    if kind.exclusion:
        yield kind.exclusion.asked_by, kind.exclusion.granted_by


def asking(kind: Kind) -> set[str]:
    """The actions that ask another for something and move nothing themselves."""
    return {asked for asked, _ in grants(kind)}


def follow(kind: Kind, state: State, at: datetime, world: World) -> dict[str, list[str]] | None:
    """What is asked for and neither granted nor refused, with the roles that may grant it; None where nothing is."""
    owner, known = kind.stages[state["stage"]].owner, world.district
    asked_of: dict[str, list[str]] = {}
    for asked, name in grants(kind):
        action = kind.actions[name]
        if _is_open(kind, state, asked, name, action, at):
            roles = [by for by in action.actors if by != owner and (by in known.roles or by in known.rosters)]
            asked_of[asked] = roles
    return asked_of or None


def asked_now(kind: Kind, state: State) -> set[str]:
    """The actions that would grant what is asked for now."""
    asked_of = state.get(ASKED_OF) or {}
    return {name for asked, name in grants(kind) if asked in asked_of}


def roles_asked(state: State) -> list[str]:
    """The roles of which something is asked, each once."""
    return list(dict.fromkeys(role for roles in (state.get(ASKED_OF) or {}).values() for role in roles))


def fields_of(kind: Kind, asked: str) -> list[str]:
    """The fields that an asking action enters and no other does: what is asked for, and why in a code."""
    others = {field for name, action in kind.actions.items() if name != asked for field in action.asked}
    return [field for field in kind.actions[asked].asked if field in kind.fields and field not in others]


def not_given(kind: Kind, state: State) -> set[str]:
    """The fields of what was asked for and is neither open nor granted: no facts, they stand in the ledger."""
    asked_of = state.get(ASKED_OF) or {}
    return {field for asked, name in grants(kind) if asked not in asked_of and not _given(kind, state, asked, name)
            for field in fields_of(kind, asked)}  # fmt: skip


def _given(kind: Kind, state: State, asked: str, name: str) -> bool:
    asked_at = state.get(f"at.{asked}")
    if asked_at is None or not _answered(state, asked_at, name):
        return False
    return bool(state.get(EXCLUDED)) if kind.actions[name].extends is None else True


def _answered(state: State, asked_at: datetime, name: str) -> bool:
    """Whether the action that grants was done since it was asked for."""
    granted_at: datetime | None = state.get(f"at.{name}")
    return granted_at is not None and granted_at >= asked_at


def _is_open(kind: Kind, state: State, asked: str, name: str, action: Action, at: datetime) -> bool:
    asked_at = state.get(f"at.{asked}")
    if asked_at is None or _answered(state, asked_at, name):
        return False
    if state["stage"] not in action.stages or not _in_time(state, action, asked_at):
        return False
    seen = row(kind, state, at)
    conditions = ((action.when, True), (action.unless, False))
    return all(kind.expressions[text].evaluate(seen) is wanted for text, wanted in conditions if text)


def _in_time(state: State, action: Action, asked_at: datetime) -> bool:
    """Whether there is still what is asked for: a clock that runs, the end of which somebody spoke."""
    if action.extends:
        return state.clock(action.extends.clock).runs
    ended: datetime | None = state.get("closed_at")
    return ended is not None and ended <= asked_at
