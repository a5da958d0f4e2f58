"""Who of a crew may act on a matter of a kind, given who has handled it: what was handled is verified by others (R1.7).

Who has handled a matter is one number: a bit for a unit in charge, and four for how many people of each role. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from yiwang.org.roles import WORDS

from .action import Action
from .crew import Crew
from .definition import Kind
from .moment import ANOTHER, HANDLED, NOBODY, Moment

UNIT = 1  # the bit of a unit in charge
_ENOUGH = 8  # who has as many people never runs out of fresh ones


@dataclass
class Hands:
    """The people of a crew before the matters of a kind."""

    kind: Kind
    crew: Crew
    _who: dict[tuple[int, int, int], list[str]] = field(default_factory=dict)

    def who(self, action: Action, moment: Moment) -> list[str]:
        """The capacities in which somebody who exists may do it, whoever handled it before (R1.7)."""
        key = (id(action), moment.lead, moment.hands)
        capacities = self._who.get(key)
        if capacities is None:
            able = [by for by in action.actors if self.exists(by, moment)]
            capacities = self._who[key] = [by for by in able if self._independent(by, action, moment)]
        return capacities

    def exists(self, by: str, moment: Moment) -> bool:
        if by == "unit":
            return moment.lead != NOBODY and self.crew.units() > 0
        if by == "reporter":
            return self.kind.public
        if by == "handler":
            return moment.hands > 0
        if by in self.kind.panels:
            return True  # `proof_panels` holds that there are such people
        if by in self.kind.parties:
            return any(one == "unit" or self.crew.number(one) > 0 for one in self.kind.parties[by].roles)
        return by == "system" or self.crew.number(by) > 0

    def _independent(self, by: str, action: Action, moment: Moment) -> bool:
        if not action.verifies or by in ("reporter", "system", *self.kind.own_actors):
            return True
        if by == "unit":
            return moment.lead == ANOTHER
        if by == "handler":
            return False
        return self._handled(by, moment.hands) < self.crew.number(by)

    @cached_property
    def _places(self) -> dict[str, int]:
        """role -> where its number stands among the bits of `hands`."""
        acting = dict.fromkeys(by for action in self.kind.actions.values() for by in action.actors)
        roles = [by for by in acting if by not in WORDS and by not in self.kind.own_actors]
        return {role: 4 * (number + 1) for number, role in enumerate(roles)}

    def _handled(self, by: str, hands: int) -> int:
        return (hands >> self._places[by]) & 15 if by in self._places else 0

    def _with_one_more(self, by: str, hands: int) -> int:
        """Who has handled it when one more does: at worst each time another person."""
        if by == "unit":
            return hands | UNIT
        most = self.crew.number(by) if by in self._places else 0
        if self._handled(by, hands) >= (most if most < _ENOUGH else 1):
            return hands
        return hands + (1 << self._places[by]) if by in self._places else hands

    def after(self, action: Action, who: list[str], moment: Moment) -> set[tuple[int, int]]:
        """(unit in charge, who has handled it) after the act."""
        afterwards = set()
        for by in who if action.handles else who[:1]:
            lead, hands = moment.lead, moment.hands
            if action.handles:
                hands = self._with_one_more(by, hands)
                lead = HANDLED if by == "unit" else lead
            afterwards.add((lead, hands))
        if "unit" in action.needs or "unit" in action.may:
            given = {
                (lead, hands) for _, hands in afterwards for lead in (ANOTHER, *((HANDLED,) if hands & UNIT else ()))
            }
            return given if "unit" in action.needs else given | afterwards
        return afterwards
