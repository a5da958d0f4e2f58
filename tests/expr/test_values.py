"""What expressions come to on one row: tables that a clerk can check by hand. The same table runs on every engine."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal as Exactly
from typing import Any

import pytest

from yiwang.expr import UNKNOWN, parse

from . import engines
from .district import MATTER, ROW, SHANGHAI

TRUTH = [
    ("category = '暴露垃圾'", True),
    ("category <> '暴露垃圾'", False),
    ("category != '道路破损'", True),
    ("age >= 60 and category = '暴露垃圾'", True),
    ("age < 60 or closed", False),
    ("not closed", True),
    ("not not closed", False),
    # unknown is an answer, and gives way to a fact that decides
    ("urgent", UNKNOWN),
    ("not urgent", UNKNOWN),
    ("urgent and closed", False),
    ("closed and urgent", False),
    ("urgent and not closed", UNKNOWN),
    ("urgent or not closed", True),
    ("not closed or urgent", True),
    ("urgent or closed", UNKNOWN),
    ("urgent = true", UNKNOWN),
    ("urgent = urgent", UNKNOWN),
    ("urgent is null", True),
    ("urgent is not null", False),
    ("closed is null", False),
    ("urgent is true", False),
    ("urgent is not true", True),
    ("urgent is false", False),
    ("closed is false", True),
    ("closed is not false", False),
    ("not closed is true", True),
    ("(age > 60) is true", True),
    ("urgent is distinct from closed", True),
    ("urgent is not distinct from urgent", True),
    ("age is not distinct from 61", True),
    ("age is distinct from 61", False),
    # comparing
    ("age = 61", True),
    ("age = 61.00", True),
    ("61 > age", False),
    ("amount > 1250.5", False),
    ("amount >= 1250.5", True),
    ("amount <= 1250.49", False),
    ("amount < 1250.51", True),
    ("age between 60 and 61", True),
    ("age between 62 and 70", False),
    ("age between 50 and 60", False),
    ("age not between 62 and 70", True),
    ("age in (60, 61)", True),
    ("age in (60, 62)", False),
    ("age in (60, 61.0)", True),
    ("age in (61)", True),
    ("age not in (60, 62)", True),
    ("count in (age, 7)", True),
    ("age in (count, 1)", False),
    ("closed = false", True),
    ("closed in (true, false)", True),
    ("big > wide", True),
    ("big = 999999999999999999", True),
    # text
    ("category < '道路'", True),
    ("'Z' < 'a'", True),
    ("'é' < 'f'", False),
    ("category like '暴%'", True),
    ("category like '%垃圾'", True),
    ("category like '%露%'", True),
    ("category like '暴露'", False),
    ("category like '____'", True),
    ("category like '___'", False),
    ("category not like '%圾'", False),
    ("order like 'a_b%'", True),
    ("'暴垃' like '暴%垃%垃'", False),
    ("'aab' like 'a%ab'", True),
    ("'ab' like 'ab%b'", False),
    ("'a.b' like 'a_b' and not 'ab' like 'a.'", True),
    ("contains(category, '露垃')", True),
    ("contains(category, '垃露')", False),
    ("contains(order, '%')", True),
    ("contains(category, '')", True),
    ("starts_with(category, '暴露') and ends_with(category, '垃圾')", True),
    ("starts_with(category, '垃圾') or ends_with(category, '暴露')", False),
    ("ends_with(category, '')", True),
    ("within_cell(cell, '990106001')", True),
    ("within_cell(cell, '990107')", False),
    ("form.urgency = 'urgent'", True),
    ("form.urgency in ('normal')", False),
    # dates and instants
    ("day < '2026-02-01'", True),
    ("'2026-02-01' > day", True),
    ("day = date '2026-01-31'", True),
    ("created_at < timestamp '2026-02-14 00:00'", True),
    ("created_at >= timestamp '2026-02-13 15:30:00+00:00'", True),
    ("created_at = timestamp '2026-02-13T23:30:00+08:00'", True),
    ("created_at <> timestamp '2026-02-13 23:30'", False),
    ("created_at < '2026-02-14 00:00'", True),
    ("created_at in (timestamp '2026-02-13 23:30', now())", True),
    ("clock.handling.due < now()", True),
    ("now - clock.handling.due > interval '40 hours'", False),
    ("now - clock.handling.due >= interval '40 hours'", True),
    ("now - clock.handling.due < interval '2 days'", True),
    ("age_on(birth, today()) >= 60", True),
    ("date(now()) = '2026-03-01'", True),
    ("true or urgent", True),
]

VALUES: list[tuple[str, Any]] = [
    ("age", 61),
    ("age + 1", 62),
    ("age - 1", 60),
    ("age * 2", 122),
    ("1 + 2 * 3", 7),
    ("(1 + 2) * 3", 9),
    ("10 - 4 - 3", 3),
    ("-age", -61),
    ("- amount", Exactly("-1250.50")),
    ("-(-age)", 61),
    ("+age", 61),
    ("amount + age", Exactly("1311.50")),
    ("amount - 0.5", Exactly("1250.00")),
    ("amount * rate", Exactly("1165.466000")),
    ("big + big", 1_999_999_999_999_999_998),
    ("big * big", 999_999_999_999_999_999**2),
    ("wide * wide", Exactly("0.000000000001")),
    # a quotient is exact to six places, halves away from zero; by zero it is unknown
    ("7 / 2", Exactly("3.5")),
    ("2 / 3", Exactly("0.666667")),
    ("-2 / 3", Exactly("-0.666667")),
    ("2 / -3", Exactly("-0.666667")),
    ("1 / 3", Exactly("0.333333")),
    ("-1 / 2000000", Exactly("-0.000001")),
    ("1 / 2000001", Exactly("0.000000")),
    ("amount / age", Exactly("20.500000")),
    ("amount / 0", UNKNOWN),
    ("age / (count - 7)", UNKNOWN),
    ("7536 * 100 / 8086", Exactly("93.198120")),
    ("round(7536 * 100 / 8086, 1)", Exactly("93.2")),
    ("wide / 1", Exactly("-0.000001")),
    ("1 / rate", Exactly("1.072961")),
    ("0.0000001 / 1", Exactly("0.0000001")),
    # whole division cuts towards zero, the rest has the sign of the first
    ("div(7, 2)", 3),
    ("div(-7, 2)", -3),
    ("div(7, -2)", -3),
    ("div(-7, -2)", 3),
    ("div(age, 0)", UNKNOWN),
    ("7 % 3", 1),
    ("-7 % 3", -1),
    ("7 % -3", 1),
    ("mod(-7, -3)", -1),
    ("age % 0", UNKNOWN),
    ("mod(big, 10)", 9),
    # rounding: halves away from zero
    ("round(2.5)", 3),
    ("round(-2.5)", -3),
    ("round(3.49)", 3),
    ("round(1.005, 2)", Exactly("1.01")),
    ("round(-1.005, 2)", Exactly("-1.01")),
    ("round(amount, 5)", Exactly("1250.50")),
    ("round(age)", 61),
    ("round(age, 2)", 61),
    ("round(999.99)", 1000),
    ("abs(-3)", 3),
    ("abs(wide)", Exactly("0.000001")),
    # text
    ("category || '：' || '街面'", "暴露垃圾：街面"),
    ("length(category)", 4),
    ("length('👍𠮷é')", 3),
    ("lower('ABC暴É')", "abc暴É"),
    ("upper('abc暴éß')", "ABC暴éß"),
    ("lower('AMNZ[`@')", "amnz[`@"),
    ("trim('  a b  ')", "a b"),
    ("'it''s'", "it's"),
    # the first that is known; one case or another
    ("coalesce(urgent, closed)", False),
    ("coalesce(urgent, true)", True),
    ("coalesce(urgent, null)", UNKNOWN),
    ("coalesce(null, age, 1)", 61),
    ("coalesce(age)", 61),
    ("coalesce(amount, 1)", Exactly("1250.50")),
    ("nullif(age, 61)", UNKNOWN),
    ("nullif(age, 60)", 61),
    ("nullif(category, 'a')", "暴露垃圾"),
    ("case when age >= 60 then '老人' else '其他' end", "老人"),
    ("case when age < 18 then '儿童' when age < 60 then '成人' else '老人' end", "老人"),
    ("case when urgent then 1 else 2 end", 2),
    ("case when urgent then 1 end", UNKNOWN),
    ("case when closed then 1 when not closed then 2 end", 2),
    ("case form.urgency when 'normal' then 5 when 'urgent' then 1 end", 1),
    ("case when age > 1 then 1 else 2.5 end", Exactly("1")),
    ("case when closed then amount else age end", Exactly("61")),
    ("case when age > 1 then null else '' end", UNKNOWN),
    # dates: months keep the day, or take the month's last
    ("day + interval '1 month'", date(2026, 2, 28)),
    ("day + interval '1 year'", date(2027, 1, 31)),
    ("day + interval '13 months'", date(2027, 2, 28)),
    ("day - interval '2 months'", date(2025, 11, 30)),
    ("day - interval '1 month'", date(2025, 12, 31)),
    ("birth + interval '1 year'", date(1965, 2, 28)),
    ("birth + interval '4 years'", date(1968, 2, 29)),
    ("day + interval '5 days'", date(2026, 2, 5)),
    ("interval '5 days' + day", date(2026, 2, 5)),
    ("day + interval 1 week", date(2026, 2, 7)),
    ("day + interval '-1 day'", date(2026, 1, 30)),
    ("day - interval '31 days'", date(2025, 12, 31)),
    ("day + (-interval '1 day')", date(2026, 1, 30)),
    ("day - (-interval '1 month')", date(2026, 2, 28)),
    ("day - birth", 22617),
    ("day - date '2026-02-01'", -1),
    ("'2026-02-01' - day", 1),
    ("year(day) * 10000 + month(day) * 100 + day(day)", 20260131),
    ("year('2026-02-01')", 2026),
    # an instant has the date of the district, whatever the session's zone
    ("date(created_at)", date(2026, 2, 13)),
    ("date(timestamp '2026-02-13 16:00:00+00:00')", date(2026, 2, 14)),
    ("date(timestamp '2026-02-13 15:59:59.999999+00:00')", date(2026, 2, 13)),
    ("date(timestamp '1988-06-30 15:00:00+00:00')", date(1988, 7, 1)),  # summer time was kept from 1986 to 1991
    ("day(created_at)", 13),
    ("month(now())", 3),
    ("today()", date(2026, 3, 1)),
    ("created_at + interval '30 minutes'", datetime(2026, 2, 14, 0, 0, tzinfo=SHANGHAI)),
    ("created_at - interval '1 day'", datetime(2026, 2, 12, 23, 30, tzinfo=SHANGHAI)),
    ("created_at + interval '45 seconds'", datetime(2026, 2, 13, 23, 30, 45, tzinfo=SHANGHAI)),
    ("interval '1 week' + now()", datetime(2026, 3, 8, 9, 0, tzinfo=SHANGHAI)),
    ("now - created_at", timedelta(days=15, hours=9, minutes=30)),
    ("now() - '2026-03-01 08:00'", timedelta(hours=1)),
    ("coalesce(now - created_at, interval '1 day')", timedelta(days=15, hours=9, minutes=30)),
    ("now", datetime(2026, 3, 1, 9, 0, tzinfo=SHANGHAI)),
    # ages: the birthday counts; 29 February comes on 1 March in common years
    ("age_on(birth, '2026-02-28')", 61),
    ("age_on(birth, '2026-03-01')", 62),
    ("age_on(birth, '2024-02-29')", 60),
    ("age_on(birth, '2024-02-28')", 59),
    ("age_on(birth, '1964-02-29')", 0),
    ("age_on('2026-01-01', '2025-12-31')", -1),
    ("age_on(birth, now())", 62),
    # working days: the first day does not count; outside of the known years the answer is unknown
    ("workdays_between('2026-02-13', '2026-02-14')", 1),
    ("workdays_between('2026-02-14', '2026-02-14')", 0),
    ("workdays_between('2026-02-14', '2026-02-13')", -1),
    ("workdays_between('2026-02-13', '2026-02-20')", 3),
    ("workdays_between('2026-02-20', '2026-02-13')", -3),
    ("workdays_between('2025-12-31', '2026-01-05')", 2),
    ("workdays_between('2026-02-15', '2026-02-16')", 0),
    ("workdays_between(created_at, clock.handling.due)", 8),
    ("workdays_between('2004-01-01', '2026-12-31')", 5998),
    ("workdays_between('2003-12-31', '2004-01-05')", UNKNOWN),
    ("workdays_between('2026-12-31', '2027-01-01')", UNKNOWN),
]  # fmt: skip

ALL = [*TRUTH, *VALUES]


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


_WITHOUT_OWN_SQL = type(MATTER)({name: field.type for name, field in MATTER.fields.items()}, calendar=MATTER.calendar)
