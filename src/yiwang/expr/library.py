"""The functions every expression may use. Each gives the same answer in Python, PostgreSQL, DuckDB and Spark.

Letters are those of ASCII where case matters, because the engines disagree about all others (ß, İ, ǅ).
"""

from __future__ import annotations

import string
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from yiwang.why import say

from .dialects import DIALECTS
from .functions import Function, Refused, register
from .node import Node
from .nodes import Call, Literal
from .numbers import absolute, round_half_away, truncated_quotient, truncated_rest
from .schema import Schema
from .sizes import quotient_of_wholes, rest_of_wholes, rounded, same_size
from .types import Bool, Date, Kind, Text, Type, Whole
from .workdays import Workdays

TEXT, NUMBER, DAY, DAY_OR_INSTANT = (Kind.TEXT,), (Kind.NUMBER,), (Kind.DATE,), (Kind.DATE, Kind.INSTANT)

_zone = lru_cache(ZoneInfo)
_lower = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_upper = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)


def _register_texts() -> None:
    cases = f"'{string.ascii_uppercase}'", f"'{string.ascii_lowercase}'"
    register(Function("lower", (TEXT,), Text, lambda text: text.translate(_lower),
                      {"*": f"translate({{0}}, {cases[0]}, {cases[1]})"}, says="expr.says.lower"))  # fmt: skip
    register(Function("upper", (TEXT,), Text, lambda text: text.translate(_upper),
                      {"*": f"translate({{0}}, {cases[1]}, {cases[0]})"}, says="expr.says.upper"))  # fmt: skip
    register(Function("length", (TEXT,), Whole(9), len, {"*": "length({0})", "spark": "char_length({0})"},
                      says="expr.says.length"))  # fmt: skip
    register(Function("trim", (TEXT,), Text, lambda text: text.strip(" "),
                      {"*": "trim({0}, ' ')", "spark": "trim(BOTH ' ' FROM {0})"}, says="expr.says.trim"))  # fmt: skip
    register(Function("contains", (TEXT, TEXT), Bool, lambda text, part: part in text,
                      {"*": "contains({0}, {1})", "postgres": "strpos({0}, {1}) > 0"},
                      says="expr.says.contains"))  # fmt: skip
    register(Function("starts_with", (TEXT, TEXT), Bool, str.startswith,
                      {"*": "starts_with({0}, {1})", "spark": "startswith({0}, {1})"},
                      says="expr.says.starts_with"))  # fmt: skip
    register(Function("ends_with", (TEXT, TEXT), Bool, str.endswith,
                      {"postgres": "right({0}, length({1})) = {1}", "duckdb": "suffix({0}, {1})",
                       "spark": "endswith({0}, {1})"}, says="expr.says.ends_with"))  # fmt: skip
    register(Function("within_cell", (TEXT, TEXT), Bool, str.startswith,
                      {"*": "starts_with({0}, {1})", "spark": "startswith({0}, {1})"},
                      prepare=_cell_code, says="expr.says.within_cell"))  # fmt: skip


def _cell_code(schema: Schema, args: tuple[Node, ...]) -> tuple[Node, ...]:
    """A written code names a district (6 digits), street (9), neighbourhood (12) or cell (15): R1.1."""
    code = args[1]
    if isinstance(code, Literal) and not (
        code.value.isascii() and code.value.isdigit() and len(code.value) in (6, 9, 12, 15)
    ):
        raise Refused(say("expr.cell_code", code=code.value), 1)
    return args


def _register_numbers() -> None:
    register(Function("abs", (NUMBER,), same_size, absolute, {"*": "abs({0})"}, says="expr.says.abs"))
    register(Function("round", (NUMBER, NUMBER), rounded, round_half_away,
                      {name: _round_sql(name) for name in DIALECTS}, optional=1, prepare=_places,
                      says="expr.says.round"))  # fmt: skip
    register(Function("div", (NUMBER, NUMBER), quotient_of_wholes, truncated_quotient, nullable=True, prepare=_wholes,
                      sql={"postgres": "div(cast({0} as numeric), nullif({1}, 0))::bigint",
                           "duckdb": "(cast({0} as bigint) // nullif({1}, 0))",
                           "spark": "(cast({0} as bigint) div nullif({1}, 0))"}, says="expr.says.div"))  # fmt: skip
    register(Function("mod", (NUMBER, NUMBER), rest_of_wholes, truncated_rest, nullable=True, prepare=_wholes,
                      sql={"*": "mod(cast({0} as bigint), cast(nullif({1}, 0) as bigint))",
                           "duckdb": "(cast({0} as bigint) % nullif({1}, 0))"}, says="expr.says.mod"))  # fmt: skip


