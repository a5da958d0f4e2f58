"""An expression on a row equals the same expression on the engine, for every engine (design §10.14)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yiwang.expr import UNKNOWN, Expr, ExprError, parse

from . import engines
from .strategies import expressions, rows, schemas

RELAXED = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large,
                                                            HealthCheck.function_scoped_fixture]
)  # fmt: skip


@st.composite
def cases(draw: st.DrawFn, count: int = 6) -> tuple[list[Expr], list[dict[str, Any]]]:
    """Some expressions over one schema, and rows to run them on."""
    schema = draw(schemas())
    exprs = []
    for text in draw(st.lists(expressions(schema), min_size=count, max_size=count)):
        try:
            exprs.append(parse(text, schema))
        except ExprError as error:  # only what the sizes of random numbers forbid
            if error.reason.key not in REFUSALS:
                raise
    return exprs, draw(st.lists(rows(schema), min_size=3, max_size=3))


REFUSALS = {"expr.too_wide", "expr.choice", "expr.order", "expr.whole_only", "expr.results", "expr.span_long"}


def disagreements(engine: engines.Engine, exprs: list[Expr], facts: list[dict[str, Any]]) -> list[str]:
    found = []
    for row, answers in zip(facts, engines.values(engine, exprs, facts), strict=True):
        for expr, answer in zip(exprs, answers, strict=True):
            ours = expr.evaluate(row)
            same = ours is answer if ours is UNKNOWN or isinstance(ours, bool) else ours == answer
            if not same:
                found.append(f"{expr.text} on {row}: here {ours!r}, {engine.name} {answer!r}: {expr.sql(engine.name)}")
    return found


@given(case=cases())
@RELAXED
def test_a_row_and_duckdb_agree(duck: engines.Duck, case: tuple[list[Expr], list[dict[str, Any]]]) -> None:
    exprs, facts = case
    if exprs:
        assert disagreements(duck, exprs, facts) == []


@given(case=cases())
@RELAXED
def test_a_row_and_postgres_agree(pg: engines.Postgres, case: tuple[list[Expr], list[dict[str, Any]]]) -> None:
    exprs, facts = case
    if exprs:
        assert disagreements(pg, exprs, facts) == []


@pytest.mark.spark
@given(case=cases(count=30))
@settings(RELAXED, max_examples=15)
def test_a_row_and_spark_agree(sparkling: engines.SparkSql, case: tuple[list[Expr], list[dict[str, Any]]]) -> None:
    exprs, facts = case
    if exprs:
        assert disagreements(sparkling, exprs, facts) == []
