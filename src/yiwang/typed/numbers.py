"""Whole numbers as they stand in addresses and forms: ASCII digits, a few of them, within bounds.

`str.isdigit` says yes to `²`, which `int` refuses, and to a million digits, which take it minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LARGEST = 2**63 - 1  # of a key in the database
_WHOLE = re.compile(r"[0-9]{1,18}")


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
