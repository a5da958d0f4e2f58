"""Lengths of time as files give them: a number and s, min, h or d."""

from __future__ import annotations

from datetime import timedelta

from .numbers import whole

_UNITS = {"s": "seconds", "min": "minutes", "h": "hours", "d": "days"}


def span(text: str) -> timedelta:
    """A length of time. Raises ValueError.

    >>> span("5 min"), span("1 d")
    (datetime.timedelta(seconds=300), datetime.timedelta(days=1))
    """
    number, _, unit = text.strip().partition(" ")
    if unit not in _UNITS or (length := whole(number, least=1, most=99_999)) is None:
        raise ValueError(text)
    return timedelta(**{_UNITS[unit]: length})
