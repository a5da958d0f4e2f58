"""The register of field types: how each is read, compared and asked. A new type is a row here. Pure."""

from __future__ import annotations

import decimal
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yiwang.expr import Bool, Date, Decimal, Instant, Text, Type
from yiwang.typed.numbers import LARGEST_DECIMAL

from . import reading, shapes
from .reading import Reader
from .spec import FieldSpec

_CENT = decimal.Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Handling:
    """How values of a type are handled.

    read      from what came in to what is kept (JSON's types)
    compared  its type in an expression, with the cast by which SQL takes it from JSON's text
    again     from what JSON keeps to what an expression compares; None: as it is
    asked     the control that a page asks with: line, lines, choice, choices, day, moment, files, rows, map
    worded    whether its values are words or figures that a search finds as they stand
    several   whether a value is a list
    """

    read: Reader
    compared: Type = Text
    cast: str = "text"
    again: Callable[[Any], Any] | None = None
    asked: str = "line"
    worded: bool = False
    several: bool = False


def _decimal(kept: Any) -> decimal.Decimal:
    return decimal.Decimal(str(kept))


TYPES: dict[str, Handling] = {
    "text": Handling(reading.text, worded=True),
    "number": Handling(reading.number, Decimal, "numeric", _decimal, worded=True),
    "money": Handling(reading.money, Decimal, "numeric", _decimal, worded=True),
    "date": Handling(reading.day, Date, "date", date.fromisoformat, "day", worded=True),
    "instant": Handling(reading.instant, Instant, "timestamptz", datetime.fromisoformat, "moment"),
    "bool": Handling(reading.yes, Bool, "boolean", asked="choice"),
    "enum": Handling(reading.choice, asked="choice"),
    "choices": Handling(reading.choices, again=json.dumps, asked="choices", several=True),
    "unit": Handling(reading.unit, asked="choice"),
    "units": Handling(reading.units, again=json.dumps, asked="choices", several=True),
    "category": Handling(reading.category, asked="choice"),
    "person": Handling(reading.text, worded=True),
    "colleagues": Handling(reading.colleagues, again=json.dumps, asked="choices", several=True),
    "colleague": Handling(reading.colleague, again=str, asked="among"),
    "phone": Handling(reading.phone, worded=True),
    "email": Handling(reading.email, worded=True),
    "uscc": Handling(reading.credit_code, worded=True),
    "id_number": Handling(reading.identity, worded=True),
    "matter": Handling(reading.matter, worded=True),
    "object": Handling(reading.object_, asked="object"),
    "objects": Handling(reading.objects, again=json.dumps, asked="choices", several=True),
    "line": Handling(shapes.line, again=json.dumps, asked="map", several=True),
    "area": Handling(shapes.area, again=json.dumps, asked="map", several=True),
    "files": Handling(reading.files, again=json.dumps, asked="files", several=True),
    "checklist": Handling(reading.text, again=json.dumps, asked="checks", several=True),
    # rows are read by `forms`, which knows the fields of a row
    "list": Handling(reading.text, again=json.dumps, asked="rows", several=True),
}


def as_stored(spec: FieldSpec, value: Any) -> Any:
    """A value that an expression gave, as JSON keeps values of the field's type; None for a figure that nobody could
    have entered either.

    >>> as_stored(FieldSpec(type="money"), decimal.Decimal("12.345"))
    '12.35'
    >>> as_stored(FieldSpec(type="date"), date(2026, 3, 1))
    '2026-03-01'
    >>> as_stored(FieldSpec(type="money"), decimal.Decimal(10) ** 28)
    """
    if isinstance(value, decimal.Decimal | int) and abs(decimal.Decimal(value)) >= LARGEST_DECIMAL:
        return None
    if spec.type == "money":
        return f"{decimal.Decimal(value).quantize(_CENT, decimal.ROUND_HALF_UP):.2f}"
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
