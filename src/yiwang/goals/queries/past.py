"""A goal as it stood at an instant: today's row without what people changed since, by the changes that they left."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from yiwang.org.asker import Asker

from ..models import Change, Goal

MADE = ("adopt", "break_down")  # the first change of a goal, if nothing stands before it


def as_it_stood(asker: Asker, goal: Goal, as_of: datetime) -> Goal | None:
    """The goal at an instant; None while it was not on the board yet."""
    then = copy(goal)
    for change in since(asker, goal.pk, as_of):
        if change.what in MADE and not change.before:
            return None
        for name, value in change.before.items():
            setattr(then, name, _read(name, value))
    return then


def since(asker: Asker, goal: int, as_of: datetime) -> Iterable[Change]:
    """What people changed of a goal after an instant, the newest first."""
    rows = Change.objects.filter(district=asker.district, goal=goal, at__gt=as_of)
    return rows.select_related("person").order_by("-pk")


def _read(name: str, value: Any) -> Any:
    """A field from what its change kept."""
    if value is None:
        return None
    if name in ("value", "value2", "base"):
        return Decimal(value)
    return date.fromisoformat(value) if name == "due" else value
