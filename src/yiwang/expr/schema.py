"""Which facts an expression may speak of: a name, a type, a title in both languages, and where engines keep it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from yiwang.why import Words, say

from .dialects import dialect_name
from .errors import FactError
from .types import Instant, Kind, Type
from .workdays import Workdays

_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


@dataclass(frozen=True, slots=True)
class Field:
    """One fact.

    title  {zh, en}: how people call it; the name itself when left out
    sql    dialect -> SQL text that yields it; for dialects not named, a column of the fact's name
    codes  value -> {zh, en}: what people call a value that is a code; the value itself when left out
    """

    type: Type
    title: Mapping[str, str] | None = None
    sql: Mapping[str, str] | None = None
    codes: Mapping[str, Mapping[str, str]] | None = None

    def __post_init__(self) -> None:
        if self.type.kind in (Kind.NOTHING, Kind.SPAN):
            raise TypeError(f"no fact is of the type {self.type.name}")
        if self.sql is not None:
            object.__setattr__(self, "sql", {dialect_name(dialect): text for dialect, text in self.sql.items()})


class Schema:
    """The facts of one kind of row.

    zone      the district's time zone, in which an instant has a date and a written instant without offset is meant
    calendar  the working days that `workdays_between` counts; without one the function is refused

    >>> from yiwang.expr.types import Text, Whole
    >>> list(Schema({"category": Text, "form.age": Whole}).fields)
    ['category', 'form.age', 'now']
    """

    def __init__(
        self, fields: Mapping[str, Type | Field], *, zone: str = "Asia/Shanghai", calendar: Workdays | None = None
    ) -> None:
        for name in fields:
            if not _NAME.fullmatch(name):
                raise ValueError(f"{name!r} is no name of a fact: letters, digits and _, parts joined by dots")
        self.fields: dict[str, Field] = {
            name: field if isinstance(field, Field) else Field(field) for name, field in fields.items()
        }
        self.fields.setdefault("now", Field(Instant, {"zh": "此刻", "en": "now"}))
        if self.fields["now"].type != Instant:
            raise TypeError("`now` is the instant of the decision; call the other fact something else")
        self.zone = ZoneInfo(zone)
        self.calendar = calendar
        self.read: dict[str, Any] = {}  # text -> its Expr (`parse`); they go with the schema

    def title(self, name: str) -> Mapping[str, str] | str:
        return self.fields[name].title or name

    def called(self, name: str, value: Any) -> Mapping[str, str] | None:
        """What people call a value of a fact that is a code; None where it says for itself what it is."""
        codes = self.fields[name].codes if name in self.fields else None
        return codes.get(value) if codes and isinstance(value, str) else None

    def check(self, row: Mapping[str, Any]) -> None:
        """Raises FactError for the first value of `row` that its type does not allow."""
        for name in self.fields:
            self.check_one(name, row.get(name))

    def check_one(self, name: str, value: Any) -> None:
        field = self.fields[name]
        if not field.type.fits(value):
            kind, shown = field.type, value.isoformat() if isinstance(value, datetime) else repr(value)[:60]
            hint = _hint(kind, value)
            raise FactError(
                name, value, say("expr.misfit", fact=self.title(name), type=kind.words(), value=shown, hint=hint)
            )


def _hint(kind: Type, value: Any) -> Words | str:
    if kind.kind is Kind.NUMBER and isinstance(value, float):
        return say("expr.misfit_float")
    if kind.kind is Kind.INSTANT and isinstance(value, datetime) and value.utcoffset() is None:
        return say("expr.misfit_naive")
    return ""
