"""Who exists to act: the people of a pack by role and unit, as the proof of a kind asks for them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

UNIT_ROLES = frozenset({"clerk", "head", "dispatcher"})


@dataclass(frozen=True)
class Crew:
    """role -> unit -> the people who hold such a post there; `desks` are the units that a matter's desk may be.

    A crew of nobody named (`everybody`) has enough people of every role in every unit: a kind by itself is proven so.
    """

    posts: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    desks: tuple[str, ...] = ()
    everybody: bool = False

    @classmethod
    def of(cls, posts: Iterable[Mapping[str, Any]], people: Iterable[Mapping[str, Any]], desks: Iterable[str]) -> Crew:
        """From the rows of posts.csv and people.csv."""
        held = {post["code"]: (post["role"], post["unit"]) for post in posts}
        found: dict[str, dict[str, frozenset[str]]] = {}
        for person in people:
            if person["post"] in held:
                role, unit = held[person["post"]]
                units = found.setdefault(role, {})
                units[unit] = units.get(unit, frozenset()) | {person["username"]}
        return cls(found, tuple(desks))

    def at_desk(self) -> int:
        """How many dispatchers the desk has that has fewest."""
        if self.everybody:
            return 99
        there = self.posts.get("dispatcher", {})
        return min((len(there.get(unit, ())) for unit in self.desks), default=0)

    def units(self) -> int:
        """How many units have somebody who can act for them."""
        return 99 if self.everybody else len({unit for role in UNIT_ROLES for unit in self.posts.get(role, {})})

    def units_of(self, role: str) -> int:
        """In how many units somebody holds a role."""
        return 99 if self.everybody else len(self.posts.get(role, {}))


EVERYBODY = Crew(everybody=True)
