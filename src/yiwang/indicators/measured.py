"""A figure that can answer why: its value, its two sides, and on demand the receipt and the matters behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from yiwang.org.asker import Asker
from yiwang.org.district import UnitFacts
from yiwang.org.session import acting_as
from yiwang.why import NotThere, Receipt, say
from yiwang.why.words import format_value

from . import rules, statement
from .because import receipt_of, with_cases
from .definition import Indicator
from .kept import Ready
from .period import Period
from .statement import CasePart, Counted, Frame

PAGE = 50


@dataclass(frozen=True, slots=True)
class Cases:
    """One page of the matters behind a figure; `total` equals the figure."""

    ids: list[int]
    total: int
    page: int
    size: int


@dataclass(frozen=True)
class Measured:
    """The value of an indicator for a unit and a period, as one asker may see it.

    value        in the definition's unit, rounded to its decimals; None: nothing to divide by, or nothing to take the
                 middle of
    numerator    how many matters are well (rate) or counted;  denominator: None for a count or a median
    excluded     taken out of the rate, still in the volume (R2.11);  codes: for which reasons
    period       None: everything up to `at`, or for what stands open the moment `at`
    at           the moment at which it was counted;  as_of: whether the ledger was folded up to it
    """

    ready: Ready
    asker: Asker
    frame: Frame
    period: Period | None
    unit: UnitFacts | None
    by: str
    at: datetime
    as_of: bool
    counted: Counted

    @property
    def definition(self) -> Indicator:
        return self.ready.definition

    @cached_property
    def value(self) -> Decimal | None:
        match self.definition.measures:
            case "rate":
                return rules.rate(self.counted.numerator, self.counted.denominator, self.definition.decimals)
            case "median":
                return rules.middle(self.counted.hours, self.definition.decimals)
        return Decimal(self.counted.numerator)

    @property
    def number(self) -> int | float | None:
        """The value as programs read it: a count is whole, never 2.0."""
        if self.value is None:
            return None
        return float(self.value) if self.definition.digits else int(self.value)

    @property
    def numerator(self) -> int:
        return self.counted.numerator

    @property
    def denominator(self) -> int | None:
        return self.counted.denominator if self.definition.denominator else None

    @property
    def excluded(self) -> int:
        return self.counted.excluded

    @property
    def codes(self) -> dict[str, int]:
        return self.counted.codes

    @cached_property
    def excluded_share(self) -> Decimal | None:
        """Per cent of the volume that was taken out of the rate: told in public (R2.11)."""
        return rules.rate(self.excluded, self.counted.denominator + self.excluded, 1)

    @property
    def lamp(self) -> rules.Lamp:
        return rules.lamp(self.definition, self.value)

    def text(self, language: str = "zh") -> str:
        """The value with its unit: "93.2%", "1,204 件"; "—" when there is none."""
        if self.value is None:
            return "—"
        unit = self.definition.unit.speak(language)
        return f"{format_value(self.value, language)}{'' if unit == '%' else ' '}{unit}"

    @property
    def parts(self) -> list[CasePart]:
        """The parts whose matters can be listed."""
        merged: list[CasePart] = ["merged"] if self.ready.once else []
        if not self.definition.denominator:
            return ["numerator", *merged]
        excluded: list[CasePart] = ["excluded"] if self.definition.exclude else []
        return ["numerator", "denominator", "against", *excluded, *merged]

    def cases(self, part: CasePart = "numerator", *, page: int = 1, size: int = PAGE) -> Cases:
        """The matters of one part, page by page, oldest first. Raises NotThere."""
        if part not in self.parts:
            raise NotThere(say("indicators.no_part", part=part[:40], known=self.parts))
        with acting_as(self.asker):
            offset = (max(page, 1) - 1) * size
            ids, total = statement.cases(self.frame, self.ready, part, offset=offset, size=size)
        return Cases(ids, total, page, size)

    @cached_property
    def merged(self) -> int:
        """How many were left out because they were merged into others, which are counted."""
        return self.cases("merged", size=1).total if self.ready.once else 0

    @cached_property
    def sql(self) -> str:
        """The statement that gives these counts, with its values."""
        make = statement.spans_sql if self.definition.median else statement.count_sql
        subject: Any = self.ready if self.definition.median else [self.ready]
        with acting_as(self.asker):
            return statement.with_values(make(self.frame, subject))

    @cached_property
    def receipt(self) -> Receipt:
        """Why it is this value: both sides in words and numbers, what was left out, the definition, the statement."""
        return receipt_of(self)

    def with_cases(self, at_most: int = 5) -> Receipt:
        """The receipt, with the first matters under each of its sides."""
        return with_cases(self, at_most)
