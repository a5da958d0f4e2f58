"""The third truth value: not true, not false, but a fact is missing."""

from __future__ import annotations

from typing import Final, NoReturn


class Unknown:
    """The one value UNKNOWN. It is neither true nor false; asking it which it is, is a mistake in the program.

    >>> UNKNOWN
    UNKNOWN
    >>> bool(UNKNOWN)
    Traceback (most recent call last):
    ...
    TypeError: UNKNOWN is neither true nor false: use Expr.holds(row), or compare with `is UNKNOWN`
    """

    __slots__ = ()
    _one: Unknown | None = None

    def __new__(cls) -> Unknown:
        if cls._one is None:
            cls._one = super().__new__(cls)
        return cls._one

    def __bool__(self) -> NoReturn:
        raise TypeError("UNKNOWN is neither true nor false: use Expr.holds(row), or compare with `is UNKNOWN`")

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __reduce__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()
