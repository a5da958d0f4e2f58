"""Who should have a matter: the first route whose condition holds, and why, as people are told. Pure.

A route leads to a unit, to that of the place or of an object, by the list of duties, by a field, to whoever is on duty,
or to that unit of a role which has fewest open matters. What was compared is said: by load with the numbers; where two
have the same, the first in the district's order wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yiwang.org.district import UnitFacts
from yiwang.org.roster import on_duty
from yiwang.why import say

from .clock_state import State
from .definition import Kind
from .facts import row
from .objects import fact_of_object
from .recused import unit_out
from .route import field_of_unit
from .routed_because import Because, because_of
from .world import World

OF_PLACE = {"street of place": "street", "neighbourhood of place": "neighbourhood"}
OF_DUTY = "duty of category"
BY_FIELD, BY_ROSTER, BY_LOAD = "field ", "roster ", "least load of "
_MOST_TOLD = 12  # loads that are told one by one, the least first


@dataclass(frozen=True, slots=True)
class Routed:
    """A unit, why, and by which route where that is settled once: a load is not compared again at every act."""

    unit: str
    because: Because
    settled: str | None = None


def route(kind: Kind, state: State, at: datetime, world: World) -> Routed | None:
    """Where the first route whose condition holds leads; None when no route leads to a unit."""
    seen = row(kind, state, at)
    for rule in kind.routing:
        if rule.when is not None and kind.expressions[rule.when].evaluate(seen) is not True:
            continue
        routed = _leads(kind, rule.to, rule.because.mapping(), state, at, world)
        if routed and _may_have(kind, world.district.by_code[routed.unit], state, world):
            return routed
    return None


def _leads(kind: Kind, to: str, because: Because, state: State, at: datetime, world: World) -> Routed | None:
    """The unit that a route's `to` means for a matter; None where there is none."""
    if to == OF_DUTY:
        duty = world.duty_of(state.get("category") or "")
        if duty is None:
            return None
        return _leads(kind, duty.to, say("matters.by_duty", rule=because, clause=duty.clause), state, at, world)
    if to.startswith(BY_ROSTER):
        return _on_duty(to.removeprefix(BY_ROSTER), because, at, world)
    if to.startswith(BY_LOAD):
        return _by_load(kind, to, because, state, world)
    unit = to
    if to in OF_PLACE:
        unit = state.get(OF_PLACE[to]) or ""
    elif field := field_of_unit(to):
        unit = state.get(fact_of_object(field, "unit")) or ""
    elif to.startswith(BY_FIELD):
        said = state.get(f"form.{to.removeprefix(BY_FIELD)}") or ""
        unit = said[0] if isinstance(said, list | tuple) else said  # of several the first is the lead (R5.3)
    return Routed(unit, because) if unit in world.district.by_code else None


def _may_have(kind: Kind, unit: UnitFacts, state: State, world: World) -> bool:
    """Whether a unit may be in charge of one: its sort is one that the kind names, no gate keeps it out, and somebody
    is left there who takes part."""
    if unit_out(state, unit.code, world):
        return False
    named = not kind.in_charge or unit.kind in kind.in_charge
    return named and (unit.kind not in world.gates or kind.matter in world.gates[unit.kind].kinds)


def _on_duty(name: str, because: Because, at: datetime, world: World) -> Routed | None:
    """The unit of the post on duty; of the roster's lead, with a mark, where nobody is."""
    roster = world.district.rosters.get(name)
    if roster is None:
        return None
    local = at.astimezone(world.district.zone)
    asked = on_duty(roster, local)
    post = world.district.posts.get(asked.post)
    if post is None:
        return None
    key = "matters.roster_gap" if asked.gap else "matters.on_duty"
    why = say(key, roster=roster.title.mapping(), post=post.title, at=f"{local:%m-%d %H:%M}")
    return Routed(post.unit, say("matters.routed", rule=because, why=why))


def _by_load(kind: Kind, to: str, because: Because, state: State, world: World) -> Routed | None:
    """The unit of the role with fewest open matters; it stays, once compared, until another route holds."""
    settled = f"{to}/{state.get('category') or ''}"
    if state.get("suggested_by") == settled and state.get("suggested"):
        return Routed(state["suggested"], because_of(state) or because, settled)
    units = [unit for unit in units_of(to, world) if _may_have(kind, unit, state, world)]
    if not units:
        return None
    loads = world.loads([unit.id for unit in units])
    ordered = sorted(units, key=lambda unit: loads.get(unit.id, 0))  # stable: in the district's order where equal
    least = [(unit.short or unit.code, loads.get(unit.id, 0)) for unit in ordered[:_MOST_TOLD]]
    told = [say("matters.load_of", unit=unit, n=n) for unit, n in least]
    why = say("matters.by_load", loads=told, n=len(units))
    return Routed(ordered[0].code, say("matters.routed", rule=because, why=why), settled)


def role_and_sort(to: str) -> tuple[str, str]:
    """("clerk", "street") of "least load of clerk in street"; without a sort of unit, ("clerk", "")."""
    role, _, sort = to.removeprefix(BY_LOAD).partition(" in ")
    return role, sort


def units_of(to: str, world: World) -> Sequence[UnitFacts]:
    """The units among which a route by load chooses: those with a post of its role, in the district's order."""
    role, sort = role_and_sort(to)
    codes = {post.unit for post in world.district.posts.values() if post.role == role}
    return [unit for unit in world.district.units.values() if unit.code in codes and sort in ("", unit.kind)]
