"""A moment of a life, and a way on from it (see `lives`). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .guards import Value

NOBODY, ANOTHER, HANDLED = range(3)  # the unit in charge: none, one that has not handled it, one that has
TIME = ""  # the step that is no act: time goes by


class Moment(NamedTuple):
    """Where a matter stands: its stage, the unit in charge, who has handled it (`hands`), the facts followed."""

    stage: str
    lead: int
    hands: int
    facts: tuple[Value, ...]


@dataclass(frozen=True)
class Step:
    """One way on from a moment; `somebody` when a person can be meant to take it."""

    action: str
    to: Moment
    somebody: bool
