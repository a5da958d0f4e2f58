"""Numbers as they stand in addresses and forms, within bounds.

Whole ones are a few ASCII digits: `str.isdigit` says yes to `²`, which `int` refuses, and to a million digits, which
take it minutes. Decimal ones are read as people write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

LARGEST = 2**63 - 1  # of a key in the database
LARGEST_DECIMAL = Decimal(10) ** 15  # no figure of a district reaches it
WIDE = str.maketrans("０１２３４５６７８９．，－−％", "0123456789.,--%")  # full-width signs, and the sign for minus
SURE_DIGITS = 15  # of a number that is kept to be reckoned with: more are lost on the way
_WHOLE = re.compile(r"[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?(?:\d{1,400}\.?\d{0,400}|\.\d{1,400})(?:[eE][+-]?\d{1,3})?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,4}(?:(?:,[0-9]{3})+|(?:,[0-9]{4})+)(?![0-9,])")  # thousands, or 万


def whole(raw: object, *, least: int = 0, most: int = LARGEST) -> int | None:
    """The number, or None for anything that is none between `least` and `most`.

    >>> whole("12"), whole("²"), whole("١٢"), whole("-1"), whole("9" * 30), whole(True), whole({})
    (12, None, None, None, None, None, None)
    """
    if isinstance(raw, int) and not isinstance(raw, bool):
        number = raw
    elif isinstance(raw, str) and _WHOLE.fullmatch(raw):
        number = int(raw)
    else:
        return None
    return number if least <= number <= most else None


def wholes(raw: Iterable[object]) -> list[int]:
    """Those of them that are whole numbers."""
    return [number for one in raw if (number := whole(one)) is not None]


def plain(number: Decimal) -> str:
    """A number as a person types it: no groups, no noughts at the end, no power of ten.

    >>> plain(Decimal("0.100000")), plain(Decimal("1E+3")), plain(Decimal("-0"))
    ('0.1', '1000', '0')
    """
    return f"{number.normalize() + 0:f}"


def decimal(text: str) -> Decimal | None:
    """A number as people write it: groups of digits, full-width signs, − for minus; None for what is none or too large.

    >>> decimal("1,163.5"), decimal("−１２"), decimal("1,2345"), decimal("1,5"), decimal("NaN"), decimal("1_0")
    (Decimal('1163.5'), Decimal('-12'), Decimal('12345'), None, None, None)
    """
    number = _written(text)
    return None if number is None or abs(number) >= LARGEST_DECIMAL else number


def is_too_large(text: str) -> bool:
    """Whether it is a number, and larger than any that is taken: to be told so, and not that it is none.

    >>> is_too_large("1,000,000,000,000,000"), is_too_large("1e15"), is_too_large("999999999999999"), is_too_large("x")
    (True, True, False, False)
    """
    number = _written(text)
    return number is not None and abs(number) >= LARGEST_DECIMAL


def digits(number: Decimal) -> int:
    """How many digits say what a number is, zeros at its end and in front left out.

    >>> digits(Decimal("1200")), digits(Decimal("0.0450")), digits(Decimal("1.0000000001")), digits(Decimal("0"))
    (2, 2, 11, 0)
    """
    return len("".join(map(str, number.as_tuple().digits)).strip("0"))


def _written(text: str) -> Decimal | None:
    plain = text.strip().translate(WIDE).replace(" ", "")
    if "," in plain:
        if _GROUPED.match(plain) is None:
            return None
        plain = plain.replace(",", "")
    return Decimal(plain) if _DECIMAL.fullmatch(plain) else None
