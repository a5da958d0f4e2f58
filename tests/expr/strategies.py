"""Random schemas, rows with gaps, and expressions that could stand in a pack."""

from __future__ import annotations

import decimal
import re
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from yiwang.expr import Bool, Date, Decimal, Enum, Field, Instant, Schema, Text, Whole, Workdays
from yiwang.expr.types import Kind, Type

ALPHABET = "aZ09 %_'\"\\-暴露垃圾街é𠮷İß👍\n"
NAMES = ("category", "form.age", "amount", "closed", "day", "created_at", "clock.handling.due", "事项.编号", "order")
CHINA = Workdays(
    date(2004, 1, 1),
    date(2026, 12, 31),
    off=frozenset({date(2026, 1, 1), date(2026, 2, 16), date(2026, 2, 17), date(2026, 2, 18)}),
    on=frozenset({date(2026, 2, 14), date(2026, 2, 28)}),
)

texts = st.text(ALPHABET, max_size=6)
dates = st.dates(date(1900, 1, 1), date(2100, 12, 31)) | st.dates(date(2026, 1, 1), date(2026, 3, 5))
instants = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)) | st.datetimes(
    datetime(2026, 2, 27), datetime(2026, 3, 2), timezones=st.just(UTC)
)

types = st.one_of(
    st.just(Text),
    st.just(Enum("普通", "紧急")),
    st.just(Bool),
    st.just(Date),
    st.just(Instant),
    st.integers(1, 18).map(Whole),
    st.integers(19, 36).map(Whole),
    st.integers(1, 18).flatmap(lambda digits: st.integers(0, min(digits, 6)).map(lambda scale: Decimal(digits, scale))),
    st.integers(1, 36).flatmap(lambda digits: st.integers(0, digits).map(lambda scale: Decimal(digits, scale))),
)


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=3, max_size=7, unique=True))
    return Schema({name: Field(draw(types)) for name in names}, calendar=CHINA)


def numbers(kind: Type) -> st.SearchStrategy[Any]:
    """Numbers of a size, the extremes and small ones often."""
    top = 10**kind.digits - 1
    units = st.integers(-top, top) | st.integers(max(-9, -top), min(9, top)) | st.sampled_from([top, -top, 0])
    if not kind.exact:
        return units
    return units.map(lambda unit: decimal.Decimal(unit).scaleb(-kind.scale, decimal.Context(prec=60)))


def values(kind: Type) -> st.SearchStrategy[Any]:
    match kind.kind:
        case Kind.TEXT:
            return st.sampled_from(kind.choices) if kind.choices else texts
        case Kind.BOOL:
            return st.booleans()
        case Kind.DATE:
            return dates
        case Kind.INSTANT:
            return instants
    return numbers(kind)


def rows(schema: Schema) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({name: st.none() | values(field.type) for name, field in schema.fields.items()})


