"""Many matters that are decided together: each sees what those before it have been given. Pure.

A route by load compares open matters as the database counts them, and what is still being decided lies in none. So the
batch keeps count of what it gives away; many at once then go where the same would have gone one after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from .clock_state import State
from .definition import Kind
from .opening import Opening
from .world import Loads, World


@dataclass
class _Given:
    """The loads of a moment, with what has been given since."""

    before: Loads
    since: Counter[int] = field(default_factory=Counter)
    counted: dict[tuple[int, ...], Mapping[int, int]] = field(default_factory=dict)

    def __call__(self, units: Sequence[int]) -> Mapping[int, int]:
        asked = tuple(units)
        if asked not in self.counted:
            self.counted[asked] = self.before(asked)
        return {unit: self.counted[asked].get(unit, 0) + self.since[unit] for unit in asked}


class Deciding:
    """New matters of one kind, decided one after the other and opened at once."""

    def __init__(self, kind: Kind, world: World) -> None:
        self._kind, self._given = kind, _Given(world.loads)
        self._world = replace(world, loads=self._given)

    def decide(self, opening: Opening) -> State:
        """The first state of the next one. Raises Incomplete, and then nothing was given."""
        first = opening.decide(self._kind, self._world)
        if unit := self._in_charge(opening, first):
            self._given.since[self._world.district.by_code[unit].id] += 1
        return first

    def _in_charge(self, opening: Opening, first: State) -> str | None:
        """The unit that has it as soon as it is opened: none of what has ended, or went through other hands since."""
        if opening.ended or opening.acts:
            return None
        return first.get("lead") or (first.get("suggested") if self._kind.auto else None)
