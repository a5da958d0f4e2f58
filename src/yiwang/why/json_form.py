"""The JSON form of what receipts hold: nothing is lost, and everybody can read it (`SCHEMA` describes it).

null, true, 12, "text" and {"zh": …, "en": …} stand for themselves; what JSON does not know carries its name:
{"decimal": "1.50"}, {"date": "2026-02-14"}, {"instant": "2026-02-14T17:00:00+08:00"}, {"microseconds": 90000000},
{"words": "why.yes", "args": {}}.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from numbers import Integral
from typing import Any

from .words import Words, is_title

KEY = r"[a-z]+(\.[a-z0-9_]+)+"
PARTS = frozenset({"claim", "value", "because", "source", "at"})
_MICROSECOND = timedelta(microseconds=1)


class NotAReceipt(ValueError):
    """JSON that is no receipt."""


@contextmanager
def readable() -> Iterator[None]:
    """Whatever is wrong inside, say that it is no receipt."""
    try:
        yield
    except NotAReceipt:
        raise
    except RecursionError:
        raise NotAReceipt("no receipt: its values stand too deep in one another") from None
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError, StopIteration) as wrong:
        raise NotAReceipt(f"no receipt, or one of another version: {wrong!r}") from wrong


def write(value: Any) -> Any:
    """A value as JSON. Raises TypeError for a type that receipts do not hold."""
    if isinstance(value, Enum):
        return write(value.value)
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Words):
        return {"words": value.key, "args": {name: write(one) for name, one in value.args.items()}}
    if is_title(value):
        return dict(value)
    if isinstance(value, Mapping):
        return {"mapping": [[write(name), write(one)] for name, one in value.items()]}
    if isinstance(value, list | tuple | set | frozenset):
        return {"list": [write(one) for one in value]}
    for form in NAMED:
        if isinstance(value, form.type):
            return {form.name: form.write(value)}
    raise TypeError(f"a receipt holds no {type(value).__name__}")


def read(written: Any) -> Any:
    """The value that `write` wrote. Raises NotAReceipt."""
    if written is None or isinstance(written, bool | int | str):
        return written
    if is_title(written):
        return dict(written)
    with readable():
        if "words" in written:
            return read_words(written)
        ((name, inner),) = written.items()
        if name == "mapping":
            return {read(one): read(value) for one, value in map(_listed, _listed(inner))}
        if name == "list":
            return tuple(read(one) for one in _listed(inner))
        return next(form for form in NAMED if form.name == name).read(inner)


def reasons(written: Mapping[str, Any]) -> list[Any]:
    """The JSON of the receipts under one. Raises NotAReceipt."""
    with readable():
        return _listed(written.get("because", []))


def read_parts(written: Mapping[str, Any]) -> tuple[Words | str, Any, str | None, datetime | None]:
    """(claim, value, source, at) of one receipt's JSON; a part that it does not know makes it no receipt."""
    with readable():
        if unknown := written.keys() - PARTS:
            raise NotAReceipt(f"no part of a receipt: {sorted(unknown)}")
        claim, source, at = written["claim"], written.get("source"), written.get("at")
        if not isinstance(source, str | None):
            raise NotAReceipt("the source of a receipt is a text")
        kept = claim if isinstance(claim, str) else read_words(claim)
        return kept, read(written.get("value")), source, None if at is None else AT.read(at)


def read_words(written: Mapping[str, Any]) -> Words:
    """A sentence by its key; whether a catalogue holds it shows when it is spoken."""
    if written.keys() != {"words", "args"} or not re.fullmatch(KEY, written["words"]):
        raise NotAReceipt(f"no key of a sentence: {str(written.get('words'))[:80]!r}")
    return Words(written["words"], {name: read(one) for name, one in written["args"].items()})


def _listed(written: Any) -> list[Any]:
    if not isinstance(written, list):
        raise NotAReceipt(f"a list was expected, not {type(written).__name__}")
    return written


@dataclass(frozen=True, slots=True)
class Form:
    """How a type that JSON does not know is written: as {name: …}, a text of a pattern, or a number (no pattern)."""

    type: type
    name: str
    pattern: str
    write: Callable[[Any], Any]
    make: Callable[[Any], Any]

    def read(self, written: Any) -> Any:
        """Raises NotAReceipt."""
        with readable():
            fits = re.fullmatch(self.pattern, written) if self.pattern else type(written) is int
            if not fits:
                raise NotAReceipt(f"no {self.name}: {str(written)[:80]!r}")
            return self.make(written)


def _micros(span: timedelta) -> int:
    return span // _MICROSECOND


def _span(micros: int) -> timedelta:
    return timedelta(microseconds=micros)


def _float(value: float) -> str:
    return repr(float(value))


_DAY = r"[0-9]{4}-[0-9][0-9]-[0-9][0-9]"
_HOUR = r"[0-9][0-9]:[0-9][0-9](:[0-9][0-9](\.[0-9]+)?)?"
_OFFSET = r"(Z|[+-][0-9][0-9]:[0-9][0-9](:[0-9][0-9](\.[0-9]+)?)?)"
_EXACT = r"-?([0-9]+(\.[0-9]+)?(E[+-]?[0-9]+)?|Infinity|NaN)"
_ROUGH = r"-?([0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?|inf|nan)"
AT = Form(datetime, "at", f"{_DAY}T{_HOUR}{_OFFSET}", datetime.isoformat, datetime.fromisoformat)
# an instant is also a date, so it comes first
NAMED = (
    Form(Decimal, "decimal", _EXACT, str, Decimal),
    Form(float, "float", _ROUGH, _float, float),
    Form(datetime, "instant", f"{_DAY}T{_HOUR}{_OFFSET}?", datetime.isoformat, datetime.fromisoformat),
    Form(date, "date", _DAY, date.isoformat, date.fromisoformat),
    Form(time, "time", f"{_HOUR}{_OFFSET}?", time.isoformat, time.fromisoformat),
    Form(timedelta, "microseconds", "", _micros, _span),
)
