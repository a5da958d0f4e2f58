"""Proves that nobody takes a matter out of the rates alone, or takes out their own unit's (R2.11). Pure."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.expr import ExprError
from yiwang.org.roles import UNIT
from yiwang.why import Words, say

from .action import Action
from .definition import Kind
from .exclusion import Exclusion
from .guards import Guard

Complaint = tuple[str, Words]
_NOBODY = frozenset({"reporter", "system"})  # who holds no post, and so answers for nothing
_INTERESTED = frozenset({UNIT, "handler", *_NOBODY})  # who must not grant what their own rates gain by


def complaints(kind: Kind) -> Iterator[Complaint]:
    """(path in the file, what is wrong)."""
    said = kind.exclusion
    if said is None:
        return
    asks, grants = (kind.actions.get(name) for name in (said.asked_by, said.granted_by))
    for part, name, action in (("asked_by", said.asked_by, asks), ("granted_by", said.granted_by, grants)):
        if action is None:
            yield f"exclusion.{part}", say("matters.no_such_event", event=name)
        elif action.to or not all(kind.stages[one].final for one in action.stages if one in kind.stages):
            yield f"actions.{name}", say("matters.exclusion_moves", action=name)
    if asks is None or grants is None:
        return
    yield from _asking(kind, said, asks)
    yield from _granting(kind, said, grants)


def _asking(kind: Kind, said: Exclusion, asks: Action) -> Iterator[Complaint]:
    spec = kind.fields.get(said.code)
    if spec is None or spec.type != "enum" or said.code not in asks.needs:
        yield "exclusion.code", say("matters.exclusion_code", field=said.code, action=said.asked_by)
    if not {*_NOBODY, *kind.own_actors}.isdisjoint(asks.actors):
        yield f"actions.{said.asked_by}.by", say("matters.exclusion_asked", action=said.asked_by)


def _granting(kind: Kind, said: Exclusion, grants: Action) -> Iterator[Complaint]:
    name = said.granted_by
    if said.asked_by not in grants.unlike:
        yield f"actions.{name}", say("matters.exclusion_alone", action=name, asked=said.asked_by)
    if not {*_INTERESTED, *kind.own_actors}.isdisjoint(grants.actors):
        yield f"actions.{name}.by", say("matters.exclusion_granted", action=name)
    if said.code in grants.asked:
        yield f"actions.{name}", say("matters.exclusion_code_changed", field=said.code, action=name)
    if not _only_when_asked(kind, said, grants):
        yield f"actions.{name}.when", say("matters.exclusion_unasked", action=name, asked=said.asked_by)


def _only_when_asked(kind: Kind, said: Exclusion, grants: Action) -> bool:
    try:
        asked = kind.expression(grants.when) if grants.when else None
    except ExprError:
        return True  # told of where expressions are
    never = {f"count.{said.asked_by}": 0, f"at.{said.asked_by}": None, f"first.{said.asked_by}": None}
    never |= {fact: 0 for fact in (asked.fields() if asked else ()) if fact.startswith("count.")}
    return asked is not None and not Guard(asked).may_be(True, never)
