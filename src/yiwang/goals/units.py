"""Which units a plan means when it names them (R5.3, L5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yiwang.org.district import District
from yiwang.reading.owners import canonical_unit
from yiwang.why import Words, say

EVERY_STREET = re.compile(
    r"^各(?:街道|街镇|镇街|乡镇街道)(?:办|办事处)?$|^各街道(?:办事处)?[、（(和]?各?镇[)）]?$|^各镇[、（(和]?各?街道[)）]?$"
)
EVERY_BUREAU = re.compile(r"^(?:区)?各(?:委办局|部门|委、?办、?局|职能部门)$")
SPLIT = re.compile(r"[、,，;；\n]+")


@dataclass(frozen=True, slots=True)
class Owners:
    """The lead and the co-units by their ids, and the names that no unit answers to."""

    lead: int | None
    co: tuple[int, ...]
    unknown: tuple[str, ...]


def owners_of(district: District, lead: str | None, others: Iterable[str]) -> Owners:
    """The units that the names mean; 各街道 means every street."""
    unknown: list[str] = []
    codes: list[int] = []
    first = named(district, lead) if lead else []
    if lead and not first:
        unknown.append(lead)
    for name in others:
        units = named(district, name)
        if not units and name not in unknown and name != lead:
            unknown.append(name)
        codes += units
    leading = first[0] if first else None
    co = tuple(dict.fromkeys(unit for unit in [*first[1:], *codes] if unit != leading))
    return Owners(leading, co, tuple(unknown))


def named(district: District, name: str) -> list[int]:
    """The units that one name means: one, every street, every bureau, or none; 区人社局 is 区人力资源社会保障局 too."""
    name = name.strip()
    for every, kind in _EVERY:
        if every.match(name):
            return [unit.id for unit in district.of_kind(kind)]
    for called in dict.fromkeys((name, canonical_unit(name))):
        for spelling in (called, called.removeprefix("区"), f"区{called}"):
            if unit := district.named(spelling):
                return [unit.id]
    return []


_EVERY = ((EVERY_STREET, "street"), (EVERY_BUREAU, "bureau"))
_TOGETHER = {"street": say("goals.every_street"), "bureau": say("goals.every_bureau")}


def together(district: District, units: Iterable[int]) -> list[Words | Mapping[str, str]]:
    """The names of units as a plan would write them: in Chinese all streets are 各街镇, all bureaus 各委办局."""
    left = list(dict.fromkeys(unit for unit in units if unit in district.units))
    named: list[Words | Mapping[str, str]] = []
    for kind, words in _TOGETHER.items() if "zh" in district.languages else ():
        every = [unit.id for unit in district.of_kind(kind)]
        missing = [unit for unit in every if unit not in left]
        if len(every) > 2 and not missing:
            left = [unit for unit in left if unit not in every]
            named.append(words)
    return [*(district.units[unit].short or district.units[unit].name for unit in left), *named]


def names_in(text: str) -> list[str]:
    """The names of a list as a person types it.

    >>> names_in("区房管局、区民政局，各街道")
    ['区房管局', '区民政局', '各街道']
    """
    return [name.strip() for name in SPLIT.split(text.strip()) if name.strip()]