def written(value: Any) -> str:
    """A value as it stands in an expression."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return "'" + value.replace("'", "''") + "'"
        case datetime():
            return f"timestamp '{value.isoformat(' ')}'"
        case date():
            return f"date '{value.isoformat()}'"
    return f"{value:f}" if isinstance(value, decimal.Decimal) else str(value)


class Writer:
    """Writes a random expression of a kind. A form is drawn first, then only the parts that it has."""

    def __init__(self, draw: st.DrawFn, schema: Schema) -> None:
        self.draw = draw
        self.schema = schema

    def pick(self, *options: Any) -> Any:
        return self.draw(st.sampled_from(options))

    def leaf(self, kind: Kind) -> str:
        fields = [name for name, field in self.schema.fields.items() if field.type.kind is kind]
        if fields and self.draw(st.integers(0, 3)):
            return str(self.pick(*fields))
        small = {Kind.NUMBER: self.pick(Decimal(6, 2), Whole(3)), Kind.TEXT: Text, Kind.BOOL: Bool, Kind.DATE: Date,
                 Kind.INSTANT: Instant}[kind]  # fmt: skip
        return written(self.draw(values(small)))

    def write(self, kind: Kind, depth: int) -> str:
        if depth <= 0:
            return self.leaf(kind)
        choice = self.draw(st.integers(0, 11))
        if choice < 2:
            return self.leaf(kind)
        if choice == 2:
            return f"coalesce({self.write(kind, depth - 1)}, {self.write(kind, depth - 1)})"
        if choice == 3:
            end = self.pick("end", "else null end", f"else {self.write(kind, depth - 1)} end")
            return f"case when {self.write(Kind.BOOL, depth - 1)} then {self.write(kind, depth - 1)} {end}"
        form = self.pick(*FORMS[kind])
        return "(" + re.sub(r"<([a-z]+)>", lambda part: self.part(part[1], depth - 1), form) + ")"

    def part(self, name: str, depth: int) -> str:
        match name:
            case "like":
                return written(self.draw(st.text(ALPHABET.replace("\\", ""), max_size=5)))
            case "count":
                return str(self.draw(st.integers(0, 400)))
            case "places":
                return str(self.draw(st.integers(0, 5)))
            case "whole":
                fields = [name for name, field in self.schema.fields.items() if field.type.name == "whole"]
                return str(self.pick(*fields, "-7", "-2", "0", "2", "3", "7"))
        return self.write(Kind(name), depth)


_COMPARED = [f"<{kind}> {op} <{kind}>" for kind in ("number", "text", "date", "instant")
             for op in ("=", "<>", "!=", "<", "<=", ">", ">=", "is distinct from", "is not distinct from")]  # fmt: skip
_LISTED = [f"<{kind}> {op}" for kind in ("number", "text", "date", "instant")
           for op in (f"in (<{kind}>, <{kind}>)", f"not in (<{kind}>, <{kind}>)", f"between <{kind}> and <{kind}>",
                      f"not between <{kind}> and <{kind}>", "is null", "is not null")]  # fmt: skip
FORMS = {
    Kind.BOOL: [
        *_COMPARED, *_LISTED, *["<bool> and <bool>", "<bool> or <bool>", "not <bool>", "<bool> and not <bool>"] * 5,
        "<bool> is true", "<bool> is not true", "<bool> is false", "<bool> is not false", "<bool> = <bool>",
        "<text> like <like>", "<text> not like <like>", "contains(<text>, <text>)", "starts_with(<text>, <text>)",
        "ends_with(<text>, <text>)", "within_cell(<text>, '310118001')", "<text> in ('暴露垃圾', '普通', 'a')",
        "<instant> - <instant> > interval '<count> hours'",
    ],
    Kind.NUMBER: [
        *["<number> + <number>", "<number> - <number>", "<number> * <number>", "<number> / <number>"] * 2,
        "- <number>", "abs(<number>)", "round(<number>)", "round(<number>, <places>)", "div(<whole>, <whole>)",
        "<whole> % <whole>", "mod(<whole>, <whole>)", "length(<text>)", "<date> - <date>", "age_on(<date>, <date>)",
        "year(<date>)", "month(<instant>)", "day(<date>)", "workdays_between(<date>, <date>)",
        "workdays_between(<instant>, <date>)", "nullif(<number>, <number>)",
    ],
    Kind.TEXT: ["<text> || <text>", "lower(<text>)", "upper(<text>)", "trim(<text>)", "nullif(<text>, <text>)"],
    Kind.DATE: [
        "<date> + interval '<count> days'", "<date> - interval '<count> months'", "<date> + interval '1 year'",
        "<date> - interval <count> weeks", "date(<instant>)", "date(<date>)", "today()",
    ],
    Kind.INSTANT: [
        "<instant> + interval '<count> hours'", "<instant> - interval '<count> days'",
        "<instant> + interval <count> minutes", "now()",
    ],
}  # fmt: skip


@st.composite
def expressions(draw: st.DrawFn, schema: Schema, depth: int = 3) -> str:
    kind = draw(st.sampled_from([Kind.BOOL, Kind.BOOL, Kind.BOOL, Kind.NUMBER, Kind.NUMBER, Kind.TEXT, Kind.DATE,
                                 Kind.INSTANT]))  # fmt: skip
    return Writer(draw, schema).write(kind, depth)


__all__ = ["CHINA", "expressions", "rows", "schemas", "written"]
