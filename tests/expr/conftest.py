"""One connection to each engine for the whole run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from yiwang.expr import explain, functions, library

from . import engines


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """Every test reads its expressions anew, with the functions registered anew."""
    explain._value_of.cache_clear()
    functions._registered.clear()
    library.load()


@pytest.fixture(scope="session")
def duck() -> engines.Duck:
    pytest.importorskip("duckdb")
    return engines.Duck()


@pytest.fixture(scope="session")
def pg(postgres_url: str) -> Iterator[engines.Postgres]:
    with engines.postgres(postgres_url) as connection:
        yield connection


@pytest.fixture(scope="session")
def sparkling() -> Iterator[engines.SparkSql]:
    if not engines.has_spark():
        pytest.skip("pyspark is not installed: pip install pyspark, with Java 17")
    with engines.spark() as session:
        yield session
