"""Figures as they are printed: rounding half away from zero, the minus sign, thousands, no base no rate."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

NONE = "—"
MINUS = "−"


def figure(
    value: Any, digits: int | None = None, *, at_most: int | None = None, sign: bool = False, zeros: bool = False
) -> str:
    """A number for a page; None and what is no number ("not a number", infinite) are "—".

    digits   rounds to so many, half up, as a clerk does, not half even
    at_most  the same, and what is whole stays whole: where one page shows counts and shares
    zeros    those at the end of a decimal stay: they say how exactly it was measured

    >>> figure(2316), figure(Decimal("84.775"), 1), figure(-0.6, 1), figure(0.4, 1, sign=True), figure(None)
    ('2,316', '84.8', '−0.6', '+0.4', '—')
    >>> figure(0.1 + 0.2), figure(1234567890123.0), figure(Decimal("84.50")), figure(Decimal("84.50"), zeros=True)
    ('0.3', '1,234,567,890,123', '84.5', '84.50')
    >>> figure(2.0, at_most=1), figure(Decimal("2.04"), at_most=1), figure(2.25, at_most=1)
    ('2', '2', '2.3')
    """
    if value is None or value == "":
        return NONE
    if isinstance(value, str):
        return value
    exact = _exact(value)
    if not exact.is_finite():
        return NONE
    places = at_most if digits is None else digits
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{abs(exact):,f}"
    if "." in text and digits is None and not zeros:
        text = text.rstrip("0").rstrip(".")
    if exact < 0 and exact != 0:
        return MINUS + text
    return "+" + text if sign and exact > 0 else text


def _exact(value: int | float | Decimal) -> Decimal:
    """The decimal number; of a float the ten digits that it was meant to have, of a whole one all."""
    if isinstance(value, float):
        return Decimal(int(value)) if value.is_integer() else Decimal(f"{value:.10g}")
    return Decimal(value)


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its base: percent is None where there is nothing to divide by."""

    numerator: int
    denominator: int
    digits: int = 1

    @property
    def percent(self) -> Decimal | None:
        if not self.denominator:
            return None
        return Decimal(self.numerator) * 100 / Decimal(self.denominator)

    def __str__(self) -> str:
        """As printed, without its sign.

        >>> str(Rate(986, 1163)), str(Rate(0, 0))
        ('84.8', '—')
        """
        return figure(self.percent, self.digits)
