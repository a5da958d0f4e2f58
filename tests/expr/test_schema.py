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
    Field,
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


# --- SQL


def test_a_fact_is_where_its_engine_keeps_it() -> None:
    rule = parse("clock.handling.due < now()", MATTER)
    assert rule.sql("postgres") == "(((clocks->'handling'->>'due')::timestamptz) < \"now\")"
    assert rule.sql("duckdb") == '("clock.handling.due" < "now")'
    assert rule.sql("spark") == "(`clock.handling.due` < `now`)"
    bound = Schema({"now": Field(Instant, sql={"postgres": "now()"}), "at": Instant})
    assert parse("at < now()", bound).sql("postgres") == '("at" < (now()))'


def test_an_unknown_dialect_is_named() -> None:
    with pytest.raises(ValueError, match=r"there is no dialect “mysql”; known are postgres, duckdb, spark"):
        parse("age > 1", MATTER).sql("mysql")


WRITTEN = [
    (
        "age + 1 > 2",
        '((cast("age" as bigint) + cast(1 as bigint)) > 2)',
        '((cast("age" as bigint) + cast(1 as bigint)) > 2)',
        "((cast(`age` as bigint) + cast(1 as bigint)) > 2)",
    ),
    (
        "amount * rate > 2",
        '(("amount" * "rate") > 2)',
        '((cast("amount" as decimal(19, 2)) * cast("rate" as decimal(19, 4))) > 2)',
        "(cast((cast(`amount` as decimal(12, 2)) * cast(`rate` as decimal(7, 4))) as decimal(19, 6)) > 2)",
    ),
    (
        "amount * age > 2",
        '(("amount" * "age") > 2)',
        '((cast("amount" as decimal(12, 2)) * cast("age" as decimal(3, 0))) > 2)',
        "(cast((cast(`amount` as decimal(12, 2)) * cast(`age` as decimal(3, 0))) as decimal(15, 2)) > 2)",
    ),
    ("category < 'b'", '("category" collate "C" < \'b\' collate "C")', "(\"category\" < 'b')", "(`category` < 'b')"),
    ("category = 'b'", "(\"category\" = 'b')", "(\"category\" = 'b')", "(`category` = 'b')"),
    (
        "age = amount",
        '(cast("age" as numeric) = "amount")',
        '(cast("age" as decimal(3, 0)) = "amount")',
        "(cast(`age` as decimal(3, 0)) = `amount`)",
    ),
    (
        "age in (1, 2.5)",
        '(cast("age" as numeric) in (1, 2.5))',
        '(cast("age" as decimal(3, 0)) in (1, 2.5))',
        "(cast(`age` as decimal(3, 0)) in (1, 2.5))",
    ),
    ("age in (1, 2)", '("age" in (1, 2))', '("age" in (1, 2))', "(`age` in (1, 2))"),
    ("day - birth", '("day" - "birth")', '("day" - "birth")', "datediff(`day`, `birth`)"),
    ("day - interval '5 days'", '("day" + (-5))', '("day" + (-5))', "date_add(`day`, -5)"),
    (
        "day + interval '2 months'",
        "cast((\"day\" + interval '2 months') as date)",
        "cast((\"day\" + interval '2 months') as date)",
        "add_months(`day`, 2)",
    ),
    (
        "now - interval '1 hour'",
        "(\"now\" + interval '-3600000000 microseconds')",
        '("now" + to_microseconds(-3600000000))',
        "timestamp_micros(unix_micros(`now`) + (-3600000000))",
    ),
    (
        "year(day) = 2026",
        '((cast(extract(year from "day") as bigint)) = 2026)',
        '((year("day")) = 2026)',
        "((year(`day`)) = 2026)",
    ),
    (
        "big + big",
        '(cast("big" as numeric) + cast("big" as numeric))',
        '(cast("big" as hugeint) + cast("big" as hugeint))',
        "(cast(`big` as decimal(38, 0)) + cast(`big` as decimal(38, 0)))",
    ),
    ("- amount", '(- "amount")', '(- cast("amount" as decimal(12, 2)))', "(- cast(`amount` as decimal(12, 2)))"),
    ("-5 < age", '((-5) < "age")', '((-5) < "age")', "((-5) < `age`)"),
    (
        "category is not null and not closed",
        '((not ("category" is null)) and (not "closed"))',
        '((not ("category" is null)) and (not "closed"))',
        "((not (`category` is null)) and (not `closed`))",
    ),
    (
        "category || '''' = 'x'",
        "((\"category\" || '''') = 'x')",
        "((\"category\" || '''') = 'x')",
        r"((`category` || '\'') = 'x')",
    ),
    (
        "coalesce(category, 'x')",
        "coalesce(\"category\", 'x')",
        "coalesce(\"category\", 'x')",
        "coalesce(`category`, 'x')",
    ),
    (
        "created_at > '2026-01-01 00:00'",
        "(\"created_at\" > timestamptz '2025-12-31 16:00:00+00:00')",
        "(\"created_at\" > timestamptz '2025-12-31 16:00:00+00:00')",
        "(`created_at` > timestamp '2025-12-31 16:00:00+00:00')",
    ),
    (
        "case when closed then null else category end",
        '(case when "closed" then cast(null as text) else "category" end)',
        '(case when "closed" then cast(null as varchar) else "category" end)',
        "(case when `closed` then cast(null as string) else `category` end)",
    ),
    (
        "coalesce(now - created_at, interval '1 hour')",
        'coalesce(cast(extract(epoch from ("now" - "created_at")) * 1000000 as bigint), 3600000000)',
        'coalesce((epoch_us("now") - epoch_us("created_at")), 3600000000)',
        "coalesce((unix_micros(`now`) - unix_micros(`created_at`)), 3600000000)",
    ),
    (
        "coalesce(age, amount)",
        'cast(coalesce(cast("age" as numeric), "amount") as numeric)',
        'cast(coalesce(cast("age" as decimal(12, 2)), "amount") as decimal(12, 2))',
        "cast(coalesce(cast(`age` as decimal(12, 2)), `amount`) as decimal(12, 2))",
    ),
]


