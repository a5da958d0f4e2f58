"""The edges of the language: facts and their types, working days, functions of a room, the SQL that is written."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as Exactly
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.expr import (
    UNKNOWN,
    Bool,
    Date,
    Decimal,
    Enum,
    ExprError,
    FactError,
    Function,
    Instant,
    Kind,
    Refused,
    Schema,
    Span,
    Text,
    Unknown,
    Whole,
    Workdays,
    functions,
    parse,
    register,
)
from yiwang.why import say

from .district import MATTER, ROW

FITS = [
    (Text, "", True), (Text, 5, False), (Text, b"a", False), (Text, None, True),
    (Enum("a", "b"), "a", True), (Enum("a", "b"), "c", False),
    (Bool, True, True), (Bool, 1, False), (Bool, 0, False),
    (Whole(3), 999, True), (Whole(3), 1000, False), (Whole(3), -999, True), (Whole(3), -1000, False),
    (Whole, True, False),
    (Whole, 1.0, False), (Whole, Exactly(1), False), (Whole, "1", False),
    (Decimal(5, 2), Exactly("999.99"), True), (Decimal(5, 2), Exactly("1000"), False),
    (Decimal(5, 2), Exactly("-999.99"), True), (Decimal(5, 2), Exactly("-1000.00"), False),
    (Decimal(5, 2), Exactly("0.001"), False), (Decimal(5, 2), Exactly("0.01"), True), (Decimal(5, 2), 999, True),
    (Decimal(5, 2), 1000, False), (Decimal, Exactly("NaN"), False), (Decimal, Exactly("Infinity"), False),
    (Decimal, Exactly("1E+3"), True), (Decimal, 0.5, False), (Decimal, True, False),
    (Date, date(2026, 1, 1), True), (Date, datetime(2026, 1, 1), False), (Date, "2026-01-01", False),
    (Instant, datetime(2026, 1, 1, tzinfo=UTC), True), (Instant, datetime(2026, 1, 1), False),
    (Instant, date(2026, 1, 1), False), (Span, timedelta(1), True), (Span, 5, False),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "fits"), FITS, ids=[f"{kind.name} {value!r}" for kind, value, _ in FITS])
def test_what_a_fact_may_be(kind: Any, value: Any, fits: bool) -> None:
    assert kind.fits(value) is fits


def test_a_row_is_checked_against_its_schema() -> None:
    MATTER.check(ROW)
    MATTER.check({})
    MATTER.check({"amount": Exactly("1.5000"), "rate": Exactly("1E+2")})
    with pytest.raises(FactError) as refused:
        MATTER.check({**ROW, "age": "61岁"})
    assert refused.value.field == "age"
    assert refused.value.value == "61岁"
    assert refused.value.speak() == "数据项「年龄」应是整数，得到的是 '61岁'"
    with pytest.raises(FactError, match="should be a choice, but came as 'later'"):
        MATTER.check({"form.urgency": "later"})


def test_the_zone_of_the_district_decides_the_date() -> None:
    schema = Schema({"at": Instant}, zone="America/New_York")
    row = {"at": datetime(2026, 1, 1, 2, tzinfo=UTC)}
    assert parse("date(at)", schema).evaluate(row) == date(2025, 12, 31)
    assert parse("at = '2025-12-31 21:00'", schema).evaluate(row) is True
    assert "'America/New_York'" in parse("date(at)", schema).sql("postgres")


def test_unknown_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(UNKNOWN)
    assert repr(UNKNOWN) == "UNKNOWN"
    assert Unknown() is UNKNOWN
    assert pickle.loads(pickle.dumps(UNKNOWN)) is UNKNOWN


# --- working days


CHINA_2026 = Workdays(
    date(2026, 2, 1), date(2026, 2, 28), frozenset({date(2026, 2, 16)}), frozenset({date(2026, 2, 14)})
)


def test_workdays_from_anything_that_knows_a_day() -> None:
    def works(day: date) -> bool:
        return (day.weekday() < 5 and day != date(2026, 2, 16)) or day == date(2026, 2, 14)

    assert Workdays.known(date(2026, 2, 1), date(2026, 2, 28), works) == CHINA_2026


@given(start=st.dates(date(2026, 2, 1), date(2026, 2, 28)), end=st.dates(date(2026, 2, 1), date(2026, 2, 28)))
def test_workdays_are_counted_one_by_one(start: date, end: date) -> None:
    low, high = min(start, end), max(start, end)
    days = [low + timedelta(n) for n in range(1, (high - low).days + 1)]
    works = [(day.weekday() < 5 or day in CHINA_2026.on) and day not in CHINA_2026.off for day in days]
    assert CHINA_2026.between(start, end) == (sum(works) if start <= end else -sum(works))


def test_outside_of_the_known_days_nothing_is_guessed() -> None:
    assert CHINA_2026.covers(date(2026, 2, 1))
    assert CHINA_2026.covers(date(2026, 2, 28))
    assert CHINA_2026.between(date(2026, 1, 31), date(2026, 2, 2)) is None
    assert CHINA_2026.between(date(2026, 2, 2), date(2026, 3, 1)) is None


def test_without_a_calendar_working_days_are_refused() -> None:
    with pytest.raises(ExprError, match="no calendar of working days is given here") as refused:
        parse("age > 1 and workdays_between(a, b) > 3", Schema({"a": Date, "b": Date, "age": Whole}))
    assert refused.value.column == 30


def test_a_calendar_without_odd_days(duck: Any) -> None:
    from . import engines

    schema = Schema({"a": Date, "b": Date}, calendar=Workdays(date(2026, 1, 1), date(2026, 12, 31)))
    expr = parse("workdays_between(a, b)", schema)
    row = {"a": date(2026, 1, 1), "b": date(2026, 1, 12)}
    assert expr.evaluate(row) == 7
    assert engines.values(duck, [expr], [row]) == [(7,)]


# --- functions of a room


@pytest.fixture
def functions_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(functions, "_registered", dict(functions._registered))


@pytest.mark.usefixtures("functions_as_before")
def test_a_room_adds_a_function(duck: Any, pg: Any) -> None:
    def not_empty(schema: Schema, args: tuple[Any, ...]) -> tuple[Any, ...]:
        if getattr(args[1], "value", None) == "":
            raise Refused(say("expr.empty"), 1)
        return args

    register(Function("first_of", ((Kind.TEXT,), (Kind.TEXT,)), Bool, lambda text, part: text[:1] == part,
                      {"*": "left({0}, 1) = {1}"}, prepare=not_empty))  # fmt: skip
    assert "first_of" in functions.names()
    schema = Schema({"category": Text})
    expr = parse("first_of(category, '暴')", schema)
    rows = [{"category": "暴露垃圾"}, {"category": "垃圾"}, {"category": None}]
    assert [expr.evaluate(row) for row in rows] == [True, False, UNKNOWN]
    from . import engines

    for engine in (duck, pg):
        assert engines.values(engine, [expr], rows) == [(True,), (False,), (UNKNOWN,)]
    with pytest.raises(ExprError) as refused:
        parse("first_of(category, '')", schema)
    assert refused.value.column == 20


@pytest.mark.usefixtures("functions_as_before")
def test_a_name_is_given_once_and_every_engine_is_served() -> None:
    def function(name: str, sql: dict[str, Any]) -> Function:
        return Function(name, ((Kind.TEXT,),), Text, str, sql)

    for name in ("lower", "coalesce", "now", "a b", ""):
        with pytest.raises(ValueError, match="is taken or is no name"):
            register(function(name, {"*": "{0}"}))
    with pytest.raises(ValueError, match="must say its SQL for postgres, duckdb and spark"):
        register(function("half", {"postgres": "{0}", "duckdb": "{0}"}))
    whole = register(function("whole_text", {"postgres": "p({0})", "duckdb": "d({0})", "spark": "s({0})"}))
    assert functions.find("whole_text") is whole
    written = parse("whole_text(t)", Schema({"t": Text}))
    assert [written.sql(dialect) for dialect in ("postgres", "duckdb", "spark")] == ['(p("t"))', '(d("t"))', "(s(`t`))"]


def test_the_closed_list() -> None:
    assert functions.names() == [
        "abs", "age_on", "coalesce", "contains", "date", "day", "div", "ends_with", "length", "lower", "mod", "month",
        "now", "nullif", "round", "starts_with", "today", "trim", "upper", "within_cell", "workdays_between", "year",
    ]  # fmt: skip
