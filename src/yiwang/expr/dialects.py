"""How each engine says it. Every method returns SQL that can stand as an operand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from yiwang.why import say

from .types import Kind, Type
from .workdays import Workdays

_MONDAY = date(1900, 1, 1)
MICROSECOND = timedelta(microseconds=1)


class Dialect:
    """What PostgreSQL, DuckDB and Spark have in common; the subclasses say where they differ."""

    text_type = "text"
    whole_type = "numeric"  # for whole numbers of more than 18 digits
    instant_type = "timestamptz"
    sized = True  # a decimal carries digits and scale, and overflows them
    shrinks = False  # a result of more than 38 digits loses places instead of failing

    def column(self, name: str) -> str:
        return '"' + name.replace('"', '""') + '"'

    def text(self, value: str) -> str:
        return "'" + value.replace("'", "''") + "'"

    def literal(self, value: Any, kind: Type) -> str:
        match value:
            case None:
                return f"cast(null as {self.type(kind)})"
            case bool():
                return "true" if value else "false"
            case str():
                return self.text(value)
            case int() | Decimal():
                written = f"{value:f}" if isinstance(value, Decimal) else str(value)
                return f"({written})" if value < 0 else written
            case datetime():
                return self.instant(value.astimezone(UTC))
            case date():
                return f"date '{value.isoformat()}'"
            case timedelta():
                return self.literal(value // MICROSECOND, kind)
        return ""  # a calendar: the function that takes it writes its days itself

    def instant(self, value: datetime) -> str:
        return f"{self.instant_type} '{value.replace(tzinfo=None).isoformat(' ')}+00:00'"

    def type(self, kind: Type) -> str:
        match kind.kind:
            case Kind.TEXT:
                return self.text_type
            case Kind.BOOL:
                return "boolean"
            case Kind.DATE:
                return "date"
            case Kind.INSTANT:
                return self.instant_type
            case Kind.SPAN:
                return "bigint"
        if kind.exact:
            return self.decimal(kind)
        return "bigint" if kind.digits <= 18 else self.whole_type

    def decimal(self, kind: Type) -> str:
        return f"decimal({kind.digits}, {kind.scale})"

    def cast(self, sql: str, kind: Type) -> str:
        return f"cast({sql} as {self.type(kind)})"

    def ordered_text(self, sql: str) -> str:
        """Text as an operand of < and >: by code points, whatever the database's collation."""
        return sql

    def quotient(self, left: str, right: str, left_type: Type, right_type: Type, result: Type) -> str:
        raise NotImplementedError

    def moved_date(self, item: str, months: int, days: int) -> str:
        raise NotImplementedError

    def moved_instant(self, item: str, micros: int) -> str:
        raise NotImplementedError

    def part(self, name: str, day: str) -> str:
        """`name` is year, month or day."""
        return f"{name}({day})"

    def days_between(self, end: str, start: str) -> str:
        return f"({end} - {start})"

    def micros_between(self, end: str, start: str) -> str:
        raise NotImplementedError

    def count_days(self, days: Iterable[date], start: str, end: str) -> str:
        """How many of `days` lie after `start` and not after `end`."""
        raise NotImplementedError

    def workdays(self, start: str, end: str, calendar: Workdays) -> str:
        """The same sum as `Workdays.between`: weeks and rest by arithmetic, unusual days by counting."""

        def weekdays(day: str) -> str:
            days = self.cast(f"({self.days_between(day, self.literal(_MONDAY, _DATE))} + 1)", _WHOLE)
            return f"({self.whole_quotient(days, 7)} * 5 + least(mod({days}, 7), 5))"

        first, last = self.literal(calendar.first, _DATE), self.literal(calendar.last, _DATE)
        known = " and ".join(f"{day} between {first} and {last}" for day in (start, end))
        count = f"{weekdays(end)} - {weekdays(start)}"
        for sign, days in (("-", calendar.off), ("+", calendar.on)):
            if days:
                count += f" {sign} {self.count_days(sorted(days), start, end)}"
                count += f" {'+' if sign == '-' else '-'} {self.count_days(sorted(days), end, start)}"
        return f"(case when {known} then {count} end)"

    def whole_quotient(self, left: str, right: int) -> str:
        return f"({left} / {right})"


_DATE, _WHOLE = Type(Kind.DATE), Type(Kind.NUMBER, 9)


class Postgres(Dialect):
    sized = False

    def decimal(self, kind: Type) -> str:
        return "numeric"  # exact at any size

    def ordered_text(self, sql: str) -> str:
        return f'{sql} collate "C"'

    def part(self, name: str, day: str) -> str:
        return f"cast(extract({name} from {day}) as bigint)"

    def quotient(self, left: str, right: str, left_type: Type, right_type: Type, result: Type) -> str:
        # numeric division keeps only 16 significant digits of its own accord; 50 places leave no double rounding
        return f"round(cast({left} as numeric(120, 50)) / nullif({right}, 0), {result.scale})"

    def moved_date(self, item: str, months: int, days: int) -> str:
        if months:
            return f"cast(({item} + interval '{months} months') as date)"
        return f"({item} + ({days}))"

    def moved_instant(self, item: str, micros: int) -> str:
        return f"({item} + interval '{micros} microseconds')"

    def micros_between(self, end: str, start: str) -> str:
        return f"cast(extract(epoch from ({end} - {start})) * 1000000 as bigint)"

    def count_days(self, days: Iterable[date], start: str, end: str) -> str:
        listed = ", ".join(f"'{day}'" for day in days)
        return f"(select count(*) from unnest(array[{listed}]::date[]) as d where d > {start} and d <= {end})"


