"""What may reach units of a sort, such as neighbourhoods: the kinds that the pack's gate lists, and nothing else. Pure.

Whoever gives one of another kind to such a unit is refused, and the attempt is kept and counted (`attempts`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from msgspec import Struct, field

from yiwang.org.definition import UNIT_KINDS
from yiwang.org.titles import Title
from yiwang.why import Receipt, Refusal, Words, say

from .definition import Kind
from .routing import OF_PLACE
from .world import GateFacts, World

FILE = "gate.yaml"
Complaint: TypeAlias = tuple[str, Words]


class Gate(Struct, forbid_unknown_fields=True, frozen=True):
    """What may be given to units of one sort.

    reference  the list or rule that says so
    kinds      kind of matter -> why it may
    """

    reference: str
    kinds: dict[str, Title]


class GateFile(Struct, forbid_unknown_fields=True, frozen=True):
    """gate.yaml

    gates  kind of unit, such as neighbourhood -> what may be given to such a unit
    """

    gates: dict[str, Gate] = field(default_factory=dict)

    def facts(self) -> dict[str, GateFacts]:
        return {sort: GateFacts(gate.reference, frozenset(gate.kinds)) for sort, gate in self.gates.items()}


@dataclass(frozen=True, slots=True)
class Attempted:
    """What was refused at the gate: a kind, for a unit by its code, by an action or at the opening."""

    kind: str
    unit: str
    action: str


class AtTheGate(Refusal):
    """Something was given to a unit that such things may not reach."""

    status = 403

    def __init__(self, why: Receipt, attempted: Attempted) -> None:
        super().__init__(why)
        self.attempted = attempted


def lets_through(kind: Kind, unit: str, world: World) -> bool:
    """Whether a matter of a kind may be given to a unit."""
    sort = world.district.by_code[unit].kind if unit in world.district.by_code else ""
    return sort not in world.gates or kind.matter in world.gates[sort].kinds


def check(kind: Kind, unit: str | None, action: str, world: World) -> None:
    """Refuse what may not reach the unit that it is given to. Raises AtTheGate."""
    if unit is None or lets_through(kind, unit, world):
        return
    to = world.district.by_code[unit]
    words = say("matters.at_the_gate", kind=kind.title.mapping(), unit=to.name)
    raise AtTheGate(Receipt(words, False, (), world.gates[to.kind].reference), Attempted(kind.matter, unit, action))


def complaints(said: GateFile, kinds: Collection[str]) -> Iterator[Complaint]:
    """(path in the file, what is wrong) of a gate."""
    for sort, gate in said.gates.items():
        if sort not in UNIT_KINDS:
            yield f"gates.{sort}", say("org.kind_unknown", kind=sort, known=sorted(UNIT_KINDS))
        for name in gate.kinds:
            if name not in kinds:
                yield f"gates.{sort}.kinds.{name}", say("matters.gate_of_no_kind", kind=name, known=sorted(kinds))


def closed_to(kind: Kind, said: GateFile, sorts: Mapping[str, str]) -> Iterator[Complaint]:
    """(path in the kind's file, what is wrong) of what a kind gives to units whose gate does not list it.

    sorts  code of a unit -> its kind
    """
    shut = {sort for sort, gate in said.gates.items() if kind.matter not in gate.kinds}
    for number, route in enumerate(kind.routing):
        sort = OF_PLACE.get(route.to, sorts.get(route.to, ""))
        if sort in shut:
            yield f"routing[{number}].to", say("matters.gate_is_shut", sort=sort)
    for number, sort in enumerate(kind.in_charge):
        if sort in shut:
            yield f"in_charge[{number}]", say("matters.gate_is_shut", sort=sort)
