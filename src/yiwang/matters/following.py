"""What depends on a fact follows the fact (design §10.15).

The class, the urgency and the sensitivity hang on the category, a running clock's limit on whatever its kind names,
whose move it is on the stage and the unit in charge, the suggestion on the routes. Each is worked out anew in the
entry that changes a fact, so a state is what its facts make it, whatever way it took to get there. Pure.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yiwang.expr import UNKNOWN
from yiwang.org.asker import SENSITIVITY_INTERNAL
from yiwang.org.roles import EVERYWHERE, NOTHING

from . import clocks, ending, exclusion, granting, panels, rating, recused
from .capacity import place_of_duty
from .clock_state import Delta, State
from .definition import USUAL, Kind
from .facts import row
from .fields.measured import sizes
from .fields.types import as_stored
from .objects import described, least_clearance
from .recusal import STANDS_IN
from .routed_because import ROUTED_BECAUSE, fact_of
from .routing import route
from .taking_part import seen_by_some
from .world import World

AT_LEAST = "sensitivity.least"  # of a child: what its whole, whose words it says again, takes to be seen


def classify(kind: Kind, state: State, delta: Delta, world: World) -> None:
    """What hangs on the category, on objects that are named and shapes that are drawn: before clocks start by it."""
    _keep(sizes(kind.fields, delta), state | delta, delta)
    objects = described(kind.fields, state | delta, world.lists) if kind.names_objects else {}
    merged = state | delta | objects
    derived: dict[str, Any] = {"urgency": merged.get("urgency.said") or merged.get("urgency") or kind.usual_urgency}
    if known := world.categories.get(merged.get("category") or ""):
        derived["category.class"], derived["category.top"] = known.class_, known.top
        if known.urgency not in (USUAL, kind.usual_urgency):
            derived["urgency"] = known.urgency
    class_ = derived.get("category.class", merged.get("category.class", ""))
    derived["sensitivity"] = max(kind.sensitivity.get(class_, SENSITIVITY_INTERNAL), merged.get(AT_LEAST, 0))
    if kind.names_objects:
        derived["sensitivity"] = max(derived["sensitivity"], least_clearance(kind.fields, merged, world.lists))
    _keep(objects, state | delta, delta)
    _keep(derived, merged, delta)


def follow(kind: Kind, state: State, delta: Delta, at: datetime, world: World) -> None:
    """Everything that hangs on the facts as they are after `delta`; what differs is added to it."""
    classify(kind, state, delta, world)
    compute(kind, state, delta, at)
    clocks.follow(kind, state, delta, at, world)
    merged = state | delta
    derived: dict[str, Any] = {}
    derived["holder"], derived["holder_role"] = holder(kind, merged["stage"], merged, world)
    derived[STANDS_IN] = recused.follow(kind, merged, at, world)
    derived[granting.ASKED_OF] = granting.follow(kind, merged, at, world)
    derived |= panels.follow(kind, merged, world)
    derived["rostered"] = _rostered(merged | derived, world)
    routed = route(kind, merged, at, world)
    derived["suggested"], derived["suggested_by"] = (routed.unit, routed.settled) if routed else (None, None)
    derived[ROUTED_BECAUSE] = fact_of(routed.because) if routed else None
    derived |= ending.ended(kind, merged, at, world) | ending.counted(kind, state, merged, at)
    derived |= rating.counted(kind.rating, merged) | exclusion.excluded(kind.exclusion, merged)
    _keep(derived, merged, delta)


def compute(kind: Kind, state: State, delta: Delta, at: datetime) -> None:
    """The fields that are worked out from others, in the order of the file: one may stand on one before it."""
    for name, expression in kind.computed.items():
        value = expression.evaluate(row(kind, state | delta, at))
        _keep({f"form.{name}": None if value is UNKNOWN else as_stored(kind.fields[name], value)}, state | delta, delta)
    _keep(rating.said(kind.rating, state | delta), state | delta, delta)


def _keep(derived: Delta, merged: State, delta: Delta) -> None:
    delta.update({name: value for name, value in derived.items() if merged.get(name) != value})


def holder(kind: Kind, stage: str, state: State, world: World) -> tuple[str | None, str]:
    """(unit, role) whose move it is in a stage."""
    owner = kind.stages[stage].owner or ""
    if owner in kind.panels:  # it lies where it lay: whose move it is, each has in their own inbox
        return state.get("lead") or state.get("desk"), owner
    if owner in world.district.rosters:
        lead = world.district.posts.get(world.district.rosters[owner].lead)
        return lead.unit if lead else None, owner
    role = world.district.roles.get(owner, NOTHING)
    if role.place == EVERYWHERE:
        return world.district.office_of(role).code, owner
    return place_of_duty(owner, state, world), owner


def _rostered(state: State, world: World) -> list[str] | None:
    """The units of every post of the rosters that are asked, or ever were: whoever comes on duty must see it. So must
    whoever acts everywhere, wherever they sit: where nobody of such a role would see it, as of a matter without a
    place, the units of all its posts take part."""
    asked = [
        name for name in (state.get("holder_role"), *(state.get("raised") or ()), *granting.roles_asked(state)) if name
    ]
    known, codes = world.district, set[str]()
    for name in asked:
        if name in known.rosters:
            codes |= {*known.rosters[name].posts()}
        elif known.roles.get(name, NOTHING).place == EVERYWHERE and not seen_by_some(name, state, known):
            codes |= {code for code, post in known.posts.items() if post.role == name}
    units = {known.posts[code].unit for code in codes if code in known.posts}
    return sorted({*(state.get("rostered") or ()), *units}) or None
