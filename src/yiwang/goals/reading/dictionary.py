"""Canonical names of indicators: a list that grows; unknown names are kept as they were read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .outline import Place


@dataclass(frozen=True, slots=True)
class Known:
    name: str
    measure: str | None = None
    known: bool = False


def canonical(name: str, unit: str | None, measure: str, place: Place) -> Known:
    return Known(name)
