"""Which units may be put in charge of a matter of a kind, and which of its acts their own people can do. Pure."""

from __future__ import annotations

from collections import defaultdict

from yiwang.org.roles import NOTHING, UNIT

from . import forms
from .action import Action
from .crew import Crew
from .definition import Kind

Roles = frozenset[str]


def alike(kind: Kind, crew: Crew) -> dict[Roles, list[str]]:
    """Roles -> the units that may be put in charge and have people of these roles, who act for their unit."""
    by_roles: dict[Roles, list[str]] = defaultdict(list)
    allowed = set(forms.in_charge(kind).of)
    for unit, of in crew.unit_kinds.items():
        there = frozenset(
            role for role, at in crew.posts.items() if unit in at and UNIT in crew.roles.get(role, NOTHING).acts_for
        )
        if there and of in allowed:
            by_roles[there].append(unit)
    return by_roles


def of_the_unit(action: Action, crew: Crew) -> list[str]:
    return [by for by in action.actors if crew.roles.get(by, NOTHING).place == UNIT]


def can_do(action: Action, crew: Crew, roles: Roles) -> bool:
    missing = [by for by in of_the_unit(action, crew) if by not in roles]
    return len(missing) < len(action.actors)
