"""Who is responsible: units named in the text, in the five styles of L5."""

from __future__ import annotations

from .outline import Place
from .statement import Item, Statement


def assign_owners(placed: list[Place], items: list[Item], statements: list[Statement], raw: str) -> None:
    """Set lead unit, helpers and the whole list on items and statements."""
