"""How large a number can become: the size of a result follows from the sizes of what goes into it.

These are the rules of DECIMAL(p, s) that engines use, applied before anything runs.
"""

from __future__ import annotations

from .types import DIGITS_MAX, Kind, Type

QUOTIENT_PLACES = 6
QUOTIENT_DIGITS_MAX = 31  # what Spark's division keeps before the point when it keeps at least six places


class TooWide(Exception):
    """A result that could have more digits than engines keep."""

    def __init__(self, digits: int, most: int) -> None:
        super().__init__()
        self.digits = digits
        self.most = most


def number(whole_digits: int, scale: int, exact: bool) -> Type:
    digits = max(whole_digits + scale, 1)
    if digits > DIGITS_MAX:
        raise TooWide(digits, DIGITS_MAX)
    return Type(Kind.NUMBER, digits, scale, exact)


def common(left: Type, right: Type) -> Type:
    """The smallest number type that holds both."""
    whole_digits = max(left.whole_digits, right.whole_digits)
    return number(whole_digits, max(left.scale, right.scale), left.exact or right.exact)


def total(left: Type, right: Type) -> Type:
    wider = common(left, right)
    return number(wider.whole_digits + 1, wider.scale, wider.exact)


def product(left: Type, right: Type) -> Type:
    return number(left.whole_digits + right.whole_digits, left.scale + right.scale, left.exact or right.exact)


def quotient(left: Type, right: Type) -> Type:
    """Always a decimal: 7 / 2 is 3.5. Engines compute it in units of the last place, which takes the places twice."""
    places = max(QUOTIENT_PLACES, left.scale)
    result = number(left.whole_digits + right.scale, places, exact=True)
    numerator = left.digits + places + right.scale - left.scale + 1
    units = max(one.digits + one.scale for one in (left, right)) - (38 - QUOTIENT_DIGITS_MAX)
    widest = max(result.digits + places - QUOTIENT_PLACES, numerator, right.digits + 1, units)
    if widest > QUOTIENT_DIGITS_MAX:
        raise TooWide(widest, QUOTIENT_DIGITS_MAX)
    return result


def same_size(item: Type) -> Type:
    return item


def rounded(item: Type, places: Type) -> Type:
    """`places.scale` carries the written number of places."""
    return number(item.whole_digits + 1, places.scale, exact=places.scale > 0)


def quotient_of_wholes(left: Type, right: Type) -> Type:
    return left


def rest_of_wholes(left: Type, right: Type) -> Type:
    return number(min(left.digits, right.digits), 0, exact=False)