@pytest.mark.parametrize(("text", "postgres", "duckdb", "spark"), WRITTEN, ids=[line[0] for line in WRITTEN])
def test_how_it_is_written(text: str, postgres: str, duckdb: str, spark: str) -> None:
    expr = parse(text, MATTER)
    assert (expr.sql("postgres"), expr.sql("duckdb"), expr.sql("spark")) == (postgres, duckdb, spark)


def test_spark_divides_and_counts_days_in_its_own_way() -> None:
    units = "cast((cast(`count` as decimal(6, 0)) * 1000000) as decimal(38, 0))"
    divisor = "abs(cast((cast(`age` as decimal(3, 0)) * 1) as decimal(38, 0)))"
    odd, twice = f"((2 * abs({units})) + {divisor})", f"nullif(2 * {divisor}, 0)"
    sign = "(case when (`count` < 0) <> (`age` < 0) then -1 else 1 end)"
    whole = f"cast((cast((({odd} - ({odd} % {twice})) / {twice}) as decimal(38, 0)) * {sign}) as decimal(31, 0))"
    millionth = "cast(0.000001 as decimal(6, 6))"
    assert parse("count / age", MATTER).sql("spark") == f"cast(({whole} * {millionth}) as decimal(12, 6))"
    days = Schema({"a": Date, "b": Date}, calendar=CHINA_2026)
    assert "size(filter(array(date '2026-02-16'), d -> d > `a` and d <= `b`))" in parse(
        "workdays_between(a, b)", days
    ).sql("spark")
    assert " div 7) * 5" in parse("workdays_between(a, b)", days).sql("spark")


def test_an_expression_shows_its_text() -> None:
    assert repr(parse("age > 1", MATTER)) == "Expr('age > 1')"
    assert parse("age > 1", MATTER).text == "age > 1"
