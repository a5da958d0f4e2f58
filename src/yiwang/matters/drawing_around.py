"""What a drawing says of the pack around a kind: who is on duty for it, which units it may reach. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from yiwang.org.roster import Roster
from yiwang.why import Words, say

from .called import Called, titles_of
from .definition import Kind
from .fields import measured
from .fields.filling import title_of
from .routing import BY_ROSTER
from .world import GateFacts, World


@dataclass(frozen=True, slots=True)
class Around:
    """The parts of a pack that a kind names, or that name it.

    roles    what the roles are called
    rosters  name -> who is on duty when
    gates    sort of unit -> what may reach such units
    """

    roles: Called = field(default_factory=dict)
    rosters: Mapping[str, Roster] = field(default_factory=dict)
    gates: Mapping[str, GateFacts] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World) -> Around:
        """Those of a district."""
        return cls(titles_of(world.district.roles), world.district.rosters, world.gates)


NOTHING = Around()


def on_duty_for(kind: Kind, around: Around) -> Iterator[Words]:
    """Each roster of the kind, with what whoever is on duty does, is shown and is given."""
    for name, roster in around.rosters.items():
        does: list[Any] = [one.title.mapping() for one in kind.actions.values() if name in one.actors]
        does += [stage.title.mapping() for stage in kind.stages.values() if stage.owner == name]
        does += [
            say("matters.draw_raised_by", action=one.title.mapping())
            for one in kind.actions.values()
            if name in one.raises
        ]
        if any(route.to == f"{BY_ROSTER}{name}" for route in kind.routing):
            does.append(say("matters.draw_routed"))
        if does:
            yield say("matters.draw_roster", roster=roster.title.mapping(), does=_each_once(does))


def _each_once(titles: list[Any]) -> list[Any]:
    return [title for number, title in enumerate(titles) if title not in titles[:number]]


def at_gates(kind: Kind, around: Around) -> Iterator[Words]:
    """Of each sort of unit that has a list of what may reach it: whether this kind may."""
    for sort, gate in around.gates.items():
        key = "matters.draw_gate_open" if kind.matter in gate.kinds else "matters.draw_gate_shut"
        yield say(key, units=say(f"matters.unit_{sort}"), reference=gate.reference)


def shapes(kind: Kind) -> Iterator[Words]:
    """What is drawn on the map, with the sizes that it must keep."""
    for name, spec in kind.fields.items():
        if measured.is_shape(spec):
            bounds = measured.bounds(spec)
            key = "matters.draw_shape" if bounds else "matters.draw_shape_any"
            yield say(key, field=title_of(name, spec), sort=say(f"matters.shape_{spec.type}"), bounds=bounds)
