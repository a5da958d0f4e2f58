"""The SQL that is written for each engine."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as Exactly
from typing import Any

import pytest

from yiwang.expr import Date, Decimal, ExprError, Field, Instant, Schema, Whole, Workdays, parse

from . import engines
from .district import MATTER

CHINA_2026 = Workdays(
    date(2026, 2, 1), date(2026, 2, 28), frozenset({date(2026, 2, 16)}), frozenset({date(2026, 2, 14)})
)


def test_a_fact_is_where_its_engine_keeps_it() -> None:
    rule = parse("clock.handling.due < now()", MATTER)
    assert rule.sql("postgres") == "(((clocks->'handling'->>'due')::timestamptz) < \"now\")"
    assert rule.sql("duckdb") == '("clock.handling.due" < "now")'
    assert rule.sql("spark") == "(`clock.handling.due` < `now`)"
    bound = Schema({"now": Field(Instant, sql={"postgres": "now()"}), "at": Instant})
    assert parse("at < now()", bound).sql("postgres") == '("at" < (now()))'


def test_an_engine_is_known_by_its_usual_names() -> None:
    rule = parse("age = 1", Schema({"age": Field(Whole(3), sql={"PostgreSQL": "m.age", "duckdb": "a"})}))
    assert [rule.sql(name) for name in ("postgres", "postgresql", "PostgreSQL")] == ["((m.age) = 1)"] * 3
    assert [rule.sql(name) for name in ("DuckDB", "spark", "Spark")] == ["((a) = 1)", "(`age` = 1)", "(`age` = 1)"]
    with pytest.raises(ValueError, match="there is no dialect “mysql”"):
        Field(Whole(3), sql={"mysql": "age"})


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


def test_a_quotient_that_an_engine_could_not_hold_is_refused_when_it_is_read(duck: Any, pg: Any) -> None:
    """Engines compute it in units of the last place: one of the widest comes out, one place more is refused."""
    sizes = Schema({"a": Decimal(16, 9), "b": Decimal(16, 9), "c": Decimal(17, 11), "d": Decimal(25, 14)})
    widest = parse("a / b", sizes)
    row = {"a": Exactly("9999999.999999999"), "b": Exactly("-0.000000001")}
    assert widest.evaluate(row) == Exactly("-9999999999999999")
    for engine in (duck, pg):
        assert engines.values(engine, [widest], [row]) == [(widest.evaluate(row),)]
    for text in ("c / c", "1 / d"):
        with pytest.raises(ExprError, match="digits, at most 31 are kept; round first"):
            parse(text, sizes)
