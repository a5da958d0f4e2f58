"""Figures as they are printed: rounding half away from zero, the minus sign, thousands, no base no rate."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

NONE = "—"
MINUS = "−"


def figure(value: Any, digits: int | None = None, *, sign: bool = False) -> str:
    """A number for a page; None is "—". Rounds half up, as a clerk does, not half even.

    >>> figure(2316), figure(Decimal("84.775"), 1), figure(-0.6, 1), figure(0.4, 1, sign=True), figure(None)
    ('2,316', '84.8', '−0.6', '+0.4', '—')
    """
    if value is None or value == "":
        return NONE
    if isinstance(value, str):
        return value
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        return NONE
    if digits is not None:
        exact = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    text = f"{abs(exact):,f}"
    if "." in text and digits is None:
        text = text.rstrip("0").rstrip(".")
    if exact < 0 and exact != 0:
        return MINUS + text
    return "+" + text if sign and exact > 0 else text


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
