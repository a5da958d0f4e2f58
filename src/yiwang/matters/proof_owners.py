"""Proves that whatever must be done by somebody is somebody's: owners of equal rank are named, a set of units is not
empty (R5.3). Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.org.definition import UNIT_KINDS
from yiwang.why import Words, say

from .action import Action, Opens
from .crew import Crew
from .definition import Kind
from .under import ITEM, MOST, sort_of_unit

Complaint = tuple[str, Words]


def complaints(kind: Kind, crew: Crew) -> Iterator[Complaint]:
    """(path in the file, what is wrong) of every `opens` that could open none of what the whole waits for."""
    for name, action in kind.actions.items():
        for number, opens in enumerate(action.opens):
            path = f"actions.{name}.opens[{number}]"
            if sort := sort_of_unit(opens.each):
                yield from _expands(path, opens, sort, crew)
            elif _wanted(kind, opens) and _may_be_empty(kind, action, opens):
                title = kind.children[opens.as_].title.mapping()
                yield f"{path}.each", say("matters.owners_empty", field=opens.each, action=name, children=title)
            yield from _left_out(kind, path, opens)


def _expands(path: str, opens: Opens, sort: str, crew: Crew) -> Iterator[Complaint]:
    units = [unit for unit, one in crew.unit_kinds.items() if one == sort]
    if sort not in UNIT_KINDS:
        yield f"{path}.each", say("matters.no_unit_kind", kind=sort, known=sorted(UNIT_KINDS))
    elif crew.unit_kinds and not units:
        yield f"{path}.each", say("matters.every_of_none", sort=sort, known=sorted({*crew.unit_kinds.values()}))
    elif len(units) > MOST:
        yield f"{path}.each", say("matters.every_of_many", sort=sort, n=len(units), most=MOST)
    if opens.unit != ITEM:
        yield f"{path}.unit", say("matters.every_is_in_charge", each=opens.each)


def _wanted(kind: Kind, opens: Opens) -> bool:
    """Whether the whole waits for what is opened: what it may do without, may also be none."""
    children = kind.children.get(opens.as_)
    return bool(opens.each) and opens.unit == ITEM and children is not None and not children.optional


def _may_be_empty(kind: Kind, action: Action, opens: Opens) -> bool:
    spec = kind.fields.get(opens.each)
    if spec is None or spec.type != "units":
        return False
    asked = opens.each in action.needs or (opens.each in kind.form and spec.required)
    return (not asked or bool(spec.asked_when)) and not opens.when


def _left_out(kind: Kind, path: str, opens: Opens) -> Iterator[Complaint]:
    """Not for who is in charge: that is asked of units alone."""
    spec = kind.fields.get(opens.each)
    if opens.but and not sort_of_unit(opens.each) and (spec is None or spec.type != "units"):
        yield f"{path}.but", say("matters.but_of_units", each=opens.each or "—")
