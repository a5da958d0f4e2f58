"""Why a rule came out as it did: the receipts a clerk reads."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal as Exactly
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yiwang.expr import UNKNOWN, Schema, parse
from yiwang.why import Receipt

from .district import MATTER, ROW, SHANGHAI
from .strategies import expressions, rows, schemas


def why(text: str, language: str = "en", **facts: Any) -> list[str]:
    return parse(text, MATTER).explain({**ROW, **facts}).text(language).splitlines()


def test_one_false_term_decides_and_the_others_are_not_told() -> None:
    assert why("age >= 65 and category = '暴露垃圾' and urgent") == [
        "all of these hold: no",
        "  age is at least 65: no",
        "    age: 61 [age]",
    ]


def test_all_terms_are_told_when_all_were_needed() -> None:
    assert why("age >= 60 and category = '暴露垃圾'", "zh") == [
        "以下全部成立：是",
        "  年龄 不少于 60：是",
        "    年龄：61 [age]",
        "  类别 等于 「暴露垃圾」：是",
        "    类别：暴露垃圾 [category]",
    ]


def test_the_true_term_decides_an_or() -> None:
    assert why("closed or age > 60") == [
        "at least one of these holds: yes",
        "  age is more than 60: yes",
        "    age: 61 [age]",
    ]


def test_a_missing_fact_is_named() -> None:
    assert why("age >= 60 and amount > 5", amount=None) == [
        "all of these hold",
        "  amount is more than 5",
        "    “amount” is missing [amount]",
    ]
    assert why("urgent") == ["“urgent” is missing [urgent]"]


def test_what_is_hidden_from_the_reader_is_not_shown() -> None:
    receipt = parse("age >= 60", MATTER).explain(ROW, hide={"age"})
    assert receipt.text("en").splitlines() == ["age is at least 60: yes", "  age: (not shown) [age]"]
    assert parse("urgent", MATTER).explain(ROW, hide={"urgent"}).text("en") == "“urgent” is missing [urgent]"


SAID = [
    ("age = 61", "age is 61: yes"),
    ("age <> 61", "age is not 61: no"),
    ("age < 61", "age is less than 61: no"),
    ("age <= 61", "age is at most 61: yes"),
    ("age > 61", "age is more than 61: no"),
    ("age is not distinct from 61", "age is the same as 61: yes"),
    ("age in (1, 61)", "age is one of: 1, 61: yes"),
    ("category like '暴%'", "category matches “暴%”: yes"),
    ("closed is null", "closed is unknown: no"),
    ("closed is true", "closed is yes: no"),
    ("closed is false", "closed is no: yes"),
    ("contains(category, '垃圾')", "contains(category, “垃圾”): yes"),
    ("age + 1 > 5 * age", "age + 1 is more than 5 * age: no"),
    ("-age < 0", "−age is less than 0: yes"),
    ("category || '！' = '暴露垃圾！'", "joined category, “！” is “暴露垃圾！”: yes"),
    ("day - birth > 1", "day − date of birth is more than 1: yes"),
    ("day + interval '1 month' > birth", "day and 1 months is more than date of birth: yes"),
    ("day - interval '3 days' > birth", "day and −3 days is more than date of birth: yes"),
    ("now + interval '90 minutes' > created_at", "now and 1.5 hours is more than created_at: yes"),
    ("day > '2026-01-01'", "day is more than 2026-01-01: yes"),
    ("created_at < '2026-02-14 00:00'", "created_at is less than 2026-02-14 00:00: yes"),
    ("amount = 1250.5", "amount is 1,250.5: yes"),
    ("date(created_at) = '2026-02-13'", "date(created_at) is 2026-02-13: yes"),
    ("age_on(birth, today()) = 62", "age_on(date of birth, date(now)) is 62: yes"),
    ("workdays_between(day, today()) > 5", "workdays_between(day, date(now)) is more than 5: yes"),
    ("round(amount) = 1251", "round(amount, 0) is 1,251: yes"),
    ("coalesce(urgent, true) = true", "the first that is known is yes: yes"),
    ("case when closed then 1 else 2 end = 2", "a value case by case is 2: yes"),
    ("(not closed) = true", "not (closed) is yes: yes"),
    ("(closed or urgent) is null", "at least one of these holds is unknown: yes"),
    ("coalesce(urgent, age > 1 and closed) is null", "the first that is known is unknown: no"),
    ("case when closed then amount else age end = 61.0", "a value case by case is 61.0: yes"),
    ("closed", "closed: no [closed]"),
]


@pytest.mark.parametrize(("text", "first"), SAID, ids=[text for text, _ in SAID])
def test_how_a_part_is_said(text: str, first: str) -> None:
    assert why(text)[0] == first
    assert why(text, "zh")[0]


def test_not_tells_what_does_not_hold() -> None:
    assert why("not closed") == ["this does not hold: yes", "  closed: no [closed]"]


def test_a_case_tells_how_it_came_to_its_value() -> None:
    assert why("case when age < 18 then 1 when age < 70 then 2 else 3 end") == [
        "a value case by case: 2",
        "  age is less than 18: no",
        "    age: 61 [age]",
        "  age is less than 70: yes",
        "    age: 61 [age]",
        "  2: 2",
    ]
    assert why("case when closed then 1 else count end")[-1] == "  count: 7 [count]"


def test_the_first_that_is_known() -> None:
    assert why("coalesce(urgent, closed)") == [
        "the first that is known: no",
        "  “urgent” is missing [urgent]",
        "  closed: no [closed]",
    ]


def test_a_division_by_zero_is_told() -> None:
    assert why("amount / (count - 7) > 1") == [
        "amount / count - 7 is more than 1",
        "  amount: 1,250.50 [amount]",
        "  count: 7 [count]",
        "  divided by zero, so there is no value",
    ]
    assert why("age % (count - 7) = 1")[-1] == "  divided by zero, so there is no value"
    assert why("div(age, count - 7) = 1")[-1] == "  divided by zero, so there is no value"
    assert "divided" not in why("age / count > 1")[-1]


def test_a_fact_is_told_once() -> None:
    assert why("age + age > 1") == ["age + age is more than 1: yes", "  age: 61 [age]"]


def test_dates_and_amounts_are_written_as_on_a_page() -> None:
    assert why("birth < '2026-01-01'", "zh", birth=date(1964, 2, 29))[1] == "  出生日期：1964-02-29 [birth]"
    assert why("amount > 1", "en", amount=Exactly("1234567.8"))[1] == "  amount: 1,234,567.8 [amount]"
    assert (
        why("now > created_at", "en", now=datetime(2026, 3, 1, 9, tzinfo=SHANGHAI))[1]
        == "  now: 2026-03-01 09:00 [now]"
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[Schema, str, dict[str, Any]]:
    schema = draw(schemas())
    return schema, draw(expressions(schema)), draw(rows(schema))


@given(case=cases())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_receipt_tells_the_value_and_only_facts_of_the_rule(case: tuple[Schema, str, dict[str, Any]]) -> None:
    from yiwang.expr import ExprError

    schema, text, row = case
    try:
        expr = parse(text, schema)
    except ExprError:
        return
    receipt = expr.explain(row)
    value = expr.evaluate(row)
    assert receipt.value is None if value is UNKNOWN else receipt.value == value
    told = {one.source for _, one in receipt.walk() if one.source}
    assert told <= expr.fields()
    if value is UNKNOWN:
        assert expr.missing(row) & told or any(_ends_unknown(one) for _, one in receipt.walk())
    assert receipt.text("zh")
    assert receipt.text("en")


def _ends_unknown(receipt: Receipt) -> bool:
    """An unknown that no missing fact explains: a division by zero, a written null, a day out of the calendar."""
    return receipt.value is None and not any(one.source and one.value is None for _, one in receipt.walk())
