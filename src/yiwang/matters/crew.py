"""Who exists to act: the people of a pack by role and unit, as the proof of a kind asks for them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from yiwang.org.roles import DESK, NOTHING, UNIT, RoleFacts


@dataclass(frozen=True)
class Crew:
    """role -> unit -> the people who hold such a post there; `desks` are the units that a matter's desk may be.

    People are numbered as they come: a proof asks whether two are one, never who it is.

    `unit_kinds` says of what kind each unit is.

    A crew of nobody named (`everybody`) has enough people of every role in every unit: a kind by itself is proven so.
    """

    posts: Mapping[str, Mapping[str, frozenset[int]]] = field(default_factory=dict)
    roles: Mapping[str, RoleFacts] = field(default_factory=dict)
    desks: tuple[str, ...] = ()
    everybody: bool = False
    unit_kinds: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        posts: Iterable[Mapping[str, Any]],
        people: Iterable[Mapping[str, Any]],
        desks: Iterable[str],
        roles: Mapping[str, RoleFacts],
        units: Iterable[Mapping[str, Any]] = (),
    ) -> Crew:
        """From the rows of posts.csv, people.csv and units.csv, and the roles of roles.yaml."""
        held = {post["code"]: (post["role"], post["unit"]) for post in posts}
        found: dict[str, dict[str, frozenset[int]]] = {}
        numbers: dict[str, int] = {}
        for person in people:
            if person["post"] in held:
                role, unit = held[person["post"]]
                there = found.setdefault(role, {})
                there[unit] = there.get(unit, frozenset()) | {numbers.setdefault(person["username"], len(numbers))}
        return cls(found, roles, tuple(desks), unit_kinds={unit["code"]: unit["kind"] for unit in units})

    def knows(self, by: str) -> bool:
        """Whether there is such a role; a kind by itself may name any."""
        return self.everybody or by in self.roles

    def number(self, role: str) -> int:
        """How many there are who do not stand for each other: people of the desk that has fewest, else units."""
        if self.everybody:
            return 99
        there = self.posts.get(role, {})
        if self.roles.get(role, NOTHING).place == DESK:
            return min((len(there.get(unit, ())) for unit in self.desks), default=0)
        return len(there)

    def fewest(self, role: str) -> int:
        """How many of a role there are where fewest are: in a unit, for what is done there, else everywhere."""
        if self.everybody or self.roles.get(role, NOTHING).place == DESK:
            return self.number(role)
        there = self.posts.get(role, {})
        if self.roles.get(role, NOTHING).place == UNIT:
            return min(map(len, there.values()), default=0)
        return len(frozenset().union(*there.values()))

    def units(self) -> int:
        """How many units have somebody who can act for them."""
        return (
            99
            if self.everybody
            else len(
                {unit for role, does in self.roles.items() if does.for_the_unit for unit in self.posts.get(role, {})}
            )
        )


EVERYBODY = Crew(everybody=True)
