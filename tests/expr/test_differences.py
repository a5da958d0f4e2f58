"""Where the engines disagree, and how the language settles it: one named case for each difference found.

`plain` is what a person would write by hand; the engines' own answers to it are kept here as proof that they differ.
`ours` is the same thought in the language, with the one answer it has on a row and on every engine.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal as Exactly
from typing import Any

import pytest

from tests.expr.differences import DIFFERENCES, FAILS, Difference
from yiwang.expr import UNKNOWN, Date, Decimal, Enum, Instant, Schema, Text, Whole, parse

from . import engines

FACTS = Schema({"n": Whole, "big": Whole(18), "wide": Decimal(18, 4), "t": Text, "at": Instant, "d": Date,
                "choice": Enum("a", "b")})  # fmt: skip
ROW = {"n": 7, "big": 999_999_999_999_999_999, "wide": Exactly("99999999999999.9999"), "t": "ÉİßǅZ", "choice": None,
       "at": datetime(2026, 3, 7, 17, 0, tzinfo=UTC), "d": date(2026, 1, 31)}  # fmt: skip


NAMES = [difference.name for difference in DIFFERENCES]


@pytest.mark.parametrize("case", DIFFERENCES, ids=NAMES)
def test_the_language_has_one_answer(case: Difference) -> None:
    answer = parse(case.ours, FACTS).evaluate(ROW)
    assert answer is case.answer if case.answer is UNKNOWN else answer == case.answer


def _own_answer(engine: engines.Engine, plain: str) -> Any:
    try:
        return engine.query(f"select {plain}")[0][0]
    except Exception:  # each driver has its own; here it only matters that there is no answer
        return FAILS


def _check(engine: engines.Engine, case: Difference) -> None:
    ((answer,),) = engines.values(engine, [parse(case.ours, FACTS)], [ROW])
    assert answer is case.answer if case.answer is UNKNOWN else answer == case.answer
    own = getattr(case, engine.name)
    if own is not None:
        assert _own_answer(engine, case.plain) == own


@pytest.mark.parametrize("case", DIFFERENCES, ids=NAMES)
def test_duckdb_is_brought_to_it(duck: engines.Duck, case: Difference) -> None:
    _check(duck, case)


@pytest.mark.parametrize("case", DIFFERENCES, ids=NAMES)
def test_postgres_is_brought_to_it(pg: engines.Postgres, case: Difference) -> None:
    _check(pg, case)


@pytest.mark.spark
@pytest.mark.parametrize("case", DIFFERENCES, ids=NAMES)
def test_spark_is_brought_to_it(sparkling: engines.SparkSql, case: Difference) -> None:
    _check(sparkling, case)


def test_text_is_ordered_by_code_points_in_any_collation(pg: engines.Postgres) -> None:
    """A database with a language's collation would sort 'a' before 'B'; ours never does."""
    sql = parse("'a' < 'B'", FACTS).sql("postgres")
    assert pg.query(f"select {sql}") == [(False,)]
    assert 'collate "C"' in sql
