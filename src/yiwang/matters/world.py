"""What the rules need to know of the district: units and grid, categories and duties, the calendar. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from yiwang.org.colleagues import NO_PEOPLE, People
from yiwang.org.district import District
from yiwang.worktime import Calendar

from .objects import Lists, ObjectFacts
from .results import ResultFacts

Loads: TypeAlias = Callable[[Sequence[int]], Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    """A category of the pack's tree: `class_` is consult, suggestion, request, complaint or praise (R2.1)."""

    code: str
    name: dict[str, str]
    class_: str
    urgency: str
    parent: str
    top: str


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """Who handles a category, by the list of powers and duties (权责清单)."""

    to: str
    clause: str


@dataclass(frozen=True, slots=True)
class GateFacts:
    """What may be given to units of one sort: the kinds that are listed, and the rule that says so."""

    reference: str
    kinds: frozenset[str]


def object_of(world: World, named: str, clearance: int) -> ObjectFacts | None:
    """The object that "list/code" names, for who may know of it."""
    list_, _, code = named.partition("/")
    found = world.lists.get(list_, {}).get(code)
    return found if found and found.sensitivity <= clearance else None


def _nothing_open(units: Sequence[int]) -> Mapping[int, int]:
    return {}


@dataclass(frozen=True, slots=True)
class World:
    """One district, as the pure rules see it.

    loads  ids of units -> how many open matters each is in charge of, at this moment
    """

    district: District
    categories: dict[str, CategoryFacts]
    duties: dict[str, DutyFacts]
    calendar: Calendar
    lists: Lists = field(default_factory=dict)
    results: Mapping[str, ResultFacts] = field(default_factory=dict)
    loads: Loads = _nothing_open
    gates: Mapping[str, GateFacts] = field(default_factory=dict)
    people: People = NO_PEOPLE

    def duty_of(self, category: str) -> DutyFacts | None:
        """The duty of a category, else that of the category above it."""
        while category:
            if category in self.duties:
                return self.duties[category]
            known = self.categories.get(category)
            category = known.parent if known else ""
        return None
