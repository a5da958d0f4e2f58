"""Which matters belong to a unit: those that it or a unit below it leads, or those in its street."""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.org.district import District, UnitFacts
from yiwang.org.personal import in_short
from yiwang.why import NotThere, say

from .definition import Dimension, Indicator


@dataclass(frozen=True, slots=True)
class Members:
    """`column` of a matter holds one of `ids`; None when every matter counts."""

    column: str
    ids: list[int]


def named(district: District, text: str | None) -> UnitFacts | None:
    """The unit of a code, name or alias; None for the district itself. Raises NotThere."""
    if text is None:
        return None
    unit = district.by_code.get(text) or district.named(text)
    if unit is None:
        raise NotThere(say("indicators.no_such_unit", unit=in_short(text, 60)), status=422)
    return None if unit.parent is None else unit


def dimension(definition: Indicator, by: str | None) -> Dimension:
    """The way asked for, or the definition's usual one. Raises NotThere."""
    if by is None:
        return definition.by[0]
    if by not in definition.by:
        said = say("indicators.not_by", title=definition.title, by=by, known=list(definition.by))
        raise NotThere(said, status=422)
    return by


def members(district: District, unit: UnitFacts, by: Dimension) -> Members:
    """The matters of one unit and of all below it."""
    if by == "street" and unit.kind == "neighbourhood":
        return Members("neighbourhood_id", [unit.id])
    below = [other.id for other in district.units.values() if unit.id in other.path]
    return Members("lead_id" if by == "lead" else "street_id", below)


def groups(district: District, by: Dimension, within: UnitFacts | None) -> dict[int, int]:
    """unit of a matter -> the unit under which it is listed: a street, or the child of `within` above it."""
    if by == "street" and within is None:
        return {street.id: street.id for street in district.of_kind("street")}
    parent = within or district.root
    depth = len(parent.path)
    inside = [unit for unit in district.units.values() if parent.id in unit.path]
    return {unit.id: unit.path[depth] if len(unit.path) > depth else unit.id for unit in inside}


def column_of(by: Dimension, within: UnitFacts | None) -> str:
    """The column that tells the groups apart."""
    if by == "lead":
        return "lead_id"
    return "street_id" if within is None else "neighbourhood_id"