def _places(schema: Schema, args: tuple[Node, ...]) -> tuple[Node, ...]:
    """`round(x)` is a whole number; the places of `round(x, n)` are written, from 0 to 12."""
    places = args[1] if len(args) == 2 else Literal(Whole(1), 0, at=args[0].at)
    if not (isinstance(places, Literal) and isinstance(places.value, int) and 0 <= places.value <= 12):
        raise Refused(say("expr.places"), 1)
    kept = min(places.value, args[0].type.scale)  # more places than the number has change nothing
    return args[0], Literal(Type(Kind.NUMBER, 2, kept), kept, at=places.at)


def _wholes(schema: Schema, args: tuple[Node, ...]) -> tuple[Node, ...]:
    for number, arg in enumerate(args):
        if arg.type.exact or arg.type.digits > 18:
            raise Refused(say("expr.whole_only"), number)
    return args


def _round_sql(dialect: str) -> Callable[[list[str], tuple[Node, ...]], str]:
    def sql(args: list[str], nodes: tuple[Node, ...]) -> str:
        speech, size = DIALECTS[dialect], nodes[0].type
        wide = speech.cast(args[0], Type(Kind.NUMBER, size.digits + 1, size.scale, exact=True))
        return speech.cast(f"round({wide}, {args[1]})", rounded(size, nodes[1].type))

    return sql


_PARTS = {"year": "expr.says.year", "month": "expr.says.month", "day": "expr.says.day"}


def _register_dates() -> None:
    register(Function("date", (DAY_OR_INSTANT,), Date, lambda day: day, prepare=_dates, sql={"*": "{0}"}))
    for part in _PARTS:
        parts = {name: speech.part(part, "{0}") for name, speech in DIALECTS.items()}
        register(Function(part, (DAY_OR_INSTANT,), Whole(4), _part(part), prepare=_dates, sql=parts, says=_PARTS[part]))
    register(Function("age_on", (DAY_OR_INSTANT, DAY_OR_INSTANT), Whole(4), age_on, prepare=_dates, sql={
        name: _age_sql(name) for name in DIALECTS}, says="expr.says.age_on"))  # fmt: skip
    sql = {name: _workdays_sql(name) for name in DIALECTS}
    register(Function("workdays_between", (DAY_OR_INSTANT, DAY_OR_INSTANT), Whole(7), _workdays_between, sql,
                      prepare=_with_calendar, nullable=True, says="expr.says.workdays_between"))  # fmt: skip


def local_date(instant: datetime, zone: str) -> date:
    """The date of an instant in the district."""
    if instant.tzinfo is None:
        raise TypeError("an instant carries its offset")
    return instant.astimezone(_zone(zone)).date()


LOCAL_DATE = Function(
    "date", ((Kind.INSTANT,), TEXT), Date, local_date, says="expr.says.date",
    sql={"postgres": "cast(({0} at time zone {1}) as date)", "duckdb": "cast(timezone({1}, {0}) as date)",
         "spark": "cast(convert_timezone({1}, cast({0} as timestamp_ntz)) as date)"},
)  # fmt: skip


def _dates(schema: Schema, args: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple(
        Call(Date, LOCAL_DATE, (arg, Literal(Text, schema.zone.key, at=arg.at)), at=arg.at)
        if arg.type.kind is Kind.INSTANT
        else arg
        for arg in args
    )


def _part(name: str) -> Callable[[date], int]:
    return lambda day: int(getattr(day, name))


def age_on(birth: date, day: date) -> int:
    """Full years: the birthday itself counts; who is born on 29 February has it on 1 March of common years.

    >>> age_on(date(2004, 2, 29), date(2022, 2, 28)), age_on(date(2004, 2, 29), date(2022, 3, 1))
    (17, 18)
    """
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _age_sql(dialect: str) -> str:
    number = DIALECTS[dialect].part

    def rank(arg: str) -> str:
        return f"{number('month', arg)} * 100 + {number('day', arg)}"

    years = f"{number('year', '{1}')} - {number('year', '{0}')}"
    return f"({years} - (case when {rank('{1}')} < {rank('{0}')} then 1 else 0 end))"


def _with_calendar(schema: Schema, args: tuple[Node, ...]) -> tuple[Node, ...]:
    if schema.calendar is None:
        raise Refused(say("expr.no_calendar"))
    return (*_dates(schema, args), Literal(Type(Kind.NOTHING), schema.calendar, at=args[0].at))


def _workdays_between(start: date, end: date, calendar: object) -> int | None:
    assert isinstance(calendar, Workdays)
    return calendar.between(start, end)


def _workdays_sql(dialect: str) -> Callable[[list[str], tuple[Node, ...]], str]:
    def sql(args: list[str], nodes: tuple[Node, ...]) -> str:
        calendar = nodes[2]
        assert isinstance(calendar, Literal)
        assert isinstance(calendar.value, Workdays)
        return DIALECTS[dialect].workdays(args[0], args[1], calendar.value)

    return sql


def load() -> None:
    """Registers every function of this file, once."""
    _register_texts()
    _register_numbers()
    _register_dates()
