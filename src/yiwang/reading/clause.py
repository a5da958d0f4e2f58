"""What is read of a paragraph before it is written out: its clauses, and what was found in them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .compare import Comparison
from .periods import Period
from .quantities import Quantity


@dataclass(slots=True)
class Clause:
    """A stretch of a paragraph between commas, with the quantities in it."""

    start: int
    end: int
    quantities: list[Quantity]


@dataclass(slots=True)
class Found:
    """A statement before it is written out: the clause range it is quoted from, and what was understood."""

    start: int
    end: int
    quantity: Quantity | None
    name: str
    measure: str
    compared: Comparison
    unit: str | None
    rule: str
    confidence: float
    value: Decimal | None = None
    period: Period | None = None
    scope: str = "district"
    kind: str | None = None
    verb: str | None = None
    implied: bool = False
    basis: str | None = None
    earlier: bool = False
