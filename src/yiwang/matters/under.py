"""Which matters an action opens, under a matter or led to by it: one, or one for each of several values. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from yiwang.org.roles import UNIT

from .action import Action, Opens
from .children import Wanted
from .clock_state import State
from .definition import Kind
from .facts import row
from .fields.checklists import bad
from .world import World

ITEM, OF_ROW = "item", "row."
EVERY = "every "  # each unit of a sort: "every street" (R5.3)
MOST = 100  # children that one act may open by one name; `proof_children` holds kinds to it


def wanted(kind: Kind, action: Action, state: State, at: datetime, world: World) -> list[Wanted]:
    """The children that an action opens, in the order of the file; `state` is the matter as the action leaves it."""
    wanted_under: list[Wanted] = []
    for opens in action.opens:
        if opens.when and kind.expressions[opens.when].evaluate(row(kind, state, at)) is not True:
            continue
        each = [_wanted(kind, opens, state, item) for item in _items(kind, opens, state, world)]
        wanted_under += [one for one in each if one.matter is None or one.matter[1]]
    return wanted_under


def _items(kind: Kind, opens: Opens, state: State, world: World) -> Iterator[Any]:
    if not opens.each:
        yield None
    elif sort := sort_of_unit(opens.each):
        yield from (unit.code for unit in world.district.of_kind(sort) if not _left_out(opens, unit.code, state))
    else:
        said = state.get(f"form.{opens.each}") or ()
        each = bad(said) if kind.fields[opens.each].type == "checklist" else said
        yield from (one for one in each if not _left_out(opens, one, state))


def _left_out(opens: Opens, item: Any, state: State) -> bool:
    return opens.but == UNIT and item == state.get("lead")


def sort_of_unit(each: str) -> str:
    """The sort of unit of which each is meant; empty where a field is.

    >>> sort_of_unit("every street"), sort_of_unit("owners")
    ('street', '')
    """
    return each.removeprefix(EVERY) if each.startswith(EVERY) else ""


def _wanted(kind: Kind, opens: Opens, state: State, item: Any) -> Wanted:
    data = {name: value for name, of in opens.fills.items() if (value := taken(of, state, item)) is not None}
    unit = taken(opens.unit, state, item) if opens.unit else None
    matter = (opens.matter.removeprefix(OF_ROW), taken(opens.matter, state, item)) if opens.matter else None
    return Wanted(opens.as_, (kind.children.get(opens.as_) or kind.causes[opens.as_]).kind, data, unit, matter)


def taken(of: str, state: Mapping[str, Any], item: Any) -> Any:
    """What a child takes over: the item itself, a field of its row, a field or a fact of the whole.

    >>> taken("item", {}, "water"), taken("row.day", {}, {"day": "2026-05-01"}), taken("title", {"title": "A"}, None)
    ('water', '2026-05-01', 'A')
    """
    if of == ITEM:
        return item
    if of.startswith(OF_ROW):
        return item.get(of.removeprefix(OF_ROW)) if isinstance(item, Mapping) else None
    return state.get("lead") if of == "unit" else state.get(of, state.get(f"form.{of}"))