class DuckDB(Dialect):
    whole_type = "hugeint"

    def type(self, kind: Type) -> str:
        return "varchar" if kind.kind is Kind.TEXT else super().type(kind)

    def quotient(self, left: str, right: str, left_type: Type, right_type: Type, result: Type) -> str:
        # there is no exact division of decimals: divide whole numbers, rounding half away from zero
        up, down = result.scale + right_type.scale - left_type.scale, 0
        numerator, denominator = self._units(left, left_type, up), self._units(right, right_type, down)
        half = f"(2 * abs({numerator}) + abs({denominator})) // nullif(2 * abs({denominator}), 0)"
        signed = f"({half}) * (case when ({numerator} < 0) <> ({denominator} < 0) then -1 else 1 end)"
        unit = f"cast(0.{'0' * (result.scale - 1)}1 as decimal({result.scale + 1}, {result.scale}))"
        whole = Type(Kind.NUMBER, 38 - result.scale - 1, 0, exact=True)
        return self.cast(f"({self.cast(f'({signed})', whole)} * {unit})", result)

    def _units(self, sql: str, kind: Type, shift: int) -> str:
        """The number in units of its last place, times 10^shift, as a HUGEINT."""
        if kind.exact and kind.scale:
            sql = f"({self.cast(sql, Type(Kind.NUMBER, 38 - kind.scale, kind.scale, exact=True))} * {10**kind.scale})"
        return f"(cast({sql} as hugeint) * {10**shift}::hugeint)" if shift else f"cast({sql} as hugeint)"

    def moved_date(self, item: str, months: int, days: int) -> str:
        if months:
            return f"cast(({item} + interval '{months} months') as date)"
        return f"({item} + ({days}))"

    def moved_instant(self, item: str, micros: int) -> str:
        return f"({item} + to_microseconds({micros}))"

    def micros_between(self, end: str, start: str) -> str:
        return f"(epoch_us({end}) - epoch_us({start}))"

    def count_days(self, days: Iterable[date], start: str, end: str) -> str:
        listed = ", ".join(f"date '{day}'" for day in days)
        return f"len(list_filter([{listed}], lambda d: d > {start} and d <= {end}))"

    def whole_quotient(self, left: str, right: int) -> str:
        return f"({left} // {right})"


class Spark(Dialect):
    text_type = "string"
    whole_type = "decimal(38, 0)"
    instant_type = "timestamp"
    shrinks = True

    def column(self, name: str) -> str:
        return "`" + name.replace("`", "``") + "`"

    def text(self, value: str) -> str:
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def quotient(self, left: str, right: str, left_type: Type, right_type: Type, result: Type) -> str:
        # a quotient is rounded twice when it is long; first taking away the rest makes the division come out even
        places = result.scale
        numerator = f"(2 * abs({self._units(left, left_type, places + right_type.scale - left_type.scale)}))"
        denominator = f"abs({self._units(right, right_type, 0)})"
        odd, twice = f"({numerator} + {denominator})", f"nullif(2 * {denominator}, 0)"
        units = f"cast((({odd} - ({odd} % {twice})) / {twice}) as decimal(38, 0))"
        sign = f"(case when ({left} < 0) <> ({right} < 0) then -1 else 1 end)"
        signed = f"cast(({units} * {sign}) as decimal({37 - places}, 0))"
        return self.cast(f"({signed} * cast(0.{'0' * (places - 1)}1 as decimal({places}, {places})))", result)

    def _units(self, sql: str, kind: Type, shift: int) -> str:
        wide = Type(Kind.NUMBER, min(kind.digits, 36), kind.scale, exact=True)
        power = 10 ** (shift + kind.scale)
        return f"cast(({self.cast(sql, wide)} * {power}) as decimal(38, 0))"

    def moved_date(self, item: str, months: int, days: int) -> str:
        return f"add_months({item}, {months})" if months else f"date_add({item}, {days})"

    def moved_instant(self, item: str, micros: int) -> str:
        return f"timestamp_micros(unix_micros({item}) + ({micros}))"

    def days_between(self, end: str, start: str) -> str:
        return f"datediff({end}, {start})"

    def micros_between(self, end: str, start: str) -> str:
        return f"(unix_micros({end}) - unix_micros({start}))"

    def count_days(self, days: Iterable[date], start: str, end: str) -> str:
        listed = ", ".join(f"date '{day}'" for day in days)
        return f"size(filter(array({listed}), d -> d > {start} and d <= {end}))"

    def whole_quotient(self, left: str, right: int) -> str:
        return f"({left} div {right})"


DIALECTS: dict[str, Dialect] = {"postgres": Postgres(), "duckdb": DuckDB(), "spark": Spark()}


def dialect_name(name: str) -> str:
    """The name as `DIALECTS` has it; a ValueError for an engine that is not known.

    >>> dialect_name("PostgreSQL"), dialect_name("DuckDB")
    ('postgres', 'duckdb')
    """
    plain = {"postgresql": "postgres"}.get(str(name).lower(), str(name).lower())
    if plain not in DIALECTS:
        raise ValueError(say("expr.dialect", name=str(name), known=list(DIALECTS)).speak("en"))
    return plain
