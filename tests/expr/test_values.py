"""The table of answers holds on a row, and the same table on every engine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal as Exactly
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from yiwang.expr import UNKNOWN, Instant, Schema, parse

from . import engines
from .answers import ALL, VALUES
from .district import MATTER, ROW


@pytest.mark.parametrize(("text", "value"), ALL, ids=[text for text, _ in ALL])
def test_on_a_row(text: str, value: Any) -> None:
    found = parse(text, MATTER).evaluate(ROW)
    assert type(found) is type(value)
    assert found == value


def _on_an_engine(engine: engines.Engine) -> None:
    exprs = [parse(text, _WITHOUT_OWN_SQL) for text, _ in ALL]
    (answers,) = engines.values(engine, exprs, [ROW])
    wrong = [
        (text, value, answer) for (text, value), answer in zip(ALL, answers, strict=True) if _differ(value, answer)
    ]
    assert wrong == []


def _differ(value: Any, answer: Any) -> bool:
    return answer is not value if isinstance(value, bool) or value is UNKNOWN else bool(answer != value)


def test_on_duckdb(duck: engines.Duck) -> None:
    _on_an_engine(duck)


def test_on_postgres(pg: engines.Postgres) -> None:
    _on_an_engine(pg)


@pytest.mark.spark
def test_on_spark(sparkling: engines.SparkSql) -> None:
    _on_an_engine(sparkling)


def test_a_fact_that_is_missing_is_unknown_wherever_it_stands() -> None:
    for text, _ in VALUES:
        expr = parse(text, MATTER)
        if expr.fields() and "coalesce" not in text and "case" not in text:
            assert expr.evaluate({}) is UNKNOWN, text


def test_it_holds_only_when_it_is_known_to_be_true() -> None:
    rule = parse("age >= 60", MATTER)
    assert [rule.holds({"age": age}) for age in (60, 59, None)] == [True, False, False]
    assert rule.holds({}) is False


def test_exact_numbers_stay_exact_whatever_the_thread_has_set() -> None:
    import decimal

    with decimal.localcontext() as context:
        context.prec = 3
        assert parse("amount * rate", MATTER).evaluate(ROW) == Exactly("1165.466")
        assert parse("-amount", MATTER).evaluate(ROW) == Exactly("-1250.50")
        assert parse("abs(amount)", MATTER).evaluate(ROW) == Exactly("1250.50")
        assert parse("amount / age", MATTER).evaluate(ROW) == Exactly("20.5")
        assert parse("round(amount, 1)", MATTER).evaluate(ROW) == Exactly("1250.5")


_WITHOUT_OWN_SQL = type(MATTER)({name: field.type for name, field in MATTER.fields.items()}, calendar=MATTER.calendar)


NEW_YORK = ZoneInfo("America/New_York")
CLOCKS = Schema({"start": Instant, "stop": Instant}, zone="America/New_York")
BEFORE_SPRING, AFTER_SPRING = datetime(2026, 3, 7, 12, tzinfo=NEW_YORK), datetime(2026, 3, 8, 12, tzinfo=NEW_YORK)
SUMMER_1_50, WINTER_1_30 = (
    datetime(2026, 11, 1, 1, 50, tzinfo=NEW_YORK),
    datetime(2026, 11, 1, 1, 30, 0, 0, NEW_YORK, fold=1),
)


@pytest.mark.parametrize(
    ("text", "start", "end", "value"),
    [
        ("stop - start", BEFORE_SPRING, AFTER_SPRING, timedelta(hours=23)),
        ("stop - start < interval '1 day'", BEFORE_SPRING, AFTER_SPRING, True),
        ("start + interval '1 day' = stop", BEFORE_SPRING, AFTER_SPRING, False),
        ("start < stop", SUMMER_1_50, WINTER_1_30, True),
        ("stop - start", SUMMER_1_50, WINTER_1_30, timedelta(minutes=40)),
        ("start = stop", SUMMER_1_50, SUMMER_1_50.astimezone(UTC), True),
        ("start is not distinct from stop", SUMMER_1_50, SUMMER_1_50.astimezone(UTC), True),
        ("start in (timestamp '2026-11-01 01:50', now())", SUMMER_1_50.astimezone(UTC), None, True),
        ("start in (timestamp '2026-11-01 01:50', timestamp '2026-11-01')", SUMMER_1_50.astimezone(UTC), None, True),
        ("timestamp '2026-11-01 01:50' - start", SUMMER_1_50.astimezone(UTC), None, timedelta(0)),
    ],
)  # fmt: skip
def test_instants_are_moments_and_not_what_the_clocks_show(
    text: str, start: datetime, end: datetime | None, value: Any, duck: engines.Duck, pg: engines.Postgres
) -> None:
    """Python compares and subtracts two instants of the same zone by their clocks; a night of 23 hours would be 24."""
    expr, row = parse(text, CLOCKS), {"start": start, "stop": end}
    assert expr.evaluate(row) == value
    assert expr.simplify({"start": start}).evaluate({"stop": end}) == value
    for engine in (duck, pg):
        assert engines.values(engine, [expr], [row]) == [(value,)]


def test_an_instant_as_a_result_is_in_utc() -> None:
    assert parse("start + interval '1 hour'", CLOCKS).evaluate({"start": SUMMER_1_50}) == datetime(
        2026, 11, 1, 6, 50, tzinfo=UTC
    )
