"""Proves what a kind says of the orders that goals open (ordering.Ordering). Pure."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.why import Words, say

from .definition import Kind
from .ordering import DOOR


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
    if said.grade not in kind.form or kind.form[said.grade].type != "enum" or said.grade not in taken:
        yield "orders.grade", say("matters.orders_field", field=said.grade, type="enum")
    if said.goal:
        yield "orders.goal", say("matters.orders_linked", field=said.goal)
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
