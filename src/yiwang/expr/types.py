"""What a fact or a value can be: text, whole number, decimal, yes/no, date, instant, span of time.

Numbers carry their greatest size. From it the reader computes the size of every sum and product before anything runs,
so that no row can overflow an engine's column type: an expression that could is refused with a sentence.
"""

from __future__ import annotations

import decimal
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum as _Enum
from typing import Any

from yiwang.why import Words, say

from .numbers import round_half_away

DIGITS_MAX = 36  # DECIMAL(38) of DuckDB and Spark, less one digit for rounding and one that Spark adds to a product
REACH_MAX = 1000  # years by which a date may be moved from its fact, so that it stays inside 0001…9999


class Kind(_Enum):
    """The families of values; two values can be compared when they are of one family."""

    TEXT = "text"
    NUMBER = "number"
    BOOL = "bool"
    DATE = "date"
    INSTANT = "instant"
    SPAN = "span"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Type:
    """A type of the language.

    digits   numbers: decimal digits in all; dates and instants: years by which it may differ from the fact
    scale    numbers: digits after the point; 0 is a whole number when `exact` is False
    exact    numbers: a decimal (amount, share), not a whole number (count, age)
    choices  texts: the only values it may take, empty when free

    >>> Decimal(12, 2).scale, Whole.digits, Enum("normal", "urgent").choices
    (2, 12, ('normal', 'urgent'))
    """

    kind: Kind
    digits: int = 0
    scale: int = 0
    exact: bool = False
    choices: tuple[str, ...] = ()

    def __call__(self, digits: int, scale: int | None = None) -> Type:
        """The same number type of another size: `Whole(18)`, `Decimal(12, 2)`."""
        if self.kind is not Kind.NUMBER or not 1 <= digits <= DIGITS_MAX or (scale is not None and not self.exact):
            raise TypeError(f"only Whole(digits) and Decimal(digits, scale) take a size, up to {DIGITS_MAX} digits")
        scale = min(self.scale, digits) if scale is None else scale
        if not 0 <= scale <= digits:
            raise TypeError(f"the scale lies between 0 and the {digits} digits")
        return replace(self, digits=digits, scale=scale)

    @property
    def whole_digits(self) -> int:
        """Digits before the point."""
        return self.digits - self.scale

    @property
    def name(self) -> str:
        if self.kind is Kind.NUMBER:
            return "decimal" if self.exact else "whole"
        return "enum" if self.choices else self.kind.value

    def words(self) -> Words:
        return say(_WORDS[self.name])

    def fits(self, value: Any) -> bool:
        """Whether a row may carry `value` for a fact of this type (None is unknown and always may)."""
        if value is None:
            return True
        if not self.takes(value):
            return False
        if self.choices:
            return value in self.choices
        return self.kind is not Kind.NUMBER or self._holds(value)

    def takes(self, value: Any) -> bool:
        """Whether a known value is of this type at all, whatever its size; what is nearly so is never guessed at."""
        match self.kind:
            case Kind.TEXT:
                return isinstance(value, str)
            case Kind.NUMBER if isinstance(value, decimal.Decimal):
                return self.exact and value.is_finite()
            case Kind.NUMBER:
                return isinstance(value, int) and not isinstance(value, bool)
            case Kind.BOOL:
                return isinstance(value, bool)
            case Kind.DATE:
                return isinstance(value, date) and not isinstance(value, datetime)
            case Kind.INSTANT:
                return isinstance(value, datetime) and value.utcoffset() is not None
        return isinstance(value, timedelta)

    def _holds(self, value: int | decimal.Decimal) -> bool:
        if not -(10**self.whole_digits) < value < 10**self.whole_digits:
            return False
        return isinstance(value, int) or value == round_half_away(value, self.scale)


_WORDS = {
    "text": "expr.type.text",
    "enum": "expr.type.enum",
    "whole": "expr.type.whole",
    "decimal": "expr.type.decimal",
    "bool": "expr.type.bool",
    "date": "expr.type.date",
    "instant": "expr.type.instant",
    "span": "expr.type.span",
    "nothing": "expr.type.nothing",
}

Text = Type(Kind.TEXT)
Whole = Type(Kind.NUMBER, 12)
Decimal = Type(Kind.NUMBER, 18, 4, exact=True)
Bool = Type(Kind.BOOL)
Date = Type(Kind.DATE)
Instant = Type(Kind.INSTANT)
Span = Type(Kind.SPAN)
Nothing = Type(Kind.NOTHING)


def Enum(*choices: str | Iterable[str]) -> Type:
    """Text that is one of `choices`; comparing it with anything else is refused when the expression is read."""
    flat: list[str] = []
    for choice in choices:
        flat += [choice] if isinstance(choice, str) else choice
    if not flat:
        raise TypeError("an Enum needs at least one choice")
    return Type(Kind.TEXT, choices=tuple(flat))
