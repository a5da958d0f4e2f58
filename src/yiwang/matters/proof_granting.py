"""Proves that what one asks for and another grants reaches whoever grants it: more time, to be taken out of the rates.

It stands in the inbox of the roles that grant it (`granting`); who is none, the unit in charge say, finds it where it
is their move, or in a queue that asks for it. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.expr import ExprError
from yiwang.org.roles import NOTHING, UNIT
from yiwang.why import Words, say

from . import granting
from .action import Action
from .crew import Crew
from .definition import Kind

Complaint = tuple[str, Words]


def complaints(kind: Kind, crew: Crew) -> Iterator[Complaint]:
    """(path in the file, what is wrong) of every extension and exclusion that is asked of nobody."""
    for asked, name in granting.grants(kind):
        action = kind.actions.get(name)
        if action is None or asked not in kind.actions:
            continue  # told of where names are
        if not _reaches(kind, asked, action, crew):
            yield f"actions.{name}.by", say("matters.asked_of_nobody", action=name, asked=asked)


def _reaches(kind: Kind, asked: str, action: Action, crew: Crew) -> bool:
    if any(_has_an_inbox(kind, by, crew) for by in action.actors):
        return True
    owners = {kind.stages[one].owner for one in action.stages if one in kind.stages}
    return owners <= {*action.actors} or any(_names(kind, queue.when, asked) for queue in kind.queues.values())


def _has_an_inbox(kind: Kind, by: str, crew: Crew) -> bool:
    """Whether what is asked of a role stands in somebody's inbox: of one that acts for the unit in charge where there
    can be one."""
    if by in kind.own_actors or by in (UNIT, "handler", "reporter", "system") or not crew.knows(by):
        return False
    given = "unit" in kind.needs or any("unit" in one.asked for one in kind.actions.values())
    return given or crew.roles.get(by, NOTHING).place != UNIT


def _names(kind: Kind, text: str, asked: str) -> bool:
    try:
        return not {f"count.{asked}", f"at.{asked}"}.isdisjoint(kind.expression(text).fields())
    except ExprError:
        return True  # told of where expressions are
