"""What is left of a rule when some facts are known already."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yiwang.expr import UNKNOWN, ExprError, FactError, parse

from .district import MATTER, ROW
from .strategies import expressions, rows, schemas

LEFT = [
    # rule, what is known, facts still needed, SQL of the rest
    ("age >= 60 and closed", {"age": 61}, {"closed"}, '"closed"'),
    ("age >= 60 and closed", {"age": 59}, set(), "false"),
    ("age >= 60 and closed", {"age": None}, {"closed"}, '(cast(null as boolean) and "closed")'),
    ("age >= 60 or closed", {"age": 61}, set(), "true"),
    ("age >= 60 or closed", {"age": 59}, {"closed"}, '"closed"'),
    ("age >= 60 or closed", {"age": 59, "closed": False}, set(), "false"),
    ("age >= 60 and closed", {"age": 61, "closed": True}, set(), "true"),
    ("age >= 60 and closed", {"age": None, "closed": None}, set(), "cast(null as boolean)"),
    ("age >= 60 and closed and urgent", {"age": 60}, {"closed", "urgent"}, '("closed" and "urgent")'),
    ("not closed", {"closed": False}, set(), "true"),
    ("age + 1 > count", {"age": 4}, {"count"}, '(5 > "count")'),
    ("age + count > 1", {"count": None}, set(), "cast(null as boolean)"),
    ("closed is null", {"closed": None}, set(), "true"),
    (
        "closed is not distinct from urgent",
        {"closed": None},
        {"urgent"},
        '(cast(null as boolean) is not distinct from "urgent")',
    ),
    ("category in ('a', 'b')", {"category": "a"}, set(), "true"),
    ("category like 'a%'", {"category": "ba"}, set(), "false"),
    ("category || order", {"category": None}, set(), "cast(null as text)"),
    ("category || order", {"category": "x"}, {"order"}, "('x' || \"order\")"),
    ("length(category) > age", {"category": "暴露"}, {"age"}, '(2 > "age")'),
    ("coalesce(age, count)", {"age": 1}, set(), "1"),
    ("coalesce(age, count)", {"age": None}, {"count"}, '"count"'),
    ("coalesce(age, count, 5)", {"count": 3}, {"age"}, 'cast(coalesce("age", 3) as bigint)'),
    ("coalesce(age, count)", {"age": None, "count": None}, set(), "cast(null as bigint)"),
    ("case when closed then age when urgent then 2 else count end", {"closed": True}, {"age"}, '"age"'),
    (
        "case when closed then 1 when urgent then 2 else 3 end",
        {"closed": None},
        {"urgent"},
        'cast((case when "urgent" then 2 else 3 end) as bigint)',
    ),
    (
        "case when closed then 1 when urgent then 2 else count end",
        {"urgent": True},
        {"closed"},
        'cast((case when "closed" then 1 else 2 end) as bigint)',
    ),
    ("case when closed then 1 else count end", {"closed": False}, {"count"}, '"count"'),
    ("day + interval '1 month' > birth", {"day": ROW["day"]}, {"birth"}, "(date '2026-02-28' > \"birth\")"),
    ("date(now()) = day", {"now": ROW["now"]}, {"day"}, "(date '2026-03-01' = \"day\")"),
    ("age_on(birth, now()) >= 60", {"now": ROW["now"], "birth": ROW["birth"]}, set(), "true"),
    ("-age", {"age": 3}, set(), "(-3)"),
    ("now - created_at > interval '1 hour'", {"now": ROW["now"], "created_at": ROW["created_at"]}, set(), "true"),
    ("category", {"category": "a"}, set(), "'a'"),
    ("age > 1", {"count": 5}, {"age"}, '("age" > 1)'),
]


@pytest.mark.parametrize(
    ("text", "known", "needed", "sql"), LEFT, ids=[f"{text} {known}" for text, known, _, _ in LEFT]
)
def test_what_is_left(text: str, known: dict[str, Any], needed: set[str], sql: str) -> None:
    rest = parse(text, MATTER).simplify(known)
    assert rest.fields() == needed
    assert rest.sql("postgres") == sql
    assert rest.type.kind is parse(text, MATTER).type.kind


def test_a_fact_of_another_type_is_named() -> None:
    with pytest.raises(FactError, match=r"the fact `age` should be a whole number, but came as '61'"):
        parse("age > 60", MATTER).simplify({"age": "61"})


@st.composite
def cases(draw: st.DrawFn) -> tuple[Any, dict[str, Any], set[str]]:
    schema = draw(schemas())
    try:
        expr = parse(draw(expressions(schema)), schema)
    except ExprError:
        expr = parse("now", schema)
    row = draw(rows(schema))
    return expr, row, draw(st.sets(st.sampled_from(sorted(schema.fields))))


@given(case=cases())
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_rest_comes_to_the_same(case: tuple[Any, dict[str, Any], set[str]]) -> None:
    expr, row, names = case
    known = {name: value for name, value in row.items() if name in names}
    rest = expr.simplify(known)
    others = {name: value for name, value in row.items() if name not in names}
    before, after = expr.evaluate(row), rest.evaluate(others)
    assert after is UNKNOWN if before is UNKNOWN else after == before
    assert not rest.fields() & names
    assert rest.evaluate(row) == before
