"""The JSON form of what receipts hold: nothing is lost, and everybody can read it (`SCHEMA` describes it).

null, true, 12, "text" and {"zh": …, "en": …} stand for themselves; what JSON does not know carries its name:
{"decimal": "1.50"}, {"date": "2026-02-14"}, {"instant": "2026-02-14T17:00:00+08:00"}, {"microseconds": 90000000},
{"words": "why.yes", "args": {}}.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from .words import LANGUAGES, Words

KEY = r"[a-z]+(\.[a-z0-9_]+)+"
_MICROSECOND = timedelta(microseconds=1)


class Unreadable(ValueError):
    """JSON that is no receipt."""


@contextmanager
def readable() -> Iterator[None]:
    """Whatever is wrong inside, say that it is no receipt."""
    try:
        yield
    except Unreadable:
        raise
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as wrong:
        raise Unreadable(f"no receipt, or one of another version: {wrong!r}") from wrong


def write(value: Any) -> Any:
    """A value as JSON. Raises TypeError for a type that receipts do not hold."""
    if isinstance(value, Enum):
        return write(value.value)
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Words):
        return {"words": value.key, "args": {name: write(one) for name, one in value.args.items()}}
    if is_title(value):
        return dict(value)
    if isinstance(value, Mapping):
        return {"mapping": [[write(name), write(one)] for name, one in value.items()]}
    if isinstance(value, list | tuple | set | frozenset):
        return {"list": [write(one) for one in value]}
    for type_, (name, written, _) in _NAMED.items():
        if isinstance(value, type_):
            return {name: written(value)}
    raise TypeError(f"a receipt holds no {type(value).__name__}")


def is_title(value: Any) -> bool:
    """A text in several languages: {zh: …, en: …}."""
    return (
        isinstance(value, Mapping)
        and bool(value)
        and value.keys() <= set(LANGUAGES)
        and all(isinstance(text, str) for text in value.values())
    )


def read(found: Any) -> Any:
    """The value that `write` wrote. Raises Unreadable."""
    if found is None or isinstance(found, bool | int | str):
        return found
    if is_title(found):
        return dict(found)
    with readable():
        if "words" in found:
            return read_words(found)
        ((name, kept),) = found.items()
        if name == "mapping":
            return {read(one): read(value) for one, value in kept}
        if name == "list":
            return [read(one) for one in kept]
        return _READ[name](kept)


def read_claim(found: Any) -> Words | str:
    """A claim: words of a catalogue, or plain text."""
    return found if isinstance(found, str) else read_words(found)


def read_words(found: Mapping[str, Any]) -> Words:
    """A sentence by its key; whether a catalogue holds it shows when it is spoken."""
    if not re.fullmatch(KEY, found["words"]):
        raise Unreadable(f"no key of a sentence: {found['words'][:80]!r}")
    return Words(found["words"], {name: read(one) for name, one in found["args"].items()})


def _micros(span: timedelta) -> int:
    return span // _MICROSECOND


def _span(micros: int) -> timedelta:
    return timedelta(microseconds=micros)


# type -> (name, how it is written, how it is read); an instant is also a date, so it comes first
_NAMED: dict[type, tuple[str, Callable[[Any], Any], Callable[[Any], Any]]] = {
    Decimal: ("decimal", str, Decimal),
    float: ("float", repr, float),
    datetime: ("instant", datetime.isoformat, datetime.fromisoformat),
    date: ("date", date.isoformat, date.fromisoformat),
    time: ("time", time.isoformat, time.fromisoformat),
    timedelta: ("microseconds", _micros, _span),
}
_READ = {name: read_ for name, _, read_ in _NAMED.values()}
