"""Exact arithmetic on a row, as the engines do it: rounding half away from zero, quotients cut towards zero."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

EXACT = Context(prec=90, Emax=999, Emin=-999)  # twice the digits any value may have: nothing is lost on the way

add, subtract, multiply, negative = EXACT.add, EXACT.subtract, EXACT.multiply, EXACT.minus


def absolute(value: int | Decimal) -> int | Decimal:
    return value.copy_abs() if isinstance(value, Decimal) else abs(value)


def quotient(left: int | Decimal, right: int | Decimal, places: int) -> Decimal | None:
    """`left / right` to `places` digits; None when divided by zero.

    >>> quotient(2, 3, 6), quotient(-1, 8, 2), quotient(1, 0, 6)
    (Decimal('0.666667'), Decimal('-0.13'), None)
    """
    if not right:
        return None
    return EXACT.divide(left, right).quantize(_unit(places), ROUND_HALF_UP, EXACT)


def round_half_away(value: int | Decimal, places: int) -> int | Decimal:
    """A whole number when no places are kept.

    >>> round_half_away(Decimal("2.5"), 0), round_half_away(Decimal("-0.125"), 2)
    (3, Decimal('-0.13'))
    """
    rounded = Decimal(value).quantize(_unit(places), ROUND_HALF_UP, EXACT)
    return rounded if places else int(rounded)


def _unit(places: int) -> Decimal:
    return Decimal((0, (1,), -places))


def truncated_quotient(left: int, right: int) -> int | None:
    """
    >>> truncated_quotient(-7, 2), truncated_quotient(7, 0)
    (-3, None)
    """
    if right == 0:
        return None
    size = abs(left) // abs(right)
    return size if (left < 0) == (right < 0) else -size


def truncated_rest(left: int, right: int) -> int | None:
    """The rest has the sign of `left`.

    >>> truncated_rest(-7, 3), truncated_rest(7, -3), truncated_rest(1, 0)
    (-1, 1, None)
    """
    if right == 0:
        return None
    rest = abs(left) % abs(right)
    return -rest if left < 0 else rest
