"""Proves to which matters a kind says that one may lead: opened or linked by an action, and undone by somebody."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.org.roles import UNIT
from yiwang.why import Words, say

from .action import Action, Opens
from .crew import Crew
from .definition import BY, OWNERS, Kind
from .under import OF_ROW

Complaint = tuple[str, Words]


def complaints(kind: Kind, crew: Crew) -> Iterator[Complaint]:
    """What one may lead to is opened by some action, and somebody can take the link away again."""
    opened = {opens.as_ for action in kind.actions.values() for opens in action.opens}
    for name, cause in kind.causes.items():
        if name in kind.children:
            yield f"causes.{name}", say("matters.causes_named_twice", name=name)
        if name not in opened:
            yield f"causes.{name}", say("matters.causes_never_opened", name=name)
        yield from who_may(f"causes.{name}.undo", cause.roles, crew)
    for name, action in kind.actions.items():
        for number, opens in enumerate(action.opens):
            if opens.matter:
                yield from ((f"actions.{name}.opens[{number}].matter", words) for words in _linked(kind, action, opens))


def _linked(kind: Kind, action: Action, opens: Opens) -> Iterator[Words]:
    """A link to a matter that is there: a field that takes the number of one of the kind, and that the act asks for."""
    cause = kind.causes.get(opens.as_)
    each, row = kind.fields.get(opens.each), opens.matter.removeprefix(OF_ROW)
    spec = each.fields.get(row) if each and row != opens.matter else kind.fields.get(opens.matter)
    if cause is None:
        yield say("matters.links_no_child", name=opens.as_)
    elif spec is None or spec.type != "matter" or spec.of != [cause.kind]:
        yield say("matters.links_of_kind", field=opens.matter, kind=cause.kind)
    elif (opens.each if row != opens.matter else opens.matter) not in action.asked:
        yield say("matters.links_never_asked", field=opens.matter)


def who_may(path: str, roles: list[str], crew: Crew) -> Iterator[Complaint]:
    """Who may is a role that acts somewhere, or the unit in charge: never the reporter or the platform."""
    if not roles:
        yield path, say("matters.no_merge_roles", path=path)
    for by in roles:
        if by != UNIT and (by in (*OWNERS, *BY) or not crew.knows(by)):
            yield path, say("matters.owner_unknown", owner=by, known=[UNIT, *crew.roles])
        elif by != UNIT and not crew.everybody and not crew.roles[by].acts_for:
            yield path, say("matters.role_acts_nowhere", role=by)
