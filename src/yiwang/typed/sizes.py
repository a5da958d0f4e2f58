"""Sizes on the ground as a pack writes them: "5 km", "20 ha", "300 mu". Pure.

A mu (亩) is the fifteenth part of a hectare.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

LENGTHS = {"m": Decimal(1), "km": Decimal(1000)}  # unit -> metres
GROUNDS = {"m2": Decimal(1), "mu": Decimal(2000) / 3, "ha": Decimal(10_000), "km2": Decimal(1_000_000)}  # unit -> m²
_SAID = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)(?: (m|km|m2|mu|ha|km2))?")


class Size(Decimal):
    """A number, or so much of a unit: the value is in metres or square metres, `amount` and `unit` are as they are
    written; without a unit it is the number alone.

    >>> Size("20 ha") == 200_000, Size("20 ha").unit, Size("20 ha").amount, Size("2.5").unit
    (True, 'ha', Decimal('20'), '')
    """

    unit: str
    amount: Decimal

    def __new__(cls, said: Any) -> Size:
        """Raises ValueError for what is neither."""
        match = _SAID.fullmatch(said.strip()) if isinstance(said, str) else None
        unit = (match[2] or "") if match else ""
        try:
            amount = Decimal(match[1] if match else str(said))
        except InvalidOperation:
            raise ValueError(said) from None
        if not amount.is_finite():
            raise ValueError(said)
        self = super().__new__(cls, amount * {**LENGTHS, **GROUNDS}.get(unit, Decimal(1)))
        self.unit, self.amount = unit, amount
        return self

    @property
    def said(self) -> str:
        """As a pack writes it.

        >>> Size("5 km").said, Size(0.1).said
        ('5 km', '0.1')
        """
        return f"{self.amount} {self.unit}".strip()

    def __reduce__(self) -> tuple[Any, ...]:
        return Size, (self.said,)

    def __copy__(self) -> Size:
        return self

    def __deepcopy__(self, memo: Any) -> Size:
        return self
