"""JSON from outside: one meaning, bounded depth, numbers that a database holds, text that is text (RFC 7493)."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from .text import NotText, clean

DEEPEST = 20
LARGEST = 2**63 - 1


class NotJson(ValueError):
    """It cannot be read, or not in one way only."""


def read(body: bytes) -> Any:
    """The value, its texts and keys cleaned. Raises NotJson.

    >>> read(b'{"a": [1, "x"]}')
    {'a': [1, 'x']}
    """
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_int,
            parse_float=_float,
            parse_constant=_constant,
        )
        return _cleaned(value, 0)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError, JSONDecodeError and NotText are ValueErrors
        raise NotJson(type(error).__name__) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NotJson("a key twice")
    return made


def _int(digits: str) -> int:
    if len(digits) > 20 or abs(int(digits)) > LARGEST:
        raise NotJson("a number too large")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if len(digits) > 60 or not math.isfinite(number):
        raise NotJson("a number too large")
    return number


def _constant(name: str) -> NoReturn:
    raise NotJson(name)


def _cleaned(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise NotJson("too deep")
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(one, depth + 1) for one in value]
    if isinstance(value, dict):
        cleaned = {clean(key): _cleaned(one, depth + 1) for key, one in value.items()}
        if len(cleaned) != len(value):
            raise NotText
        return cleaned
    return value
