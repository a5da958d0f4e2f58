"""Rules on rows and on tables: one by one beside CEL, and as SQL over ten million rows beside SQL written by hand."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal as Exactly
from typing import Any

from yiwang.expr import Bool, Date, Decimal, Schema, Text, Whole, parse

CATEGORIES = ["暴露垃圾", "道路破损", "违法搭建", "占道经营", "井盖缺失"]
SCHEMA = Schema(
    {"category": Text, "age": Whole(3), "count": Whole(4), "amount": Decimal(12, 2), "closed": Bool, "day": Date}
)
ROW_RULES = {
    "comparison": ("age >= 60", "age >= 60", lambda row: None if (age := row.get("age")) is None else age >= 60),
    "rule": (
        "category = '暴露垃圾' and age >= 60 or count > 90",
        "category == '暴露垃圾' && age >= 60 || count > 90",
        lambda row: (row["category"] == "暴露垃圾" and row["age"] >= 60) or row["count"] > 90,
    ),
}
TABLE_RULES = {
    "filter": (
        "category in ('暴露垃圾', '道路破损') and amount > 5000 and not closed",
        "category in ('暴露垃圾', '道路破损') and amount > 5000 and not closed",
    ),
    "arithmetic": ("amount * count - 100 >= 250000.50", "amount * count - 100 >= 250000.50"),
    "dates": (
        "day + interval '5 days' < date '2026-06-01' and year(day) = 2026 and category like '%破损'",
        "day + 5 < date '2026-06-01' and year(day) = 2026 and category like '%破损'",
    ),
}


def run(scale: float = 1.0) -> list[dict[str, Any]]:
    """Rows per second; `peer` is CEL (or hand-written SQL), `limit` bare Python (or reading the columns at all)."""
    return [*_rows_one_by_one(scale), *_table_in_duckdb(scale)]


def _line(name: str, ours: float, peer: float, limit: float) -> dict[str, Any]:
    return {"name": name, "ours": round(ours), "peer": round(peer), "limit": round(limit), "unit": "rows/s",
            "ratio_to_peer": round(ours / peer, 3), "ratio_to_limit": round(ours / limit, 3)}  # fmt: skip


def _facts(number: int) -> dict[str, Any]:
    return {
        "category": CATEGORIES[number % 5],
        "age": number * 7 % 97,
        "count": number * 31 % 100,
        "amount": Exactly(number * 13 % 900000) / 100,
        "closed": number % 3 == 0,
        "day": date(2026, 1 + number % 12, 1 + number % 28),
    }


# --- one by one


def _rows_one_by_one(scale: float) -> list[dict[str, Any]]:
    rows = [_facts(number) for number in range(1000)]
    rounds = max(int(200 * scale), 2)
    lines = []
    for name, (text, cel, bare) in ROW_RULES.items():
        expr = parse(text, SCHEMA)
        limit = _rate(bare, rows, rounds)
        ours = _rate(expr.evaluate, rows, rounds)
        for peer, program in _cel_programs(cel):
            assert [bool(program(row)) for row in rows[:50]] == [expr.holds(row) for row in rows[:50]]
            speed = _rate(program, rows, max(rounds // 100, 1))
            lines.append(_line(f"expr {name}, one by one, beside {peer}", ours, speed, limit))
    return lines


def _rate(function: Callable[[dict[str, Any]], Any], rows: Sequence[dict[str, Any]], rounds: int) -> float:
    """The best of five: what the function can do when nothing else runs."""
    best = 0.0
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(rounds):
            for row in rows:
                function(row)
        best = max(best, rounds * len(rows) / (time.perf_counter() - start))
    return best


def _cel_programs(text: str) -> list[tuple[str, Callable[[dict[str, Any]], Any]]]:
    """cel-python, and common-expression-language (Rust) where it is installed."""
    import celpy
    from celpy import celtypes

    environment = celpy.Environment()
    program = environment.program(environment.compile(text))
    kinds: dict[str, Any] = {"category": celtypes.StringType, "age": celtypes.IntType, "count": celtypes.IntType}

    def in_python(row: dict[str, Any]) -> Any:
        return program.evaluate({name: kind(row[name]) for name, kind in kinds.items()})

    found: list[tuple[str, Callable[[dict[str, Any]], Any]]] = [("cel-python", in_python)]
    try:
        import cel
    except ImportError:
        return found
    compiled = cel.compile(text)
    found.append(("common-expression-language", lambda row: compiled.execute({name: row[name] for name in kinds})))
    return found


# --- a whole table


def _table_in_duckdb(scale: float) -> list[dict[str, Any]]:
    import duckdb

    rows = max(int(10_000_000 * scale), 10_000)
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "1500MB"})
    names = ", ".join(f"'{name}'" for name in CATEGORIES)
    connection.execute(
        f"""create table matters as select
            list_extract([{names}], cast(1 + i % 5 as bigint)) as category,
            cast(i * 7 % 97 as bigint) as age,
            cast(i * 31 % 100 as bigint) as count,
            cast(i * 13 % 900000 as decimal(12, 2)) / 100 as raw,
            cast(raw as decimal(12, 2)) as amount,
            case when i % 11 > 0 then i % 3 = 0 end as closed,
            date '2025-06-01' + cast(i % 730 as integer) as day
            from range({rows}) as numbers(i)"""
    )
    lines = []
    for name, (text, by_hand) in TABLE_RULES.items():
        expr = parse(text, SCHEMA)
        columns = " and ".join(f"{column} is not null" for column in sorted(expr.fields()))
        ours, peer, limit = _query_times(connection, [expr.sql("duckdb"), by_hand, columns])
        lines.append(_line(f"expr {name}, SQL over {rows:,} rows in DuckDB", rows / ours, rows / peer, rows / limit))
    connection.close()
    return lines


def _query_times(connection: Any, conditions: list[str], rounds: int = 15) -> list[float]:
    """Seconds of each condition: in turns, so that all meet the same weather; the median of the faster half."""
    times: list[list[float]] = [[] for _ in conditions]
    counts = [connection.execute(f"select count(*) from matters where {one}").fetchone()[0] for one in conditions]
    assert counts[0] == counts[1], counts
    for _ in range(rounds):
        for condition, spent in zip(conditions, times, strict=True):
            start = time.perf_counter()
            connection.execute(f"select count(*) from matters where {condition}").fetchone()
            spent.append(time.perf_counter() - start)
    return [statistics.median(sorted(spent)[: rounds // 2 + 1]) for spent in times]


if __name__ == "__main__":
    import json
    import sys

    for line in run(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0):
        print(json.dumps(line, ensure_ascii=False))
