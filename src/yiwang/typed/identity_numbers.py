"""Numbers by which the state knows people, with the check that each carries (GB 11643-1999)."""

from __future__ import annotations

import re
from datetime import date


def identity_check(number: str) -> str:
    """The check sign that belongs to the first seventeen digits of an identity number (ISO 7064 MOD 11-2).

    >>> identity_check("11010519491231002")
    'X'
    """
    weighed = sum(int(one) * (2 ** (17 - at) % 11) for at, one in enumerate(number[:17]))
    return "10X98765432"[weighed % 11]


def is_identity_number(number: str, today: date) -> bool:
    """Whether it is a citizen identity number: a day of birth that has been, and the right last sign (R0.7).

    >>> day = date(2026, 1, 1)
    >>> is_identity_number("11010519491231002X", day), is_identity_number("440524188001010014", day)
    (True, True)
    >>> is_identity_number("110105199002300021", day)
    False
    """
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return born <= today and identity_check(number) == number[17]
