"""Which units a plan means when it names them (R5.3, L5)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from yiwang.org.queries import DistrictFacts

EVERY_STREET = re.compile(
    r"^各(?:街道|街镇|镇街|街道办|街道办事处|街道[、（(]?镇[)）]?|街道[、和]?各?镇|镇[、（(]?街道[)）]?|乡镇街道)$"
)
SPLIT = re.compile(r"[、,，;；\s]+")


@dataclass(frozen=True, slots=True)
class Owners:
    """The lead and the co-units by their ids, and the names that no unit answers to."""

    lead: int | None
    co: tuple[int, ...]
    unknown: tuple[str, ...]


def owners_of(district: DistrictFacts, lead: str | None, others: Iterable[str]) -> Owners:
    """The units that the names mean; 各街道 means every street."""
    unknown: list[str] = []
    found: list[int] = []
    first = named(district, lead) if lead else []
    if lead and not first:
        unknown.append(lead)
    for name in others:
        units = named(district, name)
        if not units and name not in unknown and name != lead:
            unknown.append(name)
        found += units
    leading = first[0] if first else None
    co = tuple(dict.fromkeys(unit for unit in [*first[1:], *found] if unit != leading))
    return Owners(leading, co, tuple(unknown))


def named(district: DistrictFacts, name: str) -> list[int]:
    """The units that one name means: one, every street, or none."""
    name = name.strip()
    if EVERY_STREET.match(name):
        return [unit.id for unit in district.of_kind("street")]
    for spelling in (name, name.removeprefix("区"), f"区{name}"):
        if unit := district.named(spelling):
            return [unit.id]
    return []


def names_in(text: str) -> list[str]:
    """The names of a list as a person types it.

    >>> names_in("区房管局、区民政局，各街道")
    ['区房管局', '区民政局', '各街道']
    """
    return [name for name in SPLIT.split(text.strip()) if name]
