"""Who exists to act: the people of a pack by role and unit, as the proof of a kind asks for them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from yiwang.org.roles import DESK, NOTHING, UNIT, RoleFacts
from yiwang.org.roster import Roster


@dataclass(frozen=True)
class Crew:
    """role -> unit -> the people who hold such a post there; `desks` are the units that a matter's desk may be;
    `rosters` name -> the people who stand on it.

    People are numbered as they come: a proof asks whether two are one, never who it is.

    `unit_kinds` says of what kind each unit is.

    A crew of nobody named (`everybody`) has enough people of every role in every unit: a kind by itself is proven so.
    """

    posts: Mapping[str, Mapping[str, frozenset[int]]] = field(default_factory=dict)
    roles: Mapping[str, RoleFacts] = field(default_factory=dict)
    desks: tuple[str, ...] = ()
    rosters: Mapping[str, frozenset[int]] = field(default_factory=dict)
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
        rosters: Mapping[str, Roster] = MappingProxyType({}),
    ) -> Crew:
        """From the rows of posts.csv, people.csv and units.csv, roles.yaml and rosters.yaml."""
        held = {post["code"]: (post["role"], post["unit"]) for post in posts}
        by_role: dict[str, dict[str, frozenset[int]]] = {}
        numbers: dict[str, int] = {}
        holders: dict[str, set[int]] = {}
        for person in people:
            if person["post"] in held:
                role, unit = held[person["post"]]
                there = by_role.setdefault(role, {})
                number = numbers.setdefault(person["username"], len(numbers))
                there[unit] = there.get(unit, frozenset()) | {number}
                holders.setdefault(person["post"], set()).add(number)
        on_them = {
            name: frozenset().union(*(holders.get(post, set()) for post in roster.posts()))
            for name, roster in rosters.items()
        }
        return cls(by_role, roles, tuple(desks), on_them, unit_kinds={unit["code"]: unit["kind"] for unit in units})

    def knows(self, by: str) -> bool:
        """Whether there is such a role; a kind by itself may name any."""
        return self.everybody or by in self.roles or by in self.rosters

    def sees(self, role: str, kind: str) -> bool:
        """Whether holders of a role, or all who stand on a roster, see matters of a kind at all."""
        if role in self.rosters and not self.everybody:
            return all(
                any(self.roles.get(one, NOTHING).sees(kind) for one in self.held_by(who)) for who in self.rosters[role]
            )
        return self.everybody or self.roles.get(role, NOTHING).sees(kind)

    def held_by(self, person: int) -> Iterator[str]:
        """The roles that somebody holds, wherever they do."""
        return (role for role, there in self.posts.items() if any(person in people for people in there.values()))

    def number(self, role: str) -> int:
        """How many there are who do not stand for each other: people of the desk that has fewest, else units."""
        if self.everybody:
            return 99
        if role in self.rosters:
            return len(self.rosters[role])
        there = self.posts.get(role, {})
        if self.roles.get(role, NOTHING).place == DESK:
            return min((len(there.get(unit, ())) for unit in self.desks), default=0)
        return len(there)

    def fewest(self, role: str) -> int:
        """How many of a role there are where fewest are: in a unit, for what is done there, else everywhere."""
        if self.everybody or role in self.rosters or self.roles.get(role, NOTHING).place == DESK:
            return self.number(role)
        there = self.posts.get(role, {})
        if self.roles.get(role, NOTHING).place == UNIT:
            return min(map(len, there.values()), default=0)
        return len(frozenset().union(*there.values()))

    def holders(self, roles: Iterable[str]) -> int:
        """How many people hold a post of one of these roles, or any post where none is named."""
        there = [self.posts.get(role, {}) for role in (list(roles) or self.posts)]
        return len(frozenset().union(*(people for by_unit in there for people in by_unit.values())))

    def together(self, roles: Iterable[str], *, without_largest: bool = False) -> int:
        """How many people there are of some roles where fewest are: at the desk that has fewest, else in the district.

        without_largest  without those of the unit that has most of them
        """
        wanted = list(roles)
        at_desks = [one for one in wanted if self.roles.get(one, NOTHING).place == DESK]
        groups = []
        for desk in self.desks if at_desks else ("",):
            by_unit: dict[str, set[int]] = {}
            for role in wanted:
                for unit, people in self.posts.get(role, {}).items():
                    if role not in at_desks or unit == desk:
                        by_unit.setdefault(unit, set()).update(people)
            left_out = max(by_unit.values(), key=len, default=set()) if without_largest else set()
            groups.append(len(set().union(*by_unit.values()) - left_out))
        return min(groups, default=0)

    def leads_by_load(self, role: str, sort: str) -> bool:
        """Whether there are units among which a matter can be given to the least busy: those with people of a role who
        act for them, of one sort of unit where it is named."""
        there = [unit for unit in self.posts.get(role, ()) if sort in ("", self.unit_kinds.get(unit))]
        return self.everybody or (bool(there) and self.roles.get(role, NOTHING).for_the_unit)

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
