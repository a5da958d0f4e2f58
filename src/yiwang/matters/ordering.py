"""A kind that a red goal opens: its words for how grave an order is, for issuing and for answering it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from yiwang.why import Words, say

if TYPE_CHECKING:
    from .definition import Kind

DOOR = "goal"


class Ordering(Struct, forbid_unknown_fields=True, frozen=True):
    """What the platform must know of a kind to supervise a goal by it (R5.9).

    grade        the field of the form that says how grave it is: its values are the grades of goals.yaml
    goal         the field that says which goal it is about
    issued_by    the action by which the platform hands it to the lead unit
    answered_by  the action by which the unit answers;  due  the clock within which it must
    """

    grade: str
    goal: str
    issued_by: str
    answered_by: str
    due: str


def read_off(kind: Kind) -> Ordering | None:
    """What a kind kept from before it was asked for this says all the same: by its door, its form and its clocks."""
    if DOOR not in kind.opens:
        return None
    said = [(name, kind.form[name]) for name in kind.opens[DOOR].fields if name in kind.form]
    grades = [name for name, spec in said if spec.type == "enum"]
    goals = [name for name, spec in said if spec.type == "text" and not spec.required]
    issues = [name for name in kind.by_stage[kind.first] if "system" in kind.actions[name].actors]
    answers = [name for name, action in kind.actions.items() if action.handles]
    dues = [name for name, clock in kind.clocks.items() if not clock.internal and {*answers} & {*clock.on("stops")}]
    if not (grades and goals and issues and answers and dues):
        return None
    return Ordering(grades[0], goals[0], issues[0], answers[0], dues[0])


def complaints(kind: Kind) -> Iterator[tuple[str, Words]]:
    """What goals open says what an order needs, by names that the kind has."""
    said = kind.orders
    if said is None:
        if DOOR in kind.opens:
            yield f"opens.{DOOR}", say("matters.orders_missing")
        return
    if DOOR not in kind.opens:
        yield "orders", say("matters.orders_no_door")
    taken = kind.opens[DOOR].fields if DOOR in kind.opens else []
    for what, name, type_ in (("grade", said.grade, "enum"), ("goal", said.goal, "text")):
        if name not in kind.form or kind.form[name].type != type_ or name not in taken:
            yield f"orders.{what}", say("matters.orders_field", field=name, type=type_)
    for what, name in (("issued_by", said.issued_by), ("answered_by", said.answered_by)):
        if name not in kind.actions:
            yield f"orders.{what}", say("matters.no_such_event", event=name)
    if missing := {"title", "text", "unit"} - {*taken}:
        yield f"opens.{DOOR}.fields", say("matters.orders_door", fields=sorted(missing))
    issue = kind.actions.get(said.issued_by)
    if issue and ("system" not in issue.actors or kind.first not in issue.stages or issue.needs != ["unit"]):
        yield "orders.issued_by", say("matters.orders_issue", action=said.issued_by, stage=kind.first)
    if said.due not in kind.clocks:
        yield "orders.due", say("matters.no_such_clock", clock=said.due)
