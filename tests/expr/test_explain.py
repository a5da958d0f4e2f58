"""Why a rule came out as it did: the receipts a clerk reads."""

from __future__ import annotations

from datetime import UTC, date, datetime
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
        "all of these hold (cannot be decided)",
        "  amount is more than 5 (cannot be decided)",
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
    ("contains(category, '垃圾')", "category contains “垃圾”: yes"),
    ("age + 1 > 5 * age", "age + 1 is more than 5 × age: no"),
    ("-age < 0", "−age is less than 0: yes"),
    ("category || '！' = '暴露垃圾！'", "joined category, “！” is “暴露垃圾！”: yes"),
    ("day - birth > 1", "day − date of birth is more than 1: yes"),
    ("day + interval '1 month' > birth", "1 mo after day is after date of birth: yes"),
    ("day - interval '3 days' > birth", "3 d before day is after date of birth: yes"),
    ("now + interval '90 minutes' > created_at", "90 min after now is after created_at: yes"),
    ("day > '2026-01-01'", "day is after 2026-01-01: yes"),
    ("created_at < '2026-02-14 00:00'", "created_at is before 2026-02-14 00:00: yes"),
    ("amount = 1250.5", "amount is 1,250.5: yes"),
    ("date(created_at) = '2026-02-13'", "the date of created_at is 2026-02-13: yes"),
    ("age_on(birth, today()) = 62", "full years from date of birth to the date of now is 62: yes"),
    ("workdays_between(day, today()) > 5", "working days from day to the date of now is more than 5: yes"),
    ("round(amount) = 1251", "amount rounded to 0 places is 1,251: yes"),
    ("coalesce(urgent, true) = true", "the first that is known is yes: yes"),
    ("case when closed then 1 else 2 end = 2", "a value case by case is 2: yes"),
    ("(not closed) = true", "closed is no is yes: yes"),
    ("(closed or urgent) is null", "at least one of these holds is unknown: yes"),
    ("coalesce(urgent, age > 1 and closed) is null", "the first that is known is unknown: no"),
    ("case when closed then amount else age end = 61.0", "a value case by case is 61.0: yes"),
    ("closed", "closed: no [closed]"),
    ("true", "result: yes"),
    # the opposite has words of its own
    ("not age = 61", "age is not 61: no"),
    ("not age < 61", "age is at least 61: yes"),
    ("age not in (1, 2)", "age is none of: 1, 2: yes"),
    ("category not like '暴%'", "category does not match “暴%”: no"),
    ("closed is not null", "closed is known: yes"),
    ("closed is not true", "closed is not yes: yes"),
    ("closed is not false", "closed is not no: no"),
    ("age is distinct from 61", "age is not the same as 61: no"),
    ("not contains(category, 'a')", "not (category contains “a”): yes"),
    # moments come before and after each other
    ("day >= birth", "day is not before date of birth: yes"),
    ("day <= birth", "day is not after date of birth: no"),
    ("now - created_at > interval '40 hours'", "now − created_at is more than 40 h: yes"),
    ("now - created_at > interval '45 seconds'", "now − created_at is more than 45 s: yes"),
    ("day - interval '2 years' < birth", "2 y before day is before date of birth: no"),
    # brackets stand where they are needed
    ("(age + 1) * 2 > 0", "(age + 1) × 2 is more than 0: yes"),
    ("age + 1 * 2 > 0", "age + 1 × 2 is more than 0: yes"),
    ("age - (count - 1) > 0", "age − (count − 1) is more than 0: yes"),
    ("age - count - 1 > 0", "age − count − 1 is more than 0: yes"),
    ("age / (count / 2) > 0", "age ÷ (count ÷ 2) is more than 0: yes"),
    ("-(age + 1) < 0", "−(age + 1) is less than 0: yes"),
    # each function in words
    ("lower(order) = 'a'", "order in small letters is “a”: no"),
    ("upper(order) = 'A'", "order in capital letters is “A”: no"),
    ("trim(order) = 'a'", "order without spaces around it is “a”: no"),
    ("length(order) = 4", "the length of order is 4: yes"),
    ("starts_with(order, 'a')", "order starts with “a”: yes"),
    ("ends_with(order, 'a')", "order ends with “a”: no"),
    ("within_cell(cell, '990106')", "cell lies in the cell “990106”: yes"),
    ("abs(age) = 1", "the absolute value of age is 1: no"),
    ("div(age, 2) = 1", "the whole quotient of age by 2 is 1: no"),
    ("age % 2 = 1", "the rest of age by 2 is 1: yes"),
    ("year(day) = 1", "the year of day is 1: no"),
    ("month(day) = 1", "the month of day is 1: yes"),
    ("day(day) = 1", "the day of the month of day is 1: no"),
]


