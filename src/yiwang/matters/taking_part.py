"""Which units take part in a matter, and so see it with all that stand above them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yiwang.org.district import District

from .children import TAKING_PART
from .panel import SEATED_UNITS


def involved(state: Mapping[str, Any]) -> set[str]:
    """The codes of all units that take part: they keep seeing what they once held."""
    units = {state.get(name) for name in ("desk", "lead", "holder", "street", "neighbourhood")}
    units |= {*(state.get("handling_units") or ()), *(state.get("once") or ()), *(state.get(TAKING_PART) or ())}
    units |= {*(state.get("rostered") or ()), *(state.get(SEATED_UNITS) or ())}
    return {unit for unit in units if unit}


def seen_by_some(role: str, state: Mapping[str, Any], district: District) -> bool:
    """Whether somebody who holds a post of a role sees a matter, as far as where they sit goes."""
    seers = {*district.seen_by(*(district.by_code[unit].id for unit in involved(state)))}
    posts = [post for post in district.posts.values() if post.role == role and post.unit in district.by_code]
    return any(district.sees_from(district.by_code[post.unit]) in seers for post in posts)
