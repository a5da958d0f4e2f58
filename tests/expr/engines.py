"""The engines an expression must agree with: each takes rows and expressions and gives the values back."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from yiwang.expr import UNKNOWN, Expr, Schema
from yiwang.expr.dialects import DIALECTS
from yiwang.expr.types import Kind

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
INSTANT_AS_NUMBER = {
    "postgres": "cast(extract(epoch from {}) * 1000000 as bigint)",
    "duckdb": "epoch_us({})",
    "spark": "unix_micros({})",
}


class Engine(Protocol):
    name: str

    def query(self, sql: str) -> list[tuple[Any, ...]]: ...


def values(engine: Engine, exprs: Sequence[Expr], rows: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """One tuple a row, one value an expression, in the order given."""
    schema = exprs[0].schema
    columns = ", ".join(_selected(engine.name, expr) for expr in exprs)
    table, order = _table(engine.name, schema, rows), DIALECTS[engine.name].column("row#")
    found = engine.query(f"select {columns} from {table} order by {order}")
    return [tuple(_value(expr, value) for expr, value in zip(exprs, row, strict=True)) for row in found]


def _selected(name: str, expr: Expr) -> str:
    sql = expr.sql(name)
    return INSTANT_AS_NUMBER[name].format(sql) if expr.type.kind is Kind.INSTANT else sql


def _table(name: str, schema: Schema, rows: Sequence[dict[str, Any]]) -> str:
    speech = DIALECTS[name]
    lines = [
        f"({number}, "
        + ", ".join(
            speech.cast(speech.literal(row.get(field), schema.fields[field].type), schema.fields[field].type)
            for field in schema.fields
        )
        + ")"
        for number, row in enumerate(rows)
    ]
    columns = ", ".join(speech.column(column) for column in ("row#", *schema.fields))
    return f"(values {', '.join(lines)}) as facts({columns})"


def _value(expr: Expr, value: Any) -> Any:
    """What the driver gave, as `evaluate` would say it."""
    if value is None:
        return UNKNOWN
    match expr.type.kind:
        case Kind.INSTANT:
            return EPOCH + int(value) * MICROSECOND
        case Kind.SPAN:
            return int(value) * MICROSECOND
        case Kind.NUMBER if not expr.type.exact:
            assert value == int(value)
            return int(value)
    return value


class Duck:
    name = "duckdb"

    def __init__(self) -> None:
        import duckdb

        self._connection = duckdb.connect(config={"threads": 1, "memory_limit": "512MB"})
        self._connection.execute("set timezone = 'America/New_York'")  # no answer may depend on the session's zone

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql).fetchall()


class Postgres:
    name = "postgres"

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._connection.execute(sql.encode()).fetchall()
        return found


@contextmanager
def postgres(url: str) -> Iterator[Postgres]:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("set timezone = 'America/New_York'")
        yield Postgres(connection)


class SparkSql:
    name = "spark"

    def __init__(self, session: Any) -> None:
        self._session = session

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._session.sql(sql).collect()]


@contextmanager
def spark() -> Iterator[SparkSql]:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[1]").appName("yiwang-expr")
    options = {"spark.sql.session.timeZone": "America/New_York", "spark.ui.enabled": "false",
               "spark.sql.shuffle.partitions": "1", "spark.driver.host": "127.0.0.1"}  # fmt: skip
    for option, value in options.items():
        builder = builder.config(option, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield SparkSql(session)
    finally:
        session.stop()


def has_spark() -> bool:
    return importlib.util.find_spec("pyspark") is not None