@pytest.mark.parametrize(("text", "first"), SAID, ids=[text for text, _ in SAID])
def test_how_a_part_is_said(text: str, first: str) -> None:
    assert why(text)[0] == first
    assert why(text, "zh")[0]


def test_not_tells_what_does_not_hold() -> None:
    assert why("not closed") == ["closed is no: yes", "  closed: no [closed]"]
    assert why("not urgent") == ["urgent is no (cannot be decided)", "  “urgent” is missing [urgent]"]
    assert why("not (age > 60 and closed)") == ["not all of these hold: yes", "  closed: no [closed]"]
    assert why("not (age < 60 or closed)") == [
        "none of these holds: yes",
        "  age is less than 60: no",
        "    age: 61 [age]",
        "  closed: no [closed]",
    ]
    assert why("not coalesce(urgent, closed)")[:2] == [
        "not (the first that is known): yes",
        "  the first that is known: no",
    ]


def test_a_case_tells_how_it_came_to_its_value() -> None:
    assert why("case when age < 18 then 1 when age < 70 then 2 else 3 end") == [
        "a value case by case: 2",
        "  age is less than 18: no",
        "    age: 61 [age]",
        "  age is less than 70: yes",
        "    age: 61 [age]",
        "  result: 2",
    ]
    assert why("case when closed then 1 else count end")[-1] == "  count: 7 [count]"


def test_a_computed_value_is_told_with_its_own_grounds() -> None:
    assert why("age_on(birth, today()) >= 60", "zh") == [
        "自 出生日期 至 此刻 的日期 的周岁 不少于 60：是",
        "  自 出生日期 至 此刻 的日期 的周岁：62",
        "    出生日期：1964-02-29 [birth]",
        "    此刻：2026-03-01 09:00 [now]",
    ]
    assert why("case when closed then 1 else count end > 5") == [
        "a value case by case is more than 5: yes",
        "  a value case by case: 7",
        "    closed: no [closed]",
        "    count: 7 [count]",
    ]


def test_what_is_computed_from_hidden_facts_is_hidden_too() -> None:
    receipt = parse("age_on(birth, today()) >= 60", MATTER).explain(ROW, hide={"birth"})
    assert [str(one.value) for _, one in receipt.walk()][:3] == ["True", "（不予显示）", "（不予显示）"]
    assert "62" not in receipt.text("en")


def test_instants_are_told_by_the_districts_clocks() -> None:
    utc = ROW["created_at"].astimezone(UTC)
    assert why("created_at + interval '1 hour' > timestamp '2026-02-13 15:30+00:00'", created_at=utc) == [
        "1 h after created_at is after 2026-02-13 23:30: yes",
        "  1 h after created_at: 2026-02-14 00:30",
        "    created_at: 2026-02-13 23:30 [created_at]",
    ]


def test_days_outside_of_the_calendar_are_told() -> None:
    assert why("workdays_between(day, '2028-01-01')") == [
        "working days from day to 2028-01-01 (no value)",
        "  day: 2026-01-31 [day]",
        "  working days are known from 2004-01-01 to 2026-12-31 only",
    ]
    assert len(why("workdays_between(day, '2028-01-01')", day=None)) == 2


def test_the_first_that_is_known() -> None:
    assert why("coalesce(urgent, closed)") == [
        "the first that is known: no",
        "  “urgent” is missing [urgent]",
        "  closed: no [closed]",
    ]


def test_a_division_by_zero_is_told() -> None:
    assert why("amount / (count - 7) > 1") == [
        "amount ÷ (count − 7) is more than 1 (cannot be decided)",
        "  amount ÷ (count − 7) (no value)",
        "    amount: 1,250.50 [amount]",
        "    count: 7 [count]",
        "    divided by zero, so there is no value",
    ]
    assert why("age % (count - 7) = 1")[-1] == "    divided by zero, so there is no value"
    assert why("div(age, count - 7) = 1")[-1] == "    divided by zero, so there is no value"
    assert "divided" not in why("age / count > 1")[-1]


def test_a_fact_is_told_once() -> None:
    assert why("age + age > 1") == [
        "age + age is more than 1: yes",
        "  age + age: 122",
        "    age: 61 [age]",
    ]
    assert why("age = age") == ["age is age: yes", "  age: 61 [age]"]


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
